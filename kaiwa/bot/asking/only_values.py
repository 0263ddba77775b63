"""A question of nothing but option values: 紺のシングルは？ asks whether there is one.

What the page says of a word in them (the single weighs 1.2 kg) was not asked.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.naming.stretches import without
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_SENTENCE: Final = re.compile(r"[。!?！？〜~\n]+|、(?=[^、]{0,12}(?:なら|は|だと))")
_ASKING: Final = re.compile(
    r"(?:まだ|いま|今|もう|すぐ|ちなみに|在庫)"
    r"|(?:は|って|も|なら|だと|でした(?:ら)?|だったら|とか)"
    r"|(?:あります|ございます|あり|ある|ない|残って(?:い)?(?:ます|る)|買え(?:ます|る)|どう)"
    r"(?:です|でしょう|かな|よね|の|か)*"
    r"|(?:です|でしょう|ます)?か(?:ね|な)?"
    r"|\b(?:do|you|have|is|there|any|in|stock|available|still|what|how|about|got|left|come|it)\b"
)


def asks_only_values(text: str, every: Sequence[Offer], language: Language) -> bool:
    """Whether the last of its sentences names values of this product and asks nothing of them."""
    sentences = [one for one in _SENTENCE.split(plain(text)) if one.strip()]
    if not sentences:
        return False
    last = sentences[-1]
    told = options_told(every, last, language)
    if not told:
        return False
    rest = without(last, [(one.begin, one.end) for one in told])
    for name in {one.name for one in told}:
        rest = rest.replace(plain(name), "\x00")
    return not IDLE.sub("", _ASKING.sub("", rest)).strip("\x00 ")
