"""Where a text sends somebody: links, addresses, phone numbers; and codes that stand for things."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.model.claims.stated import Claim, Folded, Stated

_TOP: Final = (
    "com|net|org|jp|co|io|shop|store|dev|app|info|biz|me|link|ly|gl|to|gg|tv|cc|xyz|site|online|us|uk"
    "|de|fr|eu|cn|kr|tw|hk|page|example|test"
)
_LINK: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>\"'、。」）]+|"
    rf"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+(?:{_TOP})(?![a-z0-9-])(?:/[^\s<>\"'、。」）]*)?",
    re.ASCII,
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_PHONE: Final = re.compile(
    r"(?<![\d-])\+?\(?\d{2,5}\)?(?:[-ー–() ]{1,2}\d{2,5}){2,4}(?![\d-])", re.ASCII
)
_DIGITS_RUN: Final = re.compile(r"(?<!\d)(?:0\d{9,10}|\+\d{9,14})(?!\d)", re.ASCII)
_CODE: Final = re.compile(
    r"(?<![a-z0-9-])(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![a-z0-9-])"
    r"|(?<![a-z0-9-])(?=[a-z0-9]*\d)[a-z]{2,}\d[a-z0-9]*(?![a-z0-9-])"
    r"|#\s?[a-z0-9][a-z0-9-]{2,}",
    re.ASCII,
)
_SHOUTED: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-ZＡ-Ｚ][A-ZＡ-Ｚ0-9０-９_-]{3,}(?![A-Za-z0-9])", re.ASCII
)
_NAMED: Final = re.compile(
    r"(?:\bcode|クーポン(?:コード)?|コード)\s*(?:is|:|は|「|\"|')*\s*(?P<code>[a-z0-9][a-z0-9_-]{3,})",
    re.ASCII,
)
_NO_CODE: Final = frozenset(
    "that this here with from have been when will your into below above applied apply expired "
    "works does isn't again before".split()
)


def contacts(text: Folded, original: str) -> Iterator[Stated]:
    """Every link, address, number and code; `original` tells which words are shouted."""
    for found in _LINK.finditer(text.text):
        plain = found[0].rstrip(".,;:!?)").removeprefix("https://").removeprefix("http://")
        yield Stated(Claim("link", plain), found.start(), found.start() + len(found[0]))
    for found in _EMAIL.finditer(text.text):
        yield Stated(Claim("email", found[0]), found.start(), found.end())
    for pattern in (_PHONE, _DIGITS_RUN):
        for found in pattern.finditer(text.text):
            digits = re.sub(r"\D", "", found[0])
            if 9 <= len(digits) <= 15:
                yield Stated(Claim("phone", digits), found.start(), found.end())
    for found in _CODE.finditer(text.text):
        yield Stated(Claim("code", found[0].lstrip("# ")), found.start(), found.end())
    for found in _NAMED.finditer(text.text):
        if found["code"] not in _NO_CODE:
            yield Stated(Claim("code", found["code"]), *found.span("code"))
    yield from _shouted(text, original)


def _shouted(text: Folded, original: str) -> Iterator[Stated]:
    """HAJIMETE in a sentence that is not all capitals is a code."""
    if sum(one.islower() for one in original) < 3 and original.isascii():
        return
    at = {place: index for index, place in reversed(list(enumerate(text.places)))}
    for found in _SHOUTED.finditer(original):
        begin, last = at.get(found.start()), at.get(found.end() - 1)
        if begin is not None and last is not None:
            yield Stated(Claim("code", text.text[begin : last + 1]), begin, last + 1)
