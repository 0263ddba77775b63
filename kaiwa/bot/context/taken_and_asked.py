"""Something taken in the same breath as another thing is asked or told.

"One, and tell me what the delivery costs"; "the stove in my cart, and does it fit that pot?";
"screw it, I'm buying it myself. Leather one": a number, a verb or a decision takes, what stands
beside it does not.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.reader.numbers import small_number
from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_LONGEST: Final = 200
_SURE: Final = 0.9
_DOES: Final = frozenset(
    {"add_to_cart", "change_quantity", "remove_from_cart", "checkout", "wishlist_add", "view_cart"}
)
_LED: Final = (
    r"\W*(?:(?:ok|okay|yes|yeah|sure|great|good|fine|alright|perfect|lovely|cool|well|then|so|just"
    r"|i'?ll (?:take|have)|make it)\W+)*"
)
_COUNT_FIRST: Final = re.compile(
    rf"{_LED}(?P<n>one|two|three|four|five|six|[1-9]\d?)"
    r"(?: (?:of (?:those|them|these)|please|pls|then|for me))*\s*(?:[,.;!-]+\s*(?:and\b)?|\band\b)"
    r"\s*(?=(?:also |please |but )*(?:tell|let me know|how|what|when|where|who|do|does|is|are|can"
    r"|could|will|would|i'?d like to know)\b)(?P<q>.{8,})"
    r"|\W*(?:じゃあ?|では|はい|うん|それなら|ほな)?[、 ]*"
    r"(?P<ja>[1-9１-９]|[一二三四五]|ひと|ふた|みっ)"
    r"(?:つ|個|本|枚|箱|缶|袋|足|点|台|冊|着|組|膳|セット)(?:で|を)?[、。!! ]+(?P<qja>.{5,})",
    re.DOTALL,
)
_THEN_ASKS: Final = re.compile(
    r"(?P<a>.*(?:\b(?:cart|basket|add|put|take|buy|grab|please|pls|i'?ll have|throw in)\b).*?)"
    r"(?:[,.;!]\s*(?:and |but |also |oh )*|\s+(?:and|but)(?: also)? )"
    r"(?P<q>(?:does|do|did|is|are|was|how|what(?:'?s)?|which|when|where"
    r"|(?:will|would|can) (?:it|that|this|they|the|those|i|you tell me))\b.{6,})",
    re.DOTALL,
)
_PUTS_IN: Final = re.compile(r"\b(?:cart|basket|add|put|grab|throw in)\b")
_DECIDES: Final = re.compile(
    r"\bi(?:'?m| am)(?: just| gonna| going to)? (?:buy|get|order|tak)(?:e|ing|ting)? "
    r"(?:it|that|this|one|them)(?: myself| anyway| for myself| then| now)?(?=\s*(?:[.,;!]|$))"
    r"|(?:自分(?:で|用に|のために)|やっぱり?|よし|もう|ええい)[、 ]*(?:それ|これ|あれ)?[をも]?"
    r"買(?:う|い(?:ます)?|っちゃ(?:う|おう|え)|おう)(?:わ|よ|かな|ことに(?:する|します))?(?=[。、!!〜ー\s]|$)"
)


def taken_and_asked(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """The requests with what is taken apart from what is asked; else as they are."""
    state = where[0].state
    if len(text) > _LONGEST or state.top is not None or state.pending is not None:
        return requests
    if any(one.how in ("button", "undo") or one.act in OF_ORDERS for one in requests):
        return requests
    words = text.casefold()
    adds = [one for one in requests if one.act == "add_to_cart"]
    if len(requests) == 1 and adds and (both := _THEN_ASKS.fullmatch(words)) is not None:
        return _apart(adds[0], both, text)
    if (
        len(adds) == 1
        and len(state.near) == 1
        and (whole := _with_values(requests, adds[0], where))
    ):
        return whole
    if adds or len(state.near) != 1 or any(one.act in _DOES for one in requests):
        return requests
    if (first := _COUNT_FIRST.fullmatch(words)) is not None:
        return _counted(requests, first, text, state.near)
    if _DECIDES.search(words) and "?" not in text and not _is_inside(where):
        base = Request("add_to_cart", chosen=state.near, how="recency", confidence=_SURE)
        return [replace(base, question=text)]
    return requests


def _with_values(
    requests: list[Request], adds: Request, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """I'll buy it. Pink: what was read as a search of its own is in which option it is taken."""
    seeks = [one for one in requests if one.act in ("refine", "find_product")]
    if len(seeks) != 1 or len(requests) != 2 or adds.slot(Product) or adds.chosen:
        return None
    turn, shop = where
    every = shop.variants(turn.state.near).get(turn.state.near[0], [])
    words = plain(seeks[0].question)
    told = options_told(every, words, turn.state.language or turn.language)
    for one in sorted(told, key=lambda one: -one.begin):
        words = f"{words[: one.begin]} {words[one.end :]}"
    if not told or IDLE.sub("", words).strip():
        return None
    return [replace(adds, slots=(*adds.slots, *(one.slot for one in told)), question=turn.text)]


def _apart(request: Request, both: re.Match[str], text: str) -> list[Request]:
    """What is put in, and the question behind it, whatever that names."""
    if _PUTS_IN.search(both["q"]):
        return [request]
    taken, asked = text[: both.end("a")], text[both.start("q") :]
    kept = tuple(one for one in request.slots if not isinstance(one, Product))
    return [
        replace(request, question=taken, slots=kept),
        Request("product_question", question=asked, confidence=request.confidence),
    ]


def _counted(
    requests: list[Request], first: re.Match[str], text: str, near: tuple[int, ...]
) -> list[Request]:
    count = small_number(first["n"] or first["ja"]) or 1
    at = first.start("q" if first["q"] else "qja")
    base = Request("add_to_cart", (Quantity(count),), chosen=near, how="recency", confidence=_SURE)
    rest = [replace(one, question=text[at:]) if one.question == text else one for one in requests]
    return [replace(base, question=text[:at]), *rest]


def _is_inside(where: tuple[Turn, Shop]) -> bool:
    cart = where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    return bool(inside.intersection(where[0].state.near))
