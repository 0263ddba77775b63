"""Latin letters left standing in Japanese are put right where their sound is plain."""

import pytest

from kaiwa.bot.nlu.kana_slips import without_slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("黒1つおねがいしまs", "黒1つおねがいします"),
        ("それくださi", "それください"),
        ("まぐかっぷしmあ", "まぐかっぷしま"),
        ("在庫ありますk？", "在庫ありますか？"),
        ("これほしi", "これほしい"),
    ],
)
def test_a_slip_of_the_key_is_put_right(typed: str, meant: str) -> None:
    assert without_slips(typed) == meant


@pytest.mark.parametrize(
    "text", ["黒のm", "サイズはs", "Tシャツ", "usbのc", "two please", "白でお願い"]
)
def test_a_size_and_a_name_stay(text: str) -> None:
    assert without_slips(text) == text
