"""Facts out of a reply and back in: the model sees `{{p1.price}}`, the shopper ¥1,980.

Named facts first; then whatever else in the texts could be untrue when written wrongly, each with
the words that bind it (8,000円以上): no number and no link ever passes through a model.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from kaiwa.bot.model.claims.stated import folded
from kaiwa.bot.model.claims.written import claims
from kaiwa.bot.model.draft import Draft, Fact

PLACE: Final = re.compile(r"\{\{\s*([a-z0-9_]+(?:\.[a-z0-9_]+)?)\s*\}\}")
NAMING: Final = frozenset({"title", "name", "number"})
_BINDING: Final = re.compile(
    r"\s?(?:以上|以下|未満|以内|以降|まで|から|より|引き|"
    r"オフ|前後|ほど|程度|\s?(?:or more|or less|or over|"
    r"off\b))*"
)
_JOIN: Final = re.compile(r"\s?[-–—~〜～/・×x]\s?")


class Slotted(msgspec.Struct, frozen=True):
    """The texts with places for facts; `values` in the order of the texts, `kinds` of each."""

    texts: tuple[str, ...]
    values: dict[str, str]
    kinds: dict[str, str]
    quoted: frozenset[str]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text that becomes a slot; without a name it is given one."""

    begin: int
    end: int
    kind: str
    name: str | None = None


def slotted(draft: Draft) -> Slotted:
    """Take the facts out of a draft's texts."""
    values: dict[str, str] = {}
    kinds: dict[str, str] = {}
    texts = []
    quotes: list[str] = []
    for index, text in enumerate(draft.texts):
        if index in draft.quoted:
            name = f"quote{len(quotes) + 1}"
            quotes.append(name)
            values[name], kinds[name] = text, "quote"
            texts.append(f"{{{{{name}}}}}")
            continue
        texts.append(_without(text, _pieces(text, draft), values, kinds))
    return Slotted(tuple(texts), values, kinds, frozenset(quotes))


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """Put the facts back; None when a place is not known or no place at all (`{{`, `}`)."""
    if any(name not in values for name in PLACE.findall(text)):
        return None
    if re.search(r"[{}]", PLACE.sub("", text)):
        return None
    return PLACE.sub(lambda found: values[found[1]], text)


def is_naming(name: str, kind: str) -> bool:
    """Whether a place names a thing that other facts are about."""
    return kind == "name" or name.partition(".")[2] in NAMING


def _pieces(text: str, draft: Draft) -> list[Piece]:
    """What becomes a slot, in order and without overlaps: a named fact before anything found."""
    named: list[Piece] = []
    for one in _named(text, draft.facts):
        if _is_free(one, named):
            named.append(one)
    found = (one for one in _found(text, draft) if _is_free(one, named))
    return sorted([*named, *_joined(text, found)], key=lambda one: one.begin)


def _is_free(one: Piece, taken: Iterable[Piece]) -> bool:
    return all(one.end <= other.begin or one.begin >= other.end for other in taken)


def _named(text: str, facts: Sequence[Fact]) -> Iterator[Piece]:
    for fact in sorted(facts, key=lambda one: -len(one.text)):
        if not fact.text.strip():
            continue
        # A bare number is not the fact when it is a part of a longer one.
        edge = [r"(?<![0-9A-Za-z.,])", r"(?![0-9A-Za-z]|[.,]\d)"]
        before = edge[0] if fact.text[0].isascii() and fact.text[0].isalnum() else ""
        after = edge[1] if fact.text[-1].isascii() and fact.text[-1].isalnum() else ""
        for found in re.finditer(before + re.escape(fact.text) + after, text):
            yield Piece(found.start(), found.end(), "fact", fact.name)


def _found(text: str, draft: Draft) -> list[Piece]:
    plain = folded(text)
    spans: list[Piece] = []
    for one in claims(text, draft.names):
        begin, end = plain.original(one.begin, one.end)
        if one.claim.kind in ("money", "percent", "number", "date", "time"):
            bound = _BINDING.match(text, end)
            end = bound.end() if bound else end
            end = begin + len(text[begin:end].rstrip())
        spans.append(Piece(begin, end, one.claim.kind))
    for personal in draft.personal:
        for found in re.finditer(re.escape(personal), text):
            spans.append(Piece(found.start(), found.end(), "name"))
    return sorted(spans, key=lambda one: (one.begin, -one.end))


def _joined(text: str, spans: Iterable[Piece]) -> Iterator[Piece]:
    """2–4日, 10×20cm, 9:00〜17:00: what a mark joins is one fact."""
    row: Piece | None = None
    for one in spans:
        if row is not None and one.begin < row.end:
            continue
        numeric = row is not None and "name" not in (row.kind, one.kind)
        if row is not None and numeric and _JOIN.fullmatch(text, row.end, one.begin):
            row = Piece(row.begin, one.end, one.kind)
            continue
        if row is not None:
            yield row
        row = one
    if row is not None:
        yield row


def _without(
    text: str, pieces: Sequence[Piece], values: dict[str, str], kinds: dict[str, str]
) -> str:
    parts, at = [], 0
    for one in pieces:
        value = text[one.begin : one.end]
        name = one.name or _name_for(one.kind, value, values, kinds)
        values[name], kinds[name] = value, one.kind
        parts += [text[at : one.begin], f"{{{{{name}}}}}"]
        at = one.end
    return "".join([*parts, text[at:]])


def _name_for(kind: str, value: str, values: dict[str, str], kinds: dict[str, str]) -> str:
    same = [name for name, told in values.items() if told == value and kinds[name] == kind]
    return same[0] if same else f"{kind}{sum(one == kind for one in kinds.values()) + 1}"
