"""Reads FAQ entries from a CSV file as merchants really have them; a bad row never stops the rest.

UTF-8 (with or without BOM), UTF-16 with BOM and Shift_JIS (CP932) are told apart. Columns are
found by name, in any order: question, answer, language, tags, alternatives.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

import msgspec

from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language, detect

LONGEST_QUESTION: Final = 500
LONGEST_ANSWER: Final = 5_000

_HEADINGS: Final = {
    **{name: name for name in ("question", "answer", "language", "tags", "alternatives")},
    **{"質問": "question", "回答": "answer", "答え": "answer", "言語": "language", "タグ": "tags"},
    **{"lang": "language", "言い換え": "alternatives"},
}
_LANGUAGES: Final[dict[str, Language]] = {
    **{"ja": "ja", "jp": "ja", "japanese": "ja", "日本語": "ja"},
    **{"en": "en", "english": "en", "英語": "en"},
}


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not taken: its line in the file, and why in words the merchant can act on."""

    line: int
    reason: str


class ImportReport(msgspec.Struct, frozen=True):
    """What a file gave; entries are numbered from 1 until the database gives its own ids."""

    taken: tuple[FaqEntry, ...]
    refused: tuple[RefusedRow, ...]


class _Refusal(Exception):
    pass


def read_faq(data: bytes) -> ImportReport:
    """Everything that can be taken from the file, and each row that cannot."""
    try:
        rows = _rows(_decoded(data))
        header = next(rows, (1, []))[1]
        columns, width = _columns(header), len(header)
    except _Refusal as refusal:
        return ImportReport((), (RefusedRow(1, str(refusal)),))
    taken: list[FaqEntry] = []
    refused: list[RefusedRow] = []
    lines: dict[tuple[Language, str], int] = {}
    for line, row in rows:
        try:
            entry = _entry(_cells(row, columns, width), len(taken) + 1)
            if entry.key in lines:
                raise _Refusal(f"The same question is already in line {lines[entry.key]}.")
        except _Refusal as refusal:
            refused.append(RefusedRow(line, str(refusal)))
        else:
            lines[entry.key] = line
            taken.append(entry)
    return ImportReport(tuple(taken), tuple(refused))


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise _Refusal("The file is neither UTF-8 nor Shift_JIS. Save it again as CSV UTF-8.")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "cp932")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it begins in; a row csv refuses comes empty."""
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    parser = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = parser.line_num + 1
        try:
            row = next(parser)
        except StopIteration:
            return
        except csv.Error:
            row = ["\0"]
        if any(cell.strip() for cell in row):
            yield line, row


def _columns(header: list[str]) -> dict[str, int]:
    names = [_HEADINGS.get(cell.strip().casefold(), "") for cell in header]
    columns = {name: names.index(name) for name in names if name}
    missing = [name for name in ("question", "answer") if name not in columns]
    if missing:
        raise _Refusal(
            f"The first line must name the columns question,answer,language,tags; "
            f"missing: {', '.join(missing)}."
        )
    return columns


def _cells(row: list[str], columns: dict[str, int], width: int) -> dict[str, str]:
    if row == ["\0"]:
        raise _Refusal("This row cannot be read as CSV. Look for a quote that is not closed.")
    if any(cell.strip() for cell in row[width:]):
        raise _Refusal('There are more cells than columns. Put "quotes" around text with commas.')
    return {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}


def _entry(cells: dict[str, str], number: int) -> FaqEntry:
    question, answer = cells["question"], cells["answer"]
    for name, longest in (("question", LONGEST_QUESTION), ("answer", LONGEST_ANSWER)):
        if not cells[name]:
            raise _Refusal(f"The {name} is empty.")
        if len(cells[name]) > longest:
            raise _Refusal(f"The {name} is longer than {longest:,} characters.")
    language = _language(cells.get("language", ""), question)
    tags, alternatives = _parts(cells.get("tags", "")), _parts(cells.get("alternatives", ""))
    return FaqEntry(number, question, answer, language, tags, alternatives)


def _language(named: str, question: str) -> Language:
    if not named:
        return detect(question) or "ja"
    known = _LANGUAGES.get(named.casefold().replace("_", "-").split("-")[0])
    if known is None:
        raise _Refusal(f"The language {named!r} is not known. Write ja or en.")
    return known


def _parts(cell: str) -> tuple[str, ...]:
    parts = (part.strip() for part in cell.replace("；", ";").replace("|", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
