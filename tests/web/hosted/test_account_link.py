"""Linking a LINE account: from the words in the chat to LINE's word that it was this user."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import jwt
import msgspec
import pytest

from kaiwa.channels import Route
from kaiwa.channels.line import CHANNEL
from kaiwa.conversations.links import FileLinks, PublicLinks
from kaiwa.conversations.message import message
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address, resolve
from kaiwa.engines.db import Session
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox, inbox_by_key
from kaiwa.merchants.log_in_page import set_log_in_page
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Invalid
from tests.fakes.line_http import InProcessHttp
from tests.fakes.line_platform import LinePlatform
from tests.web.doors import CHAT, IDENTITY_SECRET, LINE, NOW, SECRET, Doors
from tests.web.hosted.window import Window

MIKA, RIKO = "U" + "a" * 32, "U" + "b" * 32
MAIL = "mika@example.com"
ACCOUNT = {
    "address": "shop@shop.example",
    "smtp_server": "127.0.0.1:1",
    "imap_server": "127.0.0.1:1",
    "password": "p",
}


class Linking:
    """A shop with LINE and mail; Mika has written by mail before."""

    def __init__(self, doors: Doors) -> None:
        self.doors, self.clock = doors, doors.clock
        self.platform = LinePlatform(SECRET, "t0ken")
        self.platform.fixed_now_s = NOW.timestamp()
        context = doors.running.context
        msgspec.structs.force_setattr(context, "http", InProcessHttp(self.platform))
        self.line = self.box(LINE)
        new = NewInbox("email", credentials=ACCOUNT)
        self.mail = doors.db.write_now(
            lambda s: add_inbox(s, self.line.merchant_id, new, context.secrets, NOW)
        )
        there = Address(self.mail.id, "email", MAIL)
        self.by_mail = doors.db.write_now(lambda s: resolve(s, self.line.merchant_id, there, NOW))

    def box(self, key: str) -> Inbox:
        return self.doors.db.read_now(lambda s: inbox_by_key(s, key))

    def who(self, user: str = MIKA) -> Identity:
        address = Address(self.line.id, "line_user", user)
        found = self.doors.db.read_now(lambda s: at_address(s, self.line.merchant_id, address))
        assert found is not None
        return found

    async def hears(self, event: dict[str, Any]) -> None:
        assert (await self.doors.webhook(*self.doors.line.deliver(event))).status == 200
        handler = TakingIn(self.doors.db, self.clock, lambda *_: None)

        def due(session: Session) -> Any:
            return claim(session, Claim("intake", "w", 8), self.clock.now())

        while jobs := await asyncio.to_thread(self.doors.db.write_now, due):
            for job in jobs:
                await handler.take_in(job)

    async def says(self, words: str, user: str = MIKA) -> str:
        """Somebody writes by LINE; the last thing the shop says, as LINE would be sent it."""
        await self.hears(self.doors.line.text(user, words))
        return self.last("line")

    def last(self, channel: str) -> str:
        rows = self.doors.all(
            f"""SELECT max(m.id) FROM message m JOIN inbox b ON b.id = m.inbox_id
            WHERE m.direction = 'out' AND b.channel = '{channel}'"""
        )
        if rows[0][0] is None:
            return ""
        found = self.doors.db.read_now(lambda s: message(s, self.line.merchant_id, rows[0][0]))
        links = PublicLinks(FileLinks(self.doors.running.context.secrets), "https://kaiwa.example")
        reply = links.opened(found.reply, self.line.merchant_id, NOW)
        return str([one.body for one in CHANNEL.render(reply, Route("push", MIKA)).wires])

    async def page(self) -> Window:
        offered = await self.says("アカウント連携")
        found = re.search(r"https://kaiwa\.example(/link/[\w-]+)", offered)
        assert found is not None, offered
        return await Window(self.doors).go(found[1])

    async def proves(self, window: Window) -> Window:
        await window.send("/address", address=MAIL.upper())
        code = re.search(r"\d{6}", self.last("email"))
        assert code is not None
        return await window.send("/code", code=code[0])


@pytest.fixture
def linking(doors: Doors) -> Linking:
    return Linking(doors)


async def test_a_code_by_mail_links_the_account_and_the_customer_can_end_it(
    linking: Linking,
) -> None:
    window = await linking.proves(await linking.page())
    onwards = window.link("LINE")
    assert linking.who().customer_id != linking.by_mail.customer_id
    event = linking.platform.links.follow(linking.platform, onwards, MIKA)
    assert event is not None
    for _ in range(2):
        await linking.hears(event)
    linked = linking.who()
    assert (linked.customer_id, linked.grade) == (linking.by_mail.customer_id, "one_time_code")
    assert linking.doors.count("customer_merge") == 1
    assert "連携解除" in linking.last("line")
    await window.go(window.path)
    assert window.answer.status == 404
    await linking.says("連携解除")
    assert linking.who().customer_id != linking.by_mail.customer_id
    assert linking.doors.count("customer_merge", "undone_at IS NOT NULL") == 1


async def test_a_link_that_was_sent_on_connects_nobody(linking: Linking) -> None:
    onwards = (await linking.proves(await linking.page())).link("LINE")
    await linking.says("こんにちは", RIKO)
    before = (linking.who().customer_id, linking.who(RIKO).customer_id)
    assert linking.platform.links.follow(linking.platform, onwards, RIKO) is None
    # Even if LINE told the nonce of another user: it is not theirs.
    nonce = onwards.rpartition("nonce=")[2]
    link = {"result": "ok", "nonce": nonce}
    await linking.hears(linking.doors.line.event("accountLink", RIKO, link=link))
    failed = {"result": "failed", "nonce": nonce}
    await linking.hears(linking.doors.line.event("accountLink", MIKA, link=failed))
    assert (linking.who().customer_id, linking.who(RIKO).customer_id) == before
    assert linking.doors.count("customer_merge") == 0


async def test_the_page_tells_nobody_which_addresses_the_shop_knows(linking: Linking) -> None:
    window = await linking.page()
    sent = linking.doors.count("message")
    known = (await window.send("/address", address=MAIL)).text
    assert linking.doors.count("message") == sent + 1
    unknown = (await window.send("/address", address="nobody@example.com", order="1042")).text
    assert known == unknown
    assert linking.doors.count("message") == sent + 1
    assert linking.doors.count("identity", "value = 'nobody@example.com'") == 0


async def test_a_guessed_code_and_an_old_link_lead_nowhere(linking: Linking) -> None:
    window = await linking.page()
    await window.send("/address", address=MAIL)
    code = re.search(r"\d{6}", linking.last("email"))
    assert code is not None
    for tried in range(5):
        wrong = f"{(int(code[0]) + 1 + tried) % 1_000_000:06d}"
        await window.send("/code", code=wrong)
    await window.send("/code", code=code[0])
    assert "コードが違う" in window.text
    linking.clock.at += timedelta(minutes=31)
    await window.go(window.path)
    assert window.answer.status == 404


async def test_the_shops_own_log_in_vouches(linking: Linking) -> None:
    chat = linking.box(CHAT)

    def set_it(session: Session) -> None:
        with pytest.raises(Invalid):
            set_log_in_page(session, chat, "http://shop.example/", "test", NOW)
        where = "https://shop.example/in?back={return}"
        set_log_in_page(session, chat, where, "test", NOW)

    linking.doors.db.write_now(set_it)
    window = await linking.page()
    path = window.place
    there = window.link("ログイン")
    assert there.startswith("https://shop.example/in?back=https%3A%2F%2Fkaiwa.example%2Flink%2F")
    await window.go(f"{path}/signed-in?identity=forged")
    assert "ログインを確認できません" in window.text
    until = int((NOW + timedelta(minutes=5)).timestamp())
    vouched = jwt.encode({"sub": "c-7", "name": "美香", "exp": until}, IDENTITY_SECRET)
    await window.go(f"{path}/signed-in?identity={vouched}")
    event = linking.platform.links.follow(linking.platform, window.link("LINE"), MIKA)
    assert event is not None
    await linking.hears(event)
    assert linking.who().grade == "linked"
    rows = linking.doors.all("SELECT customer_id FROM identity_link WHERE grade = 'signed_in'")
    assert rows == [(linking.who().customer_id,)]
