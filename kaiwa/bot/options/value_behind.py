"""A value said in a sentence of its own behind what is taken (金平糖にする！抹茶味ね).

The value may name another thing of the shop too; it tells which of the one just taken.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

Pair = tuple[Request, Findings]
_LOOKS: Final = frozenset(
    {"product_question", "find_product", "refine", "out_of_scope", "clarify", "affirm"}
)
# What a value is called: 抹茶味, 紺色, "the mint flavour".
_OF_KIND: Final = re.compile(
    r"^(?:味|色|柄|入り|用|風味)|\b(?:flavou?r(?:ed)?|colou?r(?:ed)?|sized?|scent(?:ed)?|kind)\b"
)
_LONGEST: Final = 24


def with_value_behind(
    pairs: list[Pair], language: Language, where: tuple[Turn, Shop]
) -> list[Pair]:
    """The requests, a value that is told in a sentence of its own being of the article before."""
    if len(pairs) != 2:
        return pairs
    (taken, findings), (behind, _) = pairs
    if taken.act != "add_to_cart" or len(taken.chosen) != 1 or behind.act not in _LOOKS:
        return pairs
    words = behind.question
    if not words or len(words) > _LONGEST or behind.slot(Quantity) or behind.yes is not None:
        return pairs
    if is_question(reader(language).normalise(words), language):
        return pairs
    every = where[1].variants(taken.chosen).get(taken.chosen[0], [])
    left = plain(words)
    told = options_told(every, left, language)
    for one in sorted(told, key=lambda one: -one.begin):
        left = f"{left[: one.begin]} {_OF_KIND.sub(' ', left[one.end :])}"
    if not told or IDLE.sub("", _OF_KIND.sub(" ", left)).strip():
        return pairs
    slots = (*taken.slots, *(one.slot for one in told))
    whole = f"{taken.question} {words}".strip()
    return [(replace(taken, slots=slots, question=whole), findings)]
