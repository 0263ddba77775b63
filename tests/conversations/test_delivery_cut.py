"""The database goes away while a message is on its way: what the provider said is not forgotten."""

from collections.abc import Callable
from typing import Any

import pytest

from kaiwa.engines.db import Database, Session
from kaiwa.vocabulary.errors import Unreachable
from tests.conversations.test_delivery import say_on, states, waiting
from tests.fakes.echo_channel import texts
from tests.world import Shop, World


class Flickering:
    """A database that cannot take its n-th write, or takes it and cannot say so, a few times."""

    def __init__(self, db: Database, at: int, *, after: bool) -> None:
        self._db, self._at, self._after = db, at, after
        self.writes = 0

    async def read(self, work: Callable[[Session], Any]) -> Any:
        return await self._db.read(work)

    async def write(self, work: Callable[[Session], Any]) -> Any:
        self.writes += 1
        gone = self._at <= self.writes < self._at + (1 if self._after else 3)
        if gone and not self._after:
            raise Unreachable("The database is away.")
        result = await self._db.write(work)
        if gone:
            raise Unreachable("The answer to COMMIT was lost.", maybe_done=True)
        return result


def deliver(world: World, at: int, *, after: bool) -> int:
    """Deliver what is due by such a database; how many writes it was asked for."""
    db = Flickering(world.db, at, after=after)
    world.deliver(db)  # type: ignore[arg-type]
    return db.writes


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2])
def test_a_message_is_accepted_once_though_the_channel_knows_no_keys(
    world: World, shop: Shop, at: int, after: bool
) -> None:
    (said,) = waiting(shop, "はい", on="plain")
    assert deliver(world, at, after=after) > 2
    assert states(shop, said) == ["accepted"]
    assert len(world.plain.calls) == 1
    world.deliver_all()
    assert len(world.plain.calls) == 1


@pytest.mark.parametrize("after", [False, True])
def test_that_a_provider_was_busy_is_recorded_and_the_message_sent_once(
    world: World, shop: Shop, after: bool
) -> None:
    (said,) = waiting(shop, "はい", on="plain")
    world.plain.moods.append(("busy", 5))
    deliver(world, 2, after=after)
    assert states(shop, said) == ["queued"]
    world.deliver_all()
    assert states(shop, said) == ["accepted"]
    assert world.plain.received("mika") == ["はい"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_of_two_calls_none_is_made_again(world: World, shop: Shop, at: int, after: bool) -> None:
    shop.hear("hello", on="plain")
    said = say_on(shop, texts("一", "二"), "plain")
    deliver(world, at, after=after)
    assert states(shop, said) == ["accepted"]
    assert world.plain.received("mika") == ["一", "二"]
