"""The day's budget: no number of calls at once spends more than there is."""

from concurrent.futures import ThreadPoolExecutor

from kaiwa.bot.model.budget import Held, Spent, hold, settle, spent
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Usage
from kaiwa.merchants.language_model import ModelTerms
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from tests.bot.model.shops import DAY, START

MOST = Usage(80, 20)


def shop(db: Database, slug: str = "one") -> int:
    return db.write_now(lambda s: create_merchant(s, NewMerchant("S", slug=slug), START)).id


def test_many_at_once_take_what_there_is_and_no_more(database: Database) -> None:
    own = shop(database)
    terms = ModelTerms(daily_tokens=1_050)
    with ThreadPoolExecutor(8) as pool:
        taken = list(
            pool.map(
                lambda _: database.write_now(lambda s: hold(s, own, DAY, MOST, terms)), range(40)
            )
        )
    assert sum(one is not None for one in taken) == 10
    told = database.read_now(lambda s: spent(s, own, DAY))
    assert told == Spent(DAY, tokens=1_000, calls=10, exhausted=30)


def test_money_is_a_limit_of_its_own_and_exact(database: Database) -> None:
    own = shop(database)
    terms = ModelTerms(daily_minor=1, price_in_minor=5_000, price_out_minor=5_000)
    held = database.write_now(lambda s: hold(s, own, DAY, MOST, terms))
    assert held == Held(own, DAY, 100, 500_000)
    assert database.write_now(lambda s: hold(s, own, DAY, MOST, terms)) is not None
    assert database.write_now(lambda s: hold(s, own, DAY, Usage(1), terms)) is None
    free = ModelTerms(daily_minor=0, price_in_minor=5_000)
    assert database.write_now(lambda s: hold(s, own, DAY, Usage(1), free)) is None


def test_what_was_not_used_comes_back_and_what_nobody_saw_does_not(database: Database) -> None:
    own, terms = shop(database), ModelTerms(price_in_minor=3, price_out_minor=7)

    def called(usage: Usage | None) -> None:
        held = database.write_now(lambda s: hold(s, own, DAY, MOST, terms))
        assert held is not None
        database.write_now(lambda s: settle(s, held, usage, "taken", terms))

    called(Usage(10, 2))
    assert database.read_now(lambda s: spent(s, own, DAY)) == Spent(
        DAY, tokens=12, cost_micro=44, calls=1, tokens_in=10, tokens_out=2, taken=1
    )
    called(None)
    told = database.read_now(lambda s: spent(s, own, DAY))
    assert (told.tokens, told.cost_micro, told.calls) == (112, 44 + 380, 2)


def test_days_and_shops_are_apart(database: Database) -> None:
    one, other = shop(database), shop(database, "other")
    terms = ModelTerms(daily_tokens=100)
    assert database.write_now(lambda s: hold(s, one, DAY, MOST, terms)) is not None
    assert database.write_now(lambda s: hold(s, one, DAY, MOST, terms)) is None
    assert database.write_now(lambda s: hold(s, one, "2026-11-23", MOST, terms)) is not None
    assert database.write_now(lambda s: hold(s, other, DAY, MOST, terms)) is not None
    assert database.read_now(lambda s: spent(s, other, "2026-11-23")) == Spent("2026-11-23")
