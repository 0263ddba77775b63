"""Prices and words as merchants write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.catalog.importing import Refusal
from kaiwa.catalog.importing.cells import HIGHEST_MINOR, attributes_in, price, tax_class
from kaiwa.languages.plain_text import plain_text
from kaiwa.vocabulary.money import Money


@pytest.mark.parametrize(
    "cell", ["1980", "¥1,980", "￥１，９８０", "1,980円", "1980.00", " 1980 JPY", "JPY 1980"]
)
def test_a_price_is_read_as_it_is_written(cell: str) -> None:
    assert price(cell, "JPY") == Money(1980, "JPY")


@pytest.mark.parametrize("cell", ["", "free", "1e3", "-1", "1,98", "19,80", "1 980", "NaN", "∞"])
def test_what_is_no_price_is_refused(cell: str) -> None:
    with pytest.raises(Refusal):
        price(cell, "USD")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, HIGHEST_MINOR), st.sampled_from(["JPY", "USD", "KWD"]))
def test_every_amount_survives_writing_and_reading(amount, currency) -> None:
    money = Money(amount, currency)
    assert price(money.decimal(), currency) == money
    assert price(money.label(), currency) == money


def test_tax_follows_tags_and_taxability() -> None:
    assert tax_class(True, ["新茶", "軽減税率"]) == "reduced"
    assert tax_class(True, ["消費税8%"]) == "reduced"
    assert tax_class(True, ["18% off"]) == "standard"
    assert tax_class(False, ["軽減税率"]) == "exempt"


def test_scripts_and_tags_leave_nothing_behind() -> None:
    body = (
        "<style>p{}</style><p>軽い<b>コート</b></p><p onclick='x()'>1 &lt; 2</p><script>x</script>"
    )
    assert plain_text(body) == "軽いコート\n1 < 2"
    assert plain_text("<scr<script>ipt>alert(1)</script>") == "ipt>alert(1)"
    assert plain_text("<img src=x onerror=alert(1)>text") == "text"


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("<>/ascript &lt;!-\n\"'=x"), max_size=80))
def test_no_markup_breaks_the_reader(body) -> None:
    plain_text(body)


def test_attributes_are_drawn_from_lines_that_tell_one() -> None:
    lines = ["素材：綿100%", "ご注意：", "https://a.example", "Care: hand wash", "10:30 発送"]
    assert attributes_in(lines) == {"素材": "綿100%", "Care": "hand wash"}
