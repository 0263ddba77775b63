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
    shown = in_language(one.product, case.language)
    facts = [
        case.say("finding.by_attribute", name=name, value=value)
        for name, value in list(shown.attributes.items())[:_MOST_FACTS]
    ]
    mark, joint = ("・", "、") if case.language == "ja" else ("- ", "; ")
    words = joint.join([*sentences(shown.body)[:1], *facts])
    return (
        f"{mark}{case.say('finding.by_attribute', name=title_of(one, case.language), value=words)}"
    )


def page_says(case: Case, one: Offer) -> str:
    """What the page does say, so that the shopper may find in it what was meant."""
    shown = in_language(one.product, case.language)
    first = " ".join(sentences(shown.body)[:_FIRST_SENTENCES])
    facts = [
        case.say("finding.by_attribute", name=name, value=value)
        for name, value in list(shown.attributes.items())[:_MOST_FACTS]
    ]
    return "\n".join([case.say("finding.page_says"), *filter(None, [first]), *facts])
