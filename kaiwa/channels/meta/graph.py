"""Calls to the Graph API and what its answers mean to us."""

from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.meta.limits import VERSION
from kaiwa.channels.meta.meanings import meaning, sentence
from kaiwa.channels.meta.surface import credential, secrets_of
from kaiwa.channels.meta.webhook import UNREADABLE
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://graph.facebook.com"
# An account that logged in by Instagram itself, without a Page.
INSTAGRAM_API: Final = "https://graph.instagram.com"
_WAITING: Final = (408, 425, 429)
_PAUSE_S: Final = 5.0
_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Error(msgspec.Struct, frozen=True):
    code: int = -1
    error_subcode: int = 0
    message: str = ""


class _No(msgspec.Struct, frozen=True):
    error: _Error = _Error()


class Request(msgspec.Struct, frozen=True):
    """One call: `path` below the version, with the token of the account or of the app."""

    method: str
    path: str
    body: dict[str, object] | None = None
    by_app: bool = False


def by_page(account: Account) -> bool:
    """Whether the account is reached through its Facebook Page."""
    return bool(credential(account, "page_id"))


def base(account: Account) -> str:
    """Where calls go."""
    return (account.api_base or (API if by_page(account) else INSTAGRAM_API)).rstrip("/")


def segment(value: str) -> str:
    """An id in an address."""
    return quote(value, safe="")


def node(account: Account) -> str:
    """Whose messages are sent: the Page's, or the Instagram account's."""
    own = credential(account, "page_id") or credential(account, "instagram_id")
    return segment(own)


async def call(account: Account, http: Http, request: Request, shape: type[_Shape]) -> _Shape:
    """One authenticated call and its answer; `Refused` and `Unreachable` as in `SendOutcome`."""
    return read(await ask(account, http, request), shape)


async def ask(account: Account, http: Http, request: Request) -> HttpAnswer:
    """One authenticated call; an answer of any status is returned."""
    token = app_token(account) if request.by_app else credential(account, "access_token")
    headers = {"authorization": f"Bearer {token}"}
    if request.body is not None:
        headers["content-type"] = "application/json"
    encoded = None if request.body is None else msgspec.json.encode(request.body)
    url = f"{base(account)}/{VERSION}/{request.path}"
    return await http.call(request.method, url, headers=headers, body=encoded)


def app_token(account: Account) -> str:
    """The app's own token, made of its id and secret."""
    secrets = secrets_of(account, "app_secret")
    return f"{credential(account, 'app_id')}|{secrets[0] if secrets else ''}"


def read(answer: HttpAnswer, shape: type[_Shape]) -> _Shape:
    """The body of a 200; anything else is the error it means."""
    if answer.status != 200:
        raise no(answer)
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except UNREADABLE as error:
        raise Unreachable(f"Meta's answer could not be read: {error}", maybe_done=True) from error


def no(answer: HttpAnswer) -> Refused | Unreachable:
    """The error an answer means, by Meta's numbers before the HTTP status."""
    error = _said(answer)
    means = meaning(error.code, error.error_subcode)
    known = error.code >= 0
    why = sentence(error.code, error.error_subcode, error.message) if known else error.message
    if means == "slower" or answer.status in _WAITING:
        return Unreachable(f"Meta asks to slow down: {why}", retry_after_s=_pause_s(answer))
    if means == "away" or answer.status < 400 or answer.status >= 500:
        return Unreachable(f"Meta answered {answer.status}: {why}", maybe_done=True)
    if means == "window_closed":
        return Refused(f"Meta lets no message through now: {why}", reason=means)
    if means == "blocked":
        return Refused(f"The customer cannot be reached: {why}", reason=means)
    if means == "permission":
        return Refused(f"The app may not do this: {why}", reason="credentials")
    if means == "credentials" or answer.status == 401:
        return Refused(f"Meta refused the access token: {why}", reason="credentials")
    return Refused(f"Meta refused the call ({answer.status}): {why}", reason="invalid")


def header(answer: HttpAnswer, name: str) -> str:
    """A header of an answer; empty when it is not there."""
    return next((value for key, value in answer.headers.items() if key.lower() == name), "")


def _said(answer: HttpAnswer) -> _Error:
    try:
        return msgspec.json.decode(answer.body, type=_No).error
    except UNREADABLE:
        return _Error(message=answer.body[:200].decode("utf-8", "replace"))


def _pause_s(answer: HttpAnswer) -> float:
    asked = header(answer, "retry-after")
    return float(asked) if asked.isascii() and asked.isdigit() else _PAUSE_S
