"""Which of the shop's brands a query names, and which of them it does not want."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kaiwa.catalog.understanding.names import plain

_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|no|non|without|except(?:\s+for)?|excluding|exclude|other\s+than|apart\s+from|but(?:\s+not)?"
    r"|avoid|hate)\b|(?:don'?t|do\s+not)\s+(?:want|like)|n't)"
    r"(?:\s+(?:from|by|any|the|a|for))*[\s-]*$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:(?:の(?:もの|やつ|商品))?(?:以外|じゃない|ではない|でない)|(?:を|は)?除(?:く|いて|いた|外)"
    r"|は(?:嫌(?:い)?|いや|イヤ|苦手|いらない)|が(?:嫌い|苦手)|抜き)(?:の|で)?"
)
_OF: Final = r"(?:の|製)?"
_JOINED: Final = re.compile(r"[\s&]")  # what may be spelled in more than one way
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def brands_in(text: str, names: Sequence[str]) -> tuple[str | None, tuple[str, ...], str]:
    """The longest brand asked for, those not wanted, and the text without their names."""
    asked: str | None = None
    unwanted: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        found = _place(text, name)
        if found is None:
            continue
        before, after = text[: found[0]], text[found[1] :]
        if (behind := _NOT_AFTER.match(after)) or (ahead := _NOT_BEFORE.search(before)):
            unwanted.append(name)
            before = before if behind else before[: ahead.start()]  # type: ignore[union-attr]
            after = after[behind.end() :] if behind else after
        elif asked is None:
            asked = name
            after = re.sub(rf"^{_OF}", "", after)
        else:
            continue
        text = f"{before} {after}"
    return asked, tuple(unwanted), text


def _place(text: str, name: str) -> tuple[int, int] | None:
    """Where the name first stands in the text as a word of its own."""
    spelled = plain(name)
    if len(spelled) < 2:
        return None
    if _JOINED.search(spelled):
        found = _pattern(spelled).search(text)
        return found and found.span()
    at = text.find(spelled)
    while at >= 0:
        end = at + len(spelled)
        if text[at - 1 : at] not in _LETTERS and text[end : end + 1] not in _LETTERS:
            return at, end
        at = text.find(spelled, at + 1)
    return None


@lru_cache(maxsize=20_000)
def _pattern(spelled: str) -> re.Pattern[str]:
    body = r"\s*".join(map(re.escape, spelled.split())).replace(r"\&", r"(?:\&|and)")
    body = body.replace(r"\s*(?:\&|and)\s*", r"\s*(?:&|and)\s*")
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9])")
