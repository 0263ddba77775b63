"""What a request is about that only the talk so far tells: the list, the thing, the same again."""

import re
from typing import Final, NamedTuple

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article
from kaiwa.bot.naming.articles_told import IN_FOCUS, spoken
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.slot import Email, Price, Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

Where = tuple[Turn, Shop]

_LIST: Final = re.compile(
    r"リスト|お気に入り|ウィッシュ|ほしいもの|欲しい物|\b(?:wish ?list|list|favou?rites|saved)\b"
)
# What's on there now, right after something was put on the list.
_ON_IT: Final = re.compile(
    r"\bwhat(?:'?s| is| are| do i have)?(?: all)?(?: now)? on (?:it|there|that)\b"
    r"|(?:今|いま)[はに]?(?:何|なに)が(?:入って|登録|ある|残って)"
)
_LEFT: Final = re.compile(
    r"何が|なにが|残って|中身|見せ|見たい|一覧|確認|\b(?:what|show|see|left|on)\b"
)
_SAME: Final = re.compile(
    r"(?:も同じ(?:ように|く)?|も(?:お願い(?:します)?|頼む|ね)?|は(?:どう(?:ですか)?)?)[。!?？]*$"
    r"|^(?:and|also|plus|same for|the same for|what about|how about|likewise)\b|\b(?:too"
    r"|as well|same)\W*$"
)
_SAME_FOR: Final = re.compile(r"も同じ(?:ように|く)?|\bsame (?:for|with|goes for|again for)\b")
_REPEATED: Final = frozenset({"price_alert", "restock_alert", "wishlist_add", "wishlist_remove"})
_OF_EACH: Final = _REPEATED | {"remove_from_cart"}
_AND: Final = re.compile(r"と|、|,|・|\b(?:and|or|vs\.?|versus|to|with)\b|&|\+")
_FEW: Final = 3  # of one name, so many may be compared
_LOOSE: Final = frozenset({"out_of_scope", "clarify", "find_product", "refine", "add_to_cart"})
_LOST: Final = frozenset({"out_of_scope", "clarify", "goodbye", "thanks", "decline", "faq"})
_QUESTION: Final = re.compile(
    r"(?:は|って|も)?(?:ある(?:の|かな)?|あります(?:か|よね)?|ない(?:の|ですか)?"
    r"|売り切れ(?:です|なの)?(?:か|よね)?|どう(?:ですか)?"
    r"|(?:まだ|もう|今|いま)?(?:なら|だったら)?(?:買え|頼め|選べ|残って|いけ|でき)(?:い?る|い?ます)(?:の|ん)?(?:です)?(?:か(?:な|ね)?)?"
    r"|在庫|いい(?:です|な)?(?:ん)?(?:です)?(?:よね?|けど)?|ですか|ですよね|が|は|の|も|なら"
    r"|で|[?？。、!\s\x00-])"
    r"|\b(?:what about|how about|do you have|got|is there|in|the|an?|and|any|one|ones|have"
    r"|can|could|i|get|buy|still|then|you|stock|is|are|ok)\b"
)
_OF_THE_CART: Final = frozenset(
    {"add_to_cart", "remove_from_cart", "change_quantity", "view_cart", "apply_coupon"}
)
_IF_SO: Final = re.compile(
    r"(?:なら|だったら|でしたら|だと)|\b(?:what|how) about\b|\bthen\W*$|^\W*(?:then|so)\b"
)
_CONTENTS: Final = re.compile(
    r"中身|内容|何が(?:入|付|つ)|入ってい?る|セット内容|\b(?:what(?:'s| is| comes)? in"
    r"|included?|contents?|comes with)\b"
)
_BESIDE: Final = re.compile(
    r"一緒|いっしょ|合う|合わせ|似|おすすめ|お勧め|人気|\b(?:with|go|goes|similar|like"
    r"|recommend|suggest|popular)\b"
)


class _Said(NamedTuple):
    request: Request
    words: str
    language: Language
    where: Where


def in_the_talk(request: Request, text: str, language: Language, where: Where) -> Request:
    """The request as the talk so far makes it likelier; itself where that tells nothing."""
    words = (request.question or text).casefold()
    for rule in (
        _of_the_list,
        _of_data,
        _the_same,
        _contents,
        _option_asked,
        _first,
        _praised,
        _where_to_tell,
        _told_others,
    ):
        other = rule(_Said(request, words, language, where))
        if other is not None:
            return other
    return request


def each_of(request: Request, text: str, language: Language, where: Where) -> list[Request]:
    """The desk mat and the notebook on the list: each of several things by itself."""
    if request.act not in _OF_EACH or request.act not in _REPEATED and not _AND.search(text):
        return [request]
    told = spoken(text.casefold(), language, where)
    ids = dict.fromkeys(one.product_id for one in told.articles)
    if told.open_ids or not ids or not all(one.spans for one in told.articles):
        return [request]
    if len(ids) < 2 and request.act not in _REPEATED:
        return [request]
    kept = tuple(one for one in request.slots if isinstance(one, Price | Email))
    return [
        Request(
            request.act,
            (*(slot.slot for slot in one.options), *kept),
            chosen=(one.product_id,),
            how="name",
            question=one.words,
            confidence=request.confidence,
        )
        for one in told.articles
    ]


def compared(words: str, language: Language, where: Where) -> tuple[int, ...]:
    """The ladder shelf and the pegboard: each thing named; "your two locks": those called so.

    None where only one is.
    """
    told = spoken(words.casefold(), language, where)
    ids = tuple(dict.fromkeys(one.product_id for one in told.articles if one.spans))
    if told.open_ids:
        return told.open_ids if not ids and len(told.open_ids) <= _FEW else ()
    return ids if len(ids) > 1 else ()


def named_beside(
    requests: list[Request], text: str, language: Language, where: Where
) -> list[Request]:
    """The lantern. How long does it last?: the thing is named in the clause before."""
    asking = [one for one in requests if one.act == "product_question"]
    if len(requests) < 2 or len(asking) != 1:
        return requests
    question = asking[0]
    if question.chosen or question.slot(Product) is not None:
        return requests
    article = _only(text.casefold(), language, where)
    if article is None or not article.spans:
        return requests
    pointed = replace(question, chosen=(article.product_id,), how="name")
    return [
        pointed if one is question else one for one in requests if one is question or not _idle(one)
    ]


def _idle(request: Request) -> bool:
    """A clause that is nothing but the thing's name was taken for something."""
    return request.act in _LOOSE | {"return_request", "faq"} and request.confidence < 0.7


def _only(words: str, language: Language, where: Where) -> Article | None:
    told = spoken(words, language, where)
    if told.open_ids or len(told.articles) != 1 or not told.articles[0].near:
        return None
    return told.articles[0]


def _of_the_list(said: _Said) -> Request | None:
    """What was spoken of is the list of wishes: 財布は消して, リストに何が残ってる？."""
    request, words, where = said.request, said.words, said.where
    turn, shop = where
    of_list = _LIST.search(words) is not None
    after_list = (turn.state.last_act or "").startswith("wishlist")
    if not (of_list or after_list):
        return None
    if request.act == "remove_from_cart":
        inside = {one.product_id for one in shop.cart.lines} if shop.cart else set()
        told = request.slot(Product)
        meant = request.chosen or (told.ids if told else ())
        if of_list or not inside.intersection(meant or inside):
            return replace(request, act="wishlist_remove")
    asks = request.act in ("product_question", "out_of_scope", "clarify", "faq", "view_cart")
    of_list = of_list or _ON_IT.search(words) is not None
    if of_list and asks and _LEFT.search(words):
        return replace(request, act="wishlist_view", candidates=())
    return None


def _of_data(said: _Said) -> Request | None:
    """Delete all of it, said of what the shop knows about the shopper."""
    request, where = said.request, said.where
    if request.act != "remove_from_cart" or where[0].state.last_act != "account_data":
        return None
    return None if request.chosen or request.slot(Product) else replace(request, act="account_data")


def _the_same(said: _Said) -> Request | None:
    """Same for the kettlebell": what was just done, with another thing."""
    request, words, language, where = said.request, said.words, said.language, said.where
    last = where[0].state.last_act
    if last not in _REPEATED or not _SAME.search(words.strip()):
        return None
    if request.act not in _LOOSE and not _SAME_FOR.search(words):
        return None
    told = spoken(words, language, where)
    if told.open_ids or len(told.articles) != 1 or not told.articles[0].spans:
        return None
    article = told.articles[0]
    slots = tuple(one.slot for one in article.options)
    assert last in ACTS
    return Request(last, slots, chosen=(article.product_id,), how="name", question=words)


def _contents(said: _Said) -> Request | None:
    """What comes in the starter set: asks about the set that was shown."""
    request, words, language, where = said.request, said.words, said.language, said.where
    if request.act not in _LOOSE | {"recommend", "about_bot"} or not _CONTENTS.search(words):
        return None
    told = spoken(words, language, where)
    alone = not told.open_ids and len(told.articles) == 1
    article = told.articles[0] if alone else None
    if (article is None or not article.spans) and where[0].state.last_act in _OF_THE_CART:
        return replace(request, act="view_cart", candidates=())
    if article is None or _BESIDE.search(words) or not (article.spans or article.near >= IN_FOCUS):
        return None
    return Request(
        "product_question", chosen=(article.product_id,), how="name", question=request.question
    )


def _option_asked(said: _Said) -> Request | None:
    """ぶどうは？, "3-6 months?": an option of what is spoken of, with nothing else said."""
    request, words, language, where = said.request, said.words, said.language, said.where
    seeks = request.act in ("find_product", "refine")
    if not (request.act in _LOST or seeks) or where[0].state.top is not None or len(words) > 40:
        return None
    if not where[0].state.showings and not where[0].state.focus:
        return None
    told = spoken(words, language, where)
    if told.open_ids or len(told.articles) != 1:
        return None
    article = told.articles[0]
    least = IN_FOCUS - 1 if article.spans else IN_FOCUS
    if seeks and not article.spans and not _IF_SO.search(words):
        return None
    if not article.options or article.near < least or _QUESTION.sub("", told.rest).strip():
        return None
    return Request(
        "product_question",
        tuple(one.slot for one in article.options),
        chosen=(article.product_id,),
        how="name",
        question=request.question or words,
    )


def _first(said: _Said) -> Request | None:
    """Two more of what is not in the cart yet are put in."""
    request, where = said.request, said.where
    if request.act != "change_quantity" or where[0].state.top is not None:
        return None
    cart = where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    told = request.slot(Product)
    meant = request.chosen or (told.ids if told else ())
    focus = where[0].state.focus
    other = not inside.intersection(meant) if meant else not inside and len(focus) == 1
    return replace(request, act="add_to_cart") if other else None


def _praised(said: _Said) -> Request | None:
    """ニット帽いいね、紺: no word of a list, so it is asked about rather than kept for later."""
    request, words, language, where = said.request, said.words, said.language, said.where
    if request.act != "wishlist_add" or request.confidence > 0.9 or _LIST.search(words):
        return None
    if _KEEPS.search(words) or (where[0].state.last_act or "").startswith("wishlist"):
        return None
    told = spoken(words, language, where)
    if told.open_ids or len(told.articles) != 1 or not told.articles[0].spans:
        return None
    article = told.articles[0]
    slots = tuple(one.slot for one in article.options)
    chosen = (article.product_id,)
    return Request("product_question", slots, chosen=chosen, how="name", question=words)


def _where_to_tell(said: _Said) -> Request | None:
    """My address, told after a promise to tell, is for that promise and no order's."""
    state = said.where[0].state
    last = state.last_act
    if last not in ("restock_alert", "price_alert") or state.top is not None:
        return None
    told = _ADDRESS.search(said.words)
    if told is None or len(said.words) - len(told[0]) > _BESIDE_ADDRESS or not state.focus:
        return None
    return Request(last, chosen=state.focus, how="recency", question=said.words)


def _told_others(said: _Said) -> Request | None:
    """They are AMAZING. Can I say so somewhere?: an opinion is offered, to be read by others."""
    request, words = said.request, said.words
    if request.act in ("review", "complaint", "human_handoff") or request.slot(Email):
        return None
    return Request("review", question=words) if _SAYS_SO.search(words) else None


# Where praise, or blame, may be told to others; not to the shop, and of no order.
_SAYS_SO: Final = re.compile(
    r"\b(?:can|could|may|where (?:can|do|could|should)|how (?:can|do)|is there (?:a place|anywhere)"
    r"|anywhere) (?:i |we |to )+(?:say (?:so|that|this)|tell (?:people|others|everyone|the world)"
    r"|(?:leave|post|share|write) (?:(?:a|an|my|some|this|that|the) )?(?:good |nice |few |kind )*"
    r"(?:words?|opinion|experience|feedback|thoughts|verdict|that|praise))\b"
    r"|(?:感想|よかった(?:こと|って)|良かった(?:こと|って)|最高(?:だ)?って|おすすめ(?:だ|です)?って)[^。]{0,8}"
    r"(?:書け|書く(?:ところ|場所)|書いても|載せ|投稿|残せ|伝えられ)"
    r"|どこか(?:に|で)[^。]{0,8}(?:書け|書いて(?:も)?いい|投稿)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w.-]+")
_BESIDE_ADDRESS: Final = 14  # letters that say no more than that it is one
_KEEPS: Final = re.compile(
    r"保存|登録|あとで|後で|取って|とって|キープ|覚え|\b(?:save|keep|later|remember|bookmark)\b"
)
