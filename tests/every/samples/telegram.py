"""Telegram: a call is one update, proved by the secret that the webhook was set with."""

import json
from typing import Any

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples

USER = 5_501_234_567
SECRET = "a-secret-of-our-own"
PERSON = {"id": USER, "is_bot": False, "first_name": "はな", "language_code": "ja"}
BOT = {"id": 110201543, "is_bot": True, "first_name": "Shop"}
CHAT = {"id": USER, "type": "private", "first_name": "はな"}
HEADER = "x-telegram-bot-api-secret-token"


def _update(number: int, **fields: Any) -> bytes:
    return json.dumps({"update_id": number, **fields}, ensure_ascii=False).encode()


def _call(body: bytes) -> RawRequest:
    return RawRequest(body, {HEADER: SECRET})


def _message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 7, "from": PERSON, "chat": CHAT, "date": 1_795_230_000, **fields}


LEFT = {
    "chat": CHAT,
    "from": PERSON,
    "date": 1_795_230_000,
    "old_chat_member": {"status": "member", "user": BOT},
    "new_chat_member": {"status": "kicked", "user": BOT, "until_date": 0},
}

SAMPLES = Samples(
    account=Account(
        1,
        {
            "bot_token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
            "webhook_secret": SECRET,
            "bot_username": "shop_bot",
        },
        api_base="http://telegram.test",
    ),
    to=str(USER),
    calls=(
        _call(_update(1, message=_message(text="青いマグはありますか？"))),
        _call(_update(2, edited_message=_message(text="白いマグは？", edit_date=1_795_230_009))),
        _call(
            _update(
                3,
                callback_query={
                    "id": "4382bfdwdsb323b2d9",
                    "from": PERSON,
                    "message": _message(text="どちらでしょうか"),
                    "chat_instance": "1",
                    "data": "yes:42",
                },
            )
        ),
        _call(_update(4, my_chat_member=LEFT)),
    ),
    signature=HEADER,
    signs_body=False,
    strange=(
        _update(5, **{STRANGE: {"depth": 3}}),
        _update(6, message=_message(**{STRANGE: {"depth": 3}})),
        json.dumps({"why": STRANGE}).encode(),
        STRANGE.encode(),
    ),
    yes=HttpAnswer(
        200,
        {},
        json.dumps(
            {"ok": True, "result": {"message_id": 8, "chat": CHAT, "date": 1_795_230_001}}
        ).encode(),
    ),
    blocked=HttpAnswer(
        403,
        {},
        b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    ),
    noes=(("credentials", HttpAnswer(401, {}, b'{"ok":false,"error_code":401}')),),
    leaves=(_update(7, my_chat_member=LEFT), _update(8, message=_message(text="配信停止"))),
    gone=HttpAnswer(200, {}, b'{"ok":true,"result":{"file_id":"7","file_unique_id":"8"}}'),
)
