"""Bytes to text whatever their label says: labels lie, are missing, or are nobody's. Total."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_ESCAPE: Final = re.compile(rb"\x1b(\$@|\$B|\$\(D|\(B|\(J|\(I)")
_TWO_BYTES: Final = (b"$@", b"$B")
# What a label means in mail: the larger set that its users really write.
_MEANT: Final = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
}
# Python has codecs that are none of text, and some that take for ever: only these are used.
_TAKEN: Final = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-7 cp932 shift_jis_2004 shift_jisx0213 euc_jp"
    " euc_jis_2004 gb18030 hz cp949 iso2022_kr johab big5 big5hkscs cp950 koi8-r koi8-u cp1250"
    " cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 tis-620 mac-roman"
    " iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9"
    " iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16".split()
)
_GUESSES: Final = ("utf-8", "cp932", "euc_jp")


def decoded(body: bytes, label: str | None) -> str:
    """The text of `body`, by its label where that fits and by its looks where it does not."""
    if b"\x1b" in body and _ESCAPE.search(body) and max(body) < 0x80:
        return clean("".join(_by_escapes(body)))
    named = _codec(label)
    if named is not None:
        text = _strictly(body, named)
        if text is not None:
            return clean(text)
    for guess in _GUESSES:
        text = _strictly(body, guess)
        if text is not None:
            return clean(text)
    return clean(body.decode(named or "utf-8", "replace"))


def clean(text: str) -> str:
    """Without what databases and JSON refuse: NUL, half surrogates, other control characters."""
    if not _CONTROL.search(text):
        return text
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


@lru_cache(maxsize=200)
def _codec(label: str | None) -> str | None:
    name = (label or "").strip().strip("\"'").lower()
    if not name or len(name) > 40 or not name.isascii():
        return None
    try:
        found = codecs.lookup({"x-sjis": "cp932", "ks_c_5601-1987": "cp949"}.get(name, name)).name
    except (LookupError, ValueError):
        return None
    found = _MEANT.get(found, found)
    return found if found in _TAKEN else None


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _by_escapes(body: bytes) -> Iterator[str]:
    """ISO-2022-JP as Japanese mail really has it: with half-width kana and circled numbers.

    Python's codec refuses both; by way of Shift JIS, which has them, nothing is lost.
    """
    at, mode = 0, b"(B"
    for escape in _ESCAPE.finditer(body):
        yield _segment(body[at : escape.start()], mode)
        at, mode = escape.end(), escape[1]
    yield _segment(body[at:], mode)


def _segment(part: bytes, mode: bytes) -> str:
    if mode in _TWO_BYTES:
        return _shifted(part).decode("cp932", "replace")
    if mode == b"(I":
        return bytes(byte | 0x80 for byte in part if byte > 0x20).decode("cp932", "replace")
    if mode == b"$(D":
        return (b"\x1b$(D" + part + b"\x1b(B").decode("iso2022_jp_ext", "replace")
    return part.decode("ascii", "replace")


def _shifted(part: bytes) -> bytes:
    """JIS X 0208 rows and cells as Shift JIS; line ends and stray bytes stay as they are."""
    made = bytearray()
    at = 0
    while at < len(part):
        row = part[at]
        cell = part[at + 1] if at + 1 < len(part) else 0
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            made.append(row)
            at += 1
            continue
        lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
        trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
        made += bytes((lead, trail))
        at += 2
    return bytes(made)
