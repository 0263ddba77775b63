"""One customer on WhatsApp, from the webhook's bytes to the blue ticks, on a real database."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.conversations.conversation import held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Carousel, ImageBlock, ProductCard, Reply, TextBlock
from kaiwa.vocabulary.time import from_micros
from tests.channels.whatsapp.conftest import NOW, USER
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform

SECRETS = Secrets(bytes(range(32)))


class Story:
    """A shop with a WhatsApp inbox, the platform behind it, and one clock for both."""

    def __init__(
        self, db: Database, platform: WhatsAppPlatform, credentials: dict[str, str]
    ) -> None:
        self.db, self.platform, self.clock = db, platform, SetClock(NOW)
        self.meta = platform.webhooks()
        new = NewInbox("whatsapp", credentials=credentials, api_base="http://whatsapp.test")
        self.shop = db.write_now(
            lambda s: create_merchant(s, NewMerchant("Shop", slug="shop"), NOW)
        )
        self.box = db.write_now(lambda s: add_inbox(s, self.shop.id, new, SECRETS, NOW))

    def wait(self, seconds: int) -> None:
        self.platform.time_s += seconds
        self.clock.at = from_micros(int(self.platform.time_s * 1_000_000))

    def hear(self, *values: dict[str, Any]) -> None:
        """The call is taken at the door, and all that it tells takes effect."""
        body, _ = self.meta.deliver(*values)
        now = self.clock.now()
        arrivals = [Arrival(raw, event) for raw, event in CHANNEL.parse(body, now)]
        self.db.write_now(lambda s: accept(s, self.box, arrivals, now))
        handler = TakingIn(self.db, self.clock, lambda *_: None)
        self._work("intake", handler.take_in)

    def person(self, user: str = USER, kind: str = "whatsapp_user") -> Identity:
        address = Address(self.box.id, kind, user)
        found = self.db.read_now(lambda s: at_address(s, self.shop.id, address))
        assert found is not None
        return found

    def answer(self, *words: str) -> Message:
        """The reply is queued and delivered."""
        return self.send(Reply(tuple(TextBlock(text=one) for one in words)))

    def send(self, reply: Reply) -> Message:
        where = self.person()
        conv = self.db.write_now(lambda s: open_of(s, self.shop.id, where.customer_id))
        assert conv is not None
        key = f"k-{reply.blocks}-{self.clock.now()}"
        out = Outgoing(reply, "agent", key, identity_id=where.id)
        made = self.db.write_now(
            lambda s: say(s, held(s, self.shop.id, conv.id), out, self.clock.now())
        )
        handler = Delivery(self.db, InProcessHttp(self.platform), SECRETS, self.clock)
        self._work("delivery", handler.deliver)
        return self.now_of(made)

    def now_of(self, made: Message) -> Message:
        return self.db.read_now(lambda s: message(s, self.shop.id, made.id))

    def _work(self, pool: str, handle: Callable[[Any], Any]) -> None:
        while jobs := self.db.write_now(lambda s: claim(s, Claim(pool, "w", 8), self.clock.now())):
            for job in jobs:
                asyncio.run(handle(job))


@pytest.fixture
def story(database: Database, platform: WhatsAppPlatform, account: Any) -> Story:
    return Story(database, platform, dict(account.credentials))


def test_an_answer_is_delivered_and_read_and_late_receipts_change_nothing(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    made = story.answer("ございます。", "三つです。")
    assert (made.state, made.external_id) == ("accepted", "wamid.out1")
    assert [sent["text"]["body"] for sent in story.platform.journal] == [
        "ございます。\n\n三つです。"
    ]
    for told, state in (("sent", "accepted"), ("read", "read"), ("delivered", "read")):
        story.hear(story.meta.status("wamid.out1", told))
        assert story.now_of(made).state == state


def test_a_receipt_that_says_no_is_the_end_of_the_message(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    made = story.answer("ございます。")
    error = {"code": 131026, "error_data": {"details": "Not there"}}
    story.hear(story.meta.status("wamid.out1", "failed", errors=[error]))
    assert (story.now_of(made).state, story.now_of(made).error) == ("failed", "Not there (131026)")


def test_after_a_day_nothing_is_sent_until_they_write(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    story.wait(86_400)
    late = story.answer("ございます。")
    assert late.state == "failed"
    assert (late.error or "").startswith("window_closed")
    assert story.platform.journal == []
    story.hear(story.meta.text("まだですか", USER))
    assert story.answer("お待たせしました。").state == "accepted"


def test_who_cannot_be_reached_is_left_alone_until_they_write(story: Story) -> None:
    story.hear(story.meta.text("青いマグは？", USER))
    story.platform.absent.add(USER)
    assert story.answer("ございます。").state == "failed"
    assert story.person().blocked_at is not None
    story.platform.absent.clear()
    story.hear(story.meta.text("電話を替えました", USER))
    assert story.person().blocked_at is None
    assert story.answer("お待たせしました。").state == "accepted"


def test_a_call_that_comes_twice_is_heard_once(story: Story) -> None:
    told = story.meta.text("青いマグは？", USER)
    for _ in range(2):
        story.hear(told)
    rows = story.db.read_now(lambda s: s.all("SELECT count(*) FROM message"))
    assert [tuple(row) for row in rows] == [(1,)]


def shelf(database: Database, platform: WhatsAppPlatform, account: Any, *skus: str) -> Story:
    """The shop's catalogue at Meta has these products."""
    platform.catalogue.connect("1001", *skus)
    return Story(database, platform, {**account.credentials, "catalog_id": "1001"})


def mugs() -> Reply:
    cards = tuple(
        ProductCard(alt_text="マグ", title=f"マグ{n}", sku=f"MUG-{n}", number=n) for n in (1, 2)
    )
    more = ImageBlock(alt_text="店", url="https://shop.example/shop.jpg")
    return Reply((more, Carousel(alt_text="マグです", cards=cards), TextBlock(text="どうぞ。")))


def test_products_of_the_catalogue_go_out_from_it(
    database: Database, platform: WhatsAppPlatform, account: Any
) -> None:
    story = shelf(database, platform, account, "MUG-1", "MUG-2")
    story.hear(story.meta.text("マグは？", USER))
    assert story.send(mugs()).state == "accepted"
    kinds = [one.get("interactive", one)["type"] for one in story.platform.journal]
    assert kinds == ["image", "product_list", "text"]


def test_products_that_the_catalogue_has_not_are_said_all_the_same_and_nothing_twice(
    database: Database, platform: WhatsAppPlatform, account: Any
) -> None:
    story = shelf(database, platform, account, "MUG-1")
    story.hear(story.meta.text("マグは？", USER))
    made = story.send(mugs())
    assert (made.state, made.external_id) == ("accepted", "wamid.out1")
    assert [one["type"] for one in story.platform.journal] == ["image", "text", "text"]
    assert story.platform.journal[1]["text"]["body"] == "1. マグ1\n\n2. マグ2"
    became = [one.became for one in made.degradations]
    assert "list" in became
