"""Twilio's calls to us: forms signed over the public address, as its documents say.

Signed here by hand, so that the adapter is not checked against itself.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from kaiwa.channels import RawRequest

HOOK = "https://shop.example/webhooks/sms_twilio/key"


def signed(secret: str, url: str, fields: Mapping[str, str], digest: str = "sha1") -> str:
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), digest)).decode()


class TwilioWebhooks:
    """What an account sends to one address."""

    def __init__(self, token: str, account_sid: str, ours: str, url: str = HOOK) -> None:
        self.token, self.account_sid, self.ours, self.url = token, account_sid, ours, url
        self._last = 0

    def new_sid(self, prefix: str = "SM") -> str:
        self._last += 1
        return prefix + f"{self._last:032x}"

    def message(self, number: str, body: str, **more: str) -> dict[str, str]:
        sid = self.new_sid("MM" if "NumMedia" in more else "SM")
        return {
            "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "SmsStatus": "received",
            "AccountSid": self.account_sid, "From": number, "To": self.ours, "Body": body,
            "NumSegments": "1", "NumMedia": "0", "ApiVersion": "2010-04-01", "FromCountry": "JP",
            **more,
        }  # fmt: skip

    def status(self, sid: str, status: str, number: str, **more: str) -> dict[str, str]:
        return {
            "MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status,
            "AccountSid": self.account_sid, "From": self.ours, "To": number,
            "ApiVersion": "2010-04-01", **more,
        }  # fmt: skip

    def call(self, fields: Mapping[str, str]) -> RawRequest:
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": signed(self.token, self.url, fields),
        }
        return RawRequest(urlencode(fields).encode(), headers, url=self.url)

    def json_call(self, fields: Mapping[str, str]) -> RawRequest:
        body = json.dumps(fields, ensure_ascii=False).encode()
        url = f"{self.url}?bodySHA256={hashlib.sha256(body).hexdigest()}"
        headers = {
            "content-type": "application/json",
            "x-twilio-signature": signed(self.token, url, {}),
        }
        return RawRequest(body, headers, url=url)
