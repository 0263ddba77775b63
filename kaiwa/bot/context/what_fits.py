"""Something that fits a thing: トマトに合うものを一袋, "something to go with the scarf".

The thing named is what it is for. It is no wish for another of that: what fits is looked for.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Query
from kaiwa.bot.request import Request

_SURE: Final = 0.95
_FITS: Final = re.compile(
    r"(?:に|と)(?:よく|ぴったり)?(?:合う|あう|使える|つけられる)(?:もの|やつ|の(?=を|が|も|は))"
    r"|(?:用|向け)の(?:もの|やつ)(?=を|が|も|は)"
    r"|(?:それ|これ|その\w{1,6}|この\w{1,6})に(?:よく)?合う[^、。をが]{1,8}(?:を|が|も|は|$)"
    r"|\b(?:something|anything|one|ones|whatever) (?:that |which )?"
    r"(?:to go|goes|go|fits?|matches|match|works?)(?: well)?(?: with)?"
    r" (?:the|it|my|this|that|a|an)\b",
    re.IGNORECASE,
)


def seeks_what_fits(request: Request, text: str) -> Request:
    """The request as a search, where what is to be put in is only told by what it is for."""
    words = request.question or text
    if request.act not in ("add_to_cart", "change_quantity") or not _FITS.search(words):
        return request
    sought = replace(request, act="find_product", chosen=(), candidates=(), question=text)
    return replace(sought, slots=(Query(text),), confidence=_SURE)
