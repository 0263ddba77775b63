"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.meta import profile
from kaiwa.channels.meta.api import heard_by, subscribed
from kaiwa.channels.meta.graph import Request, app_token, by_page, call, node, segment
from kaiwa.channels.meta.surface import Surface, credential, secrets_of
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.time import from_millis

SENTENCES: Final = {
    "no_secret": "There is no app secret: webhooks cannot be verified.",
    "no_verify_token": "There is no verify token: Meta cannot set the webhook.",
    "no_page": "There is no Page ID and no Instagram account ID: nothing can be sent.",
    "token": "Meta does not accept the access token: {why}. Generate a new one in the app.",
    "unreachable": "Meta cannot be reached: {why}",
    "refused": "Meta refused to tell about the account: {why}",
    "app": "Meta does not know the App ID {app} with this app secret: copy both again.",
    "expired": "The access token is no longer valid: {why}. Generate a new one in the app.",
    "expires": "The access token runs out at {at}: make one that does not, or a new one before.",
    "other_app": "The access token is of app {app}, not {expected}: events come unsigned by us.",
    "permissions": (
        "The access token lacks permissions: {names}. Agree to them and generate it anew."
    ),
    "unsubscribed": (
        "The app is not subscribed to the account: no message arrives. Connect sets it."
    ),
    "fields": (
        "The app does not hear everything of the account: {names} are missing. Connect again."
    ),
    "no_webhook": "No webhook is set for {object} in the app: no message arrives. Connect sets it.",
    "webhook_elsewhere": "The webhook is {url}, not {expected}: messages go elsewhere.",
    "not_linked": "The Page has no Instagram account linked to it: no message arrives.",
    "linked_elsewhere": "The account is {found}, not {expected}: messages are another's.",
    **profile.SENTENCES,
}


class _Useless(Exception):
    """The token is good for nothing: all else would only say so again."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class _Said(msgspec.Struct, frozen=True):
    message: str = ""


class _Token(msgspec.Struct, frozen=True):
    is_valid: bool = False
    app_id: str | int = ""
    expires_at: int = 0
    scopes: tuple[str, ...] = ()
    error: _Said | None = None


class _Debugged(msgspec.Struct, frozen=True):
    data: _Token = _Token()


class _Hook(msgspec.Struct, frozen=True):
    object: str = ""
    callback_url: str = ""
    active: bool = True


class _Hooks(msgspec.Struct, frozen=True):
    data: tuple[_Hook, ...] = ()


class _Linked(msgspec.Struct, frozen=True):
    id: str | int = ""


class _PageOf(msgspec.Struct, frozen=True):
    instagram_business_account: _Linked | None = None


class _Me(msgspec.Struct, frozen=True):
    id: str | int = ""
    user_id: str | int = ""


async def health(account: Account, http: Http, surface: Surface) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    found = _missing(account, surface)
    if not node(account):
        return [*found, SENTENCES["no_page"]]
    try:
        told = await _by_app(account, http, surface) if by_page(account) else []
        told += await _linked(account, http, surface)
        told += await _subscribed(account, http, surface)
    except _Useless as error:
        return [*found, error.said]
    except Unreachable as error:
        return [*found, SENTENCES["unreachable"].format(why=error.message)]
    except Refused as error:
        if error.detail.get("reason") == "credentials":
            return [*found, SENTENCES["token"].format(why=clause(error.message))]
        return [*found, SENTENCES["refused"].format(why=error.message)]
    return [*found, *told]


def _missing(account: Account, surface: Surface) -> list[str]:
    names = (("app_secret", "no_secret"), ("verify_token", "no_verify_token"))
    lacking = [SENTENCES[key] for name, key in names if not secrets_of(account, name)]
    return [*lacking, *profile.wrong(account, surface)]


async def _by_app(account: Account, http: Http, surface: Surface) -> list[str]:
    """What only the app may ask; with its id and secret, which may be what is wrong."""
    try:
        return [*await _token(account, http, surface), *await _webhook(account, http, surface)]
    except Refused as error:
        if error.detail.get("reason") != "credentials":
            raise
        raise _Useless(SENTENCES["app"].format(app=credential(account, "app_id"))) from error


async def _token(account: Account, http: Http, surface: Surface) -> list[str]:
    """Only the app may ask about a token, and its own id and secret are what it asks with."""
    if app_token(account).startswith("|"):
        return []
    path = f"debug_token?input_token={segment(credential(account, 'access_token'))}"
    found = (await call(account, http, Request("GET", path, by_app=True), _Debugged)).data
    if not found.is_valid:
        why = found.error.message if found.error else "no reason given"
        raise _Useless(SENTENCES["expired"].format(why=clause(why)))
    told: list[str] = []
    expected = credential(account, "app_id")
    if str(found.app_id) != expected:
        told.append(SENTENCES["other_app"].format(app=found.app_id, expected=expected))
    if found.expires_at > 0:
        told.append(SENTENCES["expires"].format(at=_day(found.expires_at)))
    lacking = [name for name in surface.needs if name not in found.scopes]
    if lacking:
        told.append(SENTENCES["permissions"].format(names=", ".join(lacking)))
    return told


def _day(seconds: int) -> str:
    try:
        return f"{from_millis(seconds * 1_000):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return str(seconds)


async def _webhook(account: Account, http: Http, surface: Surface) -> list[str]:
    if app_token(account).startswith("|"):
        return []
    path = f"{segment(credential(account, 'app_id'))}/subscriptions"
    hooks = await call(account, http, Request("GET", path, by_app=True), _Hooks)
    mine = [hook for hook in hooks.data if hook.object == surface.told and hook.active]
    if not mine:
        return [SENTENCES["no_webhook"].format(object=surface.told)]
    expected = account.settings.get("webhook_url", "")
    if expected and mine[0].callback_url != expected:
        url = mine[0].callback_url
        return [SENTENCES["webhook_elsewhere"].format(url=url, expected=expected)]
    return []


async def _linked(account: Account, http: Http, surface: Surface) -> list[str]:
    """Whether the Instagram account is the one we think it is."""
    if surface.kind != "instagram":
        return []
    expected = credential(account, "instagram_id")
    if by_page(account):
        path = f"{node(account)}?fields=instagram_business_account"
        page = await call(account, http, Request("GET", path), _PageOf)
        if page.instagram_business_account is None:
            return [SENTENCES["not_linked"]]
        found = str(page.instagram_business_account.id)
    else:
        me = await call(account, http, Request("GET", "me?fields=user_id"), _Me)
        found = str(me.user_id or me.id)
    if found == expected:
        return []
    return [SENTENCES["linked_elsewhere"].format(found=found, expected=expected)]


async def _subscribed(account: Account, http: Http, surface: Surface) -> list[str]:
    heard = await subscribed(account, http)
    if heard is None:
        return [SENTENCES["unsubscribed"]]
    lacking = [name for name in heard_by(account, surface) if name not in heard]
    return [SENTENCES["fields"].format(names=", ".join(lacking))] if lacking else []
