"""What we ask of the platform: send, show that we read and write, know a name, be called."""

from typing import Final

import msgspec

from kaiwa.channels.contract import Account, Profile, SendOutcome, Wire
from kaiwa.channels.meta.graph import Request, app_token, by_page, call, node, segment
from kaiwa.channels.meta.marks import mark
from kaiwa.channels.meta.profile import removed, settings
from kaiwa.channels.meta.render import MESSAGE
from kaiwa.channels.meta.surface import Surface, credential, secrets_of
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

_NAMES: Final = {"messenger": "name,profile_pic", "instagram": "name,username,profile_pic"}


class _Accepted(msgspec.Struct, frozen=True):
    message_id: str = ""


class _Acted(msgspec.Struct, frozen=True):
    recipient_id: str = ""


class _Done(msgspec.Struct, frozen=True):
    success: bool = False
    result: str = ""


class _App(msgspec.Struct, frozen=True):
    id: str | int = ""
    subscribed_fields: tuple[str, ...] = ()


class _Apps(msgspec.Struct, frozen=True):
    data: tuple[_App, ...] = ()


class _Person(msgspec.Struct, frozen=True):
    name: str = ""
    username: str = ""
    profile_pic: str = ""


async def send(
    wire: Wire, account: Account, http: Http, surface: Surface, retry_key: str
) -> SendOutcome:
    """One message. Meta takes no key that would make a second try safe; its echo repeats ours."""
    message = wire.body.get("message")
    if wire.operation != MESSAGE or not isinstance(message, dict):
        raise Refused(f"{surface.name} has no operation {wire.operation!r}.", reason="invalid")
    marked = {**message, "metadata": mark(retry_key)} if surface.marks else message
    body: dict[str, object] = {**wire.body, "message": marked}
    accepted = await call(account, http, Request("POST", _messages(account), body), _Accepted)
    if not accepted.message_id:
        raise Unreachable("Meta took the message and gave it no id.", maybe_done=True)
    return SendOutcome((accepted.message_id,))


async def act(to: str, action: str, account: Account, http: Http) -> None:
    """`mark_seen` or `typing_on`."""
    body: dict[str, object] = {"recipient": {"id": to}, "sender_action": action}
    await call(account, http, Request("POST", _messages(account), body), _Acted)


async def profile(sender: str, account: Account, http: Http, surface: Surface) -> Profile:
    """The person's name and picture; by their user name when they have no other."""
    path = f"{segment(sender)}?fields={_NAMES[surface.kind]}"
    found = await call(account, http, Request("GET", path), _Person)
    name = found.name.strip() or found.username.strip()
    return Profile(name=name or None, picture_url=found.profile_pic or None)


async def connect(url: str, account: Account, http: Http, surface: Surface) -> None:
    """Set the app's webhook to `url`, let the app hear the account, set what stands in the chat.

    Meta asks `url` for the verify token before it answers. The webhook of an account that logged
    in by Instagram is set by hand: Meta has no call for it.
    """
    if by_page(account):
        token = secrets_of(account, "verify_token")
        if not token or app_token(account).startswith("|"):
            raise Refused(
                "Setting the webhook needs the app's id and a verify token.", reason="credentials"
            )
        there: dict[str, object] = {
            "object": surface.told,
            "callback_url": url,
            "verify_token": token[0],
            "fields": ",".join(surface.fields),
        }
        path = f"{segment(credential(account, 'app_id'))}/subscriptions"
        await _done(account, http, Request("POST", path, there, by_app=True))
    # What the other face of the same Page hears must not be lost: this replaces what was there.
    heard = await subscribed(account, http) or ()
    wanted = dict.fromkeys((*heard, *heard_by(account, surface)))
    hears: dict[str, object] = {"subscribed_fields": ",".join(wanted)}
    await _done(account, http, Request("POST", f"{node(account)}/subscribed_apps", hears))
    await set_profile(account, http, surface)


async def set_profile(account: Account, http: Http, surface: Surface) -> None:
    """The first button, the menu and the questions; what the merchant left open stays."""
    face = "" if surface.kind == "messenger" else f"?platform={surface.kind}"
    path = f"{node(account)}/messenger_profile{face}"
    if made := settings(account, surface):
        await _done(account, http, Request("POST", path, made))
    if gone := removed(account):
        fields: dict[str, object] = {"fields": gone}
        await _done(account, http, Request("DELETE", path, fields))


async def subscribed(account: Account, http: Http) -> tuple[str, ...] | None:
    """What the app hears of the account; None when it hears nothing."""
    apps = await call(account, http, Request("GET", f"{node(account)}/subscribed_apps"), _Apps)
    own = credential(account, "app_id")
    mine = (app for app in apps.data if not own or str(app.id) == own)
    return next((app.subscribed_fields for app in mine), None)


def heard_by(account: Account, surface: Surface) -> tuple[str, ...]:
    """What the app is to hear of the Page; one that carries Instagram needs no more than this."""
    through = surface.kind == "instagram" and by_page(account)
    return ("messages", "messaging_postbacks") if through else surface.fields


async def _done(account: Account, http: Http, request: Request) -> None:
    done = await call(account, http, request, _Done)
    if not done.success and done.result != "success":
        raise Unreachable("Meta did not say that it was done.", maybe_done=True)


def _messages(account: Account) -> str:
    return f"{node(account)}/messages"
