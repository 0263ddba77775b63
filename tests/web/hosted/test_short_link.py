"""Short links: made where they save a segment, counted once a person, leading where we wrote."""

import re
from datetime import timedelta
from typing import Any

import pytest

from kaiwa.conversations.conversation import Opening, current
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.short_link import short_links
from kaiwa.customers.identity import resolve
from kaiwa.engines.db import Session
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.merchants.inbox import NewInbox, add_inbox, inbox_by_key
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Buttons, Reply, TextBlock, UrlAction
from tests.fakes.gateway_platform import KEY, GatewayPlatform
from tests.fakes.line_http import InProcessHttp
from tests.web.asgi import Answer, call
from tests.web.doors import CHAT, NOW, Doors

LONG = "https://shop.example/products/linen-shirt-in-natural-white-size-m?variant=12345&from=sms"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Safari/604.1"


class Texting:
    """A shop that sends text messages, and the gateway behind it."""

    def __init__(self, doors: Doors) -> None:
        self.doors, self.platform = doors, GatewayPlatform()
        secrets = doors.running.context.secrets
        told = {
            "url": "/sms/v1/submit",
            "inbound_secret": "a-secret-of-the-gateway",
            "headers": f'{{"X-API-Key": "{KEY}"}}',
            "sender": "0501234",
        }
        new = NewInbox("sms_gateway", credentials=told, api_base="http://gateway.test")
        self.shop = doors.db.read_now(lambda s: inbox_by_key(s, CHAT)).merchant_id
        self.box = doors.db.write_now(lambda s: add_inbox(s, self.shop, new, secrets, NOW))
        http: Any = InProcessHttp(self.platform)
        self.delivery = Delivery(
            doors.db, http, secrets, doors.clock, doors.running.context.public_url
        )

    async def sends(self, reply: Reply) -> str:
        """The text as the gateway gets it."""

        def speak(session: Session) -> Any:
            to = Address(self.box.id, "phone", "+819012345678")
            where = resolve(session, self.shop, to, NOW)
            conv = current(session, where, Opening("ja", "bot"), NOW)
            say(session, conv, Outgoing(reply, "bot", f"k{conv.last_seq}"), NOW)
            return claim(session, Claim("delivery", "w", 8), NOW)

        for job in self.doors.db.write_now(speak):
            await self.delivery.deliver(job)
        return str(self.platform.journal[-1][2])

    def clicks(self) -> list[tuple[str, int]]:
        found = self.doors.db.read_now(lambda s: short_links(s, self.shop, 9))
        return [(one.url, one.clicks) for one in found]

    async def follow(self, code: str, agent: str = PHONE, **more: Any) -> Answer:
        method = more.pop("method", "GET")
        headers = {"user-agent": agent, **more}
        return await call(self.doors.app, method, f"/l/{code}", headers=headers)


@pytest.fixture
def texting(doors: Doors) -> Texting:
    return Texting(doors)


def shop_words(*urls: str) -> Reply:
    return Reply((TextBlock(text="\n".join(["新しいリネンシャツが入りました。", *urls])),))


async def test_a_link_is_short_where_that_saves_a_segment_and_counts_each_person_once(
    texting: Texting,
) -> None:
    sent = await texting.sends(shop_words(LONG))
    found = re.search(r"https://kaiwa\.example/l/([A-Za-z0-9]{9})", sent)
    assert found is not None, sent
    assert "shop.example" not in sent
    for agent in (PHONE, PHONE, PHONE.replace("iPhone", "iPad")):
        answer = await texting.follow(found[1], agent)
        assert (answer.status, answer.headers["location"]) == (302, LONG)
    assert texting.clicks() == [(LONG, 2)]


async def test_what_looks_ahead_is_shown_the_way_and_not_counted(texting: Texting) -> None:
    sent = await texting.sends(shop_words(LONG))
    code = sent.partition("/l/")[2][:9]
    for agent, more in (
        ("WhatsApp/2.23", {}),
        ("facebookexternalhit/1.1;line-poker/1.0", {}),
        ("", {}),
        (PHONE, {"sec-purpose": "prefetch;prerender"}),
        (PHONE, {"method": "HEAD"}),
    ):
        answer = await texting.follow(code, agent, **more)
        assert (answer.status, answer.headers["location"]) == (302, LONG)
    assert texting.clicks() == [(LONG, 0)]


async def test_where_nothing_is_saved_the_address_stays_as_it_is(texting: Texting) -> None:
    near = "https://shop.example/a-page-of-the-shop-itself"
    assert near in await texting.sends(Reply((TextBlock(text=f"See {near}"),)))
    assert texting.clicks() == []


async def test_pages_behind_buttons_are_shortened_too_each_with_its_own(texting: Texting) -> None:
    buttons = tuple(UrlAction(f"{n}", url=f"{LONG}&n={n}") for n in range(2))
    block = Buttons(alt_text="どちら", text="どちらがよいですか。", actions=buttons)
    sent = await texting.sends(Reply((block,)))
    codes = re.findall(r"/l/([A-Za-z0-9]{9})", sent)
    led = [(await texting.follow(code)).headers["location"] for code in codes]
    assert sorted(led) == [f"{LONG}&n=0", f"{LONG}&n=1"]


async def test_a_code_that_is_none_or_has_ended_leads_nowhere(texting: Texting) -> None:
    code = (await texting.sends(shop_words(LONG))).partition("/l/")[2][:9]
    for strange in ("A" * 9, code[:-1], f"{code}x", "https://evil.example/"):
        answer = await texting.follow(strange)
        assert (answer.status, "location" in answer.headers) == (404, False)
    texting.doors.clock.at += timedelta(days=90)
    assert (await texting.follow(code)).status == 404
