"""Whether a text bargains: would you do $200, 他店では安かった. Prices are the shop's to make.

A wish for another price is a question to the shop, which may have said how it does; it puts
nothing in a cart, however many numbers are in it.
"""

import re
from typing import Final

_LONGEST: Final = 160
_MONEY: Final = r"(?:[$£€¥] ?\d+|\b\w+ ?(?:%|(?:percent|bucks?|dollars?|quid|pounds|euros?|yen)\b))"
_HAGGLES: Final = re.compile(
    r"割り?引き?して|まけて|負けて(?:くれ|もら|いただ)|値引き?(?:して|でき|交渉|は(?:あり|無理))|値切"
    r"|(?:もう少し|もうちょっと|少し|ちょっと)?(?:お?安く|勉強)(?:して(?:くれ|もら|いただ|ください|よ|[。!！、]|$)|なりま(?:す|せん)|なったり|なら(?:ない|ん|へん)|なる(?:の|ん|かな|[?？])|できひん)"
    r"|[円割%](?:引き?)?(?:に|で)?(?:ならない|なりませんか|してくれ|してもら|してよ)"
    r"|(?:[円割%％]|ドル|パーセント)(?:ほど|くらい|ぐらい|だけ)?を?(?:割り|値)?引い(?:て|た)"
    r"(?:くれ|もら|いただ|ほし|欲し|ください|よ|ら)"
    r"|(?:他|ほか|よそ|別)の?(?:店|お店|ところ|サイト).{0,14}(?:安|円)"
    r"|\b(?:would|will|can|could) (?:you|u|ya)(?: guys)? (?:do|accept|take|go|match|beat|knock|drop"
    r"|come down|throw in a)\b(?! (?:the|one|a)\b)[^.?!]{0,24}"
    r"(?:[$£€¥] ?\d|\b\d+ ?(?:%|percent|bucks|dollars|yen|euros|off|cash)"
    r"|\bprices?\b|\bcheaper\b|\blower\b)"
    r"|\b(?:would|will|can|could|do) (?:you|u|ya)(?: guys)? (?:price.?)?(?:match|beat)"
    r" (?:it|that|this|them)\b"
    r"|\b(?:would|will|could) (?:you|u) (?:do|take|accept) \d+"
    r"(?: for (?:it|the|this|that)\b[^.?!]*)?\W*$"
    r"|\b(?:knock|shave|chop|lop|take|drop)\b(?! (?:the|that|this|those|it|my)\b)[^.?!]{0,20}"
    rf"{_MONEY}[^.?!]{{0,8}}\boff\b"
    rf"|\b(?:knock|shave|chop|lop|take) off\b[^.?!]{{0,12}}{_MONEY}"
    rf"|\b(?:make|call) it (?:an? )?(?:even )?{_MONEY}[^.?!]{{0,12}}\bi(?:'?ll| will|'?d)\b"
    rf"|\bif (?:you|u) (?:can |could |will |would )?(?:knock|drop|lower|come down|shave|give me"
    rf"|do (?:it|them|both|this|that))\b[^.?!]{{0,24}}(?:{_MONEY}|\boff\b|\bprices?\b)"
    r"|\bgive me (?:a |an |another )?\d+ ?(?:%|percent)"
    r"|\b(?:has|they have|sells?|selling|saw|seen|offers?)\b[^.?!]{0,12}"
    r"\b(?:it|same|one|identical)\b"
    r"[^.?!]{0,24}\bfor (?:only |just |like )?[$£€]?\d+\W*$"
    r"|^\W*(?:how about |what about )?[$£€]?\d+ (?:bucks |dollars )?"
    r"(?:cash|final offer|and (?:we have a )?deal)\b"
    r"|\bbest (?:price )?(?:you|u) can do\b|\blowest (?:you'?ll|you can|will you|you would)\b"
    r"|\b(?:cheaper|less|discount|deal|price break)\b[^.?!]{0,16}"
    r"\b(?:if (?:i|we) (?:buy|get|take|order)|for (?:buying|getting|taking|several|more than))\b"
    r"|\b(?:if (?:i|we) (?:buy|get|take|order))\b[^.?!]{1,30}\b(?:cheaper|discount|deal|less)\b"
    r"|\bhaggl|\b(?:price )?negotiable\b|\bmeet me (?:halfway|in the middle)\b",
    re.IGNORECASE,
)


def haggles(text: str) -> bool:
    """Whether another price than the shop's is wished for."""
    return len(text) <= _LONGEST and _HAGGLES.search(text) is not None
