"""An address on one line, as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.order.address_line import Draft, corrected, read_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "〒104-0061 東京都中央区銀座7-8-9",
            Draft("104-0061", "東京都", "中央区", "銀座7-8-9", "", "JP"),
        ),
        (
            "220-0012 神奈川県横浜市西区みなとみらい2-2-1 みなとみらいタワー305号室",
            Draft(
                "220-0012", "神奈川県", "横浜市西区", "みなとみらい2-2-1",
                "みなとみらいタワー305号室", "JP",
            ),
        ),
        (
            "届け先を〒150-0001 渋谷区神宮前1丁目2番3号 コーポ101に変えてください",
            Draft("150-0001", "東京都", "渋谷区", "神宮前1丁目2番3号", "コーポ101", "JP"),
        ),
        (
            "please send it to 1-2-3 Ginza, Chuo-ku, Tokyo 104-0061 instead",
            Draft("104-0061", "東京都", "中央区", "1-2-3 Ginza", "", "JP"),
        ),
        (
            "change it to 445 Maple Drive, Suite 394, Fort Worth, TX 76165",
            Draft("76165", "TX", "Fort Worth", "445 Maple Drive", "Suite 394", "US"),
        ),
        (
            "55 Barton Springs Rd Austin TX 78704",
            Draft("78704", "TX", "Austin", "55 Barton Springs Rd", "", "US"),
        ),
        (
            "5 Park Ave S apt 4b St Louis MO 63101 please",
            Draft("63101", "MO", "St Louis", "5 Park Ave S", "apt 4b", "US"),
        ),
        ("150-0001", Draft("150-0001", "東京都", "渋谷区", "", "", "JP")),
        ("引っ越したので注文W5270061のお届け先を変えたい", Draft("", "", "", "", "", "JP")),
        ("お願いします", Draft()),
    ],
)  # fmt: skip
def test_what_is_said_is_taken_and_nothing_else(text: str, expected: Draft) -> None:
    read = read_address(text)
    if not expected.line1 and not expected.postal_code:
        assert (read.postal_code, read.region, read.city) == ("", "", "")
    else:
        assert read == expected


def test_a_correction_changes_only_what_it_says() -> None:
    before = read_address("〒220-0012 神奈川県横浜市西区みなとみらい2-2-1 タワー305")
    after = corrected(before, read_address("待って、3-3-1だった"))
    assert after == Draft(
        "220-0012", "神奈川県", "横浜市西区", "みなとみらい3-3-1", "タワー305", "JP"
    )


@given(st.text(max_size=120), st.sampled_from(["JP", "US"]))
def test_no_text_is_too_strange(text: str, country: str) -> None:
    draft = read_address(text, country)
    assert corrected(draft, draft).postal_code == draft.postal_code
