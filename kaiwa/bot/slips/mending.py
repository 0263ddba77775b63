"""A text put right before it is read: shorthand, slips of the pen, kana alone, numbers of goods.

What is told to be kept as it is told stays as it is written: an address, the words of a review,
a reason in the shopper's own words.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.kana_slips import without_slips
from kaiwa.bot.order.address_line import looks_like_address
from kaiwa.bot.shop import Shop
from kaiwa.bot.slips.adorned import unadorned
from kaiwa.bot.slips.carriers import carried
from kaiwa.bot.slips.counted_so import with_numbers
from kaiwa.bot.slips.echoed import without_echo
from kaiwa.bot.slips.english import as_meant
from kaiwa.bot.slips.kana_only import in_kanji
from kaiwa.bot.slips.question_mark import with_question_mark
from kaiwa.bot.slips.shorthand import spelled_out
from kaiwa.bot.slips.shouted import not_shouted
from kaiwa.bot.slips.sku_said import with_skus_named
from kaiwa.bot.slips.spaced import with_commas
from kaiwa.bot.turn import Turn

# What the open question asks for in the shopper's own words.
KEPT: Final = frozenset({"text", "reason"})
_ADDRESS: Final = re.compile(
    r"(?<![\d.$£€¥-])\d{1,5}[a-z]?\s+(?:[\w'.-]+\s+){0,3}"
    r"(?i:street|st|avenue|ave|road|rd|dr|lane|ln|boulevard|blvd|ct|terrace|highway|hwy|pkwy"
    r"|(?:drive|court|way|place|square|parkway|circle|trail|loop)\b(?=.*\b\d{5}\b))\b"
    r"(?=\W*$|[,.#]|\s+(?:[A-Z\d]|.*\b\d{5}\b)).*"
    r"|[A-Z][\w'.-]*(?: [A-Z][\w'.-]*)*,? [A-Z]{2},? \d{5}\b.*"
    r"|〒.*|(?<![\d-])\d{3}-\d{4}(?![\d-]).*",
    re.DOTALL,
)
_WORD: Final = re.compile(r"[a-z]{5,}", re.IGNORECASE)


def mended(turn: Turn, shop: Shop) -> Turn:
    """The turn with its text put right; itself where the text is kept as it is written."""
    asked = turn.state.asked.slot if turn.state.asked else ""
    if asked in KEPT or asked == "address" and looks_like_address(turn.text):
        return turn
    address = _ADDRESS.search(turn.text)
    free, own = (turn.text[: address.start()], address[0]) if address else (turn.text, "")
    right = _put_right(replace(turn, text=free), shop) if free.strip() else turn
    return turn if right.text == free else replace(turn, text=right.text + own)


def _put_right(turn: Turn, shop: Shop) -> Turn:
    plain = _in_plain_letters(turn.text)
    written = _page(turn, shop) | shop.known.faq.english_words
    plain = as_meant(plain, shop.known.goods_among, written)
    turn = carried(replace(turn, text=with_question_mark(plain)), shop)
    plain = without_echo(turn.text, answered=turn.state.turn > 0)
    turn = with_numbers(replace(turn, text=plain), shop)
    return with_skus_named(in_kanji(turn, shop), shop)


def _in_plain_letters(text: str) -> str:
    spoken = not_shouted(with_commas(unadorned(text)))
    return spelled_out(without_slips(spoken))


def _page(turn: Turn, shop: Shop) -> set[str]:
    """The words of the page of the one product that is talked about."""
    ids = turn.state.focus or tuple(one.id for one in turn.state.shown)
    every = shop.products(ids) if len(ids) == 1 else []
    text = " ".join(
        f"{one.body} {' '.join(f'{name} {value}' for name, value in one.attributes.items())}"
        for one in every
    )
    return {word.casefold() for word in _WORD.findall(text)}
