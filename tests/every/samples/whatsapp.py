"""WhatsApp: batches of messages and receipts, signed by the app's secret."""

import json
from typing import Any

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID, WhatsAppWebhooks

USER = "JP.13491208655302741918"
NUMBER = "819012345678"
META = WhatsAppWebhooks("s3cret", now_s=lambda: 1_795_230_000.0)


def _call(*values: dict[str, Any]) -> RawRequest:
    return RawRequest(*META.deliver(*values))


def _message(kind: str, **fields: Any) -> dict[str, Any]:
    return META.message(kind, USER, NUMBER, **fields)


PRESSED = {"type": "button_reply", "button_reply": {"id": "yes:42", "title": "はい"}}
EDIT = {
    "original_message_id": "wamid.1",
    "message": {"type": "text", "text": {"body": "白いマグは？"}},
}

SAMPLES = Samples(
    account=Account(
        1,
        {
            "access_token": "t0ken",
            "app_secret": "s3cret",
            "verify_token": "a-token-of-our-own",
            "phone_number": "+81 90 1234 5678",
            "phone_number_id": NUMBER_ID,
            "business_account_id": ACCOUNT_ID,
        },
        api_base="http://whatsapp.test",
    ),
    to=USER,
    calls=(
        _call(
            _message("text", text={"body": "青いマグはありますか？"}),
            _message("interactive", interactive=PRESSED, context={"id": "wamid.out1"}),
            META.status("wamid.out1", "delivered"),
            META.status("wamid.out1", "read"),
        ),
        _call(
            _message("image", image={"id": "65463453", "caption": "これ"}),
            _message("edit", edit=EDIT),
            _message("revoke", revoke={"original_message_id": "wamid.1"}),
        ),
        _call(META.status("wamid.out2", "failed", errors=[{"code": 131047, "title": "Late"}])),
    ),
    signature="x-hub-signature-256",
    strange=(
        META.deliver({STRANGE: [{"depth": 3}]}, field=STRANGE)[0],
        META.deliver(_message(STRANGE, **{STRANGE: {"depth": 3}}))[0],
        META.deliver(_message("interactive", interactive={"type": STRANGE}))[0],
        META.deliver(META.status("wamid.out3", STRANGE))[0],
        json.dumps({"entry": [{"changes": [STRANGE]}, STRANGE]}).encode(),
        STRANGE.encode(),
    ),
    yes=HttpAnswer(
        200,
        {},
        json.dumps(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": USER, "user_id": USER}],
                "messages": [{"id": "wamid.out4"}],
            }
        ).encode(),
    ),
    blocked=HttpAnswer(
        400, {}, b'{"error":{"code":131026,"message":"(#131026) Message undeliverable"}}'
    ),
    noes=tuple(
        (reason, HttpAnswer(400, {}, json.dumps({"error": {"code": code}}).encode()))
        for reason, code in (
            ("window_closed", 131047),
            ("window_closed", 131049),
            ("no_consent", 131050),
            ("template", 132015),
            ("credentials", 190),
        )
    ),
    leaves=(
        META.deliver(META.wish("stop", USER), field="user_preferences")[0],
        META.deliver(_message("text", text={"body": "STOP"}))[0],
    ),
    gone=HttpAnswer(404, {}, b"{}"),
)
