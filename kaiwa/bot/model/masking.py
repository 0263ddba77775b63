"""Personal data out of what a model is told, and back into what it answers.

`[EMAIL_1]` stands for the first address of the turn wherever it comes. What has a form is found by
it: addresses of mail and of homes, phone, card and order numbers, names somebody introduces herself
with. Names that are known are handed in.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kaiwa.bot.nlu.reader.contacts import contacts
from kaiwa.bot.nlu.reader.normal import LONGEST, normalised

_KINDS: Final = {"email": "EMAIL", "phone": "PHONE", "zip": "POSTCODE", "order": "ORDER"}
_CARD: Final = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)\+?\(?\d{2,4}\)?[ -]\d{2,4}[ -]\d{3,4}(?!\d)")
_LONG: Final = re.compile(r"(?<!\d)\d{8,}(?!\d)")
_HOME: Final = [
    re.compile(
        r"(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{2,3}県)[^\s、。,]{1,30}?"
        r"(?:\d+(?:[-ー丁目番地号の\d]+)+|\d+号室?)[^\s、。,]{0,20}"
    ),
    re.compile(
        r"\b\d{1,5}\s+(?:[A-Z][\w.]*\s+){1,4}"
        r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Drive|Dr|Court|Ct|Way)\b\.?"
        r"(?:,?\s+(?:Apt|Unit|Suite|#)\.?\s*\w+)?"
    ),
]
_OWN_NAME: Final = [
    re.compile(
        r"(?:私は|わたしは|名前は|氏名は|氏名[::]|名義は|宛名は)\s?"
        r"([一-鿿ァ-ヺーぁ-ん]{2,12}?)(?=と(?:申|言|いい)|です|でお願い|になります|。|$)"
    ),
    re.compile(r"([一-鿿]{2,6}|[ァ-ヺー]{2,10})と(?:申します|申しまして|いいます|言います)"),
    re.compile(r"(?i:\b(?:my name is|my name's|this is|name on the order is|under the name))\s+"
               r"([A-Z][a-z'-]+(?:\s+[A-Z][a-z'-]+){0,2})"),
]  # fmt: skip
_TOKEN: Final = re.compile(r"\[([A-Z]+)_(\d+)\]")


class Masking:
    """The tokens of one turn. With `allowed` the merchant lets everything through as it is."""

    def __init__(self, personal: Iterable[str] = (), *, allowed: bool = False) -> None:
        self._allowed = allowed
        self._personal = sorted({one for one in personal if len(one) > 1}, key=len, reverse=True)
        self._tokens: dict[str, str] = {}
        self._values: dict[str, str] = {}

    def masked(self, text: str) -> str:
        """The text with tokens, at most `LONGEST` characters of it."""
        # What looks like one of our tokens was written by somebody who knows them.
        text = _TOKEN.sub(r"\1 \2", text[:LONGEST])
        if self._allowed:
            return text
        parts, at = [], 0
        for begin, end, kind in _settled([*self._known(text), *_found(text)]):
            parts += [text[at:begin], self._token(kind, text[begin:end])]
            at = end
        return "".join([*parts, text[at:]])

    def restored(self, text: str) -> str:
        """The text with what the tokens stand for; a token nobody gave out stays as it is."""
        return _TOKEN.sub(lambda found: self._values.get(found[0], found[0]), text)

    def _known(self, text: str) -> Iterator[tuple[int, int, str]]:
        for one in self._personal:
            for found in re.finditer(re.escape(one), text, re.IGNORECASE):
                yield found.start(), found.end(), "NAME"

    def _token(self, kind: str, value: str) -> str:
        if value not in self._tokens:
            number = sum(one.startswith(f"[{kind}_") for one in self._values) + 1
            token = f"[{kind}_{number}]"
            self._tokens[value], self._values[token] = token, value
        return self._tokens[value]


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, kind in ((_CARD, "CARD"), (_PHONE, "PHONE"), *((one, "ADDRESS") for one in _HOME)):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), kind
    normal = normalised(text)
    for one in contacts(normal.text, normal.cased):
        if one.kind in _KINDS:
            span = normal.span(one.begin, one.end)
            yield span.begin, span.end, _KINDS[one.kind]
    for pattern in _OWN_NAME:
        for found in pattern.finditer(text):
            yield found.start(1), found.end(1), "NAME"
    for found in _LONG.finditer(text):
        yield found.start(), found.end(), "NUMBER"


def _settled(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    return sorted(kept)
