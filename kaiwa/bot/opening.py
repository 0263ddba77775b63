"""The first words of a shop: its own or ours, and that a bot says them."""

from typing import Final

from kaiwa.languages.strings import say, say_as
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.language import Language

# How many of the questions asked most are offered with the first words.
POPULAR: Final = 4


def opening_words(shop: Merchant, language: Language) -> str:
    """What is said before the shopper has said anything; with the disclosure, where that is on."""
    settings = shop.settings
    manner = settings.voice.manner
    names = {"shop": shop.name or say("shop.name", language), "bot": settings.bot_name}
    keys = ["greet.hello", "greet.who_named" if settings.bot_name else "greet.who", "greet.ask"]
    discloses = settings.voice.disclosure == "start"
    own = settings.greeting.get(language)
    if own:
        bot = say_as(manner, "greet.bot", language, **names)
        return f"{own}\n{bot}" if discloses else own
    if discloses:
        keys.insert(2, "greet.bot")
    joint = "" if language == "ja" else " "
    return joint.join(say_as(manner, key, language, **names) for key in keys)
