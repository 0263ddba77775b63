"""Reads a merchant's phrases from a CSV file: text, act, language."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

import msgspec

from kaiwa.knowledge.phrase import LONGEST_PHRASE, NewPhrase
from kaiwa.knowledge.table import Cells, Columns, Refusal, RefusedRow, language_named, table
from kaiwa.vocabulary.language import Language

_COLUMNS: Final = Columns(
    {
        **{"text": "text", "phrase": "text", "言い方": "text", "文": "text"},
        **{"act": "act", "intent": "act", "意図": "act"},
        **{"language": "language", "lang": "language", "言語": "language"},
    },
    ("text", "act"),
    "text,act,language",
)


class PhraseReport(msgspec.Struct, frozen=True):
    """What a file gave."""

    taken: tuple[NewPhrase, ...]
    refused: tuple[RefusedRow, ...]


def read_phrases(data: bytes, acts: Collection[str]) -> PhraseReport:
    """Everything that can be taken from the file, and each row that cannot; `acts` are known."""
    taken: list[NewPhrase] = []
    refused: list[RefusedRow] = []
    lines: dict[tuple[Language, str], int] = {}
    try:
        for line, cells in table(data, _COLUMNS):
            try:
                phrase = _phrase(cells, acts)
                first = lines.setdefault(phrase.key, line)
                if first != line:
                    raise Refusal(f"The same phrase is already in line {first}.")
            except Refusal as refusal:
                refused.append(RefusedRow(line, str(refusal)))
            else:
                taken.append(phrase)
    except Refusal as refusal:
        refused.append(RefusedRow(1, str(refusal)))
    return PhraseReport(tuple(taken), tuple(refused))


def _phrase(cells: Cells | Refusal, acts: Collection[str]) -> NewPhrase:
    if isinstance(cells, Refusal):
        raise cells
    text, act = " ".join(cells["text"].split()), cells["act"].casefold()
    if not text or len(text) > LONGEST_PHRASE:
        raise Refusal(f"The text must have 1 to {LONGEST_PHRASE} characters.")
    if act not in acts:
        near = get_close_matches(act, acts, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise Refusal(f"There is no act {act[:40]!r}.{meant}")
    return NewPhrase(act, language_named(cells.get("language", ""), text), text)
