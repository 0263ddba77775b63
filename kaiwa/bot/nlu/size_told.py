"""The size in an answer that gives its reason: he's 110 cm, so that size please."""

import re
from typing import Final

_MEASURE: Final = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d)?)(?![\d.,]\d|\d)\s?(?:cm|センチ|号|サイズ)?"
)
# The measure is taken as it is told.
_THAT_SIZE: Final = re.compile(
    r"(?:その|それ|同じ|ちょうどの)(?:と同じ)?(?:サイズ|大きさ|寸法|に合う(?:の|もの|やつ)?)?"
    r"(?:で|を|に)(?:します|する|して|お願い|くだ|下さい|いい|頼)"
    r"|\b(?:that size|so that(?: one| size)?|that(?:'s the)? one|same size)\b"
)


def size_told(text: str) -> str | None:
    """The one measure of a folded text that says that this size is taken; else None."""
    if not _THAT_SIZE.search(text):
        return None
    told = {one[1] for one in _MEASURE.finditer(text)}
    return told.pop() if len(told) == 1 else None
