"""もう一人いるから一つ追加して: a number that is put on top of what is in the cart."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.reader.numbers import ENGLISH, JAPANESE, NATIVE
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request

_ON_TOP: Final = re.compile(
    rf"(?:{JAPANESE}|{NATIVE})(?!円)[^\s、。にで\d]{{0,4}}?(?:だけ|ほど|を)?(?:追加|足し(?!た)|足す|増や|上乗せ)"
    rf"|\badd (?:on )?{ENGLISH} (?:to (?:it|that|them|those)|on top|on)\b",
    re.IGNORECASE,
)


def on_top(request: Request, text: str) -> Request:
    """The request with its number added, where the words add and do not say what it shall be."""
    counts = [one for one in request.slots if isinstance(one, Quantity)]
    if request.act != "change_quantity" or len(counts) != 1 or counts[0].relative:
        return request
    words = request.question or text
    if counts[0].count < 1 or not _ON_TOP.search(words):
        return request
    added = Quantity(counts[0].count, relative=True)
    return replace(
        request, slots=tuple(added if one is counts[0] else one for one in request.slots)
    )
