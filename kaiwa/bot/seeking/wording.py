"""How what is sought is said to the shopper: Mサイズ・青, "size M, blue"."""

from collections.abc import Iterable

from kaiwa.catalog.understanding import Understood
from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

_GENDERS = {"m": "men", "f": "women", "k": "kids"}


def colour_words(name: str, language: Language) -> str:
    """A canonical colour in the shopper's language."""
    return say(f"finding.colour_{name}", language)


def let_go_words(
    asked: Understood, relaxed: Iterable[str], language: Language, currency: str
) -> str:
    """The constraints that were let go, by name; empty when there are none to tell."""
    found: list[str] = []
    for name in relaxed:
        match name:
            case "colour":
                found += [colour_words(one, language) for one in asked.colour]
            case "size" if asked.size:
                found.append(say("finding.of_size", language, size=asked.size))
            case "gender" if asked.gender:
                found.append(say(f"finding.for_{_GENDERS[asked.gender]}", language))
            case "in_stock":
                found.append(say("finding.there", language))
            case "brand" if asked.brand:
                found.append(asked.brand)
            case "price" | "price_off":
                found.append(price_words(asked, language, currency))
    joint = "・" if language == "ja" else ", "
    return joint.join(dict.fromkeys(one for one in found if one))


def price_words(asked: Understood, language: Language, currency: str) -> str:
    """The price bounds as a shopper says them."""
    low = None if asked.price_min is None else Money(asked.price_min, currency).label()
    high = None if asked.price_max is None else Money(asked.price_max, currency).label()
    if low and high:
        return say("finding.price_between", language, low=low, high=high)
    if high:
        return say("finding.price_to", language, high=high)
    return say("finding.price_from", language, low=low) if low else ""
