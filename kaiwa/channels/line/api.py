"""Calls to the Messaging API: what the platform's answers mean to us."""

import uuid
from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from kaiwa.channels.contract import Account, Profile, SendOutcome, Wire
from kaiwa.channels.line.limits import most
from kaiwa.channels.line.render import PUSH, REPLY
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://api.line.me"
DATA_API: Final = "https://api-data.line.me"
_PATHS: Final = {REPLY: "/v2/bot/message/reply", PUSH: "/v2/bot/message/push"}
_RATE_PAUSE_S: Final = 5.0
_MEDIA_PAUSE_S: Final = 3.0
_LOADING_S: Final = 20
_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Detail(msgspec.Struct, frozen=True):
    message: str = ""
    property: str = ""


class _Sent(msgspec.Struct, frozen=True):
    id: str


class _Answer(msgspec.Struct, frozen=True, rename="camel"):
    message: str = ""
    details: tuple[_Detail, ...] = ()
    sent_messages: tuple[_Sent, ...] = ()


class _ProfileAnswer(msgspec.Struct, frozen=True, rename="camel"):
    display_name: str | None = None
    language: str | None = None
    picture_url: str | None = None


class _Quota(msgspec.Struct, frozen=True):
    type: str
    value: int = 0


class _Consumption(msgspec.Struct, frozen=True, rename="camel"):
    total_usage: int = 0


class _Transcoding(msgspec.Struct, frozen=True):
    status: str = ""


async def send(wire: Wire, account: Account, http: Http, *, retry_key: str) -> SendOutcome:
    """One reply or push; the retry key makes a push safe to repeat, LINE takes none on a reply."""
    path = _PATHS.get(wire.operation)
    if path is None:
        raise Refused(f"LINE has no operation {wire.operation!r}.", reason="invalid")
    key = _as_uuid(retry_key) if wire.operation == PUSH else None
    answer = await call(account, http, "POST", path, wire.body, key)
    said = _said(answer)
    if answer.status == 200:
        return SendOutcome(_ids(said))
    if answer.status == 409 and wire.operation == PUSH:
        earlier = _header(answer, "x-line-accepted-request-id")
        return SendOutcome(_ids(said) or ((earlier,) if earlier else ()), already=True)
    if answer.status == 429 and await _quota_spent(wire, said, account, http):
        raise Refused("The month's messages are used up.", reason="quota")
    if answer.status == 400 and said.message.lower().startswith("invalid reply token"):
        raise Refused("The reply token was used before or is too old.", reason="spent_handle")
    raise _no(answer, said)


async def media(reference: str, account: Account, http: Http) -> tuple[bytes, str]:
    """The bytes of a user's picture, film, sound or file, which LINE keeps for a while only."""
    path = f"/v2/bot/message/{quote(reference, safe='')}/content"
    answer = await call(account, http, "GET", path)
    if answer.status == 200:
        return answer.body, _header(answer, "content-type") or "application/octet-stream"
    if answer.status == 202:
        await _transcoded(path, account, http)
        raise Unreachable("LINE is still preparing the content.", retry_after_s=_MEDIA_PAUSE_S)
    if answer.status in (404, 410):
        raise Refused("LINE does not have the content any more.", reason="gone")
    raise _no(answer, _said(answer))


async def profile(user_id: str, account: Account, http: Http) -> Profile:
    """Name, language and picture; nothing when the user is no friend or did not agree."""
    answer = await call(account, http, "GET", f"/v2/bot/profile/{quote(user_id, safe='')}")
    if answer.status == 404:
        return Profile()
    found = read(answer, _ProfileAnswer)
    return Profile(found.display_name, found.language, found.picture_url)


async def typing(to: str, account: Account, http: Http) -> None:
    """The loading animation; LINE has it in chats with one user only."""
    if to.startswith("U"):
        seconds = min(max(_LOADING_S, most("loading_min")), most("loading_max"))
        body: dict[str, object] = {"chatId": to, "loadingSeconds": seconds}
        _done(await call(account, http, "POST", "/v2/bot/chat/loading/start", body))


async def mark_read(token: str, account: Account, http: Http) -> None:
    """Show the user that the message with this token was read."""
    body: dict[str, object] = {"markAsReadToken": token}
    _done(await call(account, http, "POST", "/v2/bot/chat/markAsRead", body))


async def connect(url: str, account: Account, http: Http) -> None:
    """Set the webhook URL of the channel."""
    path = "/v2/bot/channel/webhook/endpoint"
    _done(await call(account, http, "PUT", path, {"endpoint": url}))


async def quota_left(account: Account, http: Http) -> int | None:
    """Pushes left this month; None when the plan has no limit."""
    quota = read(await call(account, http, "GET", "/v2/bot/message/quota"), _Quota)
    if quota.type == "none":
        return None
    used = await call(account, http, "GET", "/v2/bot/message/quota/consumption")
    return max(0, quota.value - read(used, _Consumption).total_usage)


async def call(
    account: Account,
    http: Http,
    method: str,
    path: str,
    body: dict[str, object] | None = None,
    retry_key: str | None = None,
) -> HttpAnswer:
    """One authenticated call, to the host that serves the path."""
    token = account.credentials.get("channel_access_token", "").strip()
    headers = {"authorization": f"Bearer {token}"}
    if body is not None:
        headers["content-type"] = "application/json"
    if retry_key is not None:
        headers["x-line-retry-key"] = retry_key
    encoded = None if body is None else msgspec.json.encode(body)
    return await http.call(method, _base(account, path) + path, headers=headers, body=encoded)


def read(answer: HttpAnswer, shape: type[_Shape]) -> _Shape:
    """The body of a 200; anything else is the error it means."""
    if answer.status != 200:
        raise _no(answer, _said(answer))
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except msgspec.DecodeError as error:
        raise Unreachable(f"LINE's answer could not be read: {error}") from error


def _base(account: Account, path: str) -> str:
    """The account's own base if it has one; content lives on a host of its own."""
    if "/content" not in path:
        return (account.api_base or API).rstrip("/")
    own = account.settings.get("data_api_base") or account.api_base
    return (own or DATA_API).rstrip("/")


def _as_uuid(retry_key: str) -> str:
    try:
        return str(uuid.UUID(retry_key))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"kaiwa:line:{retry_key}"))


def _said(answer: HttpAnswer) -> _Answer:
    try:
        return msgspec.json.decode(answer.body, type=_Answer)
    except (msgspec.DecodeError, RecursionError):
        return _Answer(message=answer.body[:200].decode("utf-8", "replace"))


def _ids(said: _Answer) -> tuple[str, ...]:
    return tuple(sent.id for sent in said.sent_messages)


def _header(answer: HttpAnswer, name: str) -> str:
    return next((value for key, value in answer.headers.items() if key.lower() == name), "")


async def _quota_spent(wire: Wire, said: _Answer, account: Account, http: Http) -> bool:
    """LINE says 429 both to hurry and to a spent month; only pushes count against the month."""
    if "monthly limit" in said.message.lower():
        return True
    if wire.operation != PUSH:
        return False
    try:
        return await quota_left(account, http) == 0
    except (Refused, Unreachable):
        return False


async def _transcoded(path: str, account: Account, http: Http) -> None:
    """Raise when LINE gave up preparing a film or sound; else it may still come."""
    answer = await call(account, http, "GET", f"{path}/transcoding")
    if answer.status == 200 and read(answer, _Transcoding).status == "failed":
        raise Refused("LINE could not prepare the content.", reason="gone")


def _done(answer: HttpAnswer) -> None:
    if not 200 <= answer.status < 300:
        raise _no(answer, _said(answer))


def _no(answer: HttpAnswer, said: _Answer) -> Refused | Unreachable:
    """The error an answer means."""
    why = _sentence(said)
    if answer.status in (401, 403):
        return Refused(f"LINE refused the channel access token: {why}", reason="credentials")
    if answer.status == 429:
        return Unreachable(f"LINE asks to slow down: {why}", retry_after_s=_pause_s(answer))
    if answer.status >= 500:
        return Unreachable(f"LINE answered {answer.status}: {why}", maybe_done=True)
    return Refused(f"LINE refused the call ({answer.status}): {why}", reason="invalid")


def _sentence(said: _Answer) -> str:
    details = "; ".join(
        f"{detail.property}: {detail.message}".strip(": ") for detail in said.details
    )
    return f"{said.message} ({details})" if details else said.message


def _pause_s(answer: HttpAnswer) -> float:
    asked = _header(answer, "retry-after")
    return float(asked) if asked.isdigit() else _RATE_PAUSE_S
