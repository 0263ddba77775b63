"""One number is one number, however a platform or a shop writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.desk.spelling import spellings


@pytest.mark.parametrize("told", ["+819012345678", "819012345678", "090-1234-5678", "09012345678"])
def test_whatsapp_sms_and_orders_mean_the_same_number(told: str) -> None:
    assert {"+819012345678", "819012345678", "090-1234-5678", "09012345678"} <= spellings(told)


def test_what_is_no_number_is_only_itself() -> None:
    assert spellings(" Miho@Example.jp ") == {"miho@example.jp"}
    assert spellings("U" + "1" * 32) == {"u" + "1" * 32}
    assert spellings("12345678901234567890") == {"12345678901234567890"}


@given(st.text(max_size=40))
def test_whatever_is_told_is_among_its_spellings(told: str) -> None:
    assert told.strip().lower() in spellings(told)
