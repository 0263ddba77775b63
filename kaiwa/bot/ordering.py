"""Whether a text orders something: every word of it is a product, an option, a number or a taking.

"ivory please, one" has no verb and モナカとカステラ一つずつ no particle; yet nothing in them is left
unexplained once the products spoken of and the ways to say "I take it" are.
"""

import re
from typing import Final

from kaiwa.bot.articles_told import Article, Spoken, spoken
from kaiwa.bot.nlu.slot import Slot
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 160
_SURE: Final = 0.9
_MAY_ORDER: Final = frozenset(
    {
        CONTINUE, "add_to_cart", "change_quantity", "find_product", "refine", "product_question",
        "recommend", "out_of_scope", "clarify", "faq", "affirm", "thanks",
        "goodbye", "wishlist_add",
    }
)  # fmt: skip
_ASKS: Final = re.compile(
    r"[?？]|ます?か(?:ね|な)?[。!]*$|ですか|でしょうか|ある(?:かな)?[。]*$|いくら|どれ|どっち|どう|何|なに"
    r"|\b(?:what|which|how|is|are|do|does|did|any|show|looking|find|search|other|else|compare)\b"
    r"|探し|さがし|見せ|見たい|教え|比べ|似た|おすすめ|以外|以内|以下|じゃな|ではな|なし"
)
_TAKES: Final = re.compile(
    r"くださ[いぁ]|下さい|くれ(?!た)|お願い|おねがい|ちょうだい|頂戴|もら[うおいえ]|いただ[くき]|頂[くき]"
    r"|買[いうお]|注文|購入|に(?:し(?:ます|よう|とく|て)|する)|で(?:いい|よい|良い|よろしく|頼|たの)"
    r"|入れ[てとる]|いれ[てる]|追加|足し|たして|カートに|かごに|カゴに|決[めま]|いただけ|それで[。!]*$"
    r"|ずつ|\b(?:add|put|take|buy|get me|grab|order|give me|please|pls|plz|cart|basket|into|i'?ll have"
    r"|go (?:for|with)|throw in|toss|gimme|i'?d like|each)\b"
)
_WISHES: Final = re.compile(r"ほしい|欲しい|がいい|好き|\b(?:want|need|want)\b")
_GOES_ON: Final = re.compile(
    r"^(?:じゃあ?|では|それじゃ|なら|やっぱ|んじゃ|あと|それと)|[でも][。!]*$"
    r"|\b(?:then|too|as well|also)\b"
)
# What may stand beside them and says nothing of its own.
_IDLE: Final = re.compile(
    r"くださいませ|ください|下さい|くれ(?:る|ます|ません)?|お願い(?:し(?:ます|たい)|いたします|できますか)?|おねがい(?:します)?"
    r"|お?いただ(?:けますか|きます|きたい|く|ける)|頂(?:きます|く)|もら(?:います|いたい|う|おう(?:かな)?|える)"
    r"|ちょうだい|頂戴|よろしく|ほしい|欲しい|買(?:います|いたい|おう(?:かな)?|う|って)|注文(?:します|したい|で)?"
    r"|購入(?:します|したい)?|に?(?:します|しよう|する|しとく|して)|決め(?:た|ます|ました)|決まり"
    r"|入れ(?:て|といて|ておいて|る|ます)|いれて|おいて|追加(?:し(?:て|ます|たい))?|足し(?:て|ます)|たして"
    r"|(?:買い物)?(?:カート|かご|カゴ|バスケット)|それでは|それじゃあ?|じゃあ?|んじゃ|では|なら(?:ば)?|やっぱり?"
    r"|あと|それと|それから|まず|とりあえず|一緒に|いっしょに|用(?:に)?|分|サイズ|カラー|色|いろ|ほう|方|やつ"
    r"|もの|ずつ|うん|はい|ええ|ok|です|ます|だけ|まとめて|全部|両方|どっちも|どちらも|いい|よい|良い|好き"
    r"|かな|これ|それ|この|その|こちら|そちら|いや|や|わ|よ|ね|な|ぁ|あ|お|いえ|そうですね|しましょう|頼(?:みます|む|んだ)?"
    r"|たのむ|いきます|いく|足|よし|私|僕|俺|自分|わたし|夫|妻|主人|家族|彼氏?|彼女|母|父|子供|息子|娘|友達|ほな"
    r"|新しい|普通|ふつう|[はがをのでにもへと、。,.!！~〜ー・:;()\s\x00'\"-]"
    r"|\b(?:ok(?:ay)?|yes|yeah|yep|sure|well|then|so|just|and|also|plus|too|as|please|pls|plz|thanks?|you|the"
    r"|an?|one|ones|of|in|into|to|on|for|with|my|me|mine|i|i'll|i'd|we|we'll|it|it's|that|this|those|these|them"
    r"|add|put|take|buy|get|grab|order|give|have|like|want|need|go|throw|toss|gimme|cart|basket|bag|both|each|all"
    r"|colou?rs?|size|sizes|version|kind|type|pairs?|box(?:es)?|packs?|bottles?|pieces?|pcs?|x|will|would|let|let's"
    r"|actually|hmm|um|oh|love|now|first|second|husband|wife|him|her|his|hers|same|make|only|there|here|do|can|could)\b"
)
_IN_THE_CART: Final = re.compile(
    r"変え|替え|変更|じゃなく|ではなく|でなく|サイズ(?:アップ|ダウン)|間違|やっぱ"
    r"|\b(?:change|swap|switch|instead|make (?:it|that|the)|actually|only|rather|no)\b"
)


def ordered(
    request: Request, text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """The requests for the articles that a text orders or changes; None when it does neither."""
    if request.act not in _MAY_ORDER or request.yes is not None or len(text) > _LONGEST:
        return None
    if request.how in ("button", "ordinal", "price", "all") or _stands_apart(request):
        return None
    adds = request.act == "add_to_cart"
    words = text if len(text) >= len(request.question) else request.question
    if not adds and _ASKS.search(words.casefold()):
        return None
    told = spoken(words, language, where)
    if told.open_ids or not told.articles:
        return None
    if change := _changed(request, words, told, where):
        return [change]
    if adds:
        return _added(told, where) if _names_something(told) else None
    return _added(told, where) if _is_order(words.casefold(), told, request, where) else None


def _stands_apart(request: Request) -> bool:
    """A wish for the list of wishes, and the like, is told by its own words."""
    return request.act in ("wishlist_add",) and request.confidence > _SURE


def _names_something(told: Spoken) -> bool:
    return any(one.spans or one.options for one in told.articles)


def _is_order(
    words: str, told: Spoken, request: Request, where: tuple[Turn, Shop]
) -> bool:
    """Whether all of the words are explained, and some of them take."""
    turn = where[0]
    if _IDLE.sub("", told.rest).strip():
        return False
    top = turn.state.top
    if top is not None and top.act == "add_to_cart" and top.asked is not None:
        return True  # it answers what was asked
    counted = any(one.count for one in told.articles)
    near = all(one.near for one in told.articles)
    shopping = bool(turn.state.showings) or where[1].cart is not None
    if not any(one.spans or one.options or one.count for one in told.articles):
        return False
    if _TAKES.search(words) or counted:
        return near or any(one.spans for one in told.articles)
    if _WISHES.search(words):
        return near and shopping
    options = any(one.options for one in told.articles)
    return near and options and _GOES_ON.search(words) is not None


def _added(told: Spoken, where: tuple[Turn, Shop]) -> list[Request]:
    top = where[0].state.top
    waits = top is not None and top.act == "add_to_cart" and top.asked is not None
    if waits and len(told.articles) == 1:
        return [_continued(told.articles[0])]
    return [
        Request(
            "add_to_cart",
            _slots(one),
            chosen=(one.product_id,),
            how="name",
            question=one.words,
            confidence=_SURE,
        )
        for one in told.articles
    ]


def _continued(article: Article) -> Request:
    """The answer to what was asked of it: its size, its number, or which it is."""
    return Request(
        CONTINUE,
        _slots(article),
        chosen=(article.product_id,) if article.spans else (),
        how="name" if article.spans else None,
        question=article.words,
        confidence=_SURE,
    )


def _slots(article: Article) -> tuple[Slot, ...]:
    slots: tuple[Slot, ...] = tuple(one.slot for one in article.options)
    return (*slots, article.count) if article.count else slots


def _changed(
    request: Request, words: str, told: Spoken, where: tuple[Turn, Shop]
) -> Request | None:
    """Another option of what is in the cart: チノ、紺に変えて, "no wait, only the ivory"."""
    if not _IN_THE_CART.search(words.casefold()) or len(told.articles) != 1:
        return None
    article = told.articles[0]
    cart = where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    if article.product_id not in inside or not article.options:
        return None
    return Request(
        "change_quantity",
        _slots(article),
        chosen=(article.product_id,),
        how="name",
        question=article.words,
        confidence=_SURE,
    )

