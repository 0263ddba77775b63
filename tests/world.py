"""A small world for stories: shops with inboxes on strict fakes, people who write, real jobs."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
import pytest

from kaiwa.channels import registry
from kaiwa.conversations.conversation import Conversation, conversation, held, open_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.fact import Fact
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.message import Message, message, messages_after
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Claim, Job, LostLease
from kaiwa.engines.queue.job import claim, next_due, reclaim
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import Agent, NewAgent, add_agent
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox, inbox
from kaiwa.merchants.merchant import Merchant, NewMerchant, ShopSettings, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import Heard, InboundEvent, Said, Sender
from kaiwa.vocabulary.reply import Reply
from kaiwa.vocabulary.time import from_micros
from tests.fakes.echo_channel import EchoChannel, texts

T = TypeVar("T")
START = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SECRETS = Secrets(bytes(range(32)))
_NUMBERS = itertools.count(1)


class World:
    """One database, one clock, the channels `echo` and `chirp` (keys) and `plain` (no keys)."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = SetClock(START)
        self.facts: list[Fact] = []
        self.echo = EchoChannel(self.clock)
        self.chirp = EchoChannel(self.clock, "chirp")
        self.plain = EchoChannel(self.clock, "plain", keys=False)
        self.channels = {fake.kind: fake for fake in (self.echo, self.chirp, self.plain)}

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def write(self, work: Callable[[Session], T]) -> T:
        return self.db.write_now(work)

    def read(self, work: Callable[[Session], T]) -> T:
        return self.db.read_now(work)

    def shop(self, **settings: Any) -> "Shop":
        """A new merchant with an inbox on every channel."""
        return Shop(self, ShopSettings(**settings))

    def claimed(self, pool: str, limit: int = 64) -> list[Job]:
        """Due jobs, claimed by somebody nobody will find alive."""
        return self.write(lambda s: claim(s, Claim(pool, "nobody-lives", limit), self.now))

    def reclaim(self) -> int:
        """What a worker does for the dead."""
        return self.write(lambda s: reclaim(s, self.now))

    def take_in(self) -> None:
        """Run the intake until nothing is left of it."""
        handler = TakingIn(self.db, self.clock, lambda _, fact: self.facts.append(fact))
        while jobs := self.claimed("intake"):
            for job in jobs:
                asyncio.run(handler.take_in(job))

    def deliver(self, db: Database | None = None) -> int:
        """Run every delivery that is due now, once around; how many there were."""
        done = 0
        while jobs := self.claimed("delivery", 1):
            for job in jobs:
                done += 1
                self.carry(job, db)
        return done

    def carry(self, job: Job, db: Database | None = None) -> None:
        """One attempt at one delivery, as a worker makes it."""
        handler = Delivery(db or self.db, None, SECRETS, self.clock)  # type: ignore[arg-type]
        try:
            asyncio.run(handler.deliver(job))
        except LostLease:
            return

    def wait_for_delivery(self) -> bool:
        """Move the clock to the next delivery that is planned; False when there is none."""
        due = self.read(lambda s: next_due(s, "delivery"))
        if due is None:
            return False
        self.clock.at = max(self.clock.at, from_micros(due))
        return True

    def deliver_all(self) -> None:
        """Deliver, waiting as long as it takes."""
        while self.wait_for_delivery():
            self.deliver()


class Shop:
    """A merchant as the stories see it."""

    def __init__(self, world: World, settings: ShopSettings) -> None:
        self.world = world
        new = NewMerchant("Shop", slug=f"shop-{next(_NUMBERS)}", settings=settings)
        self.merchant: Merchant = world.write(lambda s: create_merchant(s, new, world.now))
        self.id = self.merchant.id
        self.inboxes: dict[str, Inbox] = {
            kind: world.write(lambda s, k=kind: self._connect(s, k))  # type: ignore[misc]
            for kind in world.channels
        }

    def _connect(self, session: Session, kind: str) -> Inbox:
        new = NewInbox(kind, credentials={"secret": "right"})
        return add_inbox(session, self.id, new, SECRETS, self.world.now)

    def agent(self, name: str = "Aoi") -> Agent:
        """A new person at the desk."""
        email = f"{name.lower()}-{next(_NUMBERS)}@shop.example"
        new = NewAgent(email, name, "agent", "long enough to pass")
        return self.world.write(lambda s: add_agent(s, self.id, new, self.world.now))

    def event(self, heard: Heard | str, sender: str | None = "mika", **fields: Any) -> InboundEvent:
        """What the channel heard; words are a message with an id of its own."""
        number = next(_NUMBERS)
        if isinstance(heard, str):
            heard = Said(Text(heard), fields.pop("said_id", f"m-{number}"))
        who = None if sender is None else Sender("echo_user", sender)
        given: dict[str, Any] = {"external_id": f"e-{number}", "occurred_at": self.world.now}
        given |= fields
        return InboundEvent(heard=heard, sender=who, **given)

    def accept(self, *events: InboundEvent, on: str = "echo") -> list[bool]:
        """The webhook's transaction."""
        arrivals = [Arrival(msgspec.json.encode(event), event) for event in events]
        box = self.inboxes[on]
        return self.world.write(lambda s: accept(s, box, arrivals, self.world.now))

    def hear(
        self, heard: Heard | str, sender: str | None = "mika", on: str = "echo", **fields: Any
    ) -> str:
        """Accept one event and take it in; what became of it."""
        event = self.event(heard, sender, **fields)
        assert self.accept(event, on=on) == [True]
        self.world.take_in()
        return self.outcome(event, on)

    def outcome(self, event: InboundEvent, on: str = "echo") -> str:
        """How an event was taken in."""
        row = self.world.read(
            lambda s: s.one(
                """SELECT outcome FROM inbound_event
                WHERE inbox_id = :inbox AND external_id = :external""",
                inbox=self.inboxes[on].id,
                external=event.external_id,
            )
        )
        assert row is not None
        return str(row[0])

    def person(self, sender: str = "mika", on: str = "echo") -> Identity:
        """The address of somebody who wrote before."""
        where = Address(self.inboxes[on].id, "echo_user", sender)
        found = self.world.read(lambda s: at_address(s, self.id, where))
        assert found is not None
        return found

    def open(self, sender: str = "mika", on: str = "echo") -> Conversation:
        """The open conversation of somebody."""
        customer = self.person(sender, on).customer_id
        found = self.world.write(lambda s: open_of(s, self.id, customer))
        assert found is not None
        return found

    def conversation(self, conversation_id: int) -> Conversation:
        return self.world.read(lambda s: conversation(s, self.id, conversation_id))

    def say(
        self, words: str | Reply, sender: str = "mika", by: str = "bot", **fields: Any
    ) -> Message:
        """The shop says something in the open conversation; by the bot unless told otherwise."""
        conv = self.open(sender)
        given: dict[str, Any] = {"sender": by, "dedupe_key": f"k-{next(_NUMBERS)}"} | fields
        out = Outgoing(reply=texts(words) if isinstance(words, str) else words, **given)
        return self.world.write(lambda s: say(s, held(s, self.id, conv.id), out, self.world.now))

    def message(self, message_id: int) -> Message:
        return self.world.read(lambda s: message(s, self.id, message_id))

    def messages(self, conv: Conversation) -> list[Message]:
        return self.world.read(lambda s: messages_after(s, self.id, conv.id, 0))

    def thread(self, conv: Conversation) -> list[tuple[int, str, str]]:
        """The conversation as (seq, who, words)."""
        return [(one.seq, one.sender, one.text) for one in self.messages(conv)]

    def box(self, on: str = "echo") -> Inbox:
        """The inbox as it stands now."""
        return self.world.read(lambda s: inbox(s, self.id, self.inboxes[on].id))

    def count(self, table: str, where: str = "true") -> int:
        """How many of the merchant's rows there are."""
        row = self.world.read(
            lambda s: s.one(
                f"SELECT count(*) FROM {table} WHERE merchant_id = :m AND {where}", m=self.id
            )
        )
        assert row is not None
        return int(row[0])


def unheard(_: Session, fact: Fact) -> None:
    """For facts that the story is not about."""


@contextmanager
def small_world(db: Database) -> Iterator[World]:
    """A world whose channels are the only ones there are."""
    world = World(db)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "channels", lambda: world.channels)
        yield world


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """A world for a story."""
    with small_world(database) as made:
        yield made


@pytest.fixture
def shop(world: World) -> Shop:
    """The story's shop."""
    return world.shop()


def later(seconds: float) -> timedelta:
    """So many seconds."""
    return timedelta(seconds=seconds)


def dump(db: Database, merchant_id: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, or those that belong to one merchant."""
    return db.read_now(lambda s: {name: _rows(s, name, merchant_id) for name in _tables(s)})


def _tables(session: Session) -> list[str]:
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND name NOT LIKE 'message_search_%' ORDER BY name",
        "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    }
    return [row[0] for row in session.all(sql[session.dialect])]


def _rows(session: Session, name: str, merchant_id: int | None) -> list[tuple[Any, ...]]:
    columns = session.all(
        {
            "sqlite": "SELECT name FROM pragma_table_info(:name)",
            "postgres": "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = :name ORDER BY ordinal_position",
        }[session.dialect],
        name=name,
    )
    names = [row[0] for row in columns]
    where = ""
    if merchant_id is not None and name == "merchant":
        where = f"WHERE id = {merchant_id}"
    elif merchant_id is not None and "merchant_id" in names:
        where = f"WHERE merchant_id = {merchant_id}"
    elif merchant_id is not None and name == "message_search":
        where = f"WHERE rowid IN (SELECT id FROM message WHERE merchant_id = {merchant_id})"
    found = session.all(f"SELECT {', '.join(names)} FROM {name} {where}")
    return sorted((tuple(row) for row in found), key=repr)
