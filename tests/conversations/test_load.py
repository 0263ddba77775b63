"""The load that doubles conversations elsewhere: 400 customers, 3 messages at once, redelivered."""

import asyncio
import random
import threading
from collections.abc import Callable

import msgspec
import pytest

from kaiwa.conversations.fact import MessageReceived
from kaiwa.conversations.intake import Arrival, Place, accept, take_in
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.engines.queue import Claim
from kaiwa.engines.queue.job import claim
from kaiwa.vocabulary.event import InboundEvent
from tests.world import Shop, World

CUSTOMERS = 400
MESSAGES = 3
THREADS = 8


def events(shop: Shop, *, again: Callable[[InboundEvent], InboundEvent]) -> list[InboundEvent]:
    """Everything at once, one message of each customer twice, in no order."""
    said = [
        [shop.event(f"{n} of {who}", f"customer-{who}") for n in range(MESSAGES)]
        for who in range(CUSTOMERS)
    ]
    everything = [event for each in said for event in [*each, again(each[0])]]
    random.Random(7).shuffle(everything)
    return everything


def together(work: Callable[[int], None]) -> None:
    """Run `work` for each number on threads that begin at once; the first failure is raised."""
    start, failures = threading.Barrier(THREADS), list[BaseException]()

    def run(number: int) -> None:
        try:
            start.wait(30)
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    if failures:
        raise failures[0]


def check(world: World, shop: Shop) -> None:
    """400 conversations, 1,200 messages, seqs 1 to 3 each, and each was announced once."""
    assert (shop.count("identity"), shop.count("customer")) == (CUSTOMERS, CUSTOMERS)
    assert shop.count("conversation") == CUSTOMERS
    assert shop.count("message") == CUSTOMERS * MESSAGES
    rows = world.read(
        lambda s: s.all(
            """SELECT c.id, c.last_seq, c.unread, min(m.seq), max(m.seq), count(DISTINCT m.seq),
              count(DISTINCT m.text), count(DISTINCT m.identity_id)
            FROM conversation c JOIN message m ON m.conversation_id = c.id
            WHERE c.merchant_id = :m GROUP BY c.id, c.last_seq, c.unread""",
            m=shop.id,
        )
    )
    assert {row[1:] for row in rows} == {(3, 3, 1, 3, 3, 3, 1)}
    told = [fact.message_id for fact in world.facts if isinstance(fact, MessageReceived)]
    assert len(told) == len(set(told)) == CUSTOMERS * MESSAGES


@pytest.mark.slow
def test_through_the_queue_each_message_lands_once(world: World, shop: Shop) -> None:
    everything = events(shop, again=lambda event: event)
    news: list[bool] = []
    box, db = shop.inboxes["echo"], world.db

    def work(number: int) -> None:
        for event in everything[number::THREADS]:
            arrival = Arrival(msgspec.json.encode(event), event)
            news.extend(db.write_now(lambda s, a=arrival: accept(s, box, [a], world.now)))  # type: ignore[misc]
        asyncio.run(drain(world, number))

    together(work)
    asyncio.run(drain(world, THREADS))
    assert news.count(True) == CUSTOMERS * MESSAGES
    assert news.count(False) == CUSTOMERS
    check(world, shop)


async def drain(world: World, number: int) -> None:
    """One worker's share of the intake, until there is nothing ready."""
    # A unit may be run again after a deadlock: what it announced counts when it has committed.
    heard: list[MessageReceived] = []
    handler = TakingIn(world.db, world.clock, lambda _, fact: heard.append(fact))  # type: ignore[arg-type]
    wanted = Claim("intake", f"worker-{number}", 8)
    while jobs := await world.db.write(lambda s: claim(s, wanted, world.now)):
        for job in jobs:
            heard.clear()
            await handler.take_in(job)
            world.facts.extend(heard[-1:])


@pytest.mark.slow
def test_even_without_lanes_the_database_keeps_it_exact(world: World, shop: Shop) -> None:
    everything = events(
        shop,
        again=lambda event: msgspec.structs.replace(event, external_id=f"{event.external_id}r"),
    )
    place, db = Place(shop.merchant, shop.inboxes["echo"]), world.db
    outcomes: list[str] = []

    def one(event: InboundEvent) -> None:
        heard: list[MessageReceived] = []

        def announce(_: object, fact: object) -> None:
            assert isinstance(fact, MessageReceived)
            heard.append(fact)

        outcomes.append(db.write_now(lambda s: take_in(s, place, event, announce, world.now)))
        world.facts.extend(heard[-1:])

    def work(number: int) -> None:
        for event in everything[number::THREADS]:
            one(event)

    together(work)
    assert outcomes.count("recorded") == CUSTOMERS * MESSAGES
    assert outcomes.count("known") == CUSTOMERS
    check(world, shop)
