"""Needs: what suits them by its own text stands first, and what is not wanted is left out."""

from datetime import UTC, datetime

from kaiwa.bot.seeking.gist import things_of
from kaiwa.bot.seeking.suiting import by_telling, suiting
from kaiwa.bot.seeking.unwanted import without_unwanted
from kaiwa.catalog.finder.find import Found
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.variant import Variant
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PRICE = Money(1_000, "JPY")
VARIANT = Variant(1, 1, None, None, "", {}, PRICE, None, "standard", True, None, 0, False)


def found(
    handle: str,
    body: str = "",
    tags: tuple[str, ...] = (),
    *,
    language: Language = "en",
    **facts: str,
) -> Found:
    title = handle.replace("-", " ")
    number = abs(hash(handle)) % 10_000
    product = Product(
        number, handle, title, body, "", "", tags, facts, (), "active", language, NOW, 1
    )
    return Found(product, VARIANT, PRICE, True, 1.0)


def handles(some: list[Found]) -> list[str]:
    return [one.product.handle for one in some]


def test_what_is_made_for_that_age_stands_first_and_for_another_last() -> None:
    asked = Understood("en", "bike", gender="k", age_months=60)
    adult = found("city-bike", "An upright bike for work.")
    fits = found("kids-bike", "For riders about 4 to 6 years old.")
    small = found("balance-bike", "From 18 months to 4 years.", ("kids",))
    assert handles(suiting([adult, small, fits], asked)) == [
        "kids-bike",
        "city-bike",
        "balance-bike",
    ]


def test_what_tells_of_all_that_was_asked_stands_before_what_tells_of_a_part() -> None:
    asked = Understood("en", "waterproof jacket")
    fleece = found("fleece-jacket", "Soft and warm.")
    rain = found("rain-jacket", "Taped seams.", Waterproof="Yes")
    assert handles(suiting([fleece, rain], asked)) == ["rain-jacket", "fleece-jacket"]


def test_the_purpose_is_told_in_the_text() -> None:
    asked = Understood("ja", "靴", purpose=("rain",))
    loafer = found("loafer", "革の靴です。", language="ja")
    boots = found("boots", "雨の日も街歩きに見える靴です。", language="ja")
    assert handles(suiting([loafer, boots], asked)) == ["boots", "loafer"]


def test_an_order_that_was_asked_for_stays() -> None:
    asked = Understood("en", "waterproof jacket", order="price_asc")
    cheap, rain = found("fleece-jacket"), found("rain-jacket", Waterproof="Yes")
    assert handles(suiting([cheap, rain], asked)) == ["fleece-jacket", "rain-jacket"]


def test_of_a_long_sentence_rare_words_weigh_more() -> None:
    asked = Understood("en", "my parents asked for a balance bike that is suitable for everybody")
    bell = found("bike-bell", "A bell.")
    bike = found("balance-bike", "The easiest way to learn.")
    socks = found("socks", "For a bike.")
    assert by_telling([bell, socks, bike], asked)[0].product.handle == "balance-bike"


def test_what_is_made_of_the_unwanted_is_left_out_but_not_what_is_free_of_it() -> None:
    nuts = found("choco", "アーモンドを包みました。", language="ja")
    free = found(
        "cookie", "米粉のクッキーです。", language="ja", アレルギー="ナッツは使っていません"
    )
    assert handles(without_unwanted([nuts, free], ("ナッツ",))) == ["cookie"]
    almonds = found("bar", "Roasted almonds and honey.")
    plain = found("oat-bar", "Made without nuts.")
    assert handles(without_unwanted([almonds, plain], ("nuts",))) == ["oat-bar"]


def test_where_nothing_would_be_left_all_of_it_stays() -> None:
    nuts = found("choco", "アーモンドを包みました。", language="ja")
    assert handles(without_unwanted([nuts], ("ナッツ",))) == ["choco"]


def test_a_long_wish_names_its_things_and_a_short_one_none() -> None:
    told = things_of(Understood("en", "dress for an outdoor wedding, it'll be 95 degrees"))
    assert "dress" in [one.terms for one in told]
    assert "フライパン" in [
        one.terms for one in things_of(Understood("ja", "自炊デビュー。フライパン"))
    ]
    assert things_of(Understood("ja", "浴衣")) == []
