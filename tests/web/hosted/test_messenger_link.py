"""Linking a Messenger account: Facebook's own button, our page, and Facebook's word in the end."""

import asyncio
import re
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
import msgspec
import pytest

from kaiwa.channels.messenger import CHANNEL
from kaiwa.channels.meta.account_link import back
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.db import Session
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.merchants.inbox import NewInbox, add_inbox, inbox_by_key
from kaiwa.merchants.log_in_page import set_log_in_page
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Refused
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import account
from tests.web.doors import CHAT, IDENTITY_SECRET, NOW, Doors
from tests.web.hosted.window import Window

MIKA, RIKO = "7412345678901234", "7400000000000002"
MEMBER = {"sub": "c-7", "name": "美香", "exp": int(NOW.timestamp()) + 300}


class Linking:
    """A shop with a Page, and a log-in of its own."""

    def __init__(self, doors: Doors) -> None:
        self.doors, context = doors, doors.running.context
        self.platform = MetaPlatform("messenger", "s3cret", "t0ken", now_s=NOW.timestamp())
        self.meta = self.platform.webhooks()
        msgspec.structs.force_setattr(context, "http", InProcessHttp(self.platform))
        chat = doors.db.read_now(lambda s: inbox_by_key(s, CHAT))
        self.shop_id = chat.merchant_id
        new = NewInbox(
            "messenger", credentials=account("messenger").credentials, api_base="http://meta.test"
        )

        def furnish(session: Session) -> Any:
            set_log_in_page(session, chat, "https://shop.example/in?back={return}", "test", NOW)
            return add_inbox(session, self.shop_id, new, context.secrets, NOW)

        self.box = doors.db.write_now(furnish)

    def who(self, user: str = MIKA) -> Identity:
        where = Address(self.box.id, CHANNEL.address_kind, user)
        found = self.doors.db.read_now(lambda s: at_address(s, self.shop_id, where))
        assert found is not None
        return found

    async def hears(self, item: dict[str, Any]) -> None:
        path = f"/webhooks/messenger/{self.box.key}"
        body, headers = self.meta.deliver(item)
        assert (await self.doors.webhook(body, headers, path)).status == 200
        context = self.doors.running.context
        taking = TakingIn(self.doors.db, self.doors.clock, lambda *_: None)
        tools = (self.doors.db, context.http, context.secrets, self.doors.clock)
        sending = Delivery(*tools, "https://kaiwa.example")
        for pool, handle in (("intake", taking.take_in), ("delivery", sending.deliver)):

            def due(session: Session, pool: str = pool) -> Any:
                return claim(session, Claim(pool, "w", 8), self.doors.clock.now())

            while jobs := await asyncio.to_thread(self.doors.db.write_now, due):
                for job in jobs:
                    await handle(job)

    async def button(self, user: str = MIKA) -> str:
        """Where the log-in button leads that somebody who writes the words is sent."""
        await self.hears(self.meta.text("アカウント連携", user))
        sent = self.platform.journal[-1]["message"]["attachment"]["payload"]
        (button,) = sent["buttons"]
        assert (set(button), button["type"]) == ({"type", "url"}, "account_link")
        return str(button["url"])

    async def signs_in(self, url: str) -> Window:
        """The page as it opens, and the shop's log-in that sends the customer back."""
        parts = urlsplit(url)
        window = await Window(self.doors).go(f"{parts.path}?{parts.query}")
        there = window.link("ログイン")
        found = re.search(r"back=https%3A%2F%2Fkaiwa\.example(%2Flink%2F[\w%-]+)$", there)
        assert found is not None, there
        signed = jwt.encode(MEMBER, IDENTITY_SECRET)
        return await window.go(found[1].replace("%2F", "/") + f"?identity={signed}")


@pytest.fixture
def linking(doors: Doors) -> Linking:
    return Linking(doors)


async def test_the_button_the_log_in_and_facebooks_word_link_the_account(linking: Linking) -> None:
    pressed = linking.platform.logins.press(await linking.button(), MIKA, NOW.timestamp())
    window = await linking.signs_in(pressed)
    told = linking.platform.logins.follow(linking.platform, window.link("Messenger"))
    assert told is not None
    await linking.hears(told)
    assert linking.who().grade == "linked"
    rows = linking.doors.all("SELECT customer_id FROM identity_link WHERE grade = 'signed_in'")
    assert rows == [(linking.who().customer_id,)]
    assert "連携解除" in str(linking.platform.journal[-1]["message"])


async def test_a_button_that_somebody_else_presses_links_nobody(linking: Linking) -> None:
    url = await linking.button()
    await linking.hears(linking.meta.text("こんにちは", RIKO))
    before = (linking.who().customer_id, linking.who(RIKO).customer_id)
    pressed = linking.platform.logins.press(url, RIKO, NOW.timestamp())
    window = await linking.signs_in(pressed)
    told = linking.platform.logins.follow(linking.platform, window.link("Messenger"))
    assert told is not None
    await linking.hears(told)
    assert (linking.who().customer_id, linking.who(RIKO).customer_id) == before
    assert linking.doors.count("customer_merge") == 0


async def test_the_page_leads_nowhere_but_to_facebook(linking: Linking) -> None:
    url = await linking.button()
    for redirect in ("https://evil.example/messenger_platform/account_linking/", ""):
        window = await linking.signs_in(f"{url}?redirect_uri={quote(redirect, safe='')}")
        assert "evil.example" not in window.text
        assert "ボタンからもう一度" in window.text
    assert linking.doors.count("customer_merge") == 0


@pytest.mark.parametrize(
    "redirect",
    [
        "http://www.facebook.com/messenger_platform/account_linking/",
        "https://facebook.com.evil.example/messenger_platform/account_linking/",
        "https://notfacebook.com/messenger_platform/account_linking/",
        "https://facebook.com@evil.example/messenger_platform/account_linking/",
        "https://evil.example#@facebook.com/messenger_platform/account_linking/",
        "https://evil.example\\@facebook.com/messenger_platform/account_linking/",
        "https://www.facebook.com/l.php", "https://[", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_facebooks_page(redirect: str) -> None:
    with pytest.raises(Refused):
        back("n-1234567890", {"redirect_uri": redirect})
