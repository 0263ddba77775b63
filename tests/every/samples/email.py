"""E-mail: a mail posted with our own signature, and the server by which answers leave."""

import hashlib
import hmac

from kaiwa.channels import Account, RawRequest
from tests.every.samples import STRANGE, Samples
from tests.fakes.mail_exchange import MailExchange

SECRET = "a-secret-of-our-own"
HEADER = "x-kaiwa-signature"
TO = "hana@example.jp"

WORDS = """\
From: =?iso-2022-jp?B?GyRCOzNFRBsoQiAbJEIyVjtSGyhC?= <hana@example.jp>
To: shop@shop.example
Subject: =?utf-8?B?6Z2S44GE44Oe44Kw?=
Message-ID: <1@example.jp>
Date: Sat, 21 Nov 2026 11:59:00 +0900
Content-Type: text/plain; charset=utf-8

青いマグはありますか？
"""
WITH_FILE = """\
From: hana@example.jp
To: shop@shop.example
Subject: broken
Message-ID: <2@example.jp>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

It came broken.
--b
Content-Type: image/png; name=mug.png
Content-Disposition: attachment; filename=mug.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""
BOUNCE = """\
From: MAILER-DAEMON@mx.example.jp
To: shop@shop.example
Subject: Undelivered
Message-ID: <3@mx.example.jp>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp

Final-Recipient: rfc822; hana@example.jp
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

Message-ID: <kaiwa.5f7cbd6a-3d0c-4cf4-9e3e-4f1f1b8f7c11@shop.example>

--b--
"""


def _call(mail: str) -> RawRequest:
    body = mail.encode()
    signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return RawRequest(body, {HEADER: f"sha256={signed}", "content-type": "message/rfc822"})


SAMPLES = Samples(
    account=Account(
        1,
        {
            "address": "shop@shop.example",
            "smtp_server": "smtp://127.0.0.1:9",
            "password": "s3cret",
            "webhook_secret": SECRET,
        },
    ),
    to=TO,
    calls=(_call(WORDS), _call(WITH_FILE), _call(BOUNCE)),
    signature=HEADER,
    strange=(
        f"Subject: {STRANGE}\n\nNobody sent it.".encode(),
        f"X-Kind: {STRANGE}\nFrom: nobody\n\n".encode(),
        STRANGE.encode(),
    ),
    leaves=(
        WORDS.replace("青いマグはありますか？", "配信停止").replace("<1@", "<4@").encode(),
        WORDS.replace("青いマグはありますか？", "Please unsubscribe me.")
        .replace("<1@", "<5@")
        .encode(),
    ),
    provider=MailExchange.in_mood,
)
