"""Two values of one product side by side: what A5 and B6 cost, how long 15L and 25L keep cold."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.options.compared import both_ends, names_both_ends
from kaiwa.bot.options.plain import plain
from kaiwa.bot.order.articles_meant import says_value
from kaiwa.bot.showing import title_of
from kaiwa.bot.skills.contract import Case, Outcome
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.reply import TextBlock

_MOST_FACTS: Final = 4
_MOST_VALUES: Final = 4
_APART: Final = re.compile(
    r"違|ちが|差(?:は|って|が|額)|どっち|どちら|\b(?:diff(?:eren\w*|ers?)?|which|cheaper|apart)\b",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"\b(?:with|to|from|than|others?|another|else)\b|より|ほか|他|別|似|比べ(?:て|ると)"
)
_COMPARES: Final = re.compile(
    r"違|ちが|差(?:は|って|が)|どっち|どちら|比べ|比較"
    r"|\b(?:differ\w*|vs\.?|versus|compare\w*|which|better|between)\b"
)

_NUMBER: Final = re.compile(r"\d{2,6}(?![\d.,])")


def compares(words: str) -> bool:
    """Whether folded words ask what sets things apart."""
    return _COMPARES.search(words) is not None or names_both_ends(words)


def values_compared(case: Case, every: Sequence[Offer], words: str) -> Outcome | None:
    """What sets two values of an option apart that the words name; None where they name none.

    Prices and stock are the records', the rest is what the page says of either value.
    """
    told = _values_said(case, every, words)
    return _told_apart(case, every, told) if told is not None else None


def every_value(case: Case, every: Sequence[Offer], words: str) -> Outcome | None:
    """What sets the few values of the one option apart: the two matchas of one page.

    None where another thing is spoken of, or where neither the price nor the page tells any apart.
    """
    if not _APART.search(words) or _ANOTHER.search(words) or not every:
        return None
    for place, _ in enumerate(every[0].variant.options):
        values = tuple(dict.fromkeys(_told(case, one, place) for one in every))
        if 1 < len(values) <= _MOST_VALUES and _differ(case, every, place, values):
            return _told_apart(case, every, (place, values))
    return None


def _differ(case: Case, every: Sequence[Offer], place: int, values: Sequence[str]) -> bool:
    lines = {_line(case, every, place, one).replace(one, "") for one in values}
    return len(lines) > 1 or bool(_facts(case, every[0], values))


def _told_apart(case: Case, every: Sequence[Offer], told: tuple[int, tuple[str, ...]]) -> Outcome:
    name, values = told
    title = title_of(every[0], case.language)
    lines = [title, *(_line(case, every, name, value) for value in values)]
    lines += _facts(case, every[0], values)
    block = TextBlock(text="\n".join(lines), source=case.say("finding.shop_facts"))
    return Outcome((block,), focus=(every[0].product.id,))


def _values_said(
    case: Case, every: Sequence[Offer], words: str
) -> tuple[int, tuple[str, ...]] | None:
    """The place of the option of which two values or more are named, and these as they are sold."""
    folded = fold(words.casefold())
    for place, _ in enumerate(every[0].variant.options) if every else ():
        values = dict.fromkeys(_told(case, one, place) for one in every)
        said = tuple(one for one in values if one and _is_said(folded, one))
        if len(said) > 1:
            return place, said
    ends = both_ends(every, plain(words))
    if ends is None:
        return None
    place = list(every[0].variant.options).index(ends[0])
    own = {one.variant.options.get(ends[0], ""): _told(case, one, place) for one in every}
    return place, tuple(own[one] for one in ends[1])


def _is_said(folded: str, value: str) -> bool:
    """Whether the value is said, or the number alone that it begins with: 400 of 400ルーメン."""
    number = _NUMBER.match(value)
    if says_value(folded, value) or number is None:
        return says_value(folded, value)
    return re.search(rf"(?<![\d.,]){number[0]}(?![\d.,円個本枚つ])", folded) is not None


def _told(case: Case, one: Offer, place: int) -> str:
    values = list(options_in(one.product, one.variant, case.language).values())
    return values[place] if place < len(values) else ""


def _line(case: Case, every: Sequence[Offer], place: int, value: str) -> str:
    mine = [one for one in every if _told(case, one, place) == value]
    prices = dict.fromkeys(one.variant.price.label() for one in sorted(mine, key=_minor))
    first, last = next(iter(prices)), list(prices)[-1]
    to = "〜" if case.language == "ja" else "–"
    price = first if first == last else f"{first}{to}{last}"
    if all(one.free <= 0 for one in mine):
        price = f"{price} ({case.say('card.sold_out')})"
    return _marked(case, case.say("finding.by_attribute", name=value, value=price))


def _minor(one: Offer) -> int:
    return one.variant.price.amount_minor


def _facts(case: Case, one: Offer, values: Sequence[str]) -> list[str]:
    """What the page says of any of the values, in its own words."""
    shown = in_language(one.product, case.language)
    return [
        _marked(case, case.say("finding.by_attribute", name=name, value=value))
        for name, value in shown.attributes.items()
        if any(says_value(fold(f"{name} {value}".casefold()), said) for said in values)
    ][:_MOST_FACTS]


def _marked(case: Case, text: str) -> str:
    return f"・{text}" if case.language == "ja" else f"- {text}"
