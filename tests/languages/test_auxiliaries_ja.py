"""Kanji that only help are read as kana, and every letter knows where it came from."""

import pytest

from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.languages.auxiliaries_ja import written_in_kana


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("宜しくお願い致します", "宜しくお願いいたします"),
        ("変更は出来ますか", "変更はできますか"),
        ("ありがとう御座います", "ありがとうございます"),
        ("包んで貰えますか", "包んでもらえますか"),
        ("出来事の本と御座と一致", "出来事の本と御座と一致"),
    ],
)
def test_what_helps_is_read_in_kana(written: str, read: str) -> None:
    assert written_in_kana(written) == read
    assert normalised(written).text == read


def test_the_places_are_those_of_what_was_written() -> None:
    normal = normalised("一つお願い致します。青で")
    begin = normal.text.index("青")
    span = normal.span(begin, begin + 1)
    assert "一つお願い致します。青で"[span.begin : span.end] == "青"
