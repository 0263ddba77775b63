"""The shop's inboxes at the desk: set up with tested credentials, watched, mended, switched off."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, get, post, put
from litestar.params import JSONBody

from kaiwa.channels import Ability, Account, Channel, channel, channels
from kaiwa.desk.inbox_health import Found, look
from kaiwa.engines.db import Session
from kaiwa.engines.http import vouched
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import Inbox, InboxSettings, NewInbox, add_inbox, inbox, require_possible
from kaiwa.merchants.inbox_change import (
    InboxChange,
    Standing,
    change_inbox,
    checked_origins,
    note_checked,
    standings,
    with_credentials,
)
from kaiwa.vocabulary.errors import Invalid, NotFound, Refused
from kaiwa.web.desk_door import Desk, Id, Name
from kaiwa.web.errors import refusals
from kaiwa.web.inbox_shapes import (
    ChannelShape,
    InboxShape,
    TroubleShape,
    channel_shape,
    found_shape,
    inbox_shape,
)
from kaiwa.web.origin import own_address

Asking = Request[Any, Any, Any]
_READ = refusals(401, 403, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)

Kind = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9_]+$")]
Value = Annotated[str, msgspec.Meta(max_length=10_000, pattern=r"^[^\x00]*$")]
Given = Annotated[dict[Kind, Value], msgspec.Meta(max_length=40)]
Origins = Annotated[list[Annotated[str, msgspec.Meta(max_length=300)]], msgspec.Meta(max_length=60)]


class Trying(msgspec.Struct, frozen=True):
    """Credentials to try on a channel."""

    channel: Kind
    credentials: Given = {}


class SetUp(msgspec.Struct, frozen=True):
    """An inbox as it is to be."""

    channel: Kind
    name: Name = ""
    credentials: Given = {}
    origins: Origins = []


class Change(msgspec.Struct, frozen=True):
    """What is to be different; credentials that are not given stay."""

    name: Name | None = None
    credentials: Given = {}
    origins: Origins | None = None
    active: bool | None = None


class AllChannels(TypedDict):
    """What can be connected."""

    channels: list[ChannelShape]


class AllInboxes(TypedDict):
    """What is connected."""

    inboxes: list[InboxShape]


class Tried(TypedDict):
    """What the provider finds wrong with the credentials."""

    troubles: list[TroubleShape]


class InboxKept(TypedDict):
    """The inbox as it is now."""

    inbox: InboxShape


@get("/channels", responses=_READ)
async def all_channels(request: Asking) -> AllChannels:
    """What can be connected and what each asks for. Owners and admins only."""
    await Desk.of(request, "manage_inboxes")
    return {"channels": [channel_shape(one) for _, one in sorted(channels().items())]}


@get("/inboxes", responses=_READ)
async def all_inboxes(request: Asking) -> AllInboxes:
    """The inboxes with their state; no credential is ever in it. Owners and admins only."""
    desk = await Desk.of(request, "manage_inboxes")
    found = await desk.read(lambda s: standings(s, desk.merchant_id))
    return {"inboxes": [_shape(request, desk, one) for one in found]}


@post("/inboxes/try", status_code=200, responses=_ACT)
async def try_credentials(request: Asking, data: JSONBody[Trying]) -> Tried:
    """Ask the provider about these credentials; nothing is kept."""
    desk = await Desk.of(request, "manage_inboxes")
    kind = channel(data.channel)
    given = _trimmed(data.credentials)
    require_possible(kind, given)
    return {"troubles": [found_shape(one) for one in await _look(desk, kind, Account(0, given))]}


@post("/inboxes", responses=_ACT)
async def set_up(request: Asking, data: JSONBody[SetUp]) -> InboxKept:
    """Set up an inbox. `Refused` with what is wrong when the provider does not take them."""
    desk = await Desk.of(request, "manage_inboxes")
    kind = channel(data.channel)
    given = _trimmed(data.credentials)
    require_possible(kind, given)
    troubles = await _require_taken(desk, kind, Account(0, given))
    new = NewInbox(
        kind.kind,
        " ".join(data.name.split()),
        given,
        settings=InboxSettings(origins=checked_origins(data.origins)),
    )

    def keep(session: Session) -> Standing:
        made = add_inbox(session, desk.merchant_id, new, desk.context.secrets, desk.now)
        note_checked(session, desk.merchant_id, made.id, _sentences(troubles), desk.now)
        _tell(session, desk, made.id, "set_up_inbox", {"channel": made.channel})
        return _standing(session, desk, made.id)

    return {"inbox": _shape(request, desk, await desk.context.db.write(keep))}


@put("/inboxes/{inbox_id:int}", responses=_ACT)
async def change_it(request: Asking, inbox_id: Id, data: JSONBody[Change]) -> InboxKept:
    """Change an inbox; new credentials are tried before they take the place of the old ones."""
    desk = await Desk.of(request, "manage_inboxes")
    given = _trimmed(data.credentials)
    origins = None if data.origins is None else tuple(data.origins)
    change = InboxChange(data.name, given, origins, data.active)
    known = await desk.read(lambda s: inbox(s, desk.merchant_id, inbox_id))
    troubles: list[Found] | None = None
    if given:
        plain = with_credentials(known, given, desk.context.secrets)
        account = Account(known.id, plain, known.api_base, _settings(request, desk, known))
        troubles = await _require_taken(desk, channel(known.channel), account)

    def keep(session: Session) -> Standing:
        ids = (desk.merchant_id, inbox_id)
        change_inbox(session, ids, change, desk.context.secrets, desk.now)
        if troubles is not None:
            note_checked(session, *ids, _sentences(troubles), desk.now)
        what: dict[str, object] = {"credentials": sorted(given)} if given else {}
        told = {"name": data.name, "origins": data.origins, "active": data.active}
        detail = what | {name: value for name, value in told.items() if value is not None}
        _tell(session, desk, inbox_id, "changed_inbox", detail)
        return _standing(session, desk, inbox_id)

    return {"inbox": _shape(request, desk, await desk.context.db.write(keep))}


@post("/inboxes/{inbox_id:int}/check", status_code=200, responses=_ACT)
async def check_it(request: Asking, inbox_id: Id) -> InboxKept:
    """Ask the provider how the account is, and remember it."""
    desk = await Desk.of(request, "manage_inboxes")
    known = await desk.read(lambda s: inbox(s, desk.merchant_id, inbox_id))
    return {"inbox": await _checked(request, desk, known)}


@post("/inboxes/{inbox_id:int}/connect", status_code=200, responses=_ACT)
async def connect_it(request: Asking, inbox_id: Id) -> InboxKept:
    """Tell the provider where its calls go, and look whether all is well then."""
    desk = await Desk.of(request, "manage_inboxes")
    known = await desk.read(lambda s: inbox(s, desk.merchant_id, inbox_id))
    kind = channel(known.channel)
    if Ability.CONNECT not in kind.abilities:
        raise Invalid("This channel is told of us at the provider's.", reason="not_connectable")
    url = _webhook(request, desk, known)
    if not url.startswith("https://"):
        raise Invalid("Providers call https only: set the server's public URL.", reason="https")
    http = vouched(desk.context.http, known.api_base)
    await kind.connect(url, _account(request, desk, known), http)
    deed = Deed(f"agent:{desk.agent.id}", "connected_inbox", f"inbox:{inbox_id}")
    await desk.context.db.write(lambda s: write_down(s, desk.merchant_id, deed, desk.now))
    return {"inbox": await _checked(request, desk, known)}


async def _checked(request: Asking, desk: Desk, known: Inbox) -> InboxShape:
    troubles = await _look(desk, channel(known.channel), _account(request, desk, known))

    def keep(session: Session) -> Standing:
        note_checked(session, desk.merchant_id, known.id, _sentences(troubles), desk.now)
        return _standing(session, desk, known.id)

    return _shape(request, desk, await desk.context.db.write(keep))


async def _look(desk: Desk, kind: Channel, account: Account) -> list[Found]:
    return await look(kind, account, desk.context.http)


async def _require_taken(desk: Desk, kind: Channel, account: Account) -> list[Found]:
    troubles = await _look(desk, kind, account)
    if stopping := [one for one in troubles if one.stops]:
        raise Refused(
            stopping[0].said.en, reason="untaken", troubles=[found_shape(one) for one in stopping]
        )
    return troubles


def _account(request: Asking, desk: Desk, known: Inbox) -> Account:
    opened = known.account(desk.context.secrets)
    return msgspec.structs.replace(opened, settings=_settings(request, desk, known))


def _settings(request: Asking, desk: Desk, known: Inbox) -> dict[str, str]:
    # By it a channel sees whether the provider calls somebody else.
    return known.settings.extra | {"webhook_url": _webhook(request, desk, known)}


def _webhook(request: Asking, desk: Desk, known: Inbox) -> str:
    own = own_address(request, desk.context.public_url)
    return f"{own}/webhooks/{known.channel}/{known.key}"


def _standing(session: Session, desk: Desk, inbox_id: int) -> Standing:
    for one in standings(session, desk.merchant_id):
        if one.inbox.id == inbox_id:
            return one
    raise NotFound("There is no such inbox.")


def _shape(request: Asking, desk: Desk, one: Standing) -> InboxShape:
    own = own_address(request, desk.context.public_url)
    return inbox_shape(one, own, desk.context.secrets)


def _trimmed(given: dict[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in given.items() if value.strip()}


def _sentences(troubles: list[Found]) -> list[str]:
    return [one.said.en for one in troubles]


def _tell(
    session: Session, desk: Desk, inbox_id: int, action: str, detail: dict[str, object]
) -> None:
    deed = Deed(f"agent:{desk.agent.id}", action, f"inbox:{inbox_id}", detail)
    write_down(session, desk.merchant_id, deed, desk.now)


HANDLERS = [
    all_channels,
    all_inboxes,
    try_credentials,
    set_up,
    change_it,
    check_it,
    connect_it,
]
