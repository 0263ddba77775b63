"""SMS by a gateway: JSON signed by HMAC, answered with an id."""

import hashlib
import hmac
import json
from typing import Any

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples

USER = "+819012345678"
SECRET = "a-secret-of-the-gateway"


def _call(told: Any) -> RawRequest:
    body = json.dumps(told, ensure_ascii=False).encode()
    made = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return RawRequest(body, {"x-kaiwa-signature": made})


SAMPLES = Samples(
    account=Account(
        1,
        {"url": "/sms/v1/submit", "inbound_secret": SECRET, "sender": "05012345678"},
        api_base="http://gateway.test",
    ),
    to=USER,
    calls=(
        _call({"id": "g-1", "from": "09012345678", "to": "05012345678", "text": "青いマグは？"}),
        _call(
            {
                "results": [
                    {"id": "o-1", "to": USER, "status": "DELIVRD"},
                    {"id": "o-2", "to": USER, "status": "EXPIRED", "error": "absent"},
                ]
            }
        ),
        _call([{"id": "g-2", "from": USER, "text": "停止"}]),
    ),
    signature="x-kaiwa-signature",
    strange=(
        json.dumps({"id": "o-3", "status": STRANGE}).encode(),
        json.dumps({"events": [STRANGE, {"id": "g-3", "hologram": STRANGE}]}).encode(),
        STRANGE.encode(),
    ),
    leaves=(json.dumps({"id": "g-4", "from": USER, "text": "STOP"}).encode(),),
    yes=HttpAnswer(200, {}, b'{"id":"o-4"}'),
)
