"""Calls of Messenger and Instagram for `tests/every`: one of each kind, and what nobody knows."""

import json
from typing import Any

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples
from tests.fakes.meta_webhooks import APP_ID, INSTAGRAM_ID, PAGE_ID, MetaWebhooks

USER = "7412345678901234"
PICTURE = {"type": "image", "payload": {"url": "https://scontent.xx.fbcdn.net/v/1?oh=a"}}
STORY = {"story": {"url": "https://scontent.cdninstagram.com/s/1", "id": "1790"}}


def samples(kind: str) -> Samples:
    """Everything `tests/every` wants to know of one of the two."""
    told = "page" if kind == "messenger" else "instagram"
    meta = MetaWebhooks("s3cret", told, now_s=lambda: 1_795_230_000.0)
    return Samples(
        account=account(kind),
        to=USER,
        calls=tuple(RawRequest(*call) for call in _calls(meta)),
        signature="x-hub-signature-256",
        strange=(
            meta.deliver(meta.item(USER, **{STRANGE: {"depth": 3}}))[0],
            meta.deliver(meta.message(USER, **{STRANGE: {"depth": 3}}))[0],
            meta.deliver(meta.message(USER, attachments=[{"type": STRANGE}]))[0],
            meta.deliver({"field": STRANGE, "value": {"depth": 3}}, name="changes")[0],
            meta.deliver(meta.item(USER), name=STRANGE)[0],
            json.dumps({"entry": [{"messaging": [STRANGE]}, STRANGE]}).encode(),
            STRANGE.encode(),
        ),
        yes=HttpAnswer(
            200, {}, json.dumps({"recipient_id": USER, "message_id": "m_out4"}).encode()
        ),
        noes=(
            ("window_closed", _no(10, 2018278)),
            ("window_closed", _no(100, 2534022)),
            ("credentials", _no(190, 0)),
            ("credentials", _no(200, 2018028)),
        ),
        leaves=_leaves(meta),
        blocked=HttpAnswer(
            400,
            {},
            b'{"error":{"code":551,"error_subcode":1545041,"message":"Not available"}}',
        ),
    )


def _no(code: int, subcode: int) -> HttpAnswer:
    told = {"error": {"code": code, "error_subcode": subcode, "message": "No."}}
    return HttpAnswer(400, {}, json.dumps(told).encode())


def _leaves(meta: MetaWebhooks) -> tuple[bytes, ...]:
    stops = {"type": "notification_messages", "notification_messages_status": "STOP_NOTIFICATIONS"}
    return meta.deliver(meta.item(USER, optin=stops))[0], meta.deliver(meta.text("STOP", USER))[0]


def account(kind: str) -> Account:
    """An account that is well: through its Page, with everything known of it."""
    credentials = {
        "access_token": "t0ken",
        "app_secret": "s3cret",
        "verify_token": "a-token-of-our-own",
        "page_id": PAGE_ID,
        "app_id": APP_ID,
    }
    if kind == "instagram":
        credentials |= {"instagram_id": INSTAGRAM_ID, "username": "mugs.example"}
    return Account(1, credentials, api_base="http://meta.test")


def _calls(meta: MetaWebhooks) -> list[tuple[bytes, dict[str, str]]]:
    pressed = {"quick_reply": {"payload": "size:m"}}
    ours = {"metadata": "kaiwa:5f0c6c8a-0000-5000-8000-000000000000"}
    linking = {"status": "linked", "authorization_code": "nonce"}
    items: list[dict[str, Any]] = [
        meta.text("青いマグはありますか？", USER),
        meta.text("M", USER, **pressed),
        meta.message(USER, attachments=[PICTURE, PICTURE]),
        meta.text("すてき", USER, reply_to=STORY),
        meta.postback(USER, "はい", "yes:42", referral={"ref": "cart_1", "source": "SHORTLINK"}),
        meta.item(USER, message={"mid": "m_in1", "is_deleted": True}),
        meta.item(USER, message_edit={"mid": "m_in1", "text": "白いマグは？", "num_edit": 1}),
        meta.item(USER, reaction={"mid": "m_out1", "action": "react", "emoji": "❤"}),
        meta.item(USER, referral={"ref": "cart_1", "source": "SHORTLINK", "type": "OPEN_THREAD"}),
        meta.item(USER, optin={"type": "notification_messages", "ref": "news"}),
        meta.item(USER, account_linking=linking),
        meta.item(USER, pass_thread_control={"new_owner_app_id": "123"}),
    ]
    return [
        meta.deliver(*items),
        meta.deliver(meta.echo(USER, "m_out1", text="あります", **ours), meta.read(USER)),
        meta.deliver(meta.delivered(USER, "m_out1"), meta.read(USER, "m_out1")),
        meta.deliver(meta.text("担当の方へ", USER), name="standby"),
        meta.deliver({"field": "feed", "value": {"item": "status"}}, name="changes"),
    ]
