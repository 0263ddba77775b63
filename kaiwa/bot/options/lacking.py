"""A value told by what it lacks: the one without scent is Unscented, 香りなし is 無香料."""

import re
from typing import Final

_LACKS: Final = re.compile(
    r"\b(?:without|with no|has no)(?: any| the| an?)? (?P<en>[a-z]{4,})"
    r"|(?P<ja>[一-鿿ァ-ヺー]{1,6}り?)(?:が|の|は)?(?:なし|無し|ない(?:方|ほう|の|やつ|もの))"
)
_STEM: Final = 5  # letters that tell a word from others, however it ends


def lacked(value: str, text: str) -> tuple[int, int] | None:
    """Where a `plain` text tells by what is lacking the `plain` value of an option."""
    for found in _LACKS.finditer(text):
        if found["en"] is None:
            kanji = re.escape(found["ja"][0])
            way = rf"無{kanji}|{re.escape(found['ja'])}(?:なし|無し|ゼロ|フリー)"
        else:
            stem = re.escape(found["en"].removesuffix("s")[:_STEM])
            way = rf"\bun{stem}[a-z]*|\b{stem}[a-z]*[- ]?(?:free|less)\b|\b(?:no|without) {stem}"
        if re.search(way, value):
            return found.span()
    return None
