"""Telegram as far as a bot sees it: an ASGI app that takes and refuses what Telegram does.

It holds chats, blocks, presses, files and the webhook; its clock is the test's. What it accepted
is in `journal`, in order.
"""

import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

from tests.fakes.telegram_rules import MEDIA, SECRET, refusal

Json = dict[str, Any]
PRESS_LIVES_S: Final = 900.0
PER_SECOND: Final = 30


class Refusal(Exception):
    """Telegram's no, with its code."""

    def __init__(self, code: int, why: str, **parameters: Any) -> None:
        super().__init__(why)
        self.code, self.why, self.parameters = code, why, parameters


class TelegramPlatform:
    """One bot's Telegram."""

    def __init__(self, token: str, now_s: Callable[[], float]) -> None:
        self.token = token
        self.now_s = now_s
        self.journal: list[tuple[str, Json]] = []
        self.chats: set[str] = set()
        self.blocked: set[str] = set()
        self.files: dict[str, tuple[str, bytes]] = {}
        self.presses: dict[str, float] = {}
        self.answered: list[str] = []
        self.unfetchable: set[str] = set()
        self.webhook: Json = {"url": "", "pending_update_count": 0}
        self.fails: list[int] = []
        self._last_id = 100
        self._sent_at: list[float] = []

    def begins(self, user: int) -> Json:
        """A user who opened the chat: the `from` and `chat` of what he sends."""
        self.chats.add(str(user))
        self.blocked.discard(str(user))
        person = {"id": user, "is_bot": False, "first_name": "Hana", "language_code": "ja"}
        return {"from": person, "chat": {"id": user, "type": "private", "first_name": "Hana"}}

    def presses_button(self, press: str) -> None:
        """A press that waits for its answer."""
        self.presses[press] = self.now_s()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        told = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        body = _as_json(body, told.get("content-type", ""))
        status, kind, content = self._answer(scope["method"], scope["path"], body)
        headers = [(b"content-type", kind.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _answer(self, verb: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        if self.fails:
            return self.fails.pop(0), "text/html", b"<html>Bad Gateway</html>"
        try:
            if path.startswith("/file/"):
                return self._file(path.removeprefix(f"/file/bot{self.token}/"))
            result = self._called(verb, path, body)
        except Refusal as no:
            told = {"ok": False, "error_code": no.code, "description": no.why}
            told |= {"parameters": no.parameters} if no.parameters else {}
            return no.code, "application/json", json.dumps(told).encode()
        return 200, "application/json", json.dumps({"ok": True, "result": result}).encode()

    def _file(self, path: str) -> tuple[int, str, bytes]:
        found = next((data for name, data in self.files.values() if name == path), None)
        if found is None:
            return 404, "application/json", b'{"ok":false,"error_code":404}'
        return 200, "application/octet-stream", found

    def _called(self, verb: str, path: str, body: bytes) -> Any:
        prefix = f"/bot{self.token}/"
        if not path.startswith(prefix):
            raise Refusal(401, "Unauthorized")
        method, given = path.removeprefix(prefix), json.loads(body or b"{}")
        if verb != "POST":
            raise Refusal(405, "Method Not Allowed")
        if method == "sendMessage" or method in MEDIA:
            return self._message(method, given)
        plain = {
            "getMe": self._me,
            "getWebhookInfo": self._webhook_info,
            "setWebhook": self._set_webhook,
            "getFile": self._get_file,
            "answerCallbackQuery": self._answer_press,
            "sendChatAction": self._act,
        }.get(method)
        if plain is None:
            raise Refusal(404, "Not Found")
        return plain(given)

    def _message(self, method: str, given: Json) -> Json:
        chat = str(given.get("chat_id"))
        if chat not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if why := refusal(method, given):
            raise Refusal(400, f"Bad Request: {why}")
        if given.get(MEDIA.get(method, "")) in self.unfetchable:
            raise Refusal(400, "Bad Request: failed to get HTTP URL content")
        self._hurry()
        self._last_id += 1
        self.journal.append((method, given))
        person = {"id": int(chat), "type": "private", "first_name": "Hana"}
        return {"message_id": self._last_id, "date": int(self.now_s()), "chat": person}

    def _hurry(self) -> None:
        now = self.now_s()
        self._sent_at = [at for at in self._sent_at if at > now - 1]
        if len(self._sent_at) >= PER_SECOND:
            raise Refusal(429, "Too Many Requests: retry after 3", retry_after=3)
        self._sent_at.append(now)

    def _me(self, _: Json) -> Json:
        return {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "Shop"}

    def _webhook_info(self, _: Json) -> Json:
        return {name: value for name, value in self.webhook.items() if name != "secret_token"}

    def _set_webhook(self, given: Json) -> bool:
        if given["url"] and not given["url"].startswith("https://"):
            raise Refusal(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        secret = given.get("secret_token", "")
        if secret and not SECRET.fullmatch(secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = {"pending_update_count": 0, **given}
        return True

    def _get_file(self, given: Json) -> Json:
        found = self.files.get(given.get("file_id", ""))
        if found is None:
            raise Refusal(400, "Bad Request: invalid file_id")
        if len(found[1]) > 20_000_000:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": given["file_id"], "file_path": found[0]}

    def _answer_press(self, given: Json) -> bool:
        press = given.get("callback_query_id", "")
        if self.now_s() - self.presses.get(press, float("-inf")) > PRESS_LIVES_S:
            raise Refusal(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self.answered.append(press)
        return True

    def _act(self, given: Json) -> bool:
        if str(given.get("chat_id")) not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        if given.get("action") != "typing":
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        return True


def _as_json(body: bytes, kind: str) -> bytes:
    """A form is the same call: what is no string stands in it as JSON."""
    if not kind.startswith("application/x-www-form-urlencoded"):
        return body
    fields = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True))
    structured = {name: json.loads(fields[name]) for name in fields if name == "reply_markup"}
    return json.dumps({**fields, **structured}).encode()
