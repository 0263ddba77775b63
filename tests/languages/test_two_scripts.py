"""A pattern of two scripts finds what the plain one finds, whatever the text is written in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.catalog.understanding import amounts, phrases, purposes, sorting
from kaiwa.languages import two_scripts
from kaiwa.languages.two_scripts import TwoScripts, prepare

DIALOGUES = Path(__file__).parents[1] / "dialogues" / "open"
IN_USE = [
    *(one for _, one in amounts._PATTERNS), amounts._LEADING, amounts._FOLLOWING,
    amounts._WITH_TAX, *(one for _, one in sorting._ORDERS), phrases._STOCK, phrases._EVERYONE,
    phrases._FILLERS, *(one for _, one in phrases._GENDERS), purposes._ANY, purposes._FOR_PERSON,
    purposes._RECIPIENT, *purposes._PATTERNS.values(),
]  # fmt: skip
PIECES = st.sampled_from(
    "ab A Z 円 えん 赤 あ 3000 usd $ 以下 under in stock 在庫あり [ _ ^ カ ー k K é".split(" ")
    + [" "]
)


def same(pattern: str, text: str) -> None:
    plain, ours = re.compile(pattern), TwoScripts(pattern)
    for ask in ("search", "match", "fullmatch"):
        one, two = getattr(plain, ask)(text), getattr(ours, ask)(text)
        assert _told(one) == _told(two), (pattern, text, ask)
    assert [_told(one) for one in plain.finditer(text)] == [_told(o) for o in ours.finditer(text)]
    assert plain.sub("<>", text) == ours.sub("<>", text)
    assert plain.sub("<>", text, count=1) == ours.sub("<>", text, count=1)


def _told(found: re.Match[str] | None) -> object:
    return found and (found.span(), found.groups(), found.groupdict())


@pytest.mark.parametrize("text", ["a", "あ", "aあ", "", "3", "Zz", "[", "K", "é", "xーy"])
@pytest.mark.parametrize(
    "pattern",
    [
        r"a|あ", r"(?:a|あ)b?", r"(a)|(?P<n>あ)", r"(?:あ)?", r"(?:a)*$", r"[あa]", r"[A-z]",
        r"[a-z]", r"[^a]", r"[ぁ-ん]+", r"(?=あ).", r"(?!あ).", r"(?<!a)あ", r"(?<=x)ー", r"\w",
        r".", r"a{0,2}3?", r"(?>a|あ)", r"(a|あ)\1?", r"|a|あ", r"\bk|K",
    ],
)  # fmt: skip
def test_every_kind_of_pattern_finds_the_same(pattern: str, text: str) -> None:
    same(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\d+円以下", {"円"}), (r"(?:abc|xy)\s", {"ab", "bc", "xy"}), (r"a?b", {"b"}),
        (r"[あい]+\w", {"あ", "い"}), (r"[^a]", None), (r"(?:ab|\d)", None), (r"a b", {"a"}),
        (r"(?!ab).", None),
    ],
)  # fmt: skip
def test_what_a_pattern_needs(pattern: str, needed: set[str] | None) -> None:
    told = TwoScripts(pattern).needs("both")
    assert told is None if needed is None else told is not None and told <= needed


def test_a_pattern_of_the_other_script_needs_what_no_text_has() -> None:
    assert TwoScripts("under|あ+").needs("wide") == frozenset("あ")
    assert TwoScripts("under").needs("wide") == frozenset()


def test_what_is_prepared_has_nothing_left_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = TwoScripts("under|あ+"), TwoScripts("b+")
    prepare(lambda: True)
    monkeypatch.setattr(two_scripts, "_compiler", None)
    monkeypatch.setattr(two_scripts, "_parser", None)
    for text, found in (("under", "under"), ("ああ", "ああ"), ("abあ", "あ")):
        hit = one.search(text)
        assert hit is not None
        assert hit[0] == found
    assert other.search("ああ") is None


def test_nothing_more_is_prepared_once_it_shall_stop() -> None:
    one = TwoScripts("under|あ+")
    prepare(lambda: False)
    assert one._compiled == {}


def test_what_shoppers_wrote_is_read_the_same() -> None:
    lines = {
        line.partition(":")[2].strip().casefold()
        for file in sorted(DIALOGUES.glob("*.md"))
        for line in file.read_text().splitlines()[::4]
        if ":" in line
    }
    assert len(lines) > 100
    for one in IN_USE:
        plain = re.compile(one.pattern)
        for text in lines:
            assert _told(plain.search(text)) == _told(one.search(text)), (one.pattern, text)


@given(st.lists(PIECES, max_size=12), st.sampled_from(IN_USE))
def test_any_mix_is_read_the_same(pieces: list[str], one: TwoScripts) -> None:
    text = "".join(pieces)
    assert _told(re.compile(one.pattern).search(text)) == _told(one.search(text))
