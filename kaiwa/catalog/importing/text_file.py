"""Opens a text file of unknown encoding without reading it into memory.

Byte order marks tell; else UTF-8 and then Shift_JIS (CP932) are tried on the whole file. Where
neither fits, it is UTF-8 with a few bad bytes: the rows that have them are refused, not the file.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from kaiwa.vocabulary.errors import NotFound

LONGEST_LINE: Final = 1_000_000
# No line says this by itself: a NUL is refused in every file.
TOO_LONG: Final = "\0too long"
_PIECE: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_text(path: Path) -> TextIO:
    """The file as text; bytes that fit nowhere become lone surrogates (see `has_bad_bytes`)."""
    try:
        return path.open(encoding=encoding_of(path), errors="surrogateescape", newline="")
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}.") from error


def encoding_of(path: Path) -> str:
    """The encoding of the file, told by reading all of it once."""
    with path.open("rb") as file:
        head = file.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return next((name for name in ("utf-8", "cp932") if _fits(path, name)), "utf-8")


def lines_of(file: TextIO) -> Iterator[str]:
    """Each line of the file; `TOO_LONG` stands for one of which no end comes in sight."""
    while line := file.readline(LONGEST_LINE):
        if line.endswith(("\n", "\r")) or len(line) < LONGEST_LINE:
            yield line
            continue
        while (more := file.readline(LONGEST_LINE)) and not more.endswith(("\n", "\r")):
            pass
        yield f"{TOO_LONG}\n"


def has_bad_bytes(text: str) -> bool:
    """Whether something in `text` was no character of the file's encoding, or is none anywhere."""
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True
