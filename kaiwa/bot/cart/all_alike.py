"""Several variants of one thing in the cart that shall be alike: "hm both square", 全部黒で."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Option, Quantity, Slot
from kaiwa.bot.options.each_value import number_of_all
from kaiwa.bot.options.kept import not_changed
from kaiwa.bot.options.picking import picked
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 60
_SURE: Final = 0.9
_BUYING: Final = frozenset({"add_to_cart", "change_quantity", "view_cart"})
_ALL: Final = re.compile(
    r"\b(?:both|all)\b(?: of (?:them|those|these))?|\b(?:two|three|four)\b|全部|ぜんぶ|すべて|全て"
    r"|(?:両方|どちら|どっち|[二三四2-6]つ)(?:とも|も)?|揃え|そろえ|統一|\b(?:make|no|nah)\b|いや|に(?:変更|変え|かえ)(?:て|る|ます)?"
)
MEANS_ALL: Final = re.compile(
    r"\b(?:both|all)\b|全部|ぜんぶ|すべて|全て|両方|どちらも|どっちも|つとも"
)


def all_alike(text: str, language: Language, where: tuple[Turn, Shop]) -> list[Request] | None:
    """The requests that make them so; None where the words say anything else.

    Nothing is taken out for what cannot be had.
    """
    turn, shop = where
    state, words = turn.state, plain(text)
    if len(text) > _LONGEST or not MEANS_ALL.search(words) or state.top is not None:
        return None
    if state.pending is not None or state.last_act not in _BUYING or len(state.focus) != 1:
        return None
    lines = [one for one in (shop.cart.lines if shop.cart else ()) if one.product_id in state.focus]
    several = number_of_all(words)
    if len(lines) < 2 or several is not None and several.count != len(lines):
        return None
    every = shop.variants(state.focus).get(state.focus[0], [])
    told = options_told(every, words, language)
    left = words
    for one in sorted(told, key=lambda one: -one.begin):
        left = f"{left[: one.begin]} {left[one.end :]}"
    if len(told) != 1 or IDLE.sub("", _ALL.sub(" ", left)).strip():
        return None
    now = {one.variant.id: one for one in every}
    wanted = [_alike(every, now[one.variant_id], told[0].slot, language) for one in lines]
    kept = wanted[0]
    if kept is None or any(one is None or one.variant.id != kept.variant.id for one in wanted):
        return None
    whole = sum(one.wanted for one in lines)
    inside = any(one.variant_id == kept.variant.id for one in lines)
    base = Request("change_quantity", chosen=state.focus, how="name", confidence=_SURE)
    away = [
        _of(replace(base, act="remove_from_cart"), now[one.variant_id])
        for one in lines
        if one.variant_id != kept.variant.id
    ]
    act = base.act if inside else "add_to_cart"
    done = _of(replace(base, act=act), kept, Quantity(whole))
    return [*away, done] if kept.free >= whole else [done]


def _alike(every: Sequence[Offer], one: Offer, told: Slot, language: Language) -> Offer | None:
    """The variant that a line becomes: with the value told, all else as it is."""
    found = picked(every, [told, *not_changed(one, [told])], language)
    return found.offer if not found.unknown else None


def _of(request: Request, offer: Offer, count: Quantity | None = None) -> Request:
    options: tuple[Slot, ...] = tuple(Option(*one) for one in offer.variant.options.items())
    words = " ".join(offer.variant.options.values())
    return replace(request, slots=(*options, *((count,) if count else ())), question=words)
