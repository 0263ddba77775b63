"""When do I see the cash?: money that is waited for is a refund, in the shop's words."""

import re
from typing import Final

_AWAITED: Final = re.compile(
    r"^(?P<asks>.*\b(?:when|how (?:long|soon|fast|quickly|many days))\b.{0,30}?"
    r"\b(?:see|have|get|receive|expect|gets?|is|be|until|till|before)\b.{0,12}?)"
    r"\b(?:the|my|our) (?:money|cash)\b(?: back)?",
    re.IGNORECASE | re.DOTALL,
)


def as_refund(words: str) -> str:
    """The words with such money called a refund; themselves where none is waited for."""
    return _AWAITED.sub(r"\g<asks>the refund", words)
