"""A shop on LINE, Telegram, Messenger, SMS and e-mail: the real adapters, their strict stand-ins.

One clock is everybody's. What a customer does comes in as the platform's own bytes; what the shop
says goes out to the platform that is asked for by its host.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from kaiwa.channels import channel
from kaiwa.channels.email.envelope import Envelope, sealed
from kaiwa.conversations.conversation import Conversation, held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message, messages_after
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.http import HttpAnswer
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox, inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.line_platform import LinePlatform
from tests.fakes.mail_exchange import MailExchange
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER as MESSENGER_USER
from tests.fakes.meta_samples import account as meta_account
from tests.fakes.meta_webhooks import APP_ID
from tests.fakes.telegram_platform import TelegramPlatform
from tests.fakes.twilio_platform import TwilioPlatform

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SECRETS = Secrets(bytes(range(32)))
LINE_USER, TELEGRAM_USER = "U" + "1a" * 16, 4711
PHONE, MAIL = "+819012345678", "hana@mail.example"
HOST = "mx.shop.example"
SID, TOKEN, OURS = "AC" + "0a" * 16, "an-auth-token-of-32-characters-x", "+815012345678"
BOT = "4711:AAEabcdefghijklmnopqrstuvwxyz012345"
ADDRESSES: dict[str, tuple[str, str]] = {
    "line": ("line_user", LINE_USER),
    "telegram": ("telegram_user", str(TELEGRAM_USER)),
    "messenger": ("messenger_user", MESSENGER_USER),
    "sms_twilio": ("phone", PHONE),
    "email": ("email", MAIL),
}


class ByHost:
    """`kaiwa.engines.http.Http` to several platforms."""

    def __init__(self, platforms: Mapping[str, Any]) -> None:
        self._platforms = {host: InProcessHttp(app) for host, app in platforms.items()}

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        host = url.split("/")[2]
        return await self._platforms[host].call(method, url, headers=headers, body=body)


class Street:
    """The shop, its five channels and one customer who uses all of them."""

    def __init__(self, db: Database, exchange: MailExchange) -> None:
        self.db, self.exchange, self.clock = db, exchange, SetClock(NOON)
        self.line = LinePlatform("s3cret", "t0ken")
        self.line.fixed_now_s = NOON.timestamp()
        self.telegram = TelegramPlatform(BOT, self._seconds)
        credentials = meta_account("messenger").credentials
        self.meta = MetaPlatform(
            "messenger",
            credentials["app_secret"],
            credentials["access_token"],
            now_s=NOON.timestamp(),
        )
        self.twilio = TwilioPlatform(SID, TOKEN, OURS, self._seconds)
        self._hooks, self._meta_hooks = self.line.webhooks(), self.meta.webhooks()
        self._number = 0
        self.shop = db.write_now(
            lambda s: create_merchant(s, NewMerchant("青い店", slug="shop"), NOON)
        )
        agent = NewAgent("aoi@shop.example", "Aoi", "agent", "long enough to pass")
        self.agent = db.write_now(lambda s: add_agent(s, self.shop.id, agent, NOON))
        self.boxes = {kind: self._connected(kind, dict(credentials)) for kind in ADDRESSES}

    def _connected(self, kind: str, meta: dict[str, str]) -> Inbox:
        given: dict[str, tuple[dict[str, str], str | None]] = {
            "line": (
                {
                    "channel_secret": "s3cret",
                    "channel_access_token": "t0ken",
                    "basic_id": "@aoimise",
                },
                "http://line.test",
            ),
            "telegram": (
                {
                    "bot_token": BOT,
                    "webhook_secret": "a-secret-of-our-choice",
                    "bot_username": "aoi_bot",
                },
                "http://telegram.test",
            ),
            "messenger": ({**meta, "app_id": APP_ID, "username": "aoimise"}, "http://meta.test"),
            "sms_twilio": (
                {"account_sid": SID, "auth_token": TOKEN, "sender": OURS},
                "http://twilio.test",
            ),
            "email": (
                {
                    "address": "shop@shop.example",
                    "password": "s3cret",
                    "receiving_host": HOST,
                    "smtp_server": self.exchange.address,
                    "imap_server": "imap.shop.example",
                },
                None,
            ),
        }
        credentials, base = given[kind]
        # Twilio's stand-in knows one address for receipts.
        key = "key" if kind == "sms_twilio" else None
        new = NewInbox(kind, credentials=credentials, api_base=base, key=key)
        return self.db.write_now(lambda s: add_inbox(s, self.shop.id, new, SECRETS, NOON))

    def _seconds(self) -> float:
        return self.clock.at.timestamp()

    def wait(self, **time: float) -> None:
        self.clock.at += timedelta(**time)
        self.line.fixed_now_s = self.meta.time_s = self.clock.at.timestamp()

    # -- what Hana does -------------------------------------------------------

    def writes(self, on: str, words: str, **more: Any) -> None:
        """Hana writes on a channel; it comes in as that platform sends it."""
        self.take(on, self.bytes_of(on, words, **more))

    def bytes_of(self, on: str, words: str, **more: Any) -> bytes:
        self._number += 1
        match on:
            case "line":
                return self._hooks.deliver(self._hooks.text(LINE_USER, words, **more))[0]
            case "messenger":
                return self._meta_hooks.deliver(
                    self._meta_hooks.text(words, MESSENGER_USER, **more)
                )[0]
            case "telegram":
                return self._update(words)
            case "sms_twilio":
                return self.twilio.hears(PHONE, words).body
            case _:
                return self._mail(words)

    def _update(self, words: str) -> bytes:
        who = self.telegram.begins(TELEGRAM_USER)
        date = int(self.clock.at.timestamp())
        said = {"message_id": self._number, "date": date, "text": words, **who}
        return json.dumps({"update_id": 9_000 + self._number, "message": said}).encode()

    def _mail(self, words: str) -> bytes:
        head = (
            f"Authentication-Results: {HOST}; dmarc=pass header.from=mail.example\n"
            f"From: Hana <{MAIL}>\nTo: shop@shop.example\nSubject: Mug\n"
            f"Message-ID: <{self._number}@mail.example>\n"
            "Content-Type: text/plain; charset=utf-8\n\n"
        )
        return f"{head}{words}\n".encode()

    def take(self, on: str, body: bytes) -> None:
        """The call is taken at the door, and all that it tells takes effect."""
        now, box = self.clock.now(), self.boxes[on]
        if on == "email":
            body = sealed(Envelope(host=HOST), body)
        arrivals = [Arrival(raw, event) for raw, event in channel(on).parse(body, now)]
        self.db.write_now(lambda s: accept(s, box, arrivals, now))
        self.work("intake", TakingIn(self.db, self.clock, lambda *_: None).take_in)

    # -- what the shop does ---------------------------------------------------

    def says(self, words: str, *, by: Any = "bot", to: str | None = None) -> Message:
        """Something is said and carried as far as it goes now."""
        conv = self.talk()
        self._number += 1
        where = None if to is None else self.person(to).id
        agent = self.agent.id if by == "agent" else None
        reply = Reply((TextBlock(text=words),))
        out = Outgoing(reply, by, f"k-{self._number}", identity_id=where, agent_id=agent)
        made = self.db.write_now(
            lambda s: say(s, held(s, self.shop.id, conv.id), out, self.clock.now())
        )
        self.deliver()
        return self.db.read_now(lambda s: message(s, self.shop.id, made.id))

    def deliver(self) -> None:
        platforms = {
            "line.test": self.line,
            "telegram.test": self.telegram,
            "meta.test": self.meta,
            "twilio.test": self.twilio,
        }
        http = ByHost(platforms)
        handler = Delivery(self.db, http, SECRETS, self.clock, "https://shop.example")
        self.work("delivery", handler.deliver)

    def work(self, pool: str, handle: Callable[[Any], Any]) -> None:
        while jobs := self.db.write_now(lambda s: claim(s, Claim(pool, "w", 8), self.clock.now())):
            for job in jobs:
                asyncio.run(handle(job))

    # -- what is known --------------------------------------------------------

    def person(self, on: str) -> Identity:
        where = Address(self.boxes[on].id, *ADDRESSES[on])
        found = self.db.read_now(lambda s: at_address(s, self.shop.id, where))
        assert found is not None, on
        return found

    def talk(self, on: str = "line") -> Conversation:
        customer = self.person(on).customer_id
        found = self.db.write_now(lambda s: open_of(s, self.shop.id, customer))
        assert found is not None
        return found

    def box(self, on: str) -> Inbox:
        return self.db.read_now(lambda s: inbox(s, self.shop.id, self.boxes[on].id))

    def timeline(self, conv: Conversation) -> list[tuple[str, str, str]]:
        """Channel, who and words, in order."""
        kinds = {box.id: kind for kind, box in self.boxes.items()}
        found = self.db.read_now(lambda s: messages_after(s, self.shop.id, conv.id, 0))
        return [(kinds[one.inbox_id], one.sender, one.text) for one in found]
