"""Everything the product says by itself, by key, in each language: `say("faq.which", "ja")`.

A folder beside the files holds the sentences of one part: those in `hosted/` are `hosted.…`. A key
may have wordings for a tone (`greet.hello@friendly`); where there is none, the polite one is said.
An emoji that may follow a sentence is written under `greet.hello@emoji`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.manner import PLAIN, Manner

_FULL_STOP: Final = "。"


@cache
def strings(language: Language) -> dict[str, str]:
    """All sentences of one language by key."""
    folder = Path(__file__).parent
    found: dict[str, str] = json.loads((folder / f"{language}.json").read_text("utf-8"))
    for part in folder.glob(f"*/{language}.json"):
        own: dict[str, str] = json.loads(part.read_text("utf-8"))
        found |= {f"{part.parent.name}.{key}": sentence for key, sentence in own.items()}
    return found


def say(key: str, language: Language, **values: object) -> str:
    """The sentence for `key`; `{name}` in it becomes the value of that name."""
    return strings(language)[key].format(**values)


def say_as(manner: Manner, key: str, language: Language, **values: object) -> str:
    """The same in a shop's manner. The same key, manner and values are always the same sentence."""
    if manner == PLAIN:
        return say(key, language, **values)
    known = strings(language)
    sentence = known.get(f"{key}@{manner.tone}", known[key]).format(**values)
    mark = known.get(f"{key}@emoji") if manner.emoji == "few" else None
    if mark is None:
        return sentence
    # An emoji takes the place of a Japanese full stop, and follows an English one.
    return f"{sentence.rstrip(_FULL_STOP)}{mark}" if language == "ja" else f"{sentence} {mark}"
