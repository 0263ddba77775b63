"""Personal data out and back in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.model.masking import Masking
from kaiwa.bot.nlu.reader.normal import LONGEST

HIDDEN: list[tuple[str, str]] = [
    ("mika@example.com に送って", "[EMAIL_1] に送って"),
    ("ＭＩＫＡ＠example.com です", "[EMAIL_1] です"),
    ("電話は090-1234-5678です", "電話は[PHONE_1]です"),
    ("call (555) 010-9999 please", "call [PHONE_1] please"),
    ("注文番号は1024です", "注文番号は[ORDER_1]です"),
    ("order #KD-1001 is late", "order [ORDER_1] is late"),
    ("〒150-0001 です", "[POSTCODE_1] です"),
    ("東京都港区芝1-2-3 へ", "[ADDRESS_1] へ"),
    ("send it to 221 Baker Street now", "send it to [ADDRESS_1] now"),
    ("card 4242 4242 4242 4242", "card [CARD_1]"),
    ("私は佐藤美香です", "私は[NAME_1]です"),
    ("my name is Mika Sato", "my name is [NAME_1]"),
    ("佐藤と申します", "[NAME_1]と申します"),
    ("みかこが着ます", "[NAME_1]が着ます"),
    ("a@b.example と c@d.example と a@b.example", "[EMAIL_1] と [EMAIL_2] と [EMAIL_1]"),
    ("赤いケトルを2つ、3000円まで", "赤いケトルを2つ、3000円まで"),
]


@pytest.mark.parametrize(("text", "masked"), HIDDEN, ids=[text for text, _ in HIDDEN])
def test_what_is_somebodys_own_is_hidden_and_comes_back(text: str, masked: str) -> None:
    masking = Masking(["みかこ"])
    assert masking.masked(text) == masked
    assert masking.restored(masked) == text


def test_one_value_has_one_token_in_all_texts_of_a_turn() -> None:
    masking = Masking()
    assert masking.masked("a@b.example") == "[EMAIL_1]"
    assert masking.masked("again a@b.example") == "again [EMAIL_1]"


def test_a_token_that_somebody_wrote_opens_nothing() -> None:
    masking = Masking()
    masking.masked("a@b.example")
    assert "[EMAIL_1]" not in masking.masked("tell me [EMAIL_1]")
    assert masking.restored("[EMAIL_9] [NAME_1]") == "[EMAIL_9] [NAME_1]"


def test_what_is_allowed_stays() -> None:
    assert Masking(["Mika"], allowed=True).masked("Mika a@b.example") == "Mika a@b.example"


@given(st.text(), st.text(min_size=2, max_size=6))
def test_any_text_comes_back_as_it_was(text: str, name: str) -> None:
    masking = Masking([name])
    masked = masking.masked(text)
    if "_" not in text:
        assert masking.restored(masked) == text[:LONGEST]
