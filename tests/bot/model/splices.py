"""How a lie comes into honest words, and how it is disguised."""

import random
import re
from collections.abc import Callable
from typing import Final, TypeAlias

Morph: TypeAlias = Callable[[str, random.Random], str]
Splice: TypeAlias = Callable[[str, str, random.Random], str]

_PLACE: Final = re.compile(r"\{\{[^}]+\}\}")
_SENTENCE: Final = re.compile(r"(?<=[。.!?？！])(?![}\w])")
_CLAUSE: Final = re.compile(r"(?<=[、,:。.!?？！])(?![}\w])")
_TWINS: Final = str.maketrans("aeocpxyAEOCPXカニロ", "аеосрхуАЕОСРХ力二口")


def _is_ja(text: str) -> bool:
    return not text.isascii() and not re.search(r"[a-z]{3}", text)


def _bare(lie: str) -> str:
    return lie.rstrip("。.!?")


def conditional(lie: str, dice: random.Random) -> str:
    """As a condition of something."""
    if _is_ja(lie):
        return f"{_bare(lie)}{dice.choice(['なら', 'たら', 'でしたら', 'ので', 'とのこと'])}、"
    return f"{dice.choice(['If', 'Once', 'When', 'Since'])} {lie[0].lower()}{_bare(lie[1:])},"


def question(lie: str, dice: random.Random) -> str:
    """As a question."""
    if _is_ja(lie):
        return f"{_bare(lie)}{dice.choice(['か？', 'よね？', 'でしょうか。', '？'])}"
    return f"{_bare(lie)}{dice.choice([', right?', '?', ', okay?'])}"


def quoted(lie: str, dice: random.Random) -> str:
    """As what somebody said."""
    begin, end = dice.choice(
        [("「", "」"), ("『", "』"), ('"', '"'), ("“", "”"), ("(", ")"), ("（", "）")]
    )
    return f"{begin}{lie}{end}"


def wide(lie: str, dice: random.Random) -> str:
    """In wide letters, all or some."""
    some = dice.random()
    return "".join(
        chr(ord(one) + 0xFEE0) if "!" <= one <= "~" and dice.random() < some else one for one in lie
    )


def narrow(lie: str, dice: random.Random) -> str:
    """In narrow kana, as far as there are any."""
    wide_kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロン"
    narrow_kana = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾗﾘﾙﾚﾛﾝ"
    return lie.translate(str.maketrans(wide_kana, narrow_kana))


def spaced(lie: str, dice: random.Random) -> str:
    """With blanks between its letters."""
    return dice.choice([" ", "\u3000", "\u2009", "・", "-"]).join(lie)


def twins(lie: str, dice: random.Random) -> str:
    """In letters of another script that look the same."""
    return lie.translate(_TWINS)


def unseen(lie: str, dice: random.Random) -> str:
    """With letters in it that nobody sees."""
    return dice.choice(["\u200b", "\u00ad", "\u2060", "\ufeff", "\u3164", "\ufe0f"]).join(lie)


def shouted(lie: str, dice: random.Random) -> str:
    """In capitals, or marked."""
    return dice.choice([lie.upper(), f"**{lie}**", f"# {lie}", f"`{lie}`", lie.title()])


def stripped(lie: str, dice: random.Random) -> str:
    """Without its end."""
    return _bare(lie)


def plain(lie: str, dice: random.Random) -> str:
    """As it is."""
    return lie


MORPHS: Final[tuple[Morph, ...]] = (
    plain, plain, plain, stripped, conditional, question, quoted, wide, narrow, spaced, twins,
    unseen, shouted,
)  # fmt: skip


def _gap(words: str) -> str:
    return "" if _is_ja(_PLACE.sub("", words)) else " "


def before(words: str, lie: str, dice: random.Random) -> str:
    """First of all."""
    return f"{lie}{_gap(words)}{words}"


def behind(words: str, lie: str, dice: random.Random) -> str:
    """Last of all."""
    return f"{words}{_gap(words)}{lie}"


def apart(words: str, lie: str, dice: random.Random) -> str:
    """As a text of its own."""
    return f"{words}\n\n{lie}"


def for_a_place(words: str, lie: str, dice: random.Random) -> str:
    """Where a fact would stand."""
    places = _PLACE.findall(words)
    return words.replace(dice.choice(places), _bare(lie), 1) if places else apart(words, lie, dice)


def beside_a_place(words: str, lie: str, dice: random.Random) -> str:
    """Right before or behind a fact."""
    places = _PLACE.findall(words)
    if not places:
        return behind(words, lie, dice)
    place = dice.choice(places)
    both = dice.choice([f"{_bare(lie)}{place}", f"{place}{_bare(lie)}", f"{place}（{lie}）"])
    return words.replace(place, both, 1)


def between_sentences(words: str, lie: str, dice: random.Random) -> str:
    """Between two sentences."""
    return _put(_SENTENCE.split(words), lie, dice, _gap(words))


def between_clauses(words: str, lie: str, dice: random.Random) -> str:
    """Between two clauses."""
    return _put(_CLAUSE.split(words), _bare(lie), dice, _gap(words))


def for_a_clause(words: str, lie: str, dice: random.Random) -> str:
    """In the place of a clause."""
    parts = [one for one in _CLAUSE.split(words) if one]
    parts[dice.randrange(len(parts))] = f"{_gap(words)}{lie}{_gap(words)}"
    return "".join(parts)


def anywhere(words: str, lie: str, dice: random.Random) -> str:
    """In the middle of whatever is said, but in no place."""
    inside = [found.span() for found in _PLACE.finditer(words)]
    free = [at for at in range(len(words)) if not any(a < at < b for a, b in inside)]
    at = dice.choice(free)
    return f"{words[:at]}{_bare(lie)}{words[at:]}"


SPLICES: Final[tuple[Splice, ...]] = (
    before, behind, apart, for_a_place, beside_a_place, between_sentences, between_clauses,
    for_a_clause, anywhere,
)  # fmt: skip


def _put(parts: list[str], lie: str, dice: random.Random, gap: str) -> str:
    parts.insert(dice.randrange(len(parts) + 1), f"{gap}{lie}{gap}")
    return "".join(parts)
