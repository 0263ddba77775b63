"""Segments are counted as carriers bill them, and what is cut stays whole at its seams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.channels.sms.limits import LIMITS, most
from kaiwa.channels.sms.segments import cut, encoding, plainer, segments

GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 1_530, 10),
        ("a" * 1_531, 11),
        # Signs of the extension table take two places, and no part ends between them.
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" * 152 + "€" * 76, 2),
        ("a" * 153 + "€" * 76, 2),
        ("a" * 153 + "€" * 77, 3),
        # One letter beyond the alphabet and all is UCS-2.
        ("あ" * 70, 1),
        ("あ" * 71, 2),
        ("あ" * 134, 2),
        ("あ" * 135, 3),
        ("a" * 69 + "あ", 1),
        ("a" * 70 + "あ", 2),
        # A pair of surrogates is not torn: 33 in a part of 67.
        ("🍎" * 35, 1),
        ("🍎" * 36, 2),
        ("🍎" * 66, 2),
        ("🍎" * 67, 3),
        ("a" * 159 + "`", 3),
    ],
)
def test_a_text_takes_as_many_segments_as_it_is_billed_for(text: str, count: int) -> None:
    assert segments(text) == count


def test_the_alphabet_is_the_one_of_the_standard() -> None:
    assert len(set(GSM)) == 127
    assert all(encoding(letter) == "gsm7" and segments(letter * 160) == 1 for letter in GSM)
    for letter in "^{}\\[~]|€\f":
        assert (encoding(letter), segments(letter * 80), segments(letter * 81)) == ("gsm7", 1, 2)
    for letter in "ç`“あ🍎\t\x00":
        assert encoding(letter) == "ucs2"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“It’s here” – soon…", '"It\'s here" - soon...'),
        ("¥1,980\u00a0each", "¥1,980 each"),
        ("“青いマグ” – soon…", "“青いマグ” – soon…"),
        ("It’s 🍎", "It’s 🍎"),
        ("as it is", "as it is"),
    ],
)
def test_typography_goes_where_it_alone_makes_a_text_dearer(text: str, plain: str) -> None:
    assert plainer(text) == plain


@given(st.text(alphabet=GSM + "€[]", max_size=4_000) | st.text(max_size=2_000))
def test_every_part_is_within_the_segments_and_nothing_is_lost(text: str) -> None:
    parts = cut(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < segments(part) <= most("segments") for part in parts)
    assert all(len(part) <= most("twilio_body") for part in parts)
    assert all(len(part) <= most("vonage_text") for part in parts)


def test_a_long_text_is_cut_after_a_sentence() -> None:
    sentence = "青いマグは十時からお求めいただけます。"
    parts = cut(sentence * 60)
    assert len(parts) == 2
    assert all(part.endswith("。") for part in parts)
    assert "".join(parts) == sentence * 60


def test_every_limit_says_how_sure_it_is() -> None:
    assert {limit.mark for limit in LIMITS.values()} == {"v", "s", "ours"}
    assert all(limit.value > 0 and limit.as_of for limit in LIMITS.values())
