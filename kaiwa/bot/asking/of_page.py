"""What a product's page says, told so that the shopper may find the answer in it."""

from typing import Final

from kaiwa.bot.asking.evidence import sentences
from kaiwa.bot.showing import title_of
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import in_language

_MOST_FACTS: Final = 8
_FIRST_SENTENCES: Final = 2


def in_brief(case: Case, one: Offer) -> str:
    """What the page of one of a few products says: the answer may be in it."""
    mark, joint = ("・", "、") if case.language == "ja" else ("- ", "; ")
    said = [*_first(case, one, 1), *_facts(case, one)]
    told = case.say(
        "finding.by_attribute", name=title_of(one, case.language), value=joint.join(said)
    )
    return f"{mark}{told}"


def page_says(case: Case, one: Offer) -> str:
    """What the page does say, so that the shopper may find in it what was meant."""
    first = " ".join(_first(case, one, _FIRST_SENTENCES))
    said = [case.say("finding.page_says"), *filter(None, [first]), *_facts(case, one)]
    return "\n".join(said)


def _first(case: Case, one: Offer, most: int) -> list[str]:
    return list(sentences(in_language(one.product, case.language).body))[:most]


def _facts(case: Case, one: Offer) -> list[str]:
    attributes = list(in_language(one.product, case.language).attributes.items())
    return [
        case.say("finding.by_attribute", name=name, value=value)
        for name, value in attributes[:_MOST_FACTS]
    ]
