"""An address as people write it becomes one form; what cannot be is named."""

import pytest

from kaiwa.orders.address import PREFECTURES, PostalAddress, checked_address
from kaiwa.vocabulary.errors import Invalid


def address(**other: str) -> PostalAddress:
    given = {
        "name": "山田花子",
        "postal_code": "1500001",
        "region": "東京都",
        "city": "渋谷区",
        "line1": "神宮前1-2-3",
    }
    return PostalAddress(**(given | other))


@pytest.mark.parametrize(
    "code", ["1500001", "150-0001", "〒150ー0001", "１５０－０００１", " 150 0001 "]
)
def test_a_postal_code_is_seven_digits_however_written(code: str) -> None:
    assert checked_address(address(postal_code=code)).postal_code == "150-0001"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("東京", "東京都"), ("京都", "京都府"), ("Kyoto", "京都府"), ("Tokyo-to", "東京都"),
        ("hokkaidō", "北海道"), ("OSAKA", "大阪府"), ("Kyōto Prefecture", "京都府"),
        ("Hokkaido", "北海道"), ("Ōita", "大分県"),
    ],
)  # fmt: skip
def test_a_prefecture_is_known_in_either_script(written: str, kept: str) -> None:
    assert checked_address(address(region=written)).region == kept


def test_there_are_47_prefectures() -> None:
    assert len(set(PREFECTURES)) == 47


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postal_code", "150-001"), ("postal_code", ""), ("region", "Atlantis"), ("name", "  "),
        ("city", ""), ("line1", ""), ("phone", "call me"), ("country", "Japan"),
        ("line2", "x" * 201),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(field: str, value: str) -> None:
    with pytest.raises(Invalid) as error:
        checked_address(address(**{field: value}))
    assert error.value.detail["field"] == field


def test_abroad_has_its_own_forms() -> None:
    there = checked_address(
        address(country="us", postal_code="10001", region="NY", city="New York", line1="1 Street")
    )
    assert there.one_line() == "1 Street, New York, NY, 10001, US"
    assert checked_address(address()).one_line() == "〒150-0001 東京都渋谷区神宮前1-2-3"
