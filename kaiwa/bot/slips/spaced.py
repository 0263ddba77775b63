"""Parts of a Japanese sentence set apart by spaces: "15センチ4枚 21センチ4枚ください"."""

import re
from typing import Final

_LETTER: Final = "[ぁ-んァ-ヶー一-鿿々]"
_SPACES: Final = re.compile(rf"(?<=[ぁ-んァ-ヶー一-鿿々a-zA-Z0-9])[ 　]+(?={_LETTER}|\d+{_LETTER})")
_MARKS: Final = re.compile(r"[、。,]")
_KANA: Final = re.compile(r"[ぁ-ん]")
_LONGEST: Final = 200
_MOST: Final = 3
_LEAST: Final = 6  # letters of the shortest part


def with_commas(text: str) -> str:
    """The text with commas for such spaces; itself where it has marks, or words are spaced."""
    if len(text) > _LONGEST or _MARKS.search(text) or not _KANA.search(text):
        return text
    parts = _SPACES.split(text.strip())
    if not 1 < len(parts) <= _MOST + 1 or min(map(len, parts)) < _LEAST:
        return text
    return "、".join(parts)
