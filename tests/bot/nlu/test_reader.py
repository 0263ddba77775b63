"""The readers find what stands in a text by its form, and where."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.found import mask
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.reader.numbers import spelt_digits
from kaiwa.bot.nlu.slot import (
    Clock,
    Colour,
    CouponCode,
    Day,
    Email,
    OrderNumber,
    Phone,
    PostalCode,
    Quantity,
    Size,
)

TODAY = dt.date(2026, 11, 21)  # a Saturday


def slots(text: str) -> list[object]:
    return [one.slot for one in entities(normalised(text), TODAY) if one.slot is not None]


@pytest.mark.parametrize(
    ("text", "count", "relative"),
    [
        ("二個ください", 2, False),
        ("やっぱり２個で", 2, False),
        ("3つ", 3, False),
        ("ひとつお願い", 1, False),
        ("十二枚", 12, False),
        ("もう一つ追加", 1, True),
        ("2個に減らして", 2, False),
        ("2個減らして", -2, True),
        ("a couple of mugs please", 2, False),
        ("actually make it two", 2, False),
        ("one more please", 1, True),
        ("reduce it by one", -1, True),
        ("add 3 of those", 3, False),
        ("two shirts", 2, False),
    ],
)
def test_quantities(text: str, count: int, relative: bool) -> None:
    assert slots(text) == [Quantity(count, relative)]


@pytest.mark.parametrize(
    "text",
    ["緑茶ありますか", "red wine glass", "赤ワイン", "iphone 15 case", "一番安いの", "1年保証"],
)
def test_what_is_none_of_it(text: str) -> None:
    assert slots(text) == []


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("注文番号は1024です", OrderNumber("1024")),
        ("＃１００１の状況", OrderNumber("1001")),
        ("ORD-2026-0012 をキャンセル", OrderNumber("ORD-2026-0012")),
        ("where is order 10023?", OrderNumber("10023")),
        ("6413のステータス教えて", OrderNumber("6413")),
        ("6409いつ着くの", OrderNumber("6409")),
        ("6409まだ？", OrderNumber("6409")),
        ("Taro@Example.com です", Email("taro@example.com")),
        ("090-1234-5678", Phone("09012345678")),
        ("〒150-0001 渋谷区", PostalCode("150-0001")),
        ("郵便番号1500001", PostalCode("150-0001")),
        ("change the zip code to 94105", PostalCode("94105")),
        ("クーポン save10 使える？", CouponCode("SAVE10")),
        ("apply WELCOME", CouponCode("WELCOME")),
        ("size M", Size("M")),
        ("23.5cmの靴", Size("23.5cm")),
        ("I want the large one", Size("L")),
        ("黒Tシャツ", Colour("black")),
    ],
)
def test_what_identifies(text: str, slot: object) -> None:
    assert slots(text) == [slot]


def test_a_word_after_coupon_is_no_code() -> None:
    assert slots("use my coupon please") == slots("my coupon isn't working") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明日", dt.date(2026, 11, 22)),
        ("あさって", dt.date(2026, 11, 23)),
        ("8/14に届けて", dt.date(2027, 8, 14)),
        ("8/14に注文した", dt.date(2026, 8, 14)),
        ("十二月三日", dt.date(2026, 12, 3)),
        ("来月5日", dt.date(2026, 12, 5)),
        ("3日後", dt.date(2026, 11, 24)),
        ("来週の月曜", dt.date(2026, 11, 23)),
        ("先週の金曜", dt.date(2026, 11, 13)),
        ("次の土曜日", dt.date(2026, 11, 28)),
        ("in 3 days", dt.date(2026, 11, 24)),
        ("next friday", dt.date(2026, 11, 27)),
        ("on Aug 14th", dt.date(2027, 8, 14)),
        ("I ordered it on monday", dt.date(2026, 11, 16)),
        ("2026-12-24", dt.date(2026, 12, 24)),
    ],
)
def test_days(text: str, day: dt.date) -> None:
    assert slots(text) == [Day(day)]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("夕方4時", Clock(dt.time(16))),
        ("昼1時半", Clock(dt.time(13, 30))),
        ("12時半", Clock(dt.time(12, 30))),
        ("午後三時十五分", Clock(dt.time(15, 15))),
        ("午前中", Clock(dt.time(8), dt.time(12))),
        ("14時から16時", Clock(dt.time(14), dt.time(16))),
        ("between 2 and 4pm", Clock(dt.time(14), dt.time(16))),
        ("4:30 pm", Clock(dt.time(16, 30))),
        ("at noon", Clock(dt.time(12))),
    ],
)
def test_times(text: str, clock: Clock) -> None:
    assert slots(text) == [clock]


@pytest.mark.parametrize("text", ["2月30日", "25時", "13/45", "2026-02-30"])
def test_no_such_day_or_time(text: str) -> None:
    assert not any(isinstance(one, Day | Clock) for one in slots(text))


def test_the_span_points_into_the_text_as_it_was_sent() -> None:
    text = "ﾀﾞｳﾝｼﾞｬｹｯﾄ　　２着　と　a@b.example"
    normal = normalised(text)
    spans = [normal.span(one.begin, one.end) for one in entities(normal, TODAY)]
    assert [text[one.begin : one.end] for one in spans] == ["２着", "a@b.example"]


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_in_it(text: str) -> None:
    normal = normalised(text)
    found = entities(normal, TODAY)
    assert len(normal.text) == len(normal.places) == len(normal.cased)
    for one in found:
        assert 0 <= one.begin < one.end <= len(normal.text)
        span = normal.span(one.begin, one.end)
        assert 0 <= span.begin < span.end <= len(text)
    ends = [one.end for one in found]
    assert all(one.begin >= end for one, end in zip(found[1:], ends, strict=False))
    assert len(mask(normal.text, found)) <= len(normal.text)


def test_a_number_beside_a_phone_number_is_an_orders() -> None:
    assert set(slots("3109 09020000009")) == {Phone("09020000009"), OrderNumber("3109")}


@pytest.mark.parametrize(
    ("text", "count"), [("make it an even fifteen", 15), ("add a pair", 1), ("just one pair", 1)]
)
def test_numbers_in_easy_words(text: str, count: int) -> None:
    assert Quantity(count) in slots(text)


def test_how_long_it_is_counts_nothing() -> None:
    assert slots("come on, it's only two months") == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("さんいちぜろなな です", "3107"),
        ("eight two, zero four please", "8204"),
        ("3107です", None),
        ("これください", None),
    ],
)
def test_digits_said_one_by_one(text: str, digits: str | None) -> None:
    assert spelt_digits(text) == digits
