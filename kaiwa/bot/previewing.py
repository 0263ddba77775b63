"""How a shop would speak with these settings: three replies, rendered as the bot would."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.bot.opening import POPULAR, opening_words
from kaiwa.bot.skills.contract import suggestions
from kaiwa.bot.waiting_words import closed_words, open_words
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages.strings import say, say_as
from kaiwa.merchants.hours import opened
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.language import Language

_COUNT: Final = 1


class Sample(msgspec.Struct, frozen=True):
    """What a shopper says in it, and what the bot answers; `kind` names it."""

    kind: str
    asked: str
    reply: str


class Opening(msgspec.Struct, frozen=True):
    """The words and the choices that the chat opens with."""

    greeting: str
    quick_replies: list[str]


def samples(shop: Merchant, language: Language, now: datetime) -> tuple[Sample, ...]:
    """The opening, something put in the cart, and the passing to a person at this moment."""
    return (
        Sample("opening", "", opening_words(shop, language)),
        Sample(
            "added", say("preview.asks_for_one", language), _said(shop, language, "buying.added")
        ),
        Sample("handoff", say("preview.asks_for_person", language), _handoff(shop, language, now)),
    )


def opening_offers(shop: Merchant, language: Language, known: Sequence[FaqEntry]) -> Opening:
    """The words and the choices that the chat opens with, as a shopper gets them."""
    popular = [one for one in known if one.language == language][:POPULAR]
    own = shop.settings.quick_replies.get(language)
    offered = [action.text or action.label for action in suggestions(popular)]
    return Opening(opening_words(shop, language), own or offered)


def _said(shop: Merchant, language: Language, key: str) -> str:
    what = say("preview.product", language)
    return say_as(shop.settings.voice.manner, key, language, what=what, count=_COUNT)


def _handoff(shop: Merchant, language: Language, now: datetime) -> str:
    manner, hours = shop.settings.voice.manner, shop.settings.voice.hours
    sentences = [say_as(manner, "handoff.asked", language)]
    how = opened(hours, now, shop.timezone) if hours.are_told else None
    if how is not None and not how.is_open:
        sentences += closed_words(manner, how, language)
    else:
        sentences.append(say_as(manner, "handoff.next_unknown", language))
        sentences += open_words(manner, how, language)
    return ("" if language == "ja" else " ").join(sentences)
