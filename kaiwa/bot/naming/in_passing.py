"""What a question names only in passing: where it shall go, with what, and what is one's own.

"Will that one leak in my bag" asks of no bag, "is it ok for the creek" of no Creek Bags, and
うちの自転車に付きますか of no bicycle, where something else is spoken of.
"""

import re
from typing import Final

from kaiwa.bot.nlu.title_words import title_words, told_names
from kaiwa.catalog.product import Product
from kaiwa.languages.folding import fold

_FILLER: Final = (
    r"(?:(?!(?:is|are|do|does|did|can|could|will|would|has|have|and|or|but|the|that|this)\b)"
    r"[\w'.-]+\s+){0,3}$"
)
_MINE: Final = re.compile(
    rf"\b(?:my|his|her|their|our)\s+{_FILLER}"
    r"|(?:うち|家|自宅|私|わたし|僕|俺|自分|手持ち|手元|他社|よそ|普通|市販|一般"
    r"|(?:今|いま)?(?:使って|持って|乗って)(?:い)?る|使ってた|持ってた|(?:今|いま))(?:の)?$"
)
# Any such thing, which shall fit, is no more the one that is sold than the shopper's own.
_ANY: Final = re.compile(rf"\b(?:an?|any|some|another)\s+{_FILLER}")
_FITS: Final = re.compile(
    r"\b(?:will|would|does|do|can|could)\s.*\b(?:fits?|go(?:es)? in\w*|sit|slide|slip|screw)\b",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(
    r"\b(?:in|into|inside|on|onto|for|at|near|by|with|to|from|under|over|against|around)\s+"
    rf"(?:(?:the|this|that|your|these|those)\s+)?{_FILLER}"
)
_PLACED_JA: Final = re.compile(
    r"\s*用(?:なん|な|だ|です|に|で)|"
    r"\s*(?:の(?:中|上|下|横|荷台|前|うしろ|後ろ))?(?:に|で|へ|と)(?=[^。?？])"
)
_HAS_IT: Final = re.compile(
    r"に(?:は|も)?[^にをもで、。\s]{1,12}(?:は|って|が|も)?\s*(?:ある|あり|つい|付い|付属|入って)"
)
_POINTED: Final = re.compile(rf"\b(?:the|that|this|those|these|your)\s+{_FILLER}")


def is_ones_own(text: str, product: Product) -> bool:
    """Whether every word of the product's name is said of the shopper's own, or of any such."""
    around = _around(text, product)
    fits = _FITS.search(text) is not None
    return bool(around) and all(
        _MINE.search(before) or fits and _ANY.search(before) for before, _ in around
    )


def is_own_word(text: str, word: str) -> bool:
    """Whether a word of a folded text is said of the shopper's own thing."""
    places = [one.start() for one in re.finditer(re.escape(word), text)]
    return bool(places) and all(_MINE.search(text[:at]) for at in places)


def is_placed(text: str, product: Product) -> bool:
    """Whether the product's name only tells where, with what or for what: "for the creek"."""
    around = _around(text, product)
    return bool(around) and all(
        _PLACED.search(before) or (_PLACED_JA.match(after) and not _HAS_IT.match(after))
        for before, after in around
    )


def is_pointed_out(text: str, product: Product) -> bool:
    """Whether it is called by a word with "the" or "that" before it: "that wood tray"."""
    return any(_POINTED.search(before) for before, _ in _around(text, product))


def is_said(text: str, product: Product) -> bool:
    """Whether any word of the product's name is said."""
    return bool(_around(text, product))


def words_said(text: str, product: Product) -> list[str]:
    """The words of the product's name that are said, as they are written in the text."""
    seen, spans = _spans(text, product)
    return [seen[begin:end] for begin, end in spans]


def _around(text: str, product: Product) -> list[tuple[str, str]]:
    """What stands before and after each word of its name."""
    seen, spans = _spans(text, product)
    return [(seen[:begin], seen[end:]) for begin, end in spans]


def _spans(text: str, product: Product) -> tuple[str, list[tuple[int, int]]]:
    told = text.casefold()
    sound = fold(told)
    # Folding changes the kana, and nearly never how many there are.
    seen = told if len(told) == len(sound) else sound
    spans = {span for name in told_names(product) for span in title_words(sound, *name)}
    return seen, [
        (begin, end)
        for begin, end in sorted(spans)
        if not any(a <= begin and end <= b and (a, b) != (begin, end) for a, b in spans)
    ]
