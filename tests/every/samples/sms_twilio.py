"""SMS by Twilio: a call is a form, signed over the address and the decoded fields.

`signs_body` is off: what is signed are the fields, and `%2b` is the same field as `%2B`. That no
other change of a body passes is in tests/channels/sms_twilio.
"""

import json
from urllib.parse import urlencode

from kaiwa.channels import Account
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples
from tests.fakes.twilio_webhooks import TwilioWebhooks

USER, OURS = "+819012345678", "+815012345678"
SID, TOKEN = "AC" + "0a" * 16, "an-auth-token-of-32-characters-x"
TWILIO = TwilioWebhooks(TOKEN, SID, OURS)
PICTURE = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"

SAMPLES = Samples(
    account=Account(
        1,
        {"account_sid": SID, "auth_token": TOKEN, "sender": OURS},
        api_base="http://twilio.test",
        settings={"webhook_url": TWILIO.url},
    ),
    to=USER,
    calls=(
        TWILIO.call(TWILIO.message(USER, "青いマグはありますか？")),
        TWILIO.call(TWILIO.message(USER, "STOP", OptOutType="STOP")),
        TWILIO.call(
            TWILIO.message(
                USER,
                "これ",
                NumMedia="2",
                MediaUrl0=PICTURE,
                MediaContentType0="image/jpeg",
                MediaUrl1=PICTURE,
                MediaContentType1="application/pdf",
            )
        ),  # fmt: skip
        TWILIO.call(TWILIO.status("SM1", "delivered", USER)),
        TWILIO.json_call(TWILIO.status("SM3", "undelivered", USER, ErrorCode="30003")),
    ),
    signature="x-twilio-signature",
    signs_body=False,
    strange=(
        urlencode(TWILIO.status("SM2", STRANGE, USER)).encode(),
        json.dumps({"Hologram": STRANGE}).encode(),
        STRANGE.encode(),
    ),
    yes=HttpAnswer(201, {}, json.dumps({"sid": "SM" + "0b" * 16, "status": "queued"}).encode()),
    blocked=HttpAnswer(
        400, {}, b'{"code":21610,"message":"Attempt to send to unsubscribed recipient"}'
    ),
    noes=(("credentials", HttpAnswer(400, {}, b'{"code":21606,"message":"Not a valid From"}')),),
    leaves=(
        urlencode(TWILIO.message(USER, "STOP", OptOutType="STOP")).encode(),
        urlencode(TWILIO.message(USER, "停止")).encode(),
    ),
    gone=HttpAnswer(404, {}, b'{"code":20404,"message":"The requested resource was not found"}'),
)
