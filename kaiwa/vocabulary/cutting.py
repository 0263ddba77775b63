"""Measuring, clipping and cutting text, in UTF-16 units or another, never inside a character.

A cluster is what a reader takes for one character: base and marks, emoji joined by ZWJ, flags.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

_ZWJ = "\u200d"
_SENTENCE_END = re.compile(r"(?:\n+|[。！？]+[」』）]*|(?<![.!?])[.!?]+(?=\s))\s*")


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str) -> Iterator[str]:
    """The characters as a reader sees them, in order; joined again they are `text`."""
    start = 0
    for index in range(1, len(text)):
        if not _joins(text, start, index):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _joins(text: str, start: int, index: int) -> bool:
    before, here = text[index - 1], text[index]
    if before == _ZWJ and not here.isspace():
        return True
    if "\U0001f1e6" <= here <= "\U0001f1ff":
        return index - start == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    return _extends(here)


def _extends(character: str) -> bool:
    if character < "\u0300":
        return False
    return (
        character == _ZWJ
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
    )


def clip(text: str, limit: int) -> str:
    """`text` whole when it fits in `limit` units, else its beginning and an ellipsis."""
    return text if units(text) <= limit else _head(text, limit - 1, units).rstrip() + "…"


def _head(text: str, limit: int, measure: Callable[[str], int]) -> str:
    """The longest beginning in whole clusters; of one monstrous cluster, whole code points."""
    taken, size = [], 0
    for cluster in clusters(text):
        size += measure(cluster)
        if size > limit:
            break
        taken.append(cluster)
    return "".join(taken) or _code_points(text, limit, measure)


def _code_points(text: str, limit: int, measure: Callable[[str], int]) -> str:
    head = text[:limit]
    while measure(head) > limit:
        head = head[:-1]
    return head


def split(text: str, limit: int, measure: Callable[[str], int] = units) -> list[str]:
    """`text` in parts of at most `limit`, cut after a line or sentence where there is one.

    `measure` gives the size of a piece; that of two together is the sum.
    """
    parts = []
    rest = text.strip()
    while measure(rest) > limit:
        head = _head(rest, limit, measure)
        cut = _last_sentence(rest, head) or _last_space(head) or len(head)
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [part for part in [*parts, rest] if part]


def _last_sentence(rest: str, head: str) -> int:
    ends = (match.end() for match in _SENTENCE_END.finditer(rest, 0, len(head) + 1))
    early = len(head) // 4
    return max((end for end in ends if early < end <= len(head) and _free(rest, end)), default=0)


def _last_space(head: str) -> int:
    for index in range(len(head) - 1, len(head) // 2, -1):
        if head[index - 1] in " \u3000、," and _free(head, index):
            return index
    return 0


def _free(text: str, index: int) -> bool:
    """Whether `text` may be cut before `index`: the rest must not begin with a mark."""
    return index >= len(text) or not _extends(text[index])
