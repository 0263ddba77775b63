"""English all in capitals is read as if it were spoken: "IS SHIPPING FREE NOW?".

A word with a figure is a code or a number and stays; so do two words: they may be a name.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"(?<![\w@./-])[A-Z']+(?![\w@-]|[./]\w)")
_SMALL: Final = re.compile(r"[a-z]|[^\x00-\x7f\u2018\u2019]")
_LEAST: Final = 3


def not_shouted(text: str) -> str:
    """The text in small letters; itself where it has some, or is of few words."""
    if _SMALL.search(text) or len(_WORD.findall(text)) < _LEAST:
        return text
    return _WORD.sub(lambda found: "I" if found[0] == "I" else found[0].lower(), text)
