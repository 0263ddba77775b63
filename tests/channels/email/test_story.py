"""A customer who writes mails, from the mailbox to the desk and back, on a real database."""

import asyncio
import email
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kaiwa.channels.email import CHANNEL
from kaiwa.conversations.conversation import held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.fact import Fact, HandoffRequested, MessageReceived
from kaiwa.conversations.fetching import Fetching
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message, messages_after
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.pulling import Pulling
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.consent import consent_state
from kaiwa.customers.identity import Evidence, Identity, at_address, relink
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.engines.http import HttpAnswer
from kaiwa.engines.queue import Claim, NewJob, enqueue
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Media
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.channels.email.conftest import FROM, NOW, attached, mail, multipart
from tests.channels.email.test_reports import status
from tests.fakes.mail_exchange import MailExchange
from tests.fakes.mailbox_server import MailboxServer
from tests.fakes.recorded_http import RecordedHttp

SECRETS = Secrets(bytes(range(32)))
HOST = "mx.shop.example"
TO = "hana@example.jp"
PROVEN = f"Authentication-Results: {HOST}; dmarc=pass header.from=example.jp\n"


class Story:
    """A shop with a mailbox, and servers for both directions."""

    def __init__(
        self, db: Database, servers: tuple[MailboxServer, MailExchange], files: Path
    ) -> None:
        self.db, (self.mailbox, self.exchange) = db, servers
        self.clock = SetClock(NOW)
        self.facts: list[Fact] = []
        self.files = DirectoryStore(files)
        credentials = {
            "address": "shop@shop.example", "password": "s3cret", "receiving_host": HOST,
            "smtp_server": self.exchange.address, "imap_server": self.mailbox.address,
        }  # fmt: skip
        new = NewInbox("email", credentials=credentials)
        self.shop = db.write_now(lambda s: create_merchant(s, NewMerchant("Shop", slug="s"), NOW))
        self.box = db.write_now(lambda s: add_inbox(s, self.shop.id, new, SECRETS, NOW))

    def arrive(self, *mails: bytes) -> None:
        for one in mails:
            self.mailbox.inbox.put(one.replace(b"\n", b"\r\n"), self.clock.now())

    def look(self, pulling: Pulling | None = None) -> None:
        """The minute comes round: the mailbox is looked through and what came takes effect."""
        self.clock.at += timedelta(minutes=2)
        pulling = pulling or Pulling(self.db, SECRETS, self.clock)
        plan = NewJob("pulling", "plan_inboxes", key="cron:plan_inboxes")
        self.db.write_now(lambda s: enqueue(s, plan, self.clock.now()))
        handlers = {"plan_inboxes": pulling.plan_inboxes, "pull_inbox": pulling.pull_inbox}
        self._work("pulling", lambda job: handlers[job.kind](job))
        self.take_in()

    def take_in(self) -> None:
        intake = TakingIn(self.db, self.clock, lambda _, fact: self.facts.append(fact))
        self._work("intake", intake.take_in)
        http = RecordedHttp(HttpAnswer(500, {}, b""))
        fetching = Fetching(self.db, http, SECRETS, self.clock, self.files)
        self._work("media", fetching.fetch_media)

    def person(self, value: str = TO) -> Identity:
        address = Address(self.box.id, "email", value)
        found = self.db.read_now(lambda s: at_address(s, self.shop.id, address))
        assert found is not None
        return found

    def thread(self) -> list[Message]:
        conv = self.db.write_now(lambda s: open_of(s, self.shop.id, self.person().customer_id))
        assert conv is not None
        return self.db.read_now(lambda s: messages_after(s, self.shop.id, conv.id, 0))

    def answer(self, words: str) -> Message:
        """An agent's reply is queued and delivered."""
        where = self.person()
        conv = self.db.write_now(lambda s: open_of(s, self.shop.id, where.customer_id))
        assert conv is not None
        reply = Reply((TextBlock(text=words),))
        out = Outgoing(reply, "agent", f"k-{words}", identity_id=where.id)
        made = self.db.write_now(
            lambda s: say(s, held(s, self.shop.id, conv.id), out, self.clock.now())
        )
        http = RecordedHttp(HttpAnswer(500, {}, b""))
        self._work("delivery", Delivery(self.db, http, SECRETS, self.clock).deliver)
        return self.now_of(made)

    def now_of(self, made: Message) -> Message:
        return self.db.read_now(lambda s: message(s, self.shop.id, made.id))

    def troubles(self) -> list[Any]:
        sql = "SELECT trouble FROM inbox WHERE merchant_id = :m"
        return [row[0] for row in self.db.read_now(lambda s: s.all(sql, m=self.shop.id))]

    def count(self, table: str) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE merchant_id = :m"
        row = self.db.read_now(lambda s: s.one(sql, m=self.shop.id))
        assert row is not None
        return int(row[0])

    def _work(self, pool: str, handle: Callable[[Any], Any]) -> None:
        while jobs := self.db.write_now(lambda s: claim(s, Claim(pool, "w", 8), self.clock.now())):
            for job in jobs:
                asyncio.run(handle(job))


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Iterator[Story]:
    with MailboxServer() as mailbox, MailExchange() as exchange:
        yield Story(database, (mailbox, exchange), tmp_path)


def test_a_mail_is_answered_in_its_thread_and_the_answer_to_that_comes_back(story: Story) -> None:
    story.arrive(mail("青いマグはありますか？", subject="マグ"))
    story.look()
    made = story.answer("ございます。")
    assert made.state == "accepted"
    (taken,) = story.exchange.taken
    sent = email.message_from_bytes(taken.mail)
    assert (taken.to, sent["In-Reply-To"]) == (TO, "<1@example.jp>")
    assert made.external_id == sent["Message-ID"]
    again = "2つください。\n\n2026年11月21日(土) 12:34 Shop <shop@shop.example>:\n> ございます。"
    head = f"In-Reply-To: {sent['Message-ID']}\n"
    story.arrive(mail(again, head, subject="Re: マグ", own_id="<2@example.jp>"))
    story.look()
    assert [(one.sender, one.text) for one in story.thread()] == [
        ("customer", "マグ\n\n青いマグはありますか？"),
        ("agent", "ございます。"),
        ("customer", "2つください。"),
    ]
    story.answer("かしこまりました。")
    last = email.message_from_bytes(story.exchange.taken[-1].mail)
    assert last["References"].split() == [sent["Message-ID"], "<2@example.jp>"]


def test_redelivered_renumbered_and_posted_mail_is_one_message(story: Story) -> None:
    raw = mail("Hello", subject="")
    story.arrive(raw)
    story.look()
    story.mailbox.inbox.renumber()
    story.arrive(raw)
    story.look()
    posted = [Arrival(body, event) for body, event in CHANNEL.parse(raw, NOW)]
    assert story.db.write_now(lambda s: accept(s, story.box, posted, NOW)) == [False]
    assert [one.text for one in story.thread()] == ["Hello"]


def test_who_dies_before_the_end_of_a_look_has_lost_and_doubled_nothing(story: Story) -> None:
    class Dying(Pulling):
        async def pull_inbox(self, job: Any) -> None:
            raise SystemError

    story.arrive(mail("one", subject=""), mail("two", subject="", own_id="<2@example.jp>"))
    with pytest.raises(SystemError):
        story.look(Dying(story.db, SECRETS, story.clock))
    assert story.count("inbound_event") == 0
    story.db.write_now(lambda s: s.run("UPDATE job SET state = 0 WHERE state = 1"))
    story.look()
    assert [one.text for one in story.thread()] == ["one", "two"]


def test_files_are_kept_with_the_message(story: Story) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(5_000)
    text = "Content-Type: text/plain; charset=utf-8\n\nBroken.\n"
    story.arrive(multipart(text, attached("割れた.png", "image/png", png)))
    story.look()
    first, second = story.thread()
    assert first.text == "Mug\n\nBroken."
    content = second.content
    assert isinstance(content, Media)
    assert content.file is not None
    assert (content.file.name, content.file.type) == ("割れた.png", "image/png")
    assert story.files.get(content.file.key) == png
    assert [type(fact) for fact in story.facts] == [MessageReceived]


def test_a_bounce_fails_the_message_it_is_about_and_no_other(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    first, second = story.answer("One."), story.answer("Two.")
    returned = f"Content-Type: text/rfc822-headers\n\nMessage-ID: {first.external_id}\n"
    bounce = multipart(
        status("failed", "5.1.1", "smtp; 550 gone"), returned,
        kind="report; report-type=delivery-status",
        head="From: MAILER-DAEMON@mx.example.jp\n",
    ).replace(b"<1@example.jp>", b"<b@mx>")  # fmt: skip
    story.arrive(bounce)
    story.look()
    found = story.now_of(first)
    assert (found.state, found.error, found.permanent) == ("failed", "5.1.1 550 gone", 1)
    assert story.now_of(second).state == "accepted"


def test_an_unknown_mailbox_is_not_written_to_again(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    story.exchange.mood = "unknown_user"
    made = story.answer("One.")
    assert (made.state, made.permanent) == ("failed", 1)
    assert story.person().blocked_at is not None
    story.exchange.mood = "well"
    assert (story.answer("Two.").error or "").startswith("blocked")
    assert story.exchange.taken == []


def test_a_mail_of_unknown_fate_is_not_sent_again_by_itself(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    story.exchange.mood = "silent_after"
    made = story.answer("One.")
    story.exchange.mood = "well"
    story.clock.at += timedelta(hours=1)
    http = RecordedHttp(HttpAnswer(500, {}, b""))
    story._work("delivery", Delivery(story.db, http, SECRETS, story.clock).deliver)
    assert story.now_of(made).state == "unknown"
    assert story.exchange.taken == []


def test_who_asks_for_no_advertising_is_still_answered(story: Story) -> None:
    story.arrive(mail("配信停止", subject="Re: セール"))
    story.look()
    who = story.person()
    assert story.db.read_now(lambda s: consent_state(s, story.shop.id, who.id)) == "refused"
    assert story.facts == []
    assert story.answer("承りました。").state == "accepted"


def test_a_complaint_about_our_mail_ends_advertising_and_a_forged_one_nothing(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    made = story.answer("Sale!")
    who = story.person()

    def complain(about: str, own_id: bytes) -> str:
        feedback = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        returned = f"Content-Type: message/rfc822\n\nMessage-ID: {about}\n\nSale!\n"
        raw = multipart(feedback, returned, kind="report; report-type=feedback-report")
        story.arrive(raw.replace(b"<1@example.jp>", own_id))
        story.look()
        return story.db.read_now(lambda s: consent_state(s, story.shop.id, who.id))

    forged = "<kaiwa.00000000-0000-4000-8000-000000000000@shop.example>"
    assert complain(forged, b"<c1@x>") == "unknown"
    assert complain(str(made.external_id), b"<c2@x>") == "refused"


def test_a_proven_sender_is_known_as_such_and_a_claim_as_a_claim(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    assert story.person().grade == "claimed"
    story.arrive(mail("It is me", PROVEN, own_id="<2@example.jp>"))
    story.look()
    assert story.person().grade == "proven"
    assert [type(fact) for fact in story.facts] == [MessageReceived, MessageReceived]


def test_who_only_claims_to_be_a_known_customer_reaches_a_person_and_not_the_bot(
    story: Story,
) -> None:
    story.arrive(mail("It is me", PROVEN))
    story.look()
    story.facts.clear()
    forged = f"{FROM}Authentication-Results: {HOST}; dmarc=fail header.from=example.jp\n"
    story.arrive(mail("Cancel my order", forged, own_id="<2@evil.example>"))
    story.look()
    assert [type(fact) for fact in story.facts] == [HandoffRequested]
    assert story.thread()[-1].text == "Mug\n\nCancel my order"


def test_a_claim_on_an_address_of_a_known_customer_is_no_better(story: Story) -> None:
    story.arrive(mail("Hello"))
    story.look()
    who, sure = story.person(), Evidence("one_time_code", "a code", "agent:1")
    story.db.write_now(lambda s: relink(s, who, who.customer_id, sure, NOW))
    story.facts.clear()
    story.arrive(mail("Cancel my order", own_id="<2@evil.example>"))
    story.look()
    assert [type(fact) for fact in story.facts] == [HandoffRequested]


def test_what_is_wrong_with_the_mailbox_is_remembered_until_it_is_well(story: Story) -> None:
    story.mailbox.password = "another"
    story.look()
    (trouble,) = story.troubles()
    assert trouble.startswith("The mail server does not know user and password")
    story.mailbox.password = "s3cret"
    story.arrive(mail("Hello"))
    story.look()
    assert story.troubles() == [None]
    assert len(story.thread()) == 1


def test_what_cannot_be_moved_is_kept_all_the_same_and_once(story: Story) -> None:
    credentials = {"done_folder": "Nowhere", **story.box.account(SECRETS).credentials}
    new = NewInbox("email", credentials=credentials)
    story.db.write_now(lambda s: s.run("UPDATE inbox SET disabled_at = :now", now=NOW))
    story.box = story.db.write_now(lambda s: add_inbox(s, story.shop.id, new, SECRETS, NOW))
    story.arrive(mail("Hello", subject=""))
    story.look()
    story.look()
    assert [one.text for one in story.thread()] == ["Hello"]
    assert story.troubles() == [None, None]
