"""A value that says what a thing is without, told in other words: 色のつかないの for 無色.

無香料, "fragrance free" and "unsalted" name what is not there; whoever wants that so may say the
thing and that it shall not be: 香りなし, "with no salt".
"""

import re
from functools import lru_cache
from typing import Final

_WITHOUT_JA: Final = re.compile(r"[無不](?P<what>[一-鿿])[一-鿿]?(?:料|入り?)?")
_FREE_JA: Final = re.compile(r"(?P<what>[一-鿿ァ-ヺー]{2,8})(?:フリー|不使用|レス|ゼロ|なし|抜き)")
_FREE_EN: Final = re.compile(r"(?P<what>[a-z]{3,})[ -](?:free|less)|(?P<less>[a-z]{3,}?)less")
_UN_EN: Final = re.compile(r"un(?P<what>[a-z]{3,}?)(?:t?ened|ed)")
_IS_NOT_JA: Final = (
    r"(?:の|が)?(?:(?:つ|付)(?:いて(?:い)?|か)|(?:入|はい)(?:って(?:い)?|ら)|し)?"
    r"(?:ない|なし|無し)|抜き|ぬき|ゼロ|フリー"
)


@lru_cache(maxsize=4_096)
def lacking_said(value: str, text: str) -> tuple[int, int] | None:
    """Where a `plain` text says that what the value is without shall not be; else None."""
    pattern = _pattern(value)
    found = pattern.search(text) if pattern is not None else None
    return found.span() if found else None


@lru_cache(maxsize=1_024)
def _pattern(value: str) -> re.Pattern[str] | None:
    if (lacks := _WITHOUT_JA.fullmatch(value)) is not None:
        return re.compile(rf"(?<![一-鿿])砂?{lacks['what']}[一-鿿]?[ぁ-ん]?(?:{_IS_NOT_JA})")
    if (free := _FREE_JA.fullmatch(value)) is not None:
        return re.compile(rf"{free['what']}(?:{_IS_NOT_JA})")
    told = _FREE_EN.fullmatch(value) or _UN_EN.fullmatch(value)
    if told is None:
        return None
    what = next(one for one in told.groups() if one)
    return re.compile(rf"\b(?:no|without(?: any)?|not) (?:added )?{what}\w{{0,3}}\b")
