"""Tracking numbers: every form people write is one number, and a slip of the pen is seen."""

import pytest

from kaiwa.carriers import STATES, carrier, carriers
from kaiwa.vocabulary.errors import Invalid, NotFound


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("yamato", "1234-5678-9013", "123456789013"),
        ("yamato", "１２３４ー５６７８ー９０１３", "123456789013"),
        ("sagawa", "1234 5678 9013", "123456789013"),
        ("japan_post", "123456789013", "123456789013"),
        ("japan_post", "rr 473 124 829 jp", "RR473124829JP"),
        ("generic", "abc-123", "ABC123"),
    ],
)
def test_a_number_is_kept_in_one_form(kind: str, written: str, kept: str) -> None:
    assert carrier(kind).number(written) == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("yamato", "123456789012"),
        ("yamato", "12345678901"),
        ("yamato", "A23456789013"),
        ("sagawa", "123456789014"),
        ("japan_post", "RR473124828JP"),
        ("japan_post", "1234567890"),
        ("generic", "a/b"),
        ("generic", ""),
    ],
)
def test_a_wrong_number_is_refused(kind: str, written: str) -> None:
    with pytest.raises(Invalid):
        carrier(kind).number(written)


def test_one_wrong_digit_is_seen_but_for_those_seven_apart() -> None:
    good = "123456789013"
    for place in range(12):
        for digit in "0123456789":
            other = good[:place] + digit + good[place + 1 :]
            same = (int(digit) - int(good[place])) % 7 == 0
            if place < 11 and not same:
                with pytest.raises(Invalid):
                    carrier("yamato").number(other)


@pytest.mark.parametrize("kind", sorted(carriers()))
def test_every_carrier_keeps_the_contract(kind: str) -> None:
    one = carriers()[kind]
    assert one.kind == kind
    assert one.name
    assert set(one.words.values()) <= set(STATES)
    assert "delivered" in one.words.values()
    assert len(set(one.slots)) == len(one.slots) > 0
    link = one.link("123456789013")
    assert link is None or (link.startswith("https://") and "123456789013" in link)


def test_who_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="yamato"):
        carrier("pigeon")
