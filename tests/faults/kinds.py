"""What the storm must be told of each channel: who writes, how a call is made, what comes back.

A row here is a channel in the storm. Two processes read it: the test, which sends as the platform
does, and the strict stand-ins (`outside`), which take what Kaiwa sends. Messages are told apart by
the key they are sent with where the platform repeats one, else by the id it gives them.
"""

import hashlib
import hmac
import json
import time
from typing import Any, ClassVar, Final, NamedTuple

from kaiwa.channels import RawRequest
from tests.fakes.gateway_platform import KEY as GATEWAY_KEY
from tests.fakes.gateway_platform import GatewayPlatform
from tests.fakes.line_platform import LinePlatform
from tests.fakes.line_webhooks import LineWebhooks
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import account as meta_account
from tests.fakes.meta_webhooks import APP_ID, MetaWebhooks
from tests.fakes.telegram_platform import TelegramPlatform
from tests.fakes.twilio_platform import TwilioPlatform
from tests.fakes.twilio_webhooks import TwilioWebhooks
from tests.fakes.vonage_platform import VonagePlatform
from tests.fakes.vonage_webhooks import VonageWebhooks
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID, WhatsAppWebhooks

Json = dict[str, Any]
QUESTION: Final = "送料はいくらですか"
SECRET: Final = "a-secret-of-the-storm-0123456789"
TOKEN: Final = "a-token-of-the-storm-0123456789x"
SID, OURS = "AC" + "0a" * 16, "+815012345678"
HOST: Final = "mx.shop.example"


class Taken(NamedTuple):
    """One message as a platform took it: for whom, its id there, the key it came with."""

    kind: str
    to: str
    id: str
    key: str | None = None


class Kind:
    """A channel in the storm; `read` is how far its receipts can move a message."""

    name: ClassVar[str]
    users: tuple[str, ...]
    options: ClassVar[dict[str, str]]
    per_part = 6
    most = 1
    ends: ClassVar[tuple[str, ...]] = ("accepted",)

    def platform(self) -> Any:
        """The stand-in, in its own process; its `journal` grows with what it takes."""
        raise NotImplementedError

    def taken(self, entry: Any, answer: Json) -> Taken:
        """A new entry of that journal, with what was answered."""
        raise NotImplementedError

    def text(self, user: str) -> tuple[str, Any]:
        """Somebody asks: the id under which it must be recorded, and the event."""
        raise NotImplementedError

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        """The platform's call with these events."""
        raise NotImplementedError

    def receipts(self, sent: Taken) -> list[Any]:
        """What the platform tells of one message afterwards, in order."""
        return []


class Line(Kind):
    name, per_part, most = "line", 28, 6
    users = tuple(f"U{number:032x}" for number in range(1, 31))
    options: ClassVar = {"secret": SECRET, "token": TOKEN}

    def __init__(self) -> None:
        self._hooks = LineWebhooks(SECRET)

    def platform(self) -> Any:
        return LinePlatform(SECRET, TOKEN)

    def taken(self, entry: Any, answer: Json) -> Taken:
        return Taken("line", entry["to"], "", entry["token"] or entry["retry_key"])

    def text(self, user: str) -> tuple[str, Any]:
        event = self._hooks.text(user, QUESTION)
        return event["message"]["id"], event

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        made = self._hooks.redeliver if again else self._hooks.deliver
        return RawRequest(*made(*events))


class Telegram(Kind):
    name = "telegram"
    users = tuple(str(5_501_000_000 + number) for number in range(10))
    bot = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    options: ClassVar = {
        "bot_token": bot, "webhook_secret": SECRET, "bot_username": "shop_bot",
    }  # fmt: skip

    def __init__(self) -> None:
        # A chat numbers both sides' messages: these are not the bot's.
        self._last = 1_000_000

    def platform(self) -> Any:
        made = TelegramPlatform(self.bot, time.time)
        for user in self.users:
            made.begins(int(user))
        return made

    def taken(self, entry: Any, answer: Json) -> Taken:
        to = str(entry[1]["chat_id"])
        return Taken("telegram", to, f"{to}:{answer['result']['message_id']}")

    def text(self, user: str) -> tuple[str, Any]:
        self._last += 1
        person = {"id": int(user), "is_bot": False, "first_name": "はな"}
        said = {
            "message_id": self._last, "from": person, "date": int(time.time()), "text": QUESTION,
            "chat": {"id": int(user), "type": "private", "first_name": "はな"},
        }  # fmt: skip
        return f"{user}:{self._last}", {"update_id": self._last, "message": said}

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        headers = {"x-telegram-bot-api-secret-token": SECRET, "content-type": "application/json"}
        return RawRequest(json.dumps(events[0], ensure_ascii=False).encode(), headers)


class WhatsApp(Kind):
    name, most, ends = "whatsapp", 4, ("read",)
    users = tuple(f"JP.1349120865530274{number:04}" for number in range(10))
    options: ClassVar = {
        "access_token": TOKEN, "app_secret": SECRET, "verify_token": "a-token-of-our-own",
        "phone_number": "+81 90 0000 0001", "phone_number_id": NUMBER_ID,
        "business_account_id": ACCOUNT_ID,
    }  # fmt: skip

    def __init__(self) -> None:
        self._hooks = WhatsAppWebhooks(SECRET, now_s=time.time)

    def platform(self) -> Any:
        made = WhatsAppPlatform(SECRET, TOKEN, now_s=time.time())
        for user in self.users:
            made.wrote(user)
        return made

    def taken(self, entry: Any, answer: Json) -> Taken:
        return Taken("whatsapp", entry.get("recipient") or entry["to"], entry["id"])

    def text(self, user: str) -> tuple[str, Any]:
        value = self._hooks.text(QUESTION, user)
        return value["messages"][0]["id"], value

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        return RawRequest(*self._hooks.deliver(*events))

    def receipts(self, sent: Taken) -> list[Any]:
        return [self._hooks.status(sent.id, word) for word in ("sent", "delivered", "read")]


class Meta(Kind):
    # "Read up to now" may come before the echo that tells which message it was.
    most, ends = 4, ("read", "delivered")
    users = tuple(f"74123456789012{number:02}" for number in range(10))

    def __init__(self) -> None:
        told = "page" if self.name == "messenger" else "instagram"
        self._hooks = MetaWebhooks(SECRET, told, now_s=time.time)

    def platform(self) -> Any:
        made = MetaPlatform(self.name, SECRET, TOKEN, now_s=time.time())
        for user in self.users:
            made.wrote(user)
        return made

    def text(self, user: str) -> tuple[str, Any]:
        item = self._hooks.text(QUESTION, user)
        return item["message"]["mid"], item

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        return RawRequest(*self._hooks.deliver(*events))


def _meta_options(kind: str) -> dict[str, str]:
    known = dict(meta_account(kind).credentials)
    return known | {"access_token": TOKEN, "app_secret": SECRET}


class Messenger(Meta):
    name, options = "messenger", _meta_options("messenger")

    def taken(self, entry: Any, answer: Json) -> Taken:
        key = entry["message"]["metadata"].removeprefix("kaiwa:")
        return Taken("messenger", entry["recipient"]["id"], entry["id"], key)

    def receipts(self, sent: Taken) -> list[Any]:
        ours = {"text": "…", "metadata": f"kaiwa:{sent.key}", "app_id": int(APP_ID)}
        echo = self._hooks.echo(sent.to, sent.id, **ours)
        arrived = self._hooks.delivered(sent.to, sent.id)
        return [echo, arrived, self._hooks.read(sent.to)]


class Instagram(Meta):
    name, options = "instagram", _meta_options("instagram")

    def taken(self, entry: Any, answer: Json) -> Taken:
        return Taken("instagram", entry["recipient"]["id"], entry["id"])

    def receipts(self, sent: Taken) -> list[Any]:
        return [self._hooks.read(sent.to, sent.id)]


class Twilio(Kind):
    name, ends = "sms_twilio", ("delivered",)
    users = tuple(f"+81901111{number:04}" for number in range(10))
    options: ClassVar = {"account_sid": SID, "auth_token": TOKEN, "sender": OURS}

    def __init__(self) -> None:
        self._hooks = TwilioWebhooks(TOKEN, SID, OURS)

    def platform(self) -> Any:
        return TwilioPlatform(SID, TOKEN, OURS, time.time, hook=None)

    def taken(self, entry: Any, answer: Json) -> Taken:
        return Taken("sms_twilio", entry["To"], answer["sid"])

    def text(self, user: str) -> tuple[str, Any]:
        fields = self._hooks.message(user, QUESTION)
        # What customers write has ids of its own, beside those of what they get.
        own = "SM" + "f" * 8 + fields["MessageSid"][-24:]
        names = ("MessageSid", "SmsSid", "SmsMessageSid")
        return own, fields | dict.fromkeys(names, own)

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        self._hooks.url = url
        return self._hooks.call(events[0])

    def receipts(self, sent: Taken) -> list[Any]:
        return [self._hooks.status(sent.id, word, sent.to) for word in ("sent", "delivered")]


class Vonage(Kind):
    name, ends = "sms_vonage", ("delivered",)
    users = tuple(f"+81902222{number:04}" for number in range(10))
    options: ClassVar = {
        "api_key": "abcd1234", "api_secret": TOKEN, "signature_secret": SECRET, "sender": OURS[1:],
    }  # fmt: skip

    def __init__(self) -> None:
        self._hooks = VonageWebhooks(SECRET, "abcd1234", OURS[1:], time.time)

    def platform(self) -> Any:
        return VonagePlatform(self._hooks, TOKEN)

    def taken(self, entry: Any, answer: Json) -> Taken:
        return Taken("sms_vonage", "+" + entry["to"], answer["message_uuid"], entry["client_ref"])

    def text(self, user: str) -> tuple[str, Any]:
        told = self._hooks.message(user[1:], QUESTION)
        own = "f" * 8 + told["message_uuid"][8:]
        return own, told | {"message_uuid": own}

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        return self._hooks.call(events[0])

    def receipts(self, sent: Taken) -> list[Any]:
        words = ("submitted", "delivered")
        return [self._hooks.status(sent.id, word, sent.to[1:]) for word in words]


class Gateway(Kind):
    name, ends = "sms_gateway", ("delivered",)
    users = tuple(f"+81903333{number:04}" for number in range(10))
    options: ClassVar = {
        "url": "send", "inbound_secret": SECRET, "sender": "05012345678",
        "headers": json.dumps({"x-api-key": GATEWAY_KEY}), "id_field": "data.0.delivery_id",
    }  # fmt: skip

    def __init__(self) -> None:
        self._last = 0

    def platform(self) -> Any:
        return GatewayPlatform()

    def taken(self, entry: Any, answer: Json) -> Taken:
        told = json.loads(entry[2])
        own_id = answer["data"][0]["delivery_id"]
        return Taken("sms_gateway", told["to"], own_id, told["reference"])

    def text(self, user: str) -> tuple[str, Any]:
        self._last += 1
        own = f"g-{self._last}"
        return own, {"id": own, "from": user, "to": "05012345678", "text": QUESTION}

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        body = json.dumps(events[0], ensure_ascii=False).encode()
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        return RawRequest(body, {"x-kaiwa-signature": signed, "content-type": "application/json"})

    def receipts(self, sent: Taken) -> list[Any]:
        return [{"id": sent.id, "to": sent.to, "status": word} for word in ("ACCEPTD", "DELIVRD")]


class Email(Kind):
    name = "email"
    users = tuple(f"hana{number}@mail.example" for number in range(10))
    options: ClassVar = {
        "address": "shop@shop.example", "password": TOKEN, "receiving_host": HOST,
        "webhook_secret": SECRET,
    }  # fmt: skip

    def __init__(self) -> None:
        self._last = 0

    def taken(self, entry: Any, answer: Json) -> Taken:
        head = entry.mail.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
        own_id = next(line for line in head.splitlines() if line.lower().startswith("message-id:"))
        own = own_id.partition(":")[2].strip()
        return Taken("email", entry.to, own, own[1:].partition("@")[0].removeprefix("kaiwa."))

    def text(self, user: str) -> tuple[str, Any]:
        self._last += 1
        own = f"<{self._last}@mail.example>"
        mail = (
            f"Authentication-Results: {HOST}; dmarc=pass header.from=mail.example\n"
            f"From: Hana <{user}>\nTo: shop@shop.example\nSubject: {QUESTION}\nMessage-ID: {own}\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{QUESTION}\n"
        )
        return own, mail.encode()

    def call(self, events: list[Any], url: str, *, again: bool) -> RawRequest:
        body: bytes = events[0]
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"x-kaiwa-signature": f"sha256={signed}", "content-type": "message/rfc822"}
        return RawRequest(body, headers)


def kinds() -> list[Kind]:
    """Every channel that somebody outside carries."""
    return [
        Line(), Telegram(), WhatsApp(), Messenger(), Instagram(), Twilio(), Vonage(), Gateway(),
        Email(),
    ]  # fmt: skip
