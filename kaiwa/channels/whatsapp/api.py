"""Calls to the Graph API: what the platform's answers mean to us."""

from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.whatsapp.limits import VERSION
from kaiwa.channels.whatsapp.meanings import meaning, pause_s, sentence
from kaiwa.channels.whatsapp.render import MESSAGE
from kaiwa.channels.whatsapp.webhook import ErrorData
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://graph.facebook.com"
_WAITING: Final = (408, 425, 429)
# Where Meta keeps what customers send; the token goes to these and nowhere else.
_META: Final = (".facebook.com", ".fbcdn.net", ".fbsbx.com", ".whatsapp.net")
_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Sent(msgspec.Struct, frozen=True):
    id: str


class _Accepted(msgspec.Struct, frozen=True):
    messages: tuple[_Sent, ...]


class _Done(msgspec.Struct, frozen=True):
    success: bool = False


class _File(msgspec.Struct, frozen=True):
    url: str = ""
    mime_type: str = ""


class _Error(msgspec.Struct, frozen=True):
    code: int = -1
    message: str = ""
    error_data: ErrorData | None = None


class _No(msgspec.Struct, frozen=True):
    error: _Error = _Error()


async def send(wire: Wire, account: Account, http: Http) -> SendOutcome:
    """One message. WhatsApp takes no key that would make a second try safe."""
    if wire.operation != MESSAGE:
        raise Refused(f"WhatsApp has no operation {wire.operation!r}.", reason="invalid")
    try:
        accepted = await call(account, http, "POST", _messages(account), _Accepted, wire.body)
    except Refused as error:
        if wire.otherwise is not None and error.detail.get("reason") == "invalid":
            # A product that Meta's catalogue does not have makes the whole message one of no use.
            raise Refused(error.message, reason="not_there") from error
        raise
    ids = tuple(sent.id for sent in accepted.messages if sent.id)
    if not ids:
        raise Unreachable("WhatsApp took the message and gave it no id.", maybe_done=True)
    return SendOutcome(ids)


async def media(reference: str, account: Account, http: Http) -> tuple[bytes, str]:
    """The bytes of what a user sent: Meta tells where they are for five minutes."""
    path = quote(reference, safe="")
    answer = await _call(account, http, "GET", _url(account, path))
    if answer.status == 404 or _said(answer).error.code == 100:
        raise Refused("WhatsApp does not have the content any more.", reason="gone")
    found = read(answer, _File)
    if not found.url:
        raise Refused("WhatsApp does not tell where the content is.", reason="gone")
    if not _trusted(found.url, account):
        raise Refused("The content is at a host that is not Meta's.", reason="invalid")
    held = await _call(account, http, "GET", found.url)
    if held.status == 200:
        kind = found.mime_type or _header(held, "content-type")
        return held.body, kind or "application/octet-stream"
    if held.status in (404, 410):
        raise Refused("WhatsApp does not have the content any more.", reason="gone")
    raise _no(held)


async def mark_read(token: str, account: Account, http: Http) -> None:
    """Show that the message was read and that it is being answered: one call does both."""
    body: dict[str, object] = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": token,
        "typing_indicator": {"type": "text"},
    }
    await done(account, http, _messages(account), body)


async def connect(url: str, account: Account, http: Http) -> None:
    """Let the app hear the business account, and send this number's events to `url`.

    Meta asks `url` for the verify token before it answers.
    """
    await done(account, http, f"{number_path(account, 'business_account_id')}/subscribed_apps")
    token = account.credentials.get("verify_token", "").split(",")[0].strip()
    there: dict[str, object] = {"override_callback_uri": url, "verify_token": token}
    await done(account, http, number_path(account), {"webhook_configuration": there})


async def done(
    account: Account, http: Http, path: str, body: dict[str, object] | None = None
) -> None:
    """A call that ends in a bare yes."""
    if not (await call(account, http, "POST", path, _Done, body)).success:
        raise Unreachable("WhatsApp did not say that it was done.", maybe_done=True)


async def call(
    account: Account,
    http: Http,
    method: str,
    path: str,
    shape: type[_Shape],
    body: dict[str, object] | None = None,
) -> _Shape:
    """One authenticated call and its answer; `Refused` and `Unreachable` as in `SendOutcome`."""
    return read(await _call(account, http, method, _url(account, path), body), shape)


def read(answer: HttpAnswer, shape: type[_Shape]) -> _Shape:
    """The body of a 200; anything else is the error it means."""
    if answer.status != 200:
        raise _no(answer)
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Unreachable(
            f"WhatsApp's answer could not be read: {error}", maybe_done=True
        ) from error


def number_path(account: Account, name: str = "phone_number_id") -> str:
    """The account's number, or another of its things, in an address."""
    return quote(account.credentials.get(name, "").strip(), safe="")


def _messages(account: Account) -> str:
    return f"{number_path(account)}/messages"


def _url(account: Account, path: str) -> str:
    return f"{(account.api_base or API).rstrip('/')}/{VERSION}/{path}"


async def _call(
    account: Account, http: Http, method: str, url: str, body: dict[str, object] | None = None
) -> HttpAnswer:
    token = account.credentials.get("access_token", "").strip()
    headers = {"authorization": f"Bearer {token}"}
    if body is not None:
        headers["content-type"] = "application/json"
    encoded = None if body is None else msgspec.json.encode(body)
    return await http.call(method, url, headers=headers, body=encoded)


def _trusted(url: str, account: Account) -> bool:
    """Whether the token may go there: Meta's hosts by https, and the account's own base."""
    try:
        parts, base = urlsplit(url), urlsplit(account.api_base or API)
        if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
            return True
        plain = parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        return False
    host = f".{(parts.hostname or '').lower()}"
    return plain and parts.scheme == "https" and host.endswith(_META)


def _said(answer: HttpAnswer) -> _No:
    try:
        return msgspec.json.decode(answer.body, type=_No)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return _No(_Error(message=answer.body[:200].decode("utf-8", "replace")))


def _header(answer: HttpAnswer, name: str) -> str:
    return next((value for key, value in answer.headers.items() if key.lower() == name), "")


def _no(answer: HttpAnswer) -> Refused | Unreachable:
    """The error an answer means, by Meta's number before the HTTP status."""
    error = _said(answer).error
    detail = error.error_data.details if error.error_data else ""
    why = sentence(error.code, detail or error.message) if error.code >= 0 else error.message
    means = meaning(error.code)
    if means == "slower" or answer.status in _WAITING:
        wait = _pause_s(answer, error.code)
        return Unreachable(f"WhatsApp asks to slow down: {why}", retry_after_s=wait)
    if means == "away" or answer.status < 400 or answer.status >= 500:
        return Unreachable(f"WhatsApp answered {answer.status}: {why}", maybe_done=True)
    if means == "window_closed":
        return Refused(f"WhatsApp lets no message through now: {why}", reason=means)
    if means == "no_consent":
        return Refused(f"The customer wants no advertising on WhatsApp: {why}", reason=means)
    if means == "template":
        return Refused(f"WhatsApp does not take this template: {why}", reason=means)
    if means == "blocked":
        return Refused(f"The customer cannot be reached on WhatsApp: {why}", reason=means)
    if means == "credentials" or answer.status == 401:
        return Refused(f"WhatsApp refused the account: {why}", reason="credentials")
    return Refused(f"WhatsApp refused the call ({answer.status}): {why}", reason="invalid")


def _pause_s(answer: HttpAnswer, code: int) -> float:
    asked = _header(answer, "retry-after")
    return float(asked) if asked.isascii() and asked.isdigit() else pause_s(code)
