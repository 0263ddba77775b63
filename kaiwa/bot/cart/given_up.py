"""両方やめて傘だけにします, "forget both, just the pad": one thing in the place of the cart."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.cart.corrected import SURE, request_of
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.named import named
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 120
_BOTH: Final = 2
_GIVEN_UP: Final = re.compile(
    r"(?P<both>両方|(?:二|2|ふた)つとも|どちらも|どっちも|(?P<each>[^、。も]{1,12}も[^、。も]{1,12}も))(?:とも)?(?:を|は)?、?"
    r"(?:やめ|いらな|要らな|なし|無し|キャンセル|外し|消し)(?:て|で|にして|くて)?"
    r"|(?:全部|ぜんぶ|すべて)(?:を|は)?、?(?:やめ|いらな|要らな|なし|無し|キャンセル|外し|消し)"
    r"(?:て|で|にして|くて)?"
    r"|\b(?:drop|remove|scrap|forget|lose|skip|ditch|cancel) (?P<two>both(?: of (?:them|those))?)\b"
    r"|\b(?P<neither>neither (?:the )?[\w -]{2,24} nor (?:the )?[\w -]{2,24}?)(?=[,.;]| just| only)"
    r"|\b(?:drop|remove|scrap|forget|lose|skip|ditch|cancel)"
    r" (?:all(?: of (?:it|them|those|that))?|everything|the lot|it all|them all)\b"
    r"(?! (?:i|we|you|that|what|about)\b)"
)
_INSTEAD: Final = re.compile(
    r"(?:だけ)?に(?:し(?:ます|よう|とく|て)|する)|だけ(?:で|ください|お願い)|ください|下さい|お願い"
    r"|\b(?:just|only|instead|get|take|put|give|i'?ll have|want)\b"
)
_ASKS: Final = re.compile(r"[?？]|ます?か|ですか|\b(?:can|could|do|what|which|how)\b")


def given_up(
    requests: Sequence[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """The cart emptied and the one thing put in; None where no such thing is said."""
    cart, words = where[1].cart, text.casefold()
    if cart is None or not cart.lines or len(text) > _LONGEST or where[0].state.top is not None:
        return None
    found = _GIVEN_UP.search(words)
    if found is None or _ASKS.search(words) or any(one.how == "button" for one in requests):
        return None
    if (found["both"] or found["two"] or found["neither"]) and len(cart.lines) != _BOTH:
        return None
    if (named_both := found["each"] or found["neither"]) and not _in_cart(
        named_both, language, where
    ):
        return None  # no bag and no receipt, and one more of it
    rest = words[found.end() :]
    if not _INSTEAD.search(rest):
        return None
    one = _the_one(rest, language, where)
    if one is None:
        return None
    emptied = Request("remove_from_cart", how="all", question=found[0], confidence=SURE)
    return [emptied, one]


def _in_cart(said: str, language: Language, where: tuple[Turn, Shop]) -> bool:
    """Whether any of it lies in the cart."""
    cart = where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    return any(
        one.product_id in inside and one.spans for one in spoken(said, language, where).articles
    )


def _the_one(rest: str, language: Language, where: tuple[Turn, Shop]) -> Request | None:
    told = spoken(rest, language, where)
    if not told.open_ids and len(told.articles) == 1 and told.articles[0].spans:
        return request_of("add_to_cart", told.articles[0])
    ids = named(where[1], rest, language).product_ids
    if len(ids) != 1:
        return None
    return Request("add_to_cart", chosen=ids, how="name", question=rest, confidence=SURE)
