"""Everything the product says by itself, by key, in each language: `say("faq.which", "ja")`.

A folder beside the files holds the sentences of one part: those in `hosted/` are `hosted.…`.
"""

import json
from functools import cache
from pathlib import Path

from kaiwa.vocabulary.language import Language


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
