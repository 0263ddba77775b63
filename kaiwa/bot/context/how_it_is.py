"""How the shop does it, asked of an order: what would happen, when, how long and at whose cost."""

import re
from typing import Final

# How it would be, not that it shall be done.
_SUPPOSED: Final = re.compile(
    r"(?:場合|とき|時|なかったら|ったら|たら|なければ|れば)(?:は|に|って|、)?.{0,14}"
    r"(?:ますか|ですか|でしょうか|るの|る[?？]?$|るかな|るん|ますよね|どう)"
    r"|(?:だと|なら|今日|いま|今)(?:頼|買|注文)?.{0,6}いつ"
    r"|(?:今日|きょう|いま|今|これから|明日)(?:頼|買|注文)(?:ん|し|っ)?(?:だら|たら).{0,16}(?:着|届|間に合|来)"
    r"|^(?:and |but |so )?(?:what )?if\b|\bwhat happens (?:if|when)\b|\bin case\b",
    re.IGNORECASE,
)
# When, how long and at whose cost: asked of how the shop does it, though an order is spoken of.
_HOW_IT_IS: Final = re.compile(
    r"(?:返金|お金).{0,12}(?:いつ|何日|どれ(?:くらい|ぐらい)|どのくらい)|(?:いつ|何日).{0,10}返金"
    r"|(?:送料|返送料?|費用).{0,10}(?:誰|どちら|どっち|負担|こちら|かかり)"
    r"|^\W*(?:(?:and|so|but|ok|then|well|also)\W+)*(?:when (?:do|will|would|can) i (?:get|see|have)"
    r"|how (?:long|soon|fast|quickly|many days)\b.{0,30}\b(?:refund|money|credit|take|return|back)"
    r"|who (?:pays|covers|is paying)|do i (?:have to )?pay"
    r"|(?:is|does) (?:there|it) (?:a )?(?:cost|fee))\b",
    re.IGNORECASE,
)


def asks_how_it_is(words: str) -> bool:
    """Whether it is asked how it would be, and not wished that it be done."""
    return _SUPPOSED.search(words) is not None or _HOW_IT_IS.search(words) is not None
