"""Whether it comes in time: 誕生日が12/10だけど間に合う？, "will it get here before Friday"."""

import re
from typing import Final

from kaiwa.bot.nlu.questions import Findings, looked_up
from kaiwa.bot.shop import Shop
from kaiwa.vocabulary.language import Language

_IN_TIME: Final = re.compile(
    r"間に合(?:い|う|わ)|(?:まで|前)に(?:は)?(?:届|着く|着き)"
    r"|(?:曜日?|[日末朝夜]|[来今]週|年内)までに(?:は)?(?:い[るり]|要|ほし|欲し|必要|使)"
    r"|\b(?:arrive|get (?:it|here|them|there)|delivered|be here) (?:before|by|in time)\b"
    r"|\bin time for\b"
    r"|\b(?:need|want|get|have) (?:it|this|them|these|everything)(?: here)? (?:by|before) ",
    re.IGNORECASE,
)
# What the shop has written on it is asked like this.
_HOW_LONG: Final[dict[Language, str]] = {
    "ja": "注文してから何日で届きますか",
    "en": "How long does delivery take?",
}


def asks_in_time(words: str) -> bool:
    """Whether it is asked of the delivery, and seeks no present."""
    return _IN_TIME.search(words) is not None


def how_long(words: str, language: Language, shop: Shop) -> Findings | None:
    """What the shop says of how long it takes, where that is what is asked."""
    if not asks_in_time(words):
        return None
    known = shop.known
    found = looked_up(_HOW_LONG[language], language, known.faq, known.knowledge)
    return found if found.answers else None
