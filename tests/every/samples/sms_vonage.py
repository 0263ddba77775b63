"""SMS by Vonage: JSON with a token that holds the hash of the body."""

import json

from kaiwa.channels import Account
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples
from tests.fakes.vonage_webhooks import VonageWebhooks

USER, OURS = "+819012345678", "815012345678"
VONAGE = VonageWebhooks("a-signature-secret-of-32-letters", "abcd1234", OURS, lambda: 1_795_230_000)
ERROR = {"type": "https://developer.vonage.com/api-errors/messages#1180", "title": 1180}

SAMPLES = Samples(
    account=Account(
        1,
        {
            "api_key": VONAGE.api_key,
            "api_secret": "s3cret",
            "signature_secret": VONAGE.secret,
            "sender": OURS,
        },
        api_base="http://vonage.test",
        settings={"webhook_url": "https://shop.example/webhooks/sms_vonage/key"},
    ),
    to=USER,
    calls=(
        VONAGE.call(VONAGE.message(USER[1:], "青いマグはありますか？")),
        VONAGE.call(VONAGE.message(USER[1:], "配信停止")),
        VONAGE.call(VONAGE.status("u-1", "delivered", USER[1:])),
        VONAGE.call(VONAGE.status("u-3", "undeliverable", USER[1:], error=ERROR)),
    ),
    signature="authorization",
    strange=(
        json.dumps(VONAGE.status("u-2", STRANGE, USER[1:])).encode(),
        json.dumps(VONAGE.message(USER[1:], "", message_type=STRANGE)).encode(),
        json.dumps({"hologram": STRANGE}).encode(),
        STRANGE.encode(),
    ),
    yes=HttpAnswer(202, {}, b'{"message_uuid":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"}'),
    noes=(("credentials", HttpAnswer(402, {}, json.dumps({**ERROR, "title": 1070}).encode())),),
    leaves=(json.dumps(VONAGE.message(USER[1:], "配信停止")).encode(),),
    blocked=HttpAnswer(
        422, {}, json.dumps({**ERROR, "title": 1240, "detail": "Illegal Number"}).encode()
    ),
)
