"""Slips of typing put right: letters swapped, left out or doubled ("looknig", "adress", "medum").

Towards a word that carries a wish, or an option of what is talked about, and never from a word
that is one itself. A word that nobody writes is put right towards the goods of the shop.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from kaiwa.bot.nlu.kana_slips import without_slips
from kaiwa.bot.shop import Shop
from kaiwa.bot.slips.english import as_meant
from kaiwa.bot.turn import Turn
from kaiwa.catalog.translation import options_in

_OWN: Final = frozenset({"address", "text", "reason", "order_number", "email", "coupon"})
_LEAST: Final = 5
_FEW: Final = 3
_WORD: Final = re.compile(r"[a-z]{5,}", re.IGNORECASE)
_SHORT: Final = {
    "wat": "what", "wut": "what", "wht": "what", "waht": "what", "wen": "when", "wich": "which",
    "whch": "which", "hav": "have", "hve": "have", "teh": "the", "thsi": "this", "taht": "that",
    "ordr": "order", "ordre": "order", "oder": "order", "retun": "return", "retrun": "return",
    "nd": "and", "ad": "add", "mak": "make", "totl": "total", "cud": "could", "shud": "should",
    "wud": "would", "cn": "can", "agian": "again", "jsut": "just", "wiht": "with",
    "recieve": "receive", "recieved": "received", "dont": "don't", "pls": "please",
}  # fmt: skip
_SHORTENED: Final = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b", re.IGNORECASE)
_WITH: Final = re.compile(r"\bw/(o\b)?\s?|\bw\s(?=(?:a|an|the|my|it|this|no)\b)", re.IGNORECASE)
_CARRIERS: Final = frozenset(
    "looking search searching something anything please thanks should between cheaper cheapest"
    " person people agents someone somebody speaking orders ordered cancel return refund exchange"
    " change delivery delivered shipping shipped address basket coupon discount prices available"
    " another instead remove recommend compare tracking parcel package colour colours colors"
    " material weight warranty notify checkout received arrived shipment returned returning"
    " replace replaced damaged broken missing quantity payment invoice receipt recommendation"
    " customer service medium discount compatible".split()
)


def mended(turn: Turn, shop: Shop) -> Turn:
    """The turn with such slips put right."""
    if (plain := without_slips(turn.text)) != turn.text:
        turn = msgspec.structs.replace(turn, text=plain)
    if _SHORTENED.search(turn.text):
        said = _SHORTENED.sub(lambda found: _SHORT[found[0].casefold()], turn.text)
        turn = msgspec.structs.replace(turn, text=said)
    if _WITH.search(turn.text):
        said = _WITH.sub(lambda found: "without " if found[1] else "with ", turn.text)
        turn = msgspec.structs.replace(turn, text=said)
    if not _tells_own(turn):
        plain = as_meant(turn.text, shop.known.goods_among, _page(turn, shop))
        turn = msgspec.structs.replace(turn, text=plain)
    words = {one.casefold() for one in _WORD.findall(turn.text)} - _CARRIERS
    if not words:
        return turn
    known = _CARRIERS | _options(turn, shop)
    right = {one: meant for one in words - known if (meant := _meant(one, known))}
    if not right:
        return turn
    text = _WORD.sub(lambda found: right.get(found[0].casefold(), found[0]), turn.text)
    return msgspec.structs.replace(turn, text=text)


def _tells_own(turn: Turn) -> bool:
    """Whether an address, a name or an opinion may be told: those stay as they are written."""
    asked = turn.state.asked
    return asked is not None and asked.slot in _OWN


def _page(turn: Turn, shop: Shop) -> set[str]:
    """The words of the page of the one product that is talked about."""
    ids = turn.state.focus or tuple(one.id for one in turn.state.shown)
    every = shop.products(ids) if len(ids) == 1 else []
    text = " ".join(
        f"{one.body} {' '.join(f'{name} {value}' for name, value in one.attributes.items())}"
        for one in every
    )
    return {word.casefold() for word in _WORD.findall(text)}


def _options(turn: Turn, shop: Shop) -> set[str]:
    """The words of the options of what is talked about."""
    state = turn.state
    ids = (state.top.product_ids if state.top else ()) or state.focus
    ids = ids or tuple(one.id for one in state.shown)
    if not 0 < len(ids) <= _FEW:
        return set()
    offers = [one for some in shop.variants(ids).values() for one in some]
    values = {
        value
        for one in offers
        for options in (one.variant.options, options_in(one.product, one.variant, "en"))
        for value in options.values()
    }
    return {word.casefold() for value in values for word in _WORD.findall(value)}


def _meant(word: str, known: Iterable[str]) -> str | None:
    """The one known word with two neighbours swapped, an inner letter left out, or one doubled."""
    if len(word) < _LEAST:
        return None
    ways = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} | {
        word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]
    }
    found = {one for one in known if one in ways or _lacks_one(word, one)}
    return found.pop() if len(found) == 1 else None


def _lacks_one(word: str, whole: str) -> bool:
    """Whether the word is the whole one without one of its inner letters."""
    if len(word) != len(whole) - 1 or word[0] != whole[0] or word[-1] != whole[-1]:
        return False
    return any(whole[:at] + whole[at + 1 :] == word for at in range(1, len(whole) - 1))
