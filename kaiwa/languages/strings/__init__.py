"""Everything the product says by itself, by key, in each language: `say("faq.which", "ja")`."""

import json
from functools import cache
from pathlib import Path

from kaiwa.vocabulary.language import Language


@cache
def strings(language: Language) -> dict[str, str]:
    """All sentences of one language by key."""
    path = Path(__file__).with_name(f"{language}.json")
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def say(key: str, language: Language, **values: object) -> str:
    """The sentence for `key`; `{name}` in it becomes the value of that name."""
    return strings(language)[key].format(**values)
