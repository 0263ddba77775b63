"""What a shopper may be about to type: words of the shop that begin as what is typed does."""

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold


def suggestions(shelf: Shelf, typed: str, limit: int = 8) -> list[str]:
    """Categories first, then brands, then words of titles; すに finds スニーカー by its sound."""
    words = typed.split()
    if not words:
        return []
    start = {fold(words[-1]), fold(words_ja.reading_of(words[-1]) or words[-1])}
    facets = shelf.facets
    named = [
        name
        for name in (*facets.categories, *facets.brands)
        if any(_sound(name).startswith(one) or fold(name).startswith(one) for one in start)
    ]
    found = dict.fromkeys(named)
    for one in sorted(start):
        found |= dict.fromkeys(shelf.vocabulary.beginning(one, limit))
    before = "".join(f"{word} " for word in words[:-1])
    return [f"{before}{word}" for word in list(found)[:limit]]


def _sound(name: str) -> str:
    return fold(words_ja.reading_of(name) or name)
