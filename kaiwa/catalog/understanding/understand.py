"""Understands a query: each rule takes its words out of the text; what is left is what is sought.

Deterministic, well under a millisecond. Colours are whole morphemes, so that 緑茶 stays tea;
brands, categories and sizes are only those the shop has.
"""

import re
import unicodedata

import msgspec

from kaiwa.catalog.understanding import Facets, Understood, phrases, sorting
from kaiwa.catalog.understanding.ages import age
from kaiwa.catalog.understanding.amounts import price_bounds
from kaiwa.catalog.understanding.brands import brands_in
from kaiwa.catalog.understanding.categories import category_of
from kaiwa.catalog.understanding.colours import (
    SHADED,
    SHADING,
    colour_of,
    is_part_of_name,
    sometimes_colour,
)
from kaiwa.catalog.understanding.currencies import in_other_money
from kaiwa.catalog.understanding.exclusions import exclusions
from kaiwa.catalog.understanding.names import known_names
from kaiwa.catalog.understanding.purposes import purposes
from kaiwa.catalog.understanding.sizes import adjective_size, size
from kaiwa.languages import language_of, words_ja
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import minor_digits

_LATIN = re.compile(r"[a-z0-9][a-z0-9'-]*")
_LIKE = re.compile(
    r"^(?:っぽい|(?:み|味)?(?:がかった|のある|を帯びた)|寄り|めの?|(?:か何か)|カラー|ベース|基調)(?:の)?"
    r"|^です(?:か|ね|が)?|^(?:(?:が|でも?|だと)(?:いい|良い|嬉しい|うれしい)|希望|で(?=[^\s]))(?:の|です)?"
    r"|^\s*-?(?:colou?red|toned?)\b"
)
_LABEL = re.compile(r"(?:(?:色|カラー)\s*(?:は|が|:|=)|\bcolou?r\s*(?:is|:|=)?)\s*$")
_JOINING = re.compile(r"^\s*(?:または|もしくは|あるいは|か|と|や|、|,|/|-|or\b|and\b|&)\s*")


def understand(query: str, facets: Facets, currency: str, otherwise: Language) -> Understood:
    """The constraints of `query` that this shop can keep, and the terms to match."""
    text = unicodedata.normalize("NFKC", query).casefold().replace("’", "'")
    language = language_of(query, otherwise)
    brand, unwanted, text = brands_in(text, known_names(facets).brands_within(text))
    told, (low, high, text) = text, price_bounds(text, minor_digits(currency))
    if (low is not None or high is not None) and in_other_money(told, currency):
        low = high = None  # ¥50 is not what 50 dollars are
    in_stock, text = phrases.stock(text)
    age_months, text = age(text)
    exclude, text = exclusions(text)
    category = category_of(phrases.without_fillers(text), known_names(facets))
    purpose, text = purposes(text, category)
    asked_size, text = size(text, facets.sizes)
    order, text = sorting.order(text)
    gender, text = phrases.gender(text)
    gender = gender or ("k" if age_months is not None else None)
    # The same text as was cut into words before, where only spaces were left behind.
    text = " ".join(text.split())
    colour, text = _colours(text, facets.colours)
    if asked_size is None and _comes_in_sizes(facets, text):
        asked_size, text = adjective_size(text)
    return Understood(
        language=language,
        terms=phrases.without_fillers(text),
        price_min=low,
        price_max=high,
        colour=colour,
        size=asked_size,
        gender=gender,
        category=category,
        brand=brand,
        in_stock=in_stock,
        order=order,
        exclude=(*unwanted, *exclude),
        purpose=purpose,
        age_months=age_months,
    )


def without(understood: Understood, *names: str) -> Understood:
    """The same with these constraints dropped."""
    plain = Understood(understood.language, understood.terms)
    return msgspec.structs.replace(understood, **{name: getattr(plain, name) for name in names})


def _colours(text: str, known: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Colours that stand alone as words and that the shop knows, with the words that shade them."""
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    words = _words(text)
    for at, (word, begin, end) in enumerate(words):
        colour = colour_of(word) or sometimes_colour(word, text, end)
        if colour is None or colour not in known:
            continue
        following = words[at + 1][0] if at + 1 < len(words) else ""
        if is_part_of_name(word, following):
            continue
        if found and words[at - 1][0] in SHADED and spans[-1][1] in (begin, begin - 1):
            spans[-1] = (spans[-1][0], end)
            continue
        if at and words[at - 1][0] in SHADING and begin - words[at - 1][2] in (0, 1):
            begin = words[at - 1][1]
            if spans and spans[-1][1] > begin:
                found.pop(), spans.pop()
        found.append(colour)
        spans.append((begin, end))
    for at in range(len(spans) - 1, -1, -1):
        text = _cut(text, spans[at], following_too=at < len(spans) - 1)
    return tuple(dict.fromkeys(found)), text


def _cut(text: str, span: tuple[int, int], *, following_too: bool) -> str:
    """Without the colour and what only makes a word of it: 黒っぽい, or a list: 黒か紺."""
    after = _LIKE.sub(" ", text[span[1] :])
    if following_too:
        after = _JOINING.sub(" ", after)
    return f"{_LABEL.sub(' ', text[: span[0]])} {after}"


def _words(text: str) -> list[tuple[str, int, int]]:
    morphemes = words_ja.words(text)
    if morphemes is None or text.isascii():
        found = ((one[0], one.start(), one.end()) for one in _LATIN.finditer(text))
        return [part for word in found for part in _parts(*word)]
    return _with_suffix([(one.surface, one.begin, one.end) for one in morphemes])


def _parts(word: str, begin: int, end: int) -> list[tuple[str, int, int]]:
    """Blue-green is two colours; other words stay whole."""
    first, _, second = word.partition("-")
    if colour_of(word) or not (colour_of(first) and colour_of(second)):
        return [(word, begin, end)]
    return [(first, begin, begin + len(first)), (second, end - len(second), end)]


def _with_suffix(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    joined: list[tuple[str, int, int]] = []
    for word, begin, end in words:
        if (
            word in ("色", "系")
            and joined
            and joined[-1][2] == begin
            and (colour := _with_mark(joined[-1][0]))
        ):
            joined[-1] = (colour, joined[-1][1], end)
        else:
            joined.append((word, begin, end))
    return joined


def _with_mark(word: str) -> str | None:
    return next((one for one in (word, f"{word}色") if colour_of(one)), None)


def _comes_in_sizes(facets: Facets, text: str) -> bool:
    # Letters are sizes of clothes; a lamp or a bag may be large all the same.
    worn = r"shirt|tee|dress|hoodie|jacket|coat|sweater|pants|skirt|jeans|shoes|wear|jumper"
    return bool(facets.sizes & {"S", "M", "L"}) and re.search(worn, text) is not None
