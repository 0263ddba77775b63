"""What is reserved is held, what is taken is sold, and the last one is sold once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from kaiwa.catalog.change import last_change
from kaiwa.catalog.stock import (
    UNLIMITED,
    Held,
    Level,
    available,
    held,
    release,
    release_expired,
    reserve,
    restock,
    set_stock,
    take,
)
from kaiwa.engines.db import Database
from tests.catalog.shop import NOW, merchant, on_sale

SOON = NOW + timedelta(minutes=15)


def test_two_hundred_shoppers_racing_for_ten_get_exactly_ten(database: Database) -> None:
    shop, lamp = database.write_now(lambda s: (m := merchant(s), on_sale(s, m, "lamp", 10)))

    def shopper(number: int) -> bool:
        holder = f"checkout:{number}"
        return database.write_now(lambda s: reserve(s, shop, Held(lamp, 1), holder, SOON, NOW))

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(shopper, range(200))) == 10
    assert database.read_now(lambda s: available(s, shop, lamp)) == 0


def test_asking_again_replaces_what_was_held(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        lamp = on_sale(s, shop, "lamp", 5)
        assert reserve(s, shop, Held(lamp, 4), "a", SOON, NOW)
        assert reserve(s, shop, Held(lamp, 4), "a", SOON, NOW)
        assert available(s, shop, lamp) == 1
        assert not reserve(s, shop, Held(lamp, 6), "a", SOON, NOW)
        assert reserve(s, shop, Held(lamp, 2), "a", SOON, NOW)
        assert (available(s, shop, lamp), held(s, shop, "a")) == (3, [Held(lamp, 2)])

    database.write_now(story)


def test_release_gives_back_and_take_sells_once(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        lamp = on_sale(s, shop, "lamp", 5)
        reserve(s, shop, Held(lamp, 2), "a", SOON, NOW)
        reserve(s, shop, Held(lamp, 1), "b", SOON, NOW)
        assert release(s, shop, "a") == [Held(lamp, 2)]
        assert take(s, shop, "b") == [Held(lamp, 1)]
        assert take(s, shop, "b") == []
        assert available(s, shop, lamp) == 4
        restock(s, shop, lamp, 3)
        assert available(s, shop, lamp) == 7

    database.write_now(story)


def test_what_is_held_too_long_is_sold_to_the_next(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        lamp = on_sale(s, shop, "lamp", 1)
        assert reserve(s, shop, Held(lamp, 1), "a", SOON, NOW)
        assert not reserve(s, shop, Held(lamp, 1), "b", SOON, NOW)
        later = SOON + timedelta(seconds=1)
        assert reserve(s, shop, Held(lamp, 1), "b", later + timedelta(minutes=15), later)
        assert take(s, shop, "a") == []
        assert release_expired(s, shop, later) == 0

    database.write_now(story)


def test_what_nobody_counts_is_always_there(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        gift = on_sale(s, shop, "gift-card", 0)
        set_stock(s, shop, gift, Level(0, tracked=False), 99)
        assert available(s, shop, gift) == UNLIMITED
        assert reserve(s, shop, Held(gift, 3), "a", SOON, NOW)
        assert take(s, shop, "a") == [Held(gift, 3)]
        set_stock(s, shop, gift, Level(0), 99)
        assert available(s, shop, gift) == 0

    database.write_now(story)


def test_another_merchant_neither_sees_nor_holds_it(database: Database) -> None:
    def story(s):
        shop, other = merchant(s), merchant(s, "Other")
        lamp = on_sale(s, shop, "lamp", 5)
        assert not reserve(s, other, Held(lamp, 1), "a", SOON, NOW)
        assert available(s, other, lamp) == 0
        reserve(s, shop, Held(lamp, 1), "a", SOON, NOW)
        assert (release(s, other, "a"), take(s, other, "a")) == ([], [])

    database.write_now(story)


def test_every_change_of_stock_has_a_higher_number(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        lamp = on_sale(s, shop, "lamp", 5)
        numbers = [last_change(s, shop)]
        for deed in (
            lambda: reserve(s, shop, Held(lamp, 1), "a", SOON, NOW),
            lambda: take(s, shop, "a"),
            lambda: restock(s, shop, lamp, 1),
        ):
            deed()
            numbers.append(last_change(s, shop))
            row = s.one("SELECT change FROM stock WHERE merchant_id = :m", m=shop)
            assert row == (numbers[-1],)
        assert numbers == sorted(set(numbers))

    database.write_now(story)
