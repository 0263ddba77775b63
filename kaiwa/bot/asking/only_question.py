"""What a text asks, of all that it says: ミルは高いな… 何グラム挽ける？ asks no price.

What was said before a question tells why, or of what; asked is only what the last sentence asks,
where it says enough by itself.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.evidence import Question, evidence, question
from kaiwa.bot.asking.fits_in import asks_room, measures_told
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.options.compared import is_comparison
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import options_in
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

_SENTENCE: Final = re.compile(r"(?<=[。！!…])\s*|(?<=[a-z])[.]\s+(?=\w)|\s*\n+\s*", re.IGNORECASE)
_SHORTEST: Final = 4
_A_STORY: Final = 80


def only_question(text: str, language: Language) -> str:
    """The last sentence, if it alone asks, and asks for a thing that is known to be asked."""
    parts = [one.strip() for one in _SENTENCE.split(text) if one.strip()]
    if len(parts) < 2 or len(parts[-1]) < _SHORTEST:
        return text
    asks = [is_question(reader(language).normalise(one), language) for one in parts]
    if not asks[-1] or any(asks[:-1]):
        return text
    return parts[-1] if asked(parts[-1].casefold(), ()).aspects else text


def with_its_measure(part: str, text: str) -> str:
    """The whole text, where the measure of what shall fit was told before the question."""
    if part == text or measures_told(part.casefold()) or not asks_room(part.casefold()):
        return part
    return text if measures_told(text.casefold()) else part


def with_its_reason(asks: Question, text: str, about: Sequence[Product]) -> Question:
    """What the whole text asks, where the part that asks says nothing of its own.

    毛布ってパチパチする？静電気きらい: what is meant by it is told after it.
    """
    if not asks.is_empty or len(text) <= len(asks.text) or len(text) > _A_STORY:
        return asks
    whole = question(text, asks.language, about)
    return whole if any(evidence(whole, one) for one in about) else asks


def without_options(asks: Question, every: Sequence[Offer]) -> Question:
    """甘口は何で割るんですか, "how tall is the big one": which is told by its option, not asked."""
    shown = [options_in(one.product, one.variant, asks.language) for one in every]
    values = " ".join(dict.fromkeys(value for one in shown for value in one.values())).casefold()
    told = [one for one in asks.words if one.text in values]
    if len(told) < len(asks.words):
        text = plain(asks.text)
        said = [text[one.begin : one.end] for one in options_told(every, text, asks.language)]
        values += " ".join(one for one in said if is_comparison(one))
    rest = tuple(one for one in asks.words if one.text not in values)
    if not values or len(rest) == len(asks.words) or not (rest or asks.aspects):
        return asks
    return msgspec.structs.replace(asks, words=rest)
