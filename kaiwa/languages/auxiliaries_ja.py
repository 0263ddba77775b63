"""Helping words that some write in kanji, read as in kana: お願い致します, 出来ますか."""

import re
from typing import Final

# Each letter with what must follow it, and how it is read there.
_IN_KANA: Final = re.compile(
    r"(?P<いた>致(?=[しす]))"
    r"|(?P<で>出(?=来(?:[ずたてまなるれ]|そう)))|(?P<き>(?<=出)来(?=[ずたてまなるれ]|そう))"
    r"|(?P<ご>御(?=座い))|(?P<ざ>(?<=御)座(?=い))|(?P<もら>貰(?=[いうえおっ]))"
)


def in_kana(text: str) -> dict[int, str]:
    """By the place of each such letter in the text, the kana to read there."""
    return {found.start(): str(found.lastgroup) for found in _IN_KANA.finditer(text)}


def written_in_kana(text: str) -> str:
    """The text with the helping words in kana."""
    return _IN_KANA.sub(lambda found: str(found.lastgroup), text)
