"""Rows of a CSV of unknown making, one in memory; a row that cannot be read does not stop the next.

Commas, semicolons or tabs: the first line tells.
"""

import csv
from collections.abc import Iterator
from typing import TextIO

from kaiwa.catalog.importing.text_file import TOO_LONG, has_bad_bytes, lines_of

BROKEN = ["\0"]


def rows_of(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty with the line it begins in; `BROKEN` where there is no row."""
    lines = lines_of(file)
    head = next(lines, "")
    delimiter = max(",\t;", key=head.count)
    parser = csv.reader(_from(head, lines), delimiter=delimiter)
    while True:
        line = parser.line_num + 1
        try:
            row = next(parser)
        except StopIteration:
            return
        except csv.Error:
            row = BROKEN
        if any(cell.strip() for cell in row):
            yield line, row


def unreadable(cells: list[str]) -> str | None:
    """Why a row cannot be taken, whatever its columns are; None when it can."""
    if cells == BROKEN:
        return "This row cannot be read as CSV. Look for a quote that is not closed."
    if any(TOO_LONG in cell for cell in cells):
        return "The line is too long."
    if any(has_bad_bytes(cell) for cell in cells):
        return "Some bytes are neither UTF-8 nor Shift_JIS. Save the file as CSV UTF-8."
    return None


def _from(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines
