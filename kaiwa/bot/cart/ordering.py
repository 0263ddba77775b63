"""Whether a text orders: every word of it is a product, an option, a number or a taking.

"ivory please, one" has no verb and モナカとカステラ一つずつ no particle; yet nothing in them is
left unexplained once the products spoken of and the ways to say "I take it" are.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.cart.corrected import (
    ELSEWHERE,
    SURE,
    corrected,
    goes_back,
    may_correct,
    request_of,
    sets_number,
    slots_of,
    turns_down,
)
from kaiwa.bot.context.no_wish import left_as_it_is
from kaiwa.bot.context.wrapped import speaks_of_wrapping
from kaiwa.bot.naming.article import Article, Spoken
from kaiwa.bot.naming.articles_told import IN_FOCUS, spoken
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.slot import Colour, Quantity, Query
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.options.each_value import number_of_all
from kaiwa.bot.options.picking import picked
from kaiwa.bot.options.several import TELLS_WHO
from kaiwa.bot.options.turned_down import LAST_MEANT, without_turned_down
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.seeking.wording import colour_words
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 160
_MAY_ORDER: Final = frozenset(
    {
        CONTINUE, "add_to_cart", "change_quantity", "find_product", "refine", "product_question",
        "recommend", "out_of_scope", "clarify", "faq", "affirm", "thanks",
        "goodbye", "wishlist_add", "decline", "compare", "view_cart",
    }
)  # fmt: skip
_ASKS: Final = re.compile(
    r"[?？]|ます?か(?:ね|な)?[。!]*$|ですか|でしょうか|ある(?:かな)?[。]*$|いくら|値段|どれ"
    r"|どっち|(?<!ぶ)どう|何|なに"
    r"|\b(?:what|which|how|is|are|(?<!ll )do|does|did|any|show|looking|find|search|other"
    r"|else|compare)\b"
    r"|探し|さがし|見せ|見たい|教え|比べ|似た|おすすめ|以外|以内|以下|じゃな|ではな|なし"
)
_TAKES: Final = re.compile(
    r"買[いうお]|注文|購入|入れ[てとる]|いれ[てる]|追加|足し|たして|(?:カート|かご|カゴ)(?:に|へ)"
    r"|決[めま]|それで[。!]*$|ずつ|(?:両方(?:とも)?|[2-4二三四]つとも)\W*$"
    r"|もら(?:う|い(?:ます|たい)|おう)|に(?:し(?:ます|よう|とく)|する)"
    r"|\b(?:add|put|take|buy|grab|order|cart|basket|into|i'?ll (?:have|do|get)|go (?:for"
    r"|with)|throw in|send me|it is(?=[.,;!]|$| (?:then|please))"
    r"|toss|each|pop|stick|chuck)\b"
)
# What is asked for politely may still be looked for: "wool socks please".
_ASKS_FOR: Final = re.compile(
    r"くださ[いぁ]|下さい|くれ(?!た)|お願い|おねがい|ちょうだい|頂戴|もら[うおいえ]"
    r"|いただ[くき]|頂[くき]|いただけ|頼[むみも]|たの[むも]"
    r"|に(?:して)|で(?:いい|よい|良い|よろしく|頼|たの)"
    r"|\b(?:please|pls|plz|get me|give me|gimme|i'?d like|fine|do|good)\b|\bsure\W*$"
)
_WISHES: Final = re.compile(r"ほしい|欲しい|\b(?:want|need)\b")
_GOES_ON: Final = re.compile(
    r"^(?:じゃあ?|では|それじゃ|なら|やっぱ|んじゃ|あと|それと)|[でも][。!]*$|だけ[。!]*$"
    r"|も(?!いい|良い|よい|好き|あり|ある|どう|ほし|欲し)[^、。も]{1,8}[。!〜ー]*$"
    r"|\b(?:then|too|as well|also|only|just)\b"
    r"|^\W*(?:(?:oh|ok|okay|yes|yeah|hmm|um|well)\W+)?(?:and|plus)\b|^\s*[+&]"
)
_BESIDE: Final = re.compile(r"^\s*(?:[+&]|plus\b|and\b|あと|それと|それから)")
_AFTER_ALL: Final = re.compile(r"やっぱ|\bafter all\b")
_NUMBER: Final = re.compile(
    r"\d|[一二三四五六七八九]|ひと|ふた|みっ|いっ|\b(?:an?|one|two|three|four|five|six|ten)\b"
)
_REASON: Final = re.compile(
    r"[^。!]{2,24}?(?:(?<!それ)(?:だ|な|い|た|る|う|く)(?:から|ので|んで)|[るいたうく]し(?![まてたなよか]))"
    r"[、 ]*(?=.{2})"
)
# I am furnishing an office and need six of them: what it is for, and then what is taken.
_STORY: Final = re.compile(
    r"^[^.!?]{0,24}?\b(?:i|we)(?: am| are|'m|'re) \w+ing\b[^.,;!?]{0,40}?[, ]+(?:and|so)"
    r" (?:i |we )?(?=(?:need|want|would like|'d like)\b)"
)
# A sentence that names nothing and takes nothing back stands beside the order: "worth a shot".
_SENTENCES: Final = re.compile(r"(?<=[.!。！])\s*")
_ASIDE: Final = re.compile(
    r"(?!.*(?:\b(?:no|not|never|wrong|cancel|return\w*|ordered|bought|got|came|arrived|broke\w*)\b|n't"
    r"|ない|ません|違|返|届|壊|注文した|買った))[^\x00?？\d]{2,32}[.!。！]",
    re.DOTALL,
)
_SEARCHES: Final = frozenset({"find_product", "refine", "recommend", "add_to_cart"})


def ordered(
    request: Request,
    text: str,
    language: Language,
    where: tuple[Turn, Shop],
    *,
    whole: bool = False,
) -> list[Request] | None:
    """The requests for the articles that a text orders or changes; None when it does neither.

    With `whole` no word of it may be left over, even where something is surely ordered.
    """
    if not _may_order(request, where[0]) or len(text) > _LONGEST or _is_counted_anew(request):
        return None
    adds = request.act == "add_to_cart" or _can_only_add(request, where)
    said = text.casefold().replace("！", "!")
    recounts = adds or turns_down(said) or request.act == "change_quantity"
    words = without_turned_down(said) if recounts else said
    words = _without_reason(words, language, where[1])
    if not adds and (_asks(words) or not _may_take(words, where[0])):
        return None
    told = spoken(words, language, where)
    if adds and told.open_ids:
        return _beside_the_open(told, where) if told.articles else _counted(request, words)
    if told.open_ids or not told.articles:
        return None
    if request.how in ("ordinal", "price") and not _says_more(told):
        return None
    if adds and _tells_who(words, told, where[0]):
        about = tuple(dict.fromkeys(one.product_id for one in told.articles))
        return [Request("product_question", chosen=about, how="recency", question=words)]
    change = None if _waits(where[0]) else corrected(request, said, told, where)
    if change is not None:
        return change
    if request.act in ELSEWHERE | {"remove_from_cart"}:
        return None
    several = len(told.articles) > 1 and request.act == "find_product"
    if (adds or several) and _only_looks(words, told):
        every = tuple(one.product_id for one in told.articles)
        named = (Named(every),) if len(every) > 1 else (Query(words), Named(every))
        return [Request("find_product", named, question=words, confidence=SURE)]
    if adds and _is_a_mere_name(words, told):
        slots = (Query(words), *slots_of(told.articles[0]))
        return [Request("find_product", slots, question=words, confidence=SURE)]
    by_name = adds and not (whole and _left_over(told))
    if _names_something(told) if by_name else _is_order(words, told, where):
        return [*_added(told, where), *_not_had(request, told, language, where)]
    return _sought(words, told, request)


def _is_counted_anew(request: Request) -> bool:
    """Give me two of it, right after one was put in: how many there shall be is known."""
    only = len(request.slots) == 1 and request.slot(Quantity) is not None
    return request.act == "change_quantity" and request.how == "recency" and only


def _can_only_add(request: Request, where: tuple[Turn, Shop]) -> bool:
    """2 tens and 4 fives, with nothing in the cart and no order spoken of: they are put in."""
    turn, shop = where
    empty = shop.cart is None or not shop.cart.lines
    counts = request.act == "change_quantity" and request.slot(Quantity) is not None
    return counts and empty and turn.state.order_id is None and turn.state.top is None


def _beside_the_open(told: Spoken, where: tuple[Turn, Shop]) -> list[Request] | None:
    """Bath towels, of which there are several, and a hand towel: neither is dropped for the other.

    Only where all is named anew; of what was shown, the words are weighed as one.
    """
    said = told.open_said
    if said is None or not all(one.spans for one in told.articles):
        return None
    slots = (said.count,) if said.count else ()
    one = Request("add_to_cart", slots, chosen=told.open_ids, question=said.words, confidence=SURE)
    return [*_added(told, where), one]


def _counted(request: Request, words: str) -> list[Request] | None:
    """Two sleeping bags, of which several are sold: the number is kept until it is known which."""
    counts = [one for _, _, one in counts_told(words)]
    if request.slot(Quantity) is not None or len(counts) != 1:
        return None
    return [msgspec.structs.replace(request, slots=(*request.slots, counts[0]))]


def _not_had(
    request: Request, told: Spoken, language: Language, where: tuple[Turn, Shop]
) -> list[Request]:
    """白と青ひとつずつ, of what comes in no blue: that there is none is said beside the white."""
    colours = {one.name: one for one in request.slots if isinstance(one, Colour)}
    ids = {one.product_id for one in told.articles}
    if len(colours) < 2 or len(ids) != 1:
        return []
    product_id = ids.pop()
    every = where[1].variants((product_id,)).get(product_id, ())
    lacking = [one for one in colours.values() if picked(every, [one], language).unknown]
    return [
        Request(
            "add_to_cart",
            (one,),
            chosen=(product_id,),
            how="name",
            question=colour_words(one.name, language),
            confidence=SURE,
        )
        for one in (lacking if len(lacking) < len(colours) else ())
    ]


def _tells_who(words: str, told: Spoken, turn: Turn) -> bool:
    """I'm S/M, he's L/XL: who wears what; neither is taken by that."""
    only = all(one.options and not one.spans and not one.count for one in told.articles)
    if len(told.articles) < 2 or not only or _waits(turn) or not TELLS_WHO.search(words):
        return False
    return not any(way.search(words) for way in (_TAKES, _ASKS_FOR, _WISHES))


def _asks(words: str) -> bool:
    """Whether it asks; "you know what, make it two" does not."""
    return _ASKS.search(_COURTEOUS.sub(" ", words)) is not None and not sets_number(words)


def _without_reason(words: str, language: Language, shop: Shop) -> str:
    """友達も来るし8号も: why it is wanted names nothing, however its words may sound."""
    if (story := _STORY.match(words)) and not list(shop.known.names(story[0])):
        return words[story.end() :]
    reason = _REASON.match(words)
    if reason is None or named(shop, reason[0], language).product_ids:
        return words
    return words[reason.end() :]


def _may_take(words: str, turn: Turn) -> bool:
    """Whether anything in it may take, count, go on or correct; else it need not be weighed."""
    ways = (_TAKES, _ASKS_FOR, _WISHES, _GOES_ON, _NUMBER)
    near = _waits(turn) or len(turn.state.focus) == 1
    return near or may_correct(words) or any(way.search(words) for way in ways)


def _may_order(request: Request, turn: Turn) -> bool:
    if request.yes is not None and turn.state.pending is not None:
        return False
    if request.how == "button" or request.act == "faq" and speaks_of_wrapping(turn.text):
        return False
    if request.act == "affirm" and left_as_it_is(turn.text):
        return False
    if request.act in ELSEWHERE:
        return turn.state.top is None and turn.state.order_id is None
    if request.act == "wishlist_add" and request.confidence > SURE:
        return False
    if request.act == "remove_from_cart":
        words = turn.text.casefold()
        return turns_down(words) or goes_back(words)
    return request.act in _MAY_ORDER


def _is_a_mere_name(words: str, told: Spoken) -> bool:
    """Jeans for my son, size 6: takes nothing, and was not shown yet: it is looked for."""
    if len(told.articles) != 1 or told.articles[0].near or told.articles[0].count:
        return False
    ways = (_TAKES, _ASKS_FOR, _WISHES, _GOES_ON)
    return bool(told.articles[0].spans) and not any(way.search(words) for way in ways)


def _only_looks(words: str, told: Spoken) -> bool:
    """I'm looking at the easel and the paints; I want to buy my first pen: wishes to see it.

    Nothing of it was shown before, and nothing says which or how many.
    """
    if any(one.near or one.count or one.options for one in told.articles):
        return False
    return _LOOKS.search(words) is not None or (
        _WOULD_BUY.search(words) is not None and _INDEFINITE.search(words) is not None
    )


def _sought(words: str, told: Spoken, request: Request) -> list[Request] | None:
    """だけください, of something not seen yet and in words that no act fits: it is looked for."""
    named = all(one.spans and not one.near for one in told.articles)
    if request.act in _SEARCHES or not named or _left_over(told) or not _ASKS_FOR.search(words):
        return None
    ids = tuple(one.product_id for one in told.articles)
    return [Request("find_product", (Query(words), Named(ids)), question=words, confidence=SURE)]


def _says_more(told: Spoken) -> bool:
    """Whether more is said than which one it is: in which option, or another thing too."""
    return len(told.articles) > 1 or any(one.options for one in told.articles)


def may_be_one(requests: list[Request], turn: Turn) -> bool:
    """Whether all of these may be pieces of one order."""
    return all(_may_order(one, turn) for one in requests)


def _left_over(told: Spoken) -> bool:
    # What was taken back need not be explained.
    rest = told.rest.rsplit(LAST_MEANT)[-1]
    first, *others = _SENTENCES.split(rest, maxsplit=1)
    if others and others[0].strip() and _ASIDE.fullmatch(first):
        rest = others[0]
    return bool(IDLE.sub("", rest).strip())


def _names_something(told: Spoken) -> bool:
    near = any(one.count and one.near >= IN_FOCUS for one in told.articles)
    return any(one.spans or one.options for one in told.articles) or near and not _left_over(told)


def _is_order(words: str, told: Spoken, where: tuple[Turn, Shop]) -> bool:
    """Whether all of the words are explained, and some of them take."""
    turn = where[0]
    if _left_over(told) or _only_looks(words, told):
        return False
    if _waits(turn):
        return True  # it answers what was asked
    if not any(one.spans or one.options or one.count for one in told.articles):
        return False
    near = all(one.near for one in told.articles)
    named = any(one.spans for one in told.articles)
    counted = any(one.count for one in told.articles)
    if _TAKES.search(words) or counted:
        return near or named
    if _ASKS_FOR.search(words) or _WISHES.search(words):
        return near or named and _is_buying(where) and _AFTER_ALL.search(words) is not None
    options = max(len(one.options) for one in told.articles)
    in_focus = all(one.near >= IN_FOCUS for one in told.articles)
    if in_focus and not named and options > 1:
        return True  # "6 in rust" of the one thing that is spoken of
    going = named and _is_buying(where)
    if going and _BESIDE.match(words):
        return True  # "+ a feather wand", of what is put in one after the other
    return (near or going) and options > 0 and _GOES_ON.search(words) is not None


def _is_buying(where: tuple[Turn, Shop]) -> bool:
    """Whether things are being put in: something lies in the cart, or did until now."""
    cart = where[1].cart
    inside = cart is not None and bool(cart.lines)
    return inside or where[0].state.last_act in ("add_to_cart", "remove_from_cart")


def _waits(turn: Turn) -> bool:
    top = turn.state.top
    return top is not None and top.act == "add_to_cart" and top.asked is not None


def _added(told: Spoken, where: tuple[Turn, Shop]) -> list[Request]:
    turn = where[0]
    if _waits(turn) and len(told.articles) == 1:
        one, asked = told.articles[0], turn.state.top
        if asked is not None and (not one.spans or one.product_id in asked.product_ids):
            if one.options and not one.count:
                one = msgspec.structs.replace(one, count=number_of_all(turn.text))
            return [_continued(one)]
    return [request_of(_put_or_fewer(one, where[1]), one) for one in told.articles]


def _put_or_fewer(article: Article, shop: Shop) -> str:
    """One less of what lies in the cart is never one more that is put in."""
    inside = shop.cart is not None and bool(shop.cart.lines)
    fewer = article.count is not None and article.count.relative and article.count.count < 0
    return "change_quantity" if inside and fewer else "add_to_cart"


def _continued(article: Article) -> Request:
    """The answer to what was asked of it: its size, its number, or which it is."""
    return msgspec.structs.replace(
        request_of(CONTINUE, article), chosen=(article.product_id,) if article.spans else ()
    )


_LOOKS: Final = re.compile(
    r"(?:買い|購入し|手に入れ|ほし|欲し)(?:たい|い)(?:んです|んだ)?(?:けど|が|と思|ん)|欲しくて|ほしくて"
    r"|気にな(?:って|る|ります)|(?:買おう|購入しよう|買うか|購入)(?:か|と|を)?(?:な?と?思|検討|考え|迷|悩)"
    r"|検討|迷って|悩んで|も(?:し)?(?:あれば|あったら|ありましたら|ございましたら)"
    r"|\bif you (?:have|sell|carry|stock) (?:it|one|any|some|them)\b"
    r"|\b(?:look(?:ing|ed)? (?:at|for|into|to (?:buy|get))|interested in|curious about"
    r"|in the market for|shopping for|thinking (?:about|of)|considering|eyeing|browsing"
    r"|i saw|i've seen|torn between|hoping to (?:get|buy|find))\b"
)
_WOULD_BUY: Final = re.compile(
    r"\b(?:want(?:ed)? to (?:buy|get)|wanna (?:buy|get)|(?:would|'d) (?:like|love) to (?:buy|get)"
    r"|need to (?:buy|get|pick up)|have to (?:buy|get)|trying to (?:buy|get))\b"
)
_INDEFINITE: Final = re.compile(r"\b(?:buy|get|pick up)\s+(?:an?|some|my(?: first| own)?|new)\b")
_COURTEOUS: Final = re.compile(
    r"\bit is(?=[.,;!]|$| (?:then|please))|そうですか"
    r"|(?:入れ|いれ|替え|変え|換え|足し|追加し|減らし|増やし|外し)て"
    r"(?:くれ|もらえ|いただけ)(?:る|ます|ない|ません)?(?:か|の|かな)*[?？]"
    r"|(?:し(?:とこう|よう|ておこう)|もらおう|買おう)か(?:な)?(?=[。、]|$)"
    r"|(?:いただけ|もらえ|でき|いただけません)(?:ます|ない)か?(?:でしょうか)?|いいですか"
)
