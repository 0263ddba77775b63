"""What shoppers mean, beyond the letters: "postage" and "delivery cost" are both `shipping_fee`.

One JSON file per language maps a meaning to patterns (regular expressions over normalised text).
Meanings are shared by all languages, and include everyday subjects a shop rarely answers
(weather, jobs, jokes): knowing those is how the bot knows that it does not know.
"""

import json
import re
from functools import cache
from pathlib import Path

from kaiwa.vocabulary.language import Language

_EDGE = {"ja": "", "en": r"\b"}


@cache
def patterns(language: Language) -> dict[str, re.Pattern[str]]:
    """The compiled pattern of each meaning."""
    path = Path(__file__).with_name(f"{language}.json")
    words: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    edge = _EDGE[language]
    return {name: re.compile(f"{edge}(?:{'|'.join(found)})") for name, found in words.items()}


def meanings(normal: str, language: Language) -> list[str]:
    """The meanings found in text that the language's reader has normalised."""
    return [name for name, pattern in patterns(language).items() if pattern.search(normal)]
