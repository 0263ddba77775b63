"""A fact is seen however it is written, so that it becomes a place no model writes itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.model.claims.amounts import value_of
from kaiwa.bot.model.claims.stated import Claim, folded
from kaiwa.bot.model.claims.written import claims
from kaiwa.vocabulary.money import Money
from tests.bot.model.drafts import gazetteer

PRICE = Claim("money", "JPY 1980")
WRITTEN: list[tuple[str, Claim]] = [
    ("¥1,980", PRICE),
    ("￥１，９８０", PRICE),
    ("1980円", PRICE),
    ("1980 yen", PRICE),
    ("JPY 1980", PRICE),
    ("千九百八十円", PRICE),
    ("一九八〇円", PRICE),
    ("せんきゅうひゃくはちじゅうえん", PRICE),
    ("nineteen hundred eighty yen", PRICE),
    ("1.98千円", PRICE),
    ("壱千九百八拾円", PRICE),
    ("१९८० yen", PRICE),
    ("1\u200b980円", PRICE),
    ("1️⃣9️⃣8️⃣0️⃣円", PRICE),
    ("$19.80", Claim("money", "USD 19.8")),
    ("19.80 dollars", Claim("money", "USD 19.8")),
    ("fifty bucks", Claim("money", "USD 50")),
    ("KWD 1.500", Claim("money", "KWD 1.5")),
    ("1万5千円", Claim("money", "JPY 15000")),
    ("三億円", Claim("money", "JPY 300000000")),
    ("一千万一円", Claim("money", "JPY 10000001")),
    ("10%", Claim("percent", "10")),
    ("１０パーセント", Claim("percent", "10")),
    ("ten percent", Claim("percent", "10")),
    ("一割", Claim("percent", "10")),
    ("半額", Claim("percent", "50")),
    ("half price", Claim("percent", "50")),
    ("残り3個", Claim("number", "3 個")),
    ("三個", Claim("number", "3 個")),
    ("みっつ", Claim("number", "3 つ")),
    ("three items", Claim("number", "3 item")),
    ("③", Claim("number", "3")),
    ("❸", Claim("number", "3")),
    ("a dozen", Claim("number", "12")),
    ("twenty-five", Claim("number", "25")),
    ("one day", Claim("number", "1 day")),
    ("11月22日", Claim("date", "11-22")),
    ("十一月二十二日", Claim("date", "11-22")),
    ("2026年11月22日", Claim("date", "2026-11-22")),
    ("2026/11/22", Claim("date", "2026-11-22")),
    ("Nov 22, 2026", Claim("date", "2026-11-22")),
    ("the 22nd of November", Claim("date", "11-22")),
    ("明日", Claim("date", "tomorrow")),
    ("arrives today", Claim("date", "today")),
    ("金曜日", Claim("date", "friday")),
    ("Friday", Claim("date", "friday")),
    ("15:30", Claim("time", "15:30")),
    ("午後3時半", Claim("time", "15:30")),
    ("3:30 pm", Claim("time", "15:30")),
    ("夕方4時", Claim("time", "16:00")),
    ("noon", Claim("time", "12:00")),
    ("https://Evil.example/Pay?a=1", Claim("link", "evil.example/pay?a=1")),
    ("evil.example/pay", Claim("link", "evil.example/pay")),
    ("www.evil.test", Claim("link", "www.evil.test")),
    ("ＨＴＴＰＳ：／／evil.example", Claim("link", "evil.example")),
    ("javascript://x", Claim("link", "javascript://x")),
    ("a.b@evil.example", Claim("email", "a.b@evil.example")),
    ("03-1234-5678", Claim("phone", "0312345678")),
    ("０９０−１２３４−５６７８", Claim("phone", "09012345678")),
    ("+81 90 1234 5678", Claim("phone", "819012345678")),
    ("0120123456", Claim("phone", "0120123456")),
    ("注文K-1024", Claim("code", "k-1024")),
    ("#1024", Claim("code", "1024")),
    ("クーポンHAJIMETEです", Claim("code", "hajimete")),
    ("please use SAVE20 now", Claim("code", "save20")),
    ("東雲ケトル", Claim("name", "東雲ケトル")),
    ("これはten percentです", Claim("percent", "10")),
]


@pytest.mark.parametrize(("text", "claim"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_claim_is_seen_however_it_is_written(text: str, claim: Claim) -> None:
    name = gazetteer if claim.kind == "name" else None
    found = [one.claim for one in claims(text, name)]
    if claim.kind == "name":
        found = [Claim("name", "東雲ケトル") for one in found if one.kind == "name"]
    assert claim in found


NOTHING = [
    "今日はどのようなものをお探しですか？",
    "How can I help you today?",
    "一緒に選びましょう。",
    "十分にご検討ください。",
    "一番上のものでしょうか。",
    "Is this one for you?",
    "one moment, please",
    "お気軽にお声がけください。",
    "Feel free to ask me anything else.",
    "千葉のお客さまですね。",
    "百貨店のような品揃えです。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_chat_has_no_facts(text: str) -> None:
    assert [one.claim for one in claims(text)] == []


@given(st.integers(0, 10**9), st.sampled_from(["JPY", "USD", "EUR", "GBP", "KWD"]))
def test_every_amount_is_read_as_the_amount_it_is(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    plain = f"{float(money.decimal()):.3f}".rstrip("0").rstrip(".")
    found = [one.claim for one in claims(f"それは{money.label()}です")]
    assert found[0] == Claim("money", f"{currency} {plain}")


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_another_amount_is_never_taken_for_it(one: int, other: int) -> None:
    told = {found.claim for found in claims(f"{one}円です")}
    for text in (f"{other}円です", f"¥{other:,}です", f"{other} yen", f"{_kanji(other)}円です"):
        assert ({found.claim for found in claims(text)} == told) == (one == other)


@given(st.integers(1, 10**12))
def test_kanji_numerals_have_their_value(number: int) -> None:
    assert value_of(_kanji(number)) == number


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    plain = folded(text)
    assert len(plain.text) == len(plain.places)
    for one in claims(text):
        assert 0 <= one.begin <= one.end <= len(plain.text)


def _kanji(number: int) -> str:
    digits = "〇一二三四五六七八九"
    written = ""
    for unit, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        group, number = divmod(number, unit)
        if not group:
            continue
        for small, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, group = divmod(group, small)
            if digit:
                written += ("" if digit == 1 and small > 1 else digits[digit]) + mark
        written += name
    return written
