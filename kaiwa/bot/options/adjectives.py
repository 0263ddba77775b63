"""A value that is an adjective's stem, said as the adjective: 甘口 as 甘いほう, 厚手 as 厚いの."""

import re
from functools import lru_cache
from typing import Final

_STEM: Final = re.compile(
    r"([甘辛酸苦厚薄硬固堅軟柔太細浅深濃淡])(?:口|め|目|手|煎り|味|字|地|焼き)"
)
_THE_ONE: Final = (
    r"(?:の(?:ほう|方|やつ|を|で|が|に|(?=[、。!！]|$))|ほう|方|やつ|もの|タイプ|(?=[、。!！]|$))"
)


def said_as_adjective(value: str, text: str) -> tuple[int, int] | None:
    """Where the text says the value so; None where it does not."""
    stem = _STEM.fullmatch(value)
    if stem is None or stem[1] not in text:
        return None
    found = _adjective(stem[1]).search(text)
    return found.span() if found else None


@lru_cache(maxsize=64)
def _adjective(stem: str) -> re.Pattern[str]:
    return re.compile(rf"{stem}(?:い|め|かい|らかい|っぱい)(?:め)?{_THE_ONE}")
