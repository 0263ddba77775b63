"""One customer on SMS, from the webhook's bytes to STOP and back, on a real database."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kaiwa.channels import Account, RawRequest
from kaiwa.channels.sms_twilio import CHANNEL
from kaiwa.conversations.conversation import held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.fact import CustomerFollowed, Fact
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.consent import ConsentGiven, consent_state, record_consent
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.channels.sms_twilio.conftest import NOW, USER, Clock
from tests.fakes.line_http import InProcessHttp
from tests.fakes.twilio_platform import TwilioPlatform

SECRETS = Secrets(bytes(range(32)))
STOPPED = "山の道具：配信を停止しました。今後はお送りしません。再開は「配信再開」とご返信ください。"
STARTED = "山の道具：配信を再開しました。停止は「停止」とご返信ください。"
HELP = (
    "山の道具：ご質問はこのままご返信ください。配信の停止は「停止」とご返信ください。"
    "通信料はお客さまのご負担です。"
)


class Story:
    """A shop with an SMS inbox, Twilio behind it, and one clock for both."""

    def __init__(
        self, db: Database, platform: TwilioPlatform, seconds: Clock, credentials: dict[str, str]
    ) -> None:
        self.db, self.platform, self.seconds = db, platform, seconds
        self.clock, self.facts = SetClock(NOW), list[Fact]()
        new = NewInbox("sms_twilio", "", credentials, "http://twilio.test", key="key")
        self.shop = db.write_now(
            lambda s: create_merchant(s, NewMerchant("山の道具", slug="shop"), NOW)
        )
        self.box = db.write_now(lambda s: add_inbox(s, self.shop.id, new, SECRETS, NOW))

    def wait(self, seconds: float) -> None:
        self.seconds.at_s += seconds
        self.clock.at += timedelta(seconds=seconds)

    def hear(self, *calls: RawRequest) -> None:
        """The calls are taken at the door, and all that they tell takes effect."""
        account = self.box.account(SECRETS, "https://shop.example")
        for call in calls:
            assert CHANNEL.verify(call, account).answer is None
            now = self.clock.now()
            arrivals = [Arrival(raw, event) for raw, event in CHANNEL.parse(call.body, now)]
            self.db.write_now(lambda s, a=arrivals, n=now: accept(s, self.box, a, n))  # type: ignore[misc]
        handler = TakingIn(self.db, self.clock, lambda _, fact: self.facts.append(fact))
        self._work("intake", handler.take_in)

    def writes(self, body: str, **more: str) -> None:
        self.hear(self.platform.hears(USER, body, **more))

    def person(self) -> Identity:
        address = Address(self.box.id, "phone", USER)
        found = self.db.read_now(lambda s: at_address(s, self.shop.id, address))
        assert found is not None
        return found

    def deliver(self) -> None:
        http = InProcessHttp(self.platform)
        handler = Delivery(self.db, http, SECRETS, self.clock, "https://shop.example")
        self._work("delivery", handler.deliver)

    def answer(self, words: str) -> Message:
        where = self.person()
        conv = self.db.write_now(lambda s: open_of(s, self.shop.id, where.customer_id))
        assert conv is not None
        out = Outgoing(Reply((TextBlock(text=words),)), "agent", words, identity_id=where.id)
        made = self.db.write_now(
            lambda s: say(s, held(s, self.shop.id, conv.id), out, self.clock.now())
        )
        self.deliver()
        return self.now_of(made)

    def now_of(self, made: Message) -> Message:
        return self.db.read_now(lambda s: message(s, self.shop.id, made.id))

    def agrees(self) -> None:
        where, given = self.person(), ConsentGiven("granted", "checkout", wording="SMSでのお知らせ")
        self.db.write_now(lambda s: record_consent(s, self.shop.id, where.id, given, NOW))

    def consent(self) -> str:
        where = self.person()
        return self.db.read_now(lambda s: consent_state(s, self.shop.id, where.id))

    def texts(self) -> list[str]:
        """What reached the phone by us."""
        return [sent["Body"] for sent in self.platform.journal]

    def ledger(self) -> list[tuple[Any, ...]]:
        sql = "SELECT state, source, wording FROM consent ORDER BY id"
        return [tuple(row) for row in self.db.read_now(lambda s: s.all(sql))]

    def _work(self, pool: str, handle: Callable[[Any], Any]) -> None:
        while jobs := self.db.write_now(lambda s: claim(s, Claim(pool, "w", 8), self.clock.now())):
            for job in jobs:
                asyncio.run(handle(job))


@pytest.fixture
def story(database: Database, platform: TwilioPlatform, clock: Clock, account: Account) -> Story:
    return Story(database, platform, clock, dict(account.credentials))


def test_an_answer_goes_out_and_its_receipts_move_it_forward_only(story: Story) -> None:
    story.writes("青いマグは？")
    made = story.answer("ございます。")
    assert (made.state, story.texts()) == ("accepted", ["ございます。"])
    story.wait(3)
    sent, delivered = story.platform.receipts()
    # The later one comes first, and both come twice.
    for call in (delivered, sent, delivered, sent):
        story.hear(call)
        assert story.now_of(made).state == "delivered"
    rows = story.db.read_now(lambda s: s.all("SELECT count(*) FROM inbound_event"))
    assert [tuple(row) for row in rows] == [(3,)]


def test_stop_is_confirmed_once_and_then_nothing_is_sent(story: Story) -> None:
    story.writes("青いマグは？")
    story.agrees()
    for word in ("配信停止", "停止"):
        story.writes(word)
        story.deliver()
    assert story.texts() == [STOPPED]
    assert story.person().blocked_at is not None
    assert story.ledger() == [
        ("granted", "checkout", "SMSでのお知らせ"),
        ("refused", "sms_twilio:unfollow", "配信停止"),
        ("refused", "sms_twilio:unfollow", "停止"),
    ]
    late = story.answer("新商品です。")
    assert (late.state, (late.error or "").partition(":")[0]) == ("failed", "blocked")
    assert story.texts() == [STOPPED]


def test_start_gives_back_what_stop_took_and_is_confirmed(story: Story) -> None:
    story.writes("青いマグは？")
    story.agrees()
    story.writes("停止")
    story.writes("配信再開")
    story.deliver()
    assert story.texts() == [STOPPED, STARTED]
    assert (story.person().blocked_at, story.consent()) == (None, "granted")
    assert story.ledger()[-1] == ("granted", "sms_twilio:start", "配信再開")
    # No greeting is paid for besides.
    assert not any(isinstance(fact, CustomerFollowed) for fact in story.facts)
    assert story.answer("お待たせしました。").state == "accepted"


def test_start_grants_nothing_that_was_never_given(story: Story) -> None:
    story.writes("停止")
    story.writes("配信再開")
    assert story.consent() == "refused"
    assert [state for state, _, _ in story.ledger()] == ["refused"]


def test_what_twilio_answers_itself_is_not_answered_again(story: Story) -> None:
    story.writes("青いマグは？")
    story.writes("STOP")
    story.writes("START")
    story.writes("HELP", OptOutType="HELP")
    story.deliver()
    assert story.texts() == []
    assert story.platform.said_itself == [(USER, "stopped"), (USER, "started")]
    assert story.person().blocked_at is None


def test_help_is_answered_even_after_stop_and_opens_nothing(story: Story) -> None:
    story.writes("停止")
    story.writes("ヘルプ")
    story.deliver()
    assert story.texts() == [STOPPED, HELP]
    assert story.person().blocked_at is not None


def test_the_last_word_waits_when_twilio_is_busy_and_still_goes_out(story: Story) -> None:
    story.writes("青いマグは？")
    for number in range(10):
        story.answer(f"{number}")
    story.writes("停止")
    story.deliver()
    assert STOPPED not in story.texts()
    story.wait(120)
    story.deliver()
    assert story.texts()[-1] == STOPPED


def test_a_stop_that_twilio_knows_of_and_we_do_not_closes_the_way(story: Story) -> None:
    story.writes("青いマグは？")
    story.platform.opted_out.add(USER)
    made = story.answer("ございます。")
    assert (made.state, "21610" in (made.error or "")) == ("failed", True)
    assert story.person().blocked_at is not None


def test_every_picture_of_a_message_is_a_message_of_the_timeline(story: Story) -> None:
    base = f"https://api.twilio.com/2010-04-01/Accounts/{story.platform.account_sid}"
    pictures = {
        "NumMedia": "2",
        "MediaUrl0": f"{base}/Messages/MM1/Media/ME1", "MediaContentType0": "image/jpeg",
        "MediaUrl1": f"{base}/Messages/MM1/Media/ME2", "MediaContentType1": "image/png",
    }  # fmt: skip
    call = story.platform.hears(USER, "これ", **pictures)
    story.hear(call, call)
    rows = story.db.read_now(lambda s: s.all("SELECT text FROM message ORDER BY seq"))
    assert [row[0] for row in rows] == ["これ", ""]
    jobs = story.db.read_now(lambda s: s.all("SELECT kind FROM job WHERE kind = 'fetch_media'"))
    assert len(jobs) == 2
