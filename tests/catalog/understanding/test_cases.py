"""The constraints of real-looking queries; see README.md beside this file."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.catalog.understanding import Facets
from kaiwa.catalog.understanding.amounts import number_of, price_bounds
from kaiwa.catalog.understanding.understand import understand
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

HERE = Path(__file__).parent
KNOWN = json.loads((HERE / "facets.json").read_text("utf-8"))
FACETS = Facets(
    tuple(KNOWN["brands"]),
    tuple(KNOWN["categories"]),
    frozenset(KNOWN["colours"]),
    frozenset(KNOWN["sizes"]),
)
MUST_HOLD = 0.95


def cases(language: str) -> list[dict[str, Any]]:
    lines = (HERE / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def slots(query: str, language: Language) -> dict[str, Any]:
    currency = "JPY" if language == "ja" else "USD"
    found = understand(query, FACETS, currency, language)
    scale = 1 if currency == "JPY" else 100
    told: dict[str, Any] = {
        "price_min": found.price_min and found.price_min / scale,
        "price_max": found.price_max and found.price_max / scale,
        "colour": list(found.colour),
        "size": found.size,
        "gender": found.gender,
        "category": found.category,
        "brand": found.brand,
        "in_stock": found.in_stock,
        "sort": found.order,
        "exclude": list(found.exclude),
    }
    return {name: value for name, value in told.items() if value}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_most_queries_are_understood_exactly(language: Language) -> None:
    wrong = [
        (case["query"], case["slots"], found)
        for case in cases(language)
        if (found := slots(case["query"], language)) != case["slots"]
    ]
    print(*wrong, sep="\n")
    assert len(wrong) <= (1 - MUST_HOLD) * len(cases(language)), wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,980", 1980),
        ("1.5万", 15000),
        ("5千", 5000),
        ("1万5千", 15000),
        ("三千", 3000),
        ("一万", 10000),
        ("二千五百", 2500),
        ("10k", 10000),
        ("十二万", 120000),
    ],
)
def test_numbers_are_read_in_any_writing(text: str, value: int) -> None:
    assert number_of(text) == value


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9_999_999))
def test_every_price_bound_is_read_as_it_is_written(yen) -> None:
    for text in (f"{yen}円以下の財布", f"{yen:,}円以内 財布", f"¥{yen:,}以下の財布"):
        assert understand(text, FACETS, "JPY", "ja").price_max == yen
    label = Money(yen, "USD").label()
    assert understand(f"wallet under {label}", FACETS, "USD", "en").price_max == yen


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_rules(text) -> None:
    understand(text, FACETS, "JPY", "ja")


@pytest.mark.parametrize("text", ["1" * 1000, "123," * 250, "一十" * 500])
def test_digits_without_end_are_no_price_and_cost_nothing(text: str) -> None:
    begun = time.thread_time()
    assert price_bounds(text, 0) == (None, None, text)
    assert time.thread_time() - begun < 0.1
