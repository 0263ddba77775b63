"""Going on elsewhere: another address of the customer, a link into another chat, the chain."""

from typing import Annotated, Any, TypedDict

import msgspec
import segno
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.channels import Ability, channel
from kaiwa.conversations.account_linking import offer_link
from kaiwa.conversations.address_code import send_code
from kaiwa.conversations.chat_link import make_link
from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.message import by_dedupe_key
from kaiwa.customers.identity import identity
from kaiwa.desk.continuing import Continuing, continue_at
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.fallback import entries, set_fallback
from kaiwa.merchants.inbox import inbox, inboxes
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import BodyId, ClientId, Count, Desk, Id
from kaiwa.web.errors import refusals
from kaiwa.web.row_shape import MovedShape

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)
Kind = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z_]+$")]


class ContinuingAt(msgspec.Struct, frozen=True):
    """The address to go on at, and the lease as the agent saw it."""

    client_id: ClientId
    epoch: Count
    identity: BodyId


class Proving(msgspec.Struct, frozen=True):
    """The address that gets a code."""

    client_id: ClientId
    identity: BodyId


class Linking(msgspec.Struct, frozen=True):
    """The inbox whose chat the link opens."""

    inbox: BodyId


class Offering(msgspec.Struct, frozen=True):
    """The click: the same again sends nothing."""

    client_id: ClientId


class Chain(msgspec.Struct, frozen=True):
    """Channels in the order in which a message is tried; none: it is not tried elsewhere."""

    chain: Annotated[tuple[Kind, ...], msgspec.Meta(max_length=20)]


class InboxName(TypedDict):
    """An inbox by name."""

    id: int
    channel: str
    name: str


class LinkTargets(TypedDict):
    """Where a link can lead."""

    inboxes: list[InboxName]


class ChatLinkShape(TypedDict):
    """A link into another chat, also as a picture to be scanned (SVG)."""

    url: str
    expires_at: str
    qr: str


class ChainShape(TypedDict):
    """The chain, and what may stand in one."""

    chain: list[str]
    known: list[str]


@post("/conversations/{conversation_id:int}/continue", status_code=200, responses=_ACT)
async def continue_it(
    request: Asking, conversation_id: Id, data: JSONBody[ContinuingAt]
) -> MovedShape:
    """Go on at another address of the customer, who is told there and here."""
    desk = await Desk.of(request)
    asked = Continuing(conversation_id, desk.agent.id, data.client_id, data.epoch, data.identity)
    return await desk.moved(
        conversation_id, lambda s: continue_at(s, desk.merchant_id, asked, desk.now)
    )


@post("/conversations/{conversation_id:int}/code", status_code=200, responses=_ACT)
async def prove_it(request: Asking, conversation_id: Id, data: JSONBody[Proving]) -> MovedShape:
    """Send a code to a claimed address; told where the customer writes, it proves the address."""
    desk = await Desk.of(request)
    by = (desk.agent.id, data.client_id)

    def send(session: Session) -> Conversation:
        conv = held(session, desk.merchant_id, conversation_id)
        send_code(session, conv, data.identity, by, desk.now)
        return conv

    return await desk.moved(conversation_id, send)


@get("/conversations/{conversation_id:int}/link", responses=_READ)
async def where_links_lead(request: Asking, conversation_id: Id) -> LinkTargets:
    """The inboxes that a link can bring this customer to."""
    desk = await Desk.of(request)

    def look(session: Session) -> LinkTargets:
        conv = conversation_of(session, desk.merchant_id, conversation_id)
        boxes = [
            box
            for box in inboxes(session, desk.merchant_id)
            if box.channel != conv.channel and Ability.LINK in channel(box.channel).abilities
        ]
        return {
            "inboxes": [{"id": box.id, "channel": box.channel, "name": box.name} for box in boxes]
        }

    return await desk.read(look)


@post("/conversations/{conversation_id:int}/link", status_code=200, responses=_ACT)
async def link_it(request: Asking, conversation_id: Id, data: JSONBody[Linking]) -> ChatLinkShape:
    """A link, and its QR code, by which this customer is known in another chat; it works once."""
    desk = await Desk.of(request)

    def link(session: Session) -> ChatLinkShape:
        conv = conversation_of(session, desk.merchant_id, conversation_id)
        box = inbox(session, desk.merchant_id, data.inbox)
        if conv.identity_id is None:
            raise Conflict("The customer has no address to answer to.", reason="no_address")
        where = identity(session, desk.merchant_id, conv.identity_id)
        by = f"agent:{desk.agent.id}"
        to = (box, box.account(desk.context.secrets))
        made = make_link(session, where, to, by, desk.now)
        detail: dict[str, object] = {"inbox": box.id, "identity": where.id}
        deed = Deed(by, "chat_link_made", f"conversation:{conv.id}", detail)
        write_down(session, desk.merchant_id, deed, desk.now)
        code = segno.make(made.url, error="m").svg_inline(scale=4, border=4)
        return {"url": made.url, "expires_at": iso(made.expires_at), "qr": code}

    return await desk.context.db.write(link)


@post("/conversations/{conversation_id:int}/account-link", status_code=200, responses=_ACT)
async def offer_account_link(
    request: Asking, conversation_id: Id, data: JSONBody[Offering]
) -> MovedShape:
    """Send the customer a link, where the conversation is held, to link their account."""
    desk = await Desk.of(request)
    by = f"agent:{desk.agent.id}"

    def offer(session: Session) -> Conversation:
        conv = held(session, desk.merchant_id, conversation_id)
        if desk.context.public_url is None:
            raise Conflict("The server has no public address to send.", reason="no_public_url")
        if conv.identity_id is None:
            raise Conflict("The customer has no address to answer to.", reason="no_address")
        where = identity(session, desk.merchant_id, conv.identity_id)
        once = f"linking:{desk.agent.id}:{data.client_id}"
        if by_dedupe_key(session, desk.merchant_id, once) is None:
            shop = merchant(session, desk.merchant_id)
            offer_link(session, shop, (conv, where), once, desk.now)
            deed = Deed(by, "account_link_offered", f"conversation:{conv.id}", {})
            write_down(session, desk.merchant_id, deed, desk.now)
        return conv

    return await desk.moved(conversation_id, offer)


@get("/fallback", responses=_READ)
async def see_chain(request: Asking) -> ChainShape:
    """The shop's chain, and what may stand in it."""
    desk = await Desk.of(request, "manage_inboxes")
    shop = await desk.read(lambda s: merchant(s, desk.merchant_id))
    return {"chain": list(shop.settings.fallback), "known": entries()}


@post("/fallback", status_code=200, responses=_ACT)
async def set_chain(request: Asking, data: JSONBody[Chain]) -> ChainShape:
    """Say through which channels a message goes that cannot go out."""
    desk = await Desk.of(request, "manage_inboxes")
    by = f"agent:{desk.agent.id}"
    chain = await desk.context.db.write(
        lambda s: set_fallback(s, desk.merchant_id, data.chain, by, desk.now)
    )
    return {"chain": list(chain), "known": entries()}


HANDLERS = [
    continue_it,
    prove_it,
    where_links_lead,
    link_it,
    offer_account_link,
    see_chain,
    set_chain,
]
