"""Another thing that a question has for its subject: "is the soap ok for the creek", of no stove.

Where the page of what is spoken of tells nothing, and knows no such thing as the question's own
subject, the one thing sold that has it may: a part of a kit, "that folding one with the walnut".
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.evidence import Evidence, evidence, question
from kaiwa.bot.asking.only_question import without_options
from kaiwa.bot.asking.words import Word, names_of, said_in, words_of_question
from kaiwa.bot.naming.named import wanted
from kaiwa.bot.naming.nearest import nearest
from kaiwa.bot.options.said import options_said
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.catalog.understanding import Understood
from kaiwa.vocabulary.language import Language

_LOOKED_AT: Final = 6
# How heavy would the ten be: one of its sizes.
_COUNTED: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b|\d"
)
_SUBJECT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:is|are|does|do|did|can|will|would|has|have|was|what'?s|hows?|whats)\s+"
        r"(?:the|that|your|those|these)\s+((?:[a-z'-]+\s+){0,2}?[a-z'-]+?)"
        r"(?=\s+(?:is|are|ok|okay|good|safe|for|with|in|on|of|go|come|fit|work|made|big|long|made"
        r"|have|has|do|does|be|get|need|then|too|also|any|free|a|the)\b|\W*$)"
    ),
    "ja": re.compile(
        r"(?:^|[、。\s])(?:その|あの|で、?|じゃあ?、?)?([^はってがのも、。\s]{2,10})(?:は|って)"
    ),
}


# Is there a set with a trowel: whether another thing is sold, where the thing has none.
_IS_THERE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:is|are) there (?:an?|any|some)\s+((?:[a-z'-]+\s+){0,2}?[a-z'-]+)"
        r"(?=\s+(?:with|that|for|in|which|without|of|too)\b|\W*$)"
    ),
    "ja": re.compile(
        r"(?:^|[、。\s])([^はってがのも、。\s]{2,10})(?:は|って|も|とか)?(?:あ(?:る|ります)|売って|置いて)"
    ),
}
Found = tuple[Sequence[Offer], tuple[Evidence, ...]]


def told_elsewhere(case: Case, text: str, every: Sequence[Offer]) -> Found | None:
    """The variants of the one other thing that the question is about, and what its page tells."""
    if case.request.how in ("button", "ordinal"):
        return None
    folded = text.casefold().replace("’", "'")
    found = _SUBJECT[case.language].search(folded)
    subject = words_of_question(found[1], case.language, ()) if found else ()
    spoken = every[0].product
    if not subject or any(_has(spoken, one, case.language) for one in subject):
        return None
    if found is None or _COUNTED.search(found[1]) or options_said(every, found[1], case.language):
        return None
    sold = (_sold(case, words, subject, spoken) for words in (folded, found[1]))
    ids = next((some for some in sold if some), ())
    meant = ids[0] if len(ids) == 1 else nearest(text, ids, case.language, case.shop)
    own = case.shop.variants((meant,)).get(meant, ()) if meant is not None else ()
    if not own:
        return None
    about = [own[0].product]
    asks = without_options(question(text, case.language, about), own)
    # Is the soap ok for the creek: what the page tells of the soap may tell it.
    named = (
        one for one in evidence(question(found[1], case.language, about), about[0]) if one.name
    )
    passages = evidence(asks, about[0]) or tuple(named)
    return (own, passages) if passages else None


def seeks_another(case: Case, text: str, spoken: Product) -> bool:
    """Whether it is asked if there is a thing that has its name, and that `spoken` has none of."""
    folded = text.casefold().replace("’", "'")
    found = _IS_THERE[case.language].search(folded)
    subject = words_of_question(found[1], case.language, ()) if found else ()
    if not subject or any(_has(spoken, one, case.language) for one in subject):
        return False
    ids = _sold(case, folded, subject, spoken)
    names = (" ".join(names_of([one])) for one in case.shop.products(ids))
    return any(all(said_in(word, own, case.language) for word in subject) for own in names)


def _sold(case: Case, words: str, subject: Sequence[Word], spoken: Product) -> tuple[int, ...]:
    """What the finder has for these words that knows the subject, beside what is spoken of."""
    sought = wanted(case.shop, words, case.language)
    if not sought.terms:
        return ()
    results = case.shop.peek(Understood(sought.language, sought.terms), _LOOKED_AT).results
    others = (one.product for one in results if one.product.id != spoken.id)
    has = (one.id for one in others if all(_has(one, word, case.language) for word in subject))
    return tuple(dict.fromkeys(has))


def _has(product: Product, word: Word, language: Language) -> bool:
    shown = in_language(product, language)
    facts = " ".join(f"{name} {value}" for name, value in shown.attributes.items())
    page = " ".join((*names_of([product]), shown.body, facts, *shown.tags))
    return said_in(word, page, language)
