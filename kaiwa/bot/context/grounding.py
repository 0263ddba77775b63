"""Ties a request to what the shop has: the products and coupons that its words name."""

import re
from typing import Final

import msgspec

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.cart.coupon_said import coupon_said
from kaiwa.bot.context.informing import DOUBTFUL
from kaiwa.bot.context.meant import likelier
from kaiwa.bot.context.rescuing import OF_PRODUCTS, rescued, with_it
from kaiwa.bot.context.spoken_of import compared, in_the_talk
from kaiwa.bot.naming.kind_compared import kind_compared
from kaiwa.bot.naming.named import named
from kaiwa.bot.naming.whole_name import by_whole_name
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import (
    CouponCode,
    Product,
    Slot,
)
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.order.meant import of_that_order
from kaiwa.bot.order.talk import of_the_order
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

_WORD: Final = re.compile(r"[a-z]{3,}|[ァ-ヺー]{2,}|[一-鿿々]{2,}")
_JUST_A_GREETING: Final = 8
_WHICH_OF: Final = re.compile(r"どっち|どちら|\b(?:which|better|or)\b", re.IGNORECASE)
_QUITE_SURE: Final = 0.95
_OF_CART: Final = frozenset({"remove_from_cart", "change_quantity"})


def grounded(request: Request, text: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """The request with the coupon or the products that its words name."""
    turn, shop = where
    words = request.question or text
    request = of_the_order(likelier(request, words, where), text, where)
    request = of_that_order(request, text, where)
    request = by_whole_name(in_the_talk(request, text, language, where))
    lost = request.act in ("out_of_scope", "clarify") and not request.has_products
    if lost or request.act in ("apply_coupon", "faq", CONTINUE):
        again = turn.state.last_act == "apply_coupon" and request.act != "faq"
        code = coupon_said(words, shop, again=again)
        if code is not None:
            return Request("apply_coupon", (CouponCode(code),), question=words)
    if request.act == "greet" and len(words) > _JUST_A_GREETING:
        return rescued(request, words, language, where)
    if lost:
        return rescued(request, words, language, where)
    if request.act == "recommend" and _WHICH_OF.search(words):
        # パズルとつみきどっちがいいかな: the two that are named, and nothing else.
        each = compared(words, language, where)
        if len(each) > 1:
            return msgspec.structs.replace(request, act="compare", chosen=each, how="name")
    if request.act not in OF_PRODUCTS or request.chosen:
        return _called_by_more(request, words, shop)
    doubtful = request.act == "product_question" and request.confidence < DOUBTFUL
    if doubtful and (has_it := with_it(words, language, where)):
        # ポールもセット？ of a tarp names no set of cookware.
        return Request("product_question", chosen=has_it, how="recency", question=words)
    if request.act == "compare" and (each := compared(words, language, where)):
        return msgspec.structs.replace(request, chosen=each, how="name")
    if (told := request.slot(Product)) is not None:
        return _nearest_named(request, told, words, language, shop)
    ids = _named_in(request, words, language, shop)
    if request.act == "compare" and len(ids) < 2:
        ids = kind_compared(words, language, where) or ids
        ids = ids or kind_compared(turn.text, language, where)  # named in the sentence before
    in_focus = tuple(one for one in ids if one in turn.state.focus)
    if len(ids) > 1 and in_focus:
        ids = in_focus
    if request.act in _OF_CART and (lines := _inside(ids, words, shop)):
        ids = lines
    if ids:
        return msgspec.structs.replace(request, chosen=ids, how="name")
    return _of_nothing(request, words, turn)


def _nearest_named(
    request: Request, told: Product, words: str, language: Language, shop: Shop
) -> Request:
    """Of several products that share a word of the name, the one called by more words."""
    if len(_every(request, Product)) > 1:
        return request
    ids = named(shop, words, language).product_ids
    if len(told.ids) < 2:
        # Are the firefly lights ok in rain: lights are named more than the rain jacket is.
        asks = request.act == "product_question" and len(ids) == 1 and ids != told.ids
        more = asks and _letters(ids[0], words, shop) > _letters(told.ids[0], words, shop)
        return msgspec.structs.replace(request, chosen=ids, how="name") if more else request
    fuller = [one for one in ids if one in told.ids]
    if not 0 < len(fuller) < len(told.ids):
        return request
    if request.act == "add_to_cart" and _are_called_alike(told.ids, words, shop):
        return request  # two sleeping bags: none of them is called by more, whichever is likelier
    return msgspec.structs.replace(request, chosen=tuple(fuller), how="name")


def _are_called_alike(ids: tuple[int, ...], words: str, shop: Shop) -> bool:
    """Whether just the same words name each of these: not "dice sets", of a dice set and a tray."""
    said = [one.removesuffix("s") for one in _WORD.findall(fold(words.casefold()))]
    titles = [fold(one.title.casefold()) for one in shop.products(ids)]
    return len({tuple(one in title for one in said) for title in titles}) < 2


def _called_by_more(request: Request, words: str, shop: Shop) -> Request:
    """The ladder shelf, after a bench with shelf was shown: what is named, not what is like it."""
    told = request.slot(Product)
    if request.how not in ("kind", "recency") or told is None or len(told.ids) != 1:
        return request
    if told.ids[0] in request.chosen or request.how == "kind" and len(request.chosen) != 1:
        return request
    letters = max((_letters(one, words, shop) for one in request.chosen), default=0)
    if _letters(told.ids[0], words, shop) <= letters:
        return request
    return msgspec.structs.replace(request, chosen=told.ids, variant_id=None, how="name")


def _letters(product_id: int, words: str, shop: Shop) -> int:
    """How much of a product's own name the words say."""
    sound = fold(words.casefold())
    names = [name for one in shop.products((product_id,)) for name in told_names(one)]
    return max((letters_named(sound, *name) for name in names), default=0)


def _every(request: Request, kind: type[Slot]) -> list[Slot]:
    return [one for one in request.slots if isinstance(one, kind)]


def _named_in(request: Request, words: str, language: Language, shop: Shop) -> tuple[int, ...]:
    """The products named; a question's own subject ("bluetooth") names none where others do."""
    if request.act == "product_question":
        text = normalised(words).text
        spans = asked(text, ()).spans
        other = "".join(
            " " if any(a <= at < b for a, b in spans) else one for at, one in enumerate(text)
        )
        if spans and (found := named(shop, other, language).product_ids):
            return found
    return named(shop, words, language).product_ids


def _inside(ids: tuple[int, ...], words: str, shop: Shop) -> tuple[int, ...]:
    """What lies in the cart and is called by these words as well as anything that does not."""
    lines = tuple(dict.fromkeys(one.product_id for one in shop.cart.lines)) if shop.cart else ()
    if not ids or any(one in lines for one in ids):
        return ()
    most = max(_letters(one, words, shop) for one in ids)
    return tuple(one for one in lines if _letters(one, words, shop) >= max(most, 2))


def _of_nothing(request: Request, words: str, turn: Turn) -> Request:
    """A guess at a product's act where no product was ever spoken of is none of ours."""
    state = turn.state
    if state.focus or state.showings or state.top is not None:
        return request
    doubtful = request.act == "add_to_cart" and request.confidence < DOUBTFUL
    strange = request.act == "product_question" and request.confidence < _QUITE_SURE
    strange = strange and not asked(normalised(words).text, ()).aspects
    if not (doubtful or strange) or request.slots:
        return request
    return msgspec.structs.replace(request, act="out_of_scope")
