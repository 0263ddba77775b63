"""Where a customer can be written to now, at what cost, and why not: one query a table."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kaiwa.channels import Route, Standing
from kaiwa.conversations.merge import merge_customers
from kaiwa.conversations.reach import Reach, reach
from kaiwa.customers.identity import Evidence, set_blocked
from kaiwa.engines.db import Row, Session
from kaiwa.merchants.inbox import note_quota
from kaiwa.merchants.metered_use import forecast, month_of, quotas
from tests.world import START, Shop, World

CODE = Evidence("one_time_code", "a code sent to both", "agent:1")


class Counting:
    """A session that remembers what it was asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def all(self, sql: str, **params: Any) -> list[Row]:
        self.asked.append(sql)
        return self._session.all(sql, **params)

    def one(self, sql: str, **params: Any) -> Row | None:
        self.asked.append(sql)
        return self._session.one(sql, **params)


def one_person(shop: Shop, *more: tuple[str, str]) -> None:
    """Mika on echo, with these (sender, channel) as further addresses of hers."""
    shop.hear("a", reply_handle=shop.world.echo.handle("mika"))
    for sender, on in more:
        shop.hear("b", sender=sender, on=on)
        pair = (shop.person().customer_id, shop.person(sender, on).customer_id)
        shop.world.write(lambda s, p=pair: merge_customers(s, shop.id, p, CODE, shop.world.now))  # type: ignore[misc]


def look(shop: Shop, first: int | None = None) -> list[Reach]:
    customer, now = shop.person().customer_id, shop.world.now
    return shop.world.read(lambda s: reach(s, shop.id, customer, now, first))


def shown(found: Sequence[Reach]) -> list[tuple[str, str | None, str | None]]:
    return [
        (one.identity.channel, one.route.cost if one.route else None, one.closed) for one in found
    ]


def test_the_free_way_is_first_then_the_paid_then_what_is_closed(world: World, shop: Shop) -> None:
    one_person(shop, ("m2", "chirp"), ("m3", "plain"))
    there = shop.person("m2", "chirp")
    world.write(lambda s: set_blocked(s, there, world.now))
    assert shown(look(shop)) == [
        ("echo", "free", None),
        ("plain", "metered", None),
        ("chirp", None, "blocked"),
    ]


def test_the_address_spoken_on_comes_first_while_it_is_open(world: World, shop: Shop) -> None:
    one_person(shop, ("m2", "chirp"))
    there = shop.person("m2", "chirp").id
    assert [one.identity.channel for one in look(shop, there)] == ["chirp", "echo"]
    blocked = shop.person("m2", "chirp")
    world.write(lambda s: set_blocked(s, blocked, world.now))
    assert [one.identity.channel for one in look(shop, there)] == ["echo", "chirp"]


def test_a_spent_quota_and_an_inbox_that_is_off_are_told_apart(world: World, shop: Shop) -> None:
    one_person(shop, ("m2", "chirp"), ("m3", "plain"))
    world.write(lambda s: note_quota(s, shop.inboxes["chirp"], 0))
    off = shop.inboxes["plain"].id
    world.write(lambda s: s.run("UPDATE inbox SET disabled_at = 1 WHERE id = :i", i=off))
    assert shown(look(shop))[1:] == [("chirp", None, "quota"), ("plain", None, "inbox_off")]


def test_a_closed_window_says_when_it_closed(
    world: World, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def routes(stand: Standing, now: datetime) -> list[Route]:
        if stand.last_inbound_at is None or stand.quota_left == 0:
            return []
        ends = stand.last_inbound_at + timedelta(hours=24)
        return [Route("service", "m", "metered", expires_at=ends)] if now < ends else []

    monkeypatch.setattr(world.echo, "routes", routes)
    one_person(shop)
    (before,) = look(shop)
    assert before.route is not None
    assert before.route.expires_at == START + timedelta(hours=24)
    world.clock.move(25 * 3600)
    world.write(lambda s: note_quota(s, shop.inboxes["echo"], 0))
    (after,) = look(shop)
    # Both are in the way; a new month alone would not open it.
    assert (after.closed, after.ended_at) == ("window_closed", None)
    world.write(lambda s: note_quota(s, shop.inboxes["echo"], 5))
    (after,) = look(shop)
    assert (after.closed, after.ended_at) == ("window_closed", START + timedelta(hours=24))


def test_twenty_addresses_take_as_many_queries_as_one(world: World, shop: Shop) -> None:
    def queries() -> list[str]:
        counting: list[Counting] = []
        customer = shop.person().customer_id

        def ask(session: Session) -> None:
            counting.append(Counting(session))
            reach(counting[0], shop.id, customer, world.now)

        world.read(ask)
        return counting[0].asked

    one_person(shop, ("m2", "chirp"))
    few = queries()
    one_person(shop, *[(f"m{n}", "plain") for n in range(3, 21)])
    many = queries()
    assert len(look(shop)) == 20
    assert len(few) == len(many) == 6


def test_what_is_paid_for_is_counted_and_forecast(world: World, shop: Shop) -> None:
    one_person(shop)
    world.clock.at = datetime(2026, 4, 10, 15, tzinfo=UTC)
    world.write(lambda s: note_quota(s, shop.inboxes["echo"], 100))
    for number in range(4):
        shop.say(f"{number}")
    world.deliver_all()
    (found,) = look(shop)
    assert found.quota is not None
    # Ten of April's thirty days have gone by in Japan.
    assert (found.quota.left, found.quota.used, found.quota.forecast) == (96, 4, 12)
    assert found.quota.runs_out_at is None
    world.clock.at = datetime(2026, 4, 30, 15, tzinfo=UTC)
    found = look(shop)[0]
    assert found.quota is not None
    assert found.quota.used == 0


def test_a_free_answer_is_not_counted(world: World, shop: Shop) -> None:
    one_person(shop)
    shop.say("free")
    world.deliver_all()
    assert world.echo.accepted[-1].operation == "reply"
    box = shop.box()
    months = world.read(lambda s: quotas(s, shop.id, [box], world.now))
    assert months[box.id].used == 0


@pytest.mark.parametrize(
    ("left", "used", "wanted_forecast", "days_till_out"),
    [(None, 100, 300, None), (300, 100, 300, None), (50, 100, 300, 5), (0, 0, 0, None)],
)
def test_the_month_goes_on_at_its_pace(
    left: int | None, used: int, wanted_forecast: int, days_till_out: int | None
) -> None:
    begun = datetime(2026, 4, 1, tzinfo=UTC)
    now, ends = begun + timedelta(days=10), begun + timedelta(days=30)
    found = forecast(left, used, (begun, now, ends))
    out = None if days_till_out is None else now + timedelta(days=days_till_out)
    assert (found.forecast, found.runs_out_at) == (wanted_forecast, out)


def test_a_month_begins_at_midnight_of_the_shop() -> None:
    assert month_of(datetime(2026, 12, 31, 15, tzinfo=UTC), "Asia/Tokyo") == (
        datetime(2026, 12, 31, 15, tzinfo=UTC),
        datetime(2027, 1, 31, 15, tzinfo=UTC),
    )
