"""Reads FAQ entries from a CSV file: question, answer, language, tags, alternatives.

HTML in a cell becomes plain text; everything else is data and taken as it stands.
"""

from typing import Final

import msgspec

from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.table import Cells, Columns, Refusal, RefusedRow, language_named, parts, table
from kaiwa.languages.plain_text import plain_text
from kaiwa.vocabulary.language import Language

LONGEST_QUESTION: Final = 500
LONGEST_ANSWER: Final = 5_000

_COLUMNS: Final = Columns(
    {
        **{name: name for name in ("question", "answer", "language", "tags", "alternatives")},
        **{"質問": "question", "回答": "answer", "答え": "answer", "言語": "language"},
        **{"lang": "language", "タグ": "tags", "言い換え": "alternatives"},
    },
    ("question", "answer"),
    "question,answer,language,tags",
)


class ImportReport(msgspec.Struct, frozen=True):
    """What a file gave; entries are numbered from 1 until the database gives its own ids."""

    taken: tuple[FaqEntry, ...]
    refused: tuple[RefusedRow, ...]


def read_faq(data: bytes) -> ImportReport:
    """Everything that can be taken from the file, and each row that cannot."""
    taken: list[FaqEntry] = []
    refused: list[RefusedRow] = []
    lines: dict[tuple[Language, str], int] = {}
    try:
        for line, cells in table(data, _COLUMNS):
            try:
                entry = _entry(cells, len(taken) + 1)
                first = lines.setdefault(entry.key, line)
                if first != line:
                    raise Refusal(f"The same question is already in line {first}.")
            except Refusal as refusal:
                refused.append(RefusedRow(line, str(refusal)))
            else:
                taken.append(entry)
    except Refusal as refusal:
        refused.append(RefusedRow(1, str(refusal)))
    return ImportReport(tuple(taken), tuple(refused))


def _entry(cells: Cells | Refusal, number: int) -> FaqEntry:
    if isinstance(cells, Refusal):
        raise cells
    question, answer = plain_text(cells["question"]), plain_text(cells["answer"])
    for name, text, longest in (
        ("question", question, LONGEST_QUESTION),
        ("answer", answer, LONGEST_ANSWER),
    ):
        if not text:
            raise Refusal(f"The {name} is empty.")
        if len(text) > longest:
            raise Refusal(f"The {name} is longer than {longest:,} characters.")
    language = language_named(cells.get("language", ""), question)
    tags, alternatives = parts(cells.get("tags", "")), parts(cells.get("alternatives", ""))
    return FaqEntry(number, question, answer, language, tags, alternatives)
