"""Calls to the Bot API: what the platform's answers mean to us."""

import re
from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.telegram.render import METHODS
from kaiwa.engines.http import Http, HttpAnswer
from kaiwa.vocabulary.errors import Refused, Unreachable

API: Final = "https://api.telegram.org"
_RATE_PAUSE_S: Final = 5.0
# What Telegram says when it cannot fetch a picture whose address we gave.
_NO_PICTURE: Final = re.compile("http url|web ?page|image_process|photo_invalid|wrong (type|file)")
_GONE: Final = re.compile("blocked by the user|user is deactivated|can't initiate|bot was kicked")
_Shape = TypeVar("_Shape")


class _Parameters(msgspec.Struct, frozen=True):
    retry_after: float | None = None


class _Chat(msgspec.Struct, frozen=True):
    id: int


class _Sent(msgspec.Struct, frozen=True):
    message_id: int
    chat: _Chat


class _File(msgspec.Struct, frozen=True):
    file_path: str = ""


class _Answer(msgspec.Struct, frozen=True):
    ok: bool = False
    result: msgspec.Raw = msgspec.Raw()
    description: str = ""
    parameters: _Parameters = _Parameters()


async def send(wire: Wire, account: Account, http: Http) -> SendOutcome:
    """One message. Telegram takes no key that would make a second try safe."""
    if wire.operation not in METHODS:
        raise Refused(f"Telegram has no operation {wire.operation!r}.", reason="invalid")
    try:
        sent = await call(account, http, wire.operation, wire.body, _Sent)
    except Refused as refusal:
        words = _without_picture(wire, refusal)
        if words is None:
            raise
        sent = await call(account, http, "sendMessage", words, _Sent)
    return SendOutcome((f"{sent.chat.id}:{sent.message_id}",))


def _without_picture(wire: Wire, refusal: Refused) -> dict[str, object] | None:
    """The same message as words: a picture that cannot be fetched must not cost what it says."""
    caption = wire.body.get("caption")
    if not caption or not _NO_PICTURE.search(refusal.message.lower()):
        return None
    kept = {name: wire.body[name] for name in ("chat_id", "reply_markup") if name in wire.body}
    return kept | {"text": caption}


async def media(reference: str, account: Account, http: Http) -> tuple[bytes, str]:
    """The bytes of what a user sent; bots may fetch up to 20 MB."""
    try:
        found = await call(account, http, "getFile", {"file_id": reference}, _File)
    except Refused as refusal:
        if "file is too big" in refusal.message.lower():
            raise Refused(
                "The file is over 20 MB: Telegram gives it to no bot.", reason="gone"
            ) from (refusal)
        raise
    if not found.file_path:
        raise Refused("Telegram does not have the content any more.", reason="gone")
    path = f"/file/bot{_token(account)}/{quote(found.file_path)}"
    answer = await http.call("GET", _base(account) + path)
    if answer.status == 200:
        return answer.body, _header(answer, "content-type") or "application/octet-stream"
    if answer.status in (404, 410):
        raise Refused("Telegram does not have the content any more.", reason="gone")
    raise _no(answer, _said(answer))


async def typing(to: str, account: Account, http: Http) -> None:
    """“… is typing”, for five seconds."""
    await call(account, http, "sendChatAction", {"chat_id": to, "action": "typing"}, bool)


async def mark_read(token: str, account: Account, http: Http) -> None:
    """End the spinner on the button that was pressed. Telegram knows no other sign of reading."""
    try:
        await call(account, http, "answerCallbackQuery", {"callback_query_id": token}, bool)
    except Refused as refusal:
        # After some minutes nobody looks at the spinner any more.
        if "query is too old" not in refusal.message.lower():
            raise


async def connect(url: str, account: Account, http: Http) -> None:
    """Tell Telegram where its updates go, with the secret that proves them (`setWebhook`)."""
    secret = account.credentials.get("webhook_secret", "").split(",")[0].strip()
    kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
    body: dict[str, object] = {"url": url, "secret_token": secret, "allowed_updates": kinds}
    await call(account, http, "setWebhook", body, bool)


async def call(
    account: Account, http: Http, method: str, body: dict[str, object], shape: type[_Shape]
) -> _Shape:
    """One authenticated call and its result; `Refused` and `Unreachable` as in `SendOutcome`."""
    answer = await http.call(
        "POST",
        f"{_base(account)}/bot{_token(account)}/{method}",
        headers={"content-type": "application/json"},
        body=msgspec.json.encode(body),
    )
    said = _said(answer)
    if answer.status != 200 or not said.ok:
        raise _no(answer, said)
    try:
        return msgspec.json.decode(said.result, type=shape)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreachable(
            f"Telegram's answer could not be read: {error}", maybe_done=True
        ) from error


def _base(account: Account) -> str:
    return (account.api_base or API).rstrip("/")


def _token(account: Account) -> str:
    return quote(account.credentials.get("bot_token", "").strip(), safe=":")


def _said(answer: HttpAnswer) -> _Answer:
    try:
        return msgspec.json.decode(answer.body, type=_Answer)
    except (msgspec.DecodeError, RecursionError):
        return _Answer(description=answer.body[:200].decode("utf-8", "replace"))


def _header(answer: HttpAnswer, name: str) -> str:
    return next((value for key, value in answer.headers.items() if key.lower() == name), "")


def _no(answer: HttpAnswer, said: _Answer) -> Refused | Unreachable:
    """The error an answer means."""
    why = said.description
    if answer.status == 429:
        return Unreachable(
            f"Telegram asks to slow down: {why}", retry_after_s=_pause_s(answer, said)
        )
    if answer.status < 400 or answer.status >= 500:
        return Unreachable(f"Telegram answered {answer.status}: {why}", maybe_done=True)
    if answer.status == 403 or _GONE.search(why.lower()):
        return Refused(f"The customer does not take messages of this bot: {why}", reason="blocked")
    if answer.status in (401, 404):
        return Refused(f"Telegram does not know the bot's token: {why}", reason="credentials")
    return Refused(f"Telegram refused the call ({answer.status}): {why}", reason="invalid")


def _pause_s(answer: HttpAnswer, said: _Answer) -> float:
    asked = _header(answer, "retry-after")
    if said.parameters.retry_after is not None:
        return said.parameters.retry_after
    return float(asked) if asked.isascii() and asked.isdigit() else _RATE_PAUSE_S
