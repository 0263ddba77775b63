"""What providers do to everybody: repeat, come back after days, tell in any order, all at once."""

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from kaiwa.channels import Account, channel, channels
from kaiwa.conversations.conversation import Conversation, Opening, current, held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.fact import Fact
from kaiwa.conversations.intake import Arrival, Place, accept, take_in
from kaiwa.conversations.merge import merge_customers
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.consent import ConsentGiven, consent_state, record_consent
from kaiwa.customers.identity import Evidence, Identity, resolve
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import Delivered, Failed, InboundEvent, Read, Said, Sender
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.databases import rows
from tests.every.samples import samples_of
from tests.fakes.recorded_http import RecordedHttp

NOON = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
SECRETS = Secrets(bytes(range(32)))
_NUMBERS = itertools.count(1)
# Everything that a call can leave behind, but for when it came and how often.
LEFT = {
    "messages": """SELECT inbox_id, direction, sender, text, state, external_id, seq FROM message
        ORDER BY id""",
    "people": "SELECT kind, value, label, blocked_at FROM identity ORDER BY id",
    "talks": "SELECT customer_id, status, last_seq FROM conversation ORDER BY id",
    "consents": "SELECT identity_id, state FROM consent ORDER BY id",
    "events": "SELECT external_id, outcome FROM inbound_event ORDER BY id",
    "jobs": "SELECT kind, payload FROM job WHERE pool <> 'intake' ORDER BY id",
}


class House:
    """A shop with an inbox on each of some channels."""

    def __init__(self, db: Database, kinds: Sequence[str]) -> None:
        self.db, self.clock = db, SetClock(NOON)
        self.facts: list[Fact] = []
        new = NewMerchant("店", slug=f"s-{next(_NUMBERS)}")
        self.shop = db.write_now(lambda s: create_merchant(s, new, NOON))
        self.boxes = {kind: db.write_now(lambda s, k=kind: self._box(s, k)) for kind in kinds}  # type: ignore[misc]

    def _box(self, session: Session, kind: str) -> Inbox:
        account: Account = samples_of(kind).account
        new = NewInbox(kind, credentials=dict(account.credentials), api_base=account.api_base)
        return add_inbox(session, self.shop.id, new, SECRETS, NOON)

    def hear(self, kind: str, *bodies: bytes) -> list[InboundEvent]:
        """Calls are taken at the door, and all that they tell takes effect."""
        events = []
        for body in bodies:
            found = channel(kind).parse(body, self.clock.at)
            arrivals = [Arrival(raw, event) for raw, event in found]
            given = (arrivals, self.clock.at)
            self.db.write_now(lambda s, g=given: accept(s, self.boxes[kind], *g))  # type: ignore[misc]
            events += [event for _, event in found]
        self.work()
        return events

    def work(self) -> None:
        """All that waits is taken in, as many at once as there are."""
        handler = TakingIn(self.db, self.clock, lambda _, fact: self.facts.append(fact))

        async def at_once(jobs: list[Any]) -> None:
            await asyncio.gather(*(handler.take_in(job) for job in jobs))

        while jobs := self._claimed():
            asyncio.run(at_once(jobs))

    def _claimed(self) -> list[Any]:
        return self.db.write_now(lambda s: claim(s, Claim("intake", "w", 64), self.clock.at))

    def left(self) -> dict[str, list[Any]]:
        """What there is now."""
        return {
            name: self.db.read_now(lambda s, q=sql: rows(s, q))  # type: ignore[misc]
            for name, sql in LEFT.items()
        }

    def states(self) -> dict[str, str]:
        """How far our messages have come, by the provider's id."""
        sql = """SELECT external_id, state FROM message
            WHERE direction = 'out' AND merchant_id = :shop"""
        return dict(
            self.db.read_now(lambda s: [tuple(one) for one in s.all(sql, shop=self.shop.id)])
        )

    def person(self, kind: str) -> int:
        """Somebody known for sure on that channel."""
        where = Address(self.boxes[kind].id, channel(kind).address_kind, samples_of(kind).to)
        return self.db.write_now(lambda s: resolve(s, self.shop.id, where, NOON)).customer_id

    def _known(self, session: Session, kind: str) -> Identity:
        where = Address(self.boxes[kind].id, channel(kind).address_kind, samples_of(kind).to)
        return resolve(session, self.shop.id, where, self.clock.at)

    def agrees(self, kind: str) -> None:
        """They want advertising there."""
        yes, now = ConsentGiven("granted", "form"), self.clock.at
        self.db.write_now(
            lambda s: record_consent(s, self.shop.id, self._known(s, kind).id, yes, now)
        )

    def wish(self, kind: str) -> str:
        """What they want there."""
        return self.db.write_now(lambda s: consent_state(s, self.shop.id, self._known(s, kind).id))

    def says(self, kind: str, number: int) -> InboundEvent:
        """Their next words."""
        sender = Sender(channel(kind).address_kind, samples_of(kind).to)
        own_id = f"{kind}-{number}"
        return InboundEvent(own_id, Said(Text(str(number)), own_id), sender=sender)

    def errors(self) -> list[tuple[str | None, str]]:
        """Our messages in order: what is said of them, and their state."""
        sql = "SELECT error, state FROM message WHERE direction = 'out' ORDER BY id"
        return [(row[0], row[1]) for row in self.db.read_now(lambda s: s.all(sql))]

    def deliver(self, http: RecordedHttp) -> None:
        """What waits to be sent is."""
        handler = Delivery(self.db, http, SECRETS, self.clock)
        due = Claim("delivery", "w", 8)
        for job in self.db.write_now(lambda s: claim(s, due, self.clock.at)):
            asyncio.run(handler.deliver(job))

    def sent(self, kind: str, ids: Sequence[str], http: RecordedHttp | None = None) -> None:
        """Messages that the provider took under these ids; with `http`, whatever it says."""
        customer = self.person(kind)

        def work(session: Session) -> None:
            for own_id in dict.fromkeys(ids):
                conv = open_of(session, self.shop.id, customer) or self._opened(session, kind)
                out = Outgoing(Reply((TextBlock(text="はい"),)), "bot", own_id)
                made = say(session, held(session, self.shop.id, conv.id), out, NOON)
                if http is None:
                    taken = "UPDATE message SET state = 'accepted', external_id = :own"
                    session.run(f"{taken} WHERE id = :id", own=own_id, id=made.id)

        self.db.write_now(work)
        if http is not None:
            self.deliver(http)

    def _opened(self, session: Session, kind: str) -> Conversation:
        where = Address(self.boxes[kind].id, channel(kind).address_kind, samples_of(kind).to)
        known = resolve(session, self.shop.id, where, NOON)
        return current(session, known, Opening("ja", "bot"), NOON)

    def at_once(self, events: Sequence[tuple[str, InboundEvent]]) -> None:
        """All of them take effect in one moment, each in a transaction of its own."""

        def announce(_: Session, fact: Fact) -> None:
            self.facts.append(fact)

        async def work() -> None:
            await asyncio.gather(*(self.db.write(partial(effect, one)) for one in events))

        def effect(one: tuple[str, InboundEvent], session: Session) -> None:
            take_in(session, Place(self.shop, self.boxes[one[0]]), one[1], announce, NOON)

        asyncio.run(work())


def test_calls_that_come_again_after_days_change_nothing(kind: str, database: Database) -> None:
    house, bodies = House(database, [kind]), samples_of(kind).heard
    first = house.hear(kind, *bodies)
    before, facts = house.left(), len(house.facts)
    assert len(before["events"]) == len({event.external_id for event in first})
    for days in (1, 6):
        house.clock.at = NOON + timedelta(days=days)
        house.hear(kind, *bodies, *reversed(bodies))
        assert house.left() == before
    assert len(house.facts) == facts


def test_receipts_end_alike_in_whatever_order_they_come_and_however_often(
    kind: str, database: Database
) -> None:
    told = [
        event
        for body in samples_of(kind).heard
        for _, event in channel(kind).parse(body, NOON)
        if isinstance(event.heard, Delivered | Read | Failed) and event.heard.external_id
    ]
    ends = []
    for order in (told, told[::-1], [*told, *told[::-1], *told]):
        house = House(database, [kind])
        house.sent(kind, [_about(event) for event in told])
        for event in order:
            house.at_once([(kind, event)])
        ends.append(house.states())
    assert ends[0] == ends[1] == ends[2]
    assert ends[0].keys() == {_about(event) for event in told}
    assert set(ends[0].values()) <= {"delivered", "read", "failed"}


def _about(event: InboundEvent) -> str:
    assert isinstance(event.heard, Delivered | Read | Failed)
    return str(event.heard.external_id)


def test_somebody_who_writes_on_every_channel_at_the_same_second_has_one_talk(
    database: Database,
) -> None:
    kinds = [kind for kind in sorted(channels()) if kind in KINDS]
    house = House(database, kinds)
    people = [house.person(kind) for kind in kinds]
    same = Evidence("signed_in", "the same person", "agent:1")
    for other in people[1:]:
        pair = (people[0], other)
        database.write_now(lambda s, p=pair: merge_customers(s, house.shop.id, p, same, NOON))  # type: ignore[misc]
    for number in (1, 2, 3):
        house.at_once([(kind, house.says(kind, number)) for kind in kinds])

    talks = database.read_now(lambda s: rows(s, "SELECT id, last_seq FROM conversation"))
    count = 3 * len(kinds)
    assert [last for _, last in talks] == [count]
    sql = "SELECT seq, inbox_id, text FROM message ORDER BY seq"
    said = database.read_now(lambda s: rows(s, sql))
    assert [seq for seq, _, _ in said] == list(range(1, count + 1))
    for kind in kinds:
        own = [text for _, inbox_id, text in said if inbox_id == house.boxes[kind].id]
        assert own == ["1", "2", "3"]
    assert len(house.facts) == count


def test_a_block_in_the_middle_stops_what_follows_until_they_write_again(
    refusing: str, database: Database
) -> None:
    samples, house = samples_of(refusing), House(database, [refusing])
    assert samples.blocked is not None
    house.at_once([(refusing, house.says(refusing, 1))])
    no = RecordedHttp(samples.blocked)
    house.sent(refusing, ["k-1"], no)
    house.sent(refusing, ["k-2"], no)
    assert [state for _, state in house.errors()] == ["failed", "failed"]
    assert all(str(error).startswith("blocked: ") for error, _ in house.errors())
    assert len(no.calls) == 1

    house.at_once([(refusing, house.says(refusing, 2))])
    yes = RecordedHttp(samples.yes)
    house.sent(refusing, ["k-3"], yes)
    assert [state for _, state in house.errors()] == ["failed", "failed", "accepted"]
    assert len(yes.calls) == 1


def test_who_leaves_gets_no_more_advertising(leaving: str, database: Database) -> None:
    house = House(database, [leaving])
    for body in samples_of(leaving).leaves:
        house.agrees(leaving)
        assert house.wish(leaving) == "granted"
        house.clock.at += timedelta(minutes=1)
        house.hear(leaving, body)
        assert house.wish(leaving) == "refused", body


KINDS = frozenset(path.stem for path in Path(__file__).with_name("samples").glob("[a-z]*.py"))
