"""All that it comes in, where more is asked than one value that is said, or for its number.

黒以外だと何色？, "anything other than the large?", 何色入りですか of 12色 and 24色.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.counted import all_count, counter_asked
from kaiwa.bot.asking.stock import options_answer
from kaiwa.bot.options.plain import plain
from kaiwa.bot.skills.contract import Case, Outcome
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in

_BESIDES: Final = re.compile(
    r"(?P<ja>[^\s、。はがでもに]{1,10}?)(?:色|の)?(?:以外|のほか|の他(?!の店)|を除[くい])"
    r"|\b(?:besides?|other than|apart from|aside from|except(?: for)?) (?:(?:the|in|in the) )?"
    r"(?P<en>[a-z0-9][a-z0-9 /-]{0,20})"
)


def besides(case: Case, text: str, every: Sequence[Offer]) -> Outcome | None:
    """All that the product comes in, where that is asked; None where it is not."""
    shown = [options_in(one.product, one.variant, case.language) for one in every]
    said = _BESIDES.search(plain(text))
    if said is not None:
        told = said["ja"] or said["en"]
        values = {plain(value) for options in shown for value in options.values()}
        known = any(told.endswith(one) if said["ja"] else told.startswith(one) for one in values)
        return options_answer(case, every, None) if known else None
    number = counter_asked(plain(text))
    if number is None or not shown or not shown[0]:
        return None
    counts = any(
        all_count((plain(one.get(name, "")) for one in shown), number) for name in shown[0]
    )
    return options_answer(case, every, None) if counts else None
