"""What things are called in shops: names that mean the same, and compounds that mislead."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from kaiwa.languages.folding import fold

# Made of two words and no kind of the second: who looks for a bag wants no tea bags.
_WHOLE: Final = frozenset(
    """ティーバッグ ティーバック コーヒーバッグ サンドバッグ エアバッグ ゴミ袋 目薬 手紙 手帳
    首輪 腕輪 靴下 手袋 枕木 コードレス アドレス エンドレス""".split()
)
_WHOLE_SOUNDS: Final = frozenset(fold(word) for word in _WHOLE)
WHOLE_ENGLISH: Final = tuple(
    f"{one} bag" for one in "tea coffee bean punching air sleeping garbage trash freezer".split()
)


@cache
def same_names() -> tuple[tuple[str, ...], ...]:
    """Groups of names, in one or two languages, that shoppers use for the same thing."""
    path = Path(__file__).with_name("products.json")
    return tuple(tuple(group) for group in json.loads(path.read_text("utf-8")))


@cache
def kinds_of() -> dict[str, tuple[str, ...]]:
    """By a general name the kinds of it: who asks for shoes may mean boots, but not the reverse."""
    path = Path(__file__).with_name("kinds.json")
    return {name: tuple(kinds) for name, kinds in json.loads(path.read_text("utf-8")).items()}


def is_whole(word: str) -> bool:
    """Whether a Japanese compound, as written or folded, is no kind of its last part."""
    return word in _WHOLE or word in _WHOLE_SOUNDS
