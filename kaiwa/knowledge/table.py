"""Reads CSV files as merchants really have them; a bad row never stops the rest.

UTF-8 (with or without BOM), UTF-16 with BOM and Shift_JIS (CP932) are told apart, and commas, tabs
and semicolons. Columns are found by name, in any order.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from kaiwa.vocabulary.language import Language, detect

LARGEST_BYTES: Final = 50_000_000
_MOST_LINES: Final = 200
_UNREADABLE: Final = ["\0"]
_LANGUAGES: Final[dict[str, Language]] = {
    **{"ja": "ja", "jp": "ja", "japanese": "ja", "日本語": "ja"},
    **{"en": "en", "english": "en", "英語": "en"},
}


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not taken: its line in the file, and why in words the merchant can act on."""

    line: int
    reason: str


class Refusal(Exception):
    """Why something cannot be taken, in words the merchant can act on."""


class Columns(msgspec.Struct, frozen=True):
    """Which headings name which column, and which columns there must be."""

    headings: Mapping[str, str]
    needed: tuple[str, ...]
    example: str


Cells = dict[str, str]


def table(data: bytes, columns: Columns) -> Iterator[tuple[int, Cells | Refusal]]:
    """Each row that is not blank with the line it begins in: its cells by column, or a `Refusal`.

    Raises `Refusal` when nothing of the file can be read.
    """
    rows = _rows(decoded(data))
    header = next(rows, (1, []))[1]
    places, width = _places(header, columns), len(header)
    for line, row in rows:
        try:
            yield line, _cells(row, places, width)
        except Refusal as refusal:
            yield line, refusal


def decoded(data: bytes) -> str:
    """The text of a file; a `Refusal` when it is too large or in no known encoding."""
    if len(data) > LARGEST_BYTES:
        raise Refusal(f"The file has more than {LARGEST_BYTES // 1_000_000} MB. Cut it in parts.")
    for encoding in _encodings(data):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise Refusal("The file is neither UTF-8 nor Shift_JIS. Save it again as UTF-8.")


def language_named(name: str, text: str) -> Language:
    """The language a merchant names; without a name that of `text` by its script, else Japanese."""
    if not name:
        return detect(text) or "ja"
    known = _LANGUAGES.get(name.casefold().replace("_", "-").split("-")[0])
    if known is None:
        raise Refusal(f"The language {name!r} is not known. Write ja or en.")
    return known


def parts(cell: str) -> tuple[str, ...]:
    """What a cell lists, parted by `;` or `|`."""
    found = (part.strip() for part in cell.replace("；", ";").replace("|", ";").split(";"))
    return tuple(dict.fromkeys(part for part in found if part))


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "cp932")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    delimiter = max(",\t;", key=lines[0].count)
    at = 0
    while at < len(lines):
        row, used = _row(lines[at : at + _MOST_LINES], delimiter)
        if any(cell.strip() for cell in row):
            yield at + 1, row
        at += used


def _row(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The row that begins the lines, and how many of them it has.

    A quote that is never closed would swallow all that follows, so such a line is given up alone.
    """
    first = lines[0]
    if '"' not in first:
        return first.rstrip("\n").split(delimiter), 1
    strict = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        return next(strict), strict.line_num
    except csv.Error:
        if first.count('"') % 2:
            return _UNREADABLE, 1
    try:
        return next(csv.reader([first], delimiter=delimiter)), 1
    except csv.Error:
        return _UNREADABLE, 1


def _places(header: list[str], columns: Columns) -> dict[str, int]:
    names = [columns.headings.get(cell.strip().casefold(), "") for cell in header]
    places = {name: names.index(name) for name in names if name}
    missing = [name for name in columns.needed if name not in places]
    if missing:
        raise Refusal(
            f"The first line must name the columns {columns.example}; "
            f"missing: {', '.join(missing)}."
        )
    return places


def _cells(row: list[str], places: dict[str, int], width: int) -> Cells:
    if row == _UNREADABLE:
        raise Refusal("This row cannot be read as CSV. Look for a quote that is not closed.")
    if any(cell.strip() for cell in row[width:]):
        raise Refusal('There are more cells than columns. Put "quotes" around text with commas.')
    return {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
