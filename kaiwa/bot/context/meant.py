"""What a request means in the light of what was shown and said last."""

import re
import unicodedata
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.fact_please import fact_please
from kaiwa.bot.cart.in_context import (
    LOST,
    OPEN,
    counted_last,
    put_or_changed,
    recounted,
    swapped,
    to_pay,
)
from kaiwa.bot.cart.summed_up import summed_up
from kaiwa.bot.context.after_that import after_that
from kaiwa.bot.context.by_price_alone import by_price_alone
from kaiwa.bot.context.carried_on import carried_on
from kaiwa.bot.context.of_its_page import of_its_page
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.slot import Colour, InStock, Price, Product, Quantity, Query, Size
from kaiwa.bot.options.said import options_said
from kaiwa.bot.options.values import values_in
from kaiwa.bot.request import Request
from kaiwa.bot.seeking.results import SHOWN
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader

_INTO_CART: Final = re.compile(
    r"(?:かご|カゴ|カート)(?:に|へ|$)|買います|ください|下さい"
    r"|\b(?:cart|basket|bag)\b|\b(?:i'?ll|we'?ll) take\b",
    re.IGNORECASE,
)
_TAKING: Final = re.compile(
    r"お願い|それで|それに|決め|もらいます|いただきます|ください|下さい"
    r"|\b(?:take it|i'?ll take|please|that one)\b",
    re.IGNORECASE,
)
_TOO: Final = re.compile(
    r"^.{1,24}も(?:[一1]緒に|いっしょに|追加(?:で)?|つけて|付けて|買います|ほしい(?:です)?|欲しい(?:です)?)?"
    r"(?:お願い(?:します)?|ください|入れて(?:ください)?)?[。!！]*$"
    r"|^.{1,24}も(?:同じく|同様に|同じように)[^。]{0,12}[。!！]*$"
    r"|^(?:and|also|plus|(?:the )?same (?:for|with|goes for)|second(?:ly)?|third(?:ly)?|next)\b"
    r".{1,40}$|^.{1,40}\b(?:too|as well)[.!]*$",
    re.IGNORECASE,
)
_ALSO: Final = re.compile(r"\b(?:too|as well)[.!]*$|も(?:お願い(?:します)?|ください)[。!！]*$")
_SEEKS: Final = frozenset(
    {"find_product", "refine", "out_of_scope", "clarify", "product_question", "faq", "compare"}
)
_SHOW: Final = re.compile(r"見せ|みせて|見たい|みたい$|\b(?:show|see|look at)\b", re.IGNORECASE)
_BUYS: Final = re.compile(
    r"買いたい|購入したい|\b(?:like|want|need|wish) to (?:buy|get|order|have)\b", re.IGNORECASE
)
_ADVICE: Final = re.compile(
    r"おすすめ|お勧め|オススメ|人気|どれが|どんな|何が|合う|一緒|似|売れ|\b(?:recommend|suggest|advi[sc]e|popular"
    r"|best|should|similar|goes? with|what)\b",
    re.IGNORECASE,
)
_WHAT_ELSE: Final = re.compile(
    r"(?:一緒に|いっしょに|合わせて|あわせて|ついでに|セットで)(?:.{0,3}(?:買|揃|そろ|使|持|頼|注文|用意|必要|あると"
    r"|おすすめ)).{0,14}(?:もの|物|の|やつ|商品|ある|何|なに)"
    r"|(?:ほか|他)に(?:も)?(?:何か|なにか)?(?:必要|買|要る|いる|あると(?:便利|いい)|揃|おすすめ|喜)"
    r"|\b(?:anything|something|what) else\b(?: that)? (?:(?:might|would|could|should|do|does"
    r"|will)\s+)?"
    r"(?:i|we|you|she|he|they|my \w+)?\s*(?:might|would|could|should|'d|will|may)?\s*"
    r"(?:like|love|need|enjoy|want|get|buy|recommend|suggest|go(?:es)? (?:well )?with)"
    r"|\bwhat else (?:would|could|might|can)\b|\bto go (?:well )?with (?:it|this|that|them"
    r"|these|those)\W*$"
    r"|\bwhat (?:else )?(?:goes|pairs|works) (?:well )?with (?:it|this|that|them|these|those)\b"
    r"|\b(?:need|get|buy) (?:anything|something) (?:else )?(?:with|for|to go with) (?:it"
    r"|this|that|them)\b",
    re.IGNORECASE,
)
# What else would brighten my skin: it shall do something, told in the words themselves.
_TO_DO: Final = re.compile(
    r"\bwhat else (?:would|could|might|can)\b(?! (?:i|we|you|she|he|they|go)\b)", re.I
)
_DIGITS: Final = re.compile(r"\d{1,2}")
_COUNTED: Final = re.compile(
    r"^[^\d０-９?？]{2,24}?[ 　をが]*[0-9０-９一二三四五]{1,2}"
    r"(?:個|つ|本|枚|箱|缶|袋|足|点)?[。!！]*$"
    r"|^\d{1,2} (?:x )?[a-z' -]{3,30}$",
    re.IGNORECASE,
)
_REPEATED: Final = frozenset(
    {
        "add_to_cart",
        "wishlist_add",
        "wishlist_remove",
        "remove_from_cart",
        "restock_alert",
        "price_alert",
    }
)
_DOUBTFUL: Final = 0.6
_OTHER_OPTIONS: Final = re.compile(
    r"色違い|(?:別|他|ほか|違う|ちがう)の?(?:色|カラー|柄|サイズ|大きさ|種類|長さ|容量)"
    r"|(?:色|カラー|柄|サイズ)(?:展開|の種類|バリエーション|は何|はどんな|は(?:ほか|他))"
    r"|何色(?:あ|が|展開)|どんな(?:色|柄|サイズ)"
    r"|\b(?:other|different|what|which|any more) (?:colou?rs?|sizes|patterns?|finishes)\b",
    re.IGNORECASE,
)
_PRICE_PLEASE: Final = re.compile(
    r"(?:お?値段|価格|金額)(?:を|は|が|も|って)?"
    r"(?:お願い(?:し|いた)?\w*|教え|おしえ|知り|いくら|[?？。]|です|$)"
    r"|\b(?:tell me|what(?:'?s| is)|give me) (?:the|its) price\b|\bprice (?:each|per|for|of)\b",
    re.IGNORECASE,
)
_HOW_ABOUT: Final = re.compile(
    r"(?:なら|だったら|でしたら|だと|は)(?:どう|いかが|あり|ある)|\bhow about\b|\bwhat about\b",
    re.I,
)
_TELLS_ME: Final = re.compile(
    r"知らせ|教え|おしえ|通知|連絡|メール|入荷|再|入っ|届い|戻|登録|\b(?:tell|notify|let|alert|ping|back)\b",
    re.IGNORECASE,
)
_WONDERS: Final = re.compile(
    r"(?:[のん]?かな|かね|かしら|やろか|んか)[、 ]*(?:それ|これ|あれ|そいつ)?[?？。〜ー]*$"
)
_LIKE_THAT: Final = re.compile(
    r"(?:みたいな|っぽい|のような)(?:の|もの|やつ)(?:は|って|とか|も)?(?:ある|あります(?:か)?|ない)?[?？。]*$"
)
_TOTAL_NOW: Final = re.compile(
    r"^\W*(?:で|じゃあ?)?[、 ]*"
    r"(?:(?:いま|今|現在|ここまで|全部|ぜんぶ)で?[、 ]*(?:お?いくら|なんぼ)"
    r"|(?:お?いくら|なんぼ)に(?:なっ|なり|なる))[^。、]{0,8}[?？。]*$"
    r"|^\W*(?:so )?(?:how much|what)(?:'s| is| am i at)?(?: (?:it|that|all))*"
    r" (?:so far|now|in total|altogether)\W*$",
    re.IGNORECASE,
)
_SHOWING: Final = frozenset({"find_product", "refine", "product_question", "recommend", "compare"})


def likelier(request: Request, words: str, where: tuple[Turn, Shop]) -> Request:
    """The request, or the one that it likelier is here."""
    turn = where[0]
    request = counted_last(request, words, where)
    request = carried_on(request, words, where) or request
    request = after_that(request, words, where) or request
    for rule in (
        by_price_alone,
        of_its_page,
        _asked_instead,
        _price_asked,
        fact_please,
        _total_asked,
        _doubted,
        _something_like,
        _priced,
        _shown_on,
        _beside_it,
        swapped,
        recounted,
        _too,
        _counted,
        to_pay,
        summed_up,
        _taken,
        _of_the_shown,
    ):
        other = rule(request, words, where)
        if other is not None:
            return other
    if request.act == "refine" and not turn.state.search and not turn.state.showings:
        return replace(request, act="find_product")
    if {one.act for one in request.candidates[:2]} == {"add_to_cart", "change_quantity"}:
        request = put_or_changed(request, words, where)
    first = request.candidates[0].act if request.candidates else None
    if first == "add_to_cart" and len(turn.state.focus) == 1 and not _of_another(words, where):
        slots = request.slots or values_in(words, where[1])
        return replace(request, act="add_to_cart", slots=slots, candidates=())
    return request


def _of_another(words: str, where: tuple[Turn, Shop]) -> bool:
    """And foxes & hens, after the owls were looked at: another thing, to be looked at too."""
    state = where[0].state
    if state.last_act in ("add_to_cart", "change_quantity"):
        return False
    ids = named(where[1], words, where[0].language).product_ids
    return bool(ids) and not {*state.focus, *(one.id for one in state.shown)}.intersection(ids)


def _price_asked(request: Request, words: str, _: tuple[Turn, Shop]) -> Request | None:
    """シングルのお値段をお願いします asks what it costs, and puts nothing in."""
    likely = request.candidates[0].act if request.candidates else request.act
    if likely != "add_to_cart" or not _PRICE_PLEASE.search(words):
        return None
    return (
        None
        if _INTO_CART.search(_PRICE_PLEASE.sub("", words))
        else replace(request, act="product_question", candidates=())
    )


def _asked_instead(request: Request, _: str, where: tuple[Turn, Shop]) -> Request | None:
    """では紺のダブルでしたらどうでしょう: whether there is one; nobody asked to be told."""
    text = where[0].text  # 品切れでしたか。 alone was read as the wish
    if request.act != "restock_alert" or not _HOW_ABOUT.search(text) or _TELLS_ME.search(text):
        return None
    near = where[0].state.near
    if len(near) != 1:
        return None
    return Request("product_question", chosen=near, how="recency", question=text)


def _doubted(request: Request, words: str, _: tuple[Turn, Shop]) -> Request | None:
    """重いのかなそれ: what is wondered about is not taken."""
    doubtful = request.act == "add_to_cart" and request.confidence < _DOUBTFUL
    if not doubtful or request.slot(Quantity) or not _WONDERS.search(words.strip()):
        return None
    return replace(request, act="product_question", candidates=())


def _something_like(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """目立つ上着みたいなのは: something like that is looked for."""
    if request.act not in ("add_to_cart", *LOST) or not _LIKE_THAT.search(words.strip()):
        return None
    top = where[0].state.top
    if top is not None and top.act in OF_ORDERS or request.slot(Quantity):
        return None
    kept = tuple(one for one in request.slots if not isinstance(one, Query))
    return replace(request, act="find_product", slots=(*kept, Query(words)), candidates=())


def _total_asked(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """いまいくらですか, right after something was put in: of the whole cart."""
    cart, last = where[1].cart, where[0].state.last_act
    if request.act != "product_question" or cart is None or not cart.lines:
        return None
    of_cart = last in ("add_to_cart", "change_quantity", "remove_from_cart", "apply_coupon")
    if not of_cart or not _TOTAL_NOW.match(words.strip()):
        return None
    return replace(request, act="view_cart", slots=(), chosen=(), candidates=())


def _priced(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """一番安いの10本: so many of the one that is told by its price or its place are ordered."""
    if request.act not in ("compare", "recommend", "refine", "find_product"):
        return None
    if request.how not in ("price", "ordinal") or len(request.chosen) != 1:
        return None
    counts = [one for _, _, one in counts_told(words.casefold()) if not one.relative]
    asks = is_question(reader(where[0].language).normalise(words), where[0].language)
    if len(counts) != 1 or asks and not _INTO_CART.search(words):
        return None
    return replace(request, act="add_to_cart", slots=(counts[0],), candidates=())


def _shown_on(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """ポンチョがいいかな。見せて: it is to be shown; nobody's advice is asked."""
    text = where[0].text
    shows = _SHOW.search(text) or request.confidence < _DOUBTFUL and _BUYS.search(text)
    if request.act != "recommend" or not shows or _ADVICE.search(text):
        return None
    pointed = request.slot(Product) is not None or bool(request.chosen)
    if not pointed and not named(where[1], words, where[0].language).product_ids:
        return None
    return replace(request, act="find_product", candidates=())


def _beside_it(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """一緒に買ったほうがいいものある？, "anything else she might like?": advice, no search."""
    if request.act not in _SEEKS or not _WHAT_ELSE.search(words):
        return None
    state = where[0].state
    known = state.focus or state.showings or where[1].cart and where[1].cart.lines
    if not known or any(not isinstance(one, Query | Product) for one in request.slots):
        return None
    told = request.slots if _TO_DO.search(words) else ()
    return replace(request, act="recommend", slots=told, candidates=())


def _too(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """掛け時計も, "the mug too": the same as just now, with another product."""
    turn, shop = where
    last = turn.state.last_act
    between = last == "product_question" and request.act != last and shop.cart
    if between and shop.cart and shop.cart.lines and _ALSO.search(words):
        last = "add_to_cart"  # that was asked in between
    if last not in _REPEATED or turn.state.top is not None or not _TOO.search(words.strip()):
        return None
    if request.act not in OPEN | {"product_question"} or request.act == last:
        return None
    found = named(shop, words, turn.language).product_ids
    if len(found) != 1 or found[0] in turn.state.focus:
        return None
    values = values_in(words, shop)
    return Request(last, values, chosen=found, how="name", question=words)


def _counted(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """カステラ1, "2 hojicha": a name and a number is an order, no search."""
    turn, shop = where
    if request.act not in ("find_product", "out_of_scope", "clarify") or turn.state.top is not None:
        return None
    counted = _COUNTED.match(words.strip())
    if counted is None:
        return None
    values = values_in(words, shop)
    if not any(isinstance(one, Quantity) for one in values):
        number = _DIGITS.search(unicodedata.normalize("NFKC", words))
        values = (*values, Quantity(int(number[0]) if number else 1))
    found = named(shop, words, turn.language).product_ids
    if len(found) != 1:
        return None
    return Request("add_to_cart", values, chosen=found, how="name", question=words)


def _taken(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """よさそう、お願いします, "one pair in the cart": the one product that was spoken of."""
    turn, shop = where
    state = turn.state
    meant = state.focus or tuple(one.id for one in state.shown)
    if len(meant) != 1 or state.top is not None or request.chosen or request.slot(Product):
        return None
    if request.act == "affirm" and request.yes is None:
        fits = state.last_act in _SHOWING and _TAKING.search(words)
    else:
        doubtful = request.act in LOST or request.confidence < _DOUBTFUL
        fits = request.act in OPEN and doubtful and _INTO_CART.search(words)
    if not fits or request.slot(Price):
        return None
    return Request(
        "add_to_cart", values_in(words, shop), chosen=meant, how="recency", question=words
    )


def _of_the_shown(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """A size or a colour alone is of the one product spoken of, not of anything in the shop."""
    state = where[0].state
    if request.act in ("find_product", "refine") and _OTHER_OPTIONS.search(words):
        meant = state.focus or tuple(one.id for one in state.shown)
        if len(meant) == 1 and not request.slot(Product):
            return replace(request, act="product_question", slots=(), chosen=meant, how="recency")
    if request.act in ("find_product", "refine") and (one := _comes_in_it(request, words, where)):
        return replace(request, act="product_question", chosen=one, how="recency")
    if request.act != "find_product" or not request.slots or not state.showings:
        return None
    if any(not isinstance(one, Colour | Size | InStock) for one in request.slots):
        return None
    if request.slot(Query) is not None:
        return None
    meant = state.focus or tuple(one.id for one in state.shown)
    if len(meant) == 1:
        return replace(request, act="product_question", chosen=meant, how="recency")
    return replace(request, act="refine")


def _comes_in_it(request: Request, words: str, where: tuple[Turn, Shop]) -> tuple[int, ...]:
    """White available?: of the few that were shown the one that comes in it, there or not."""
    turn, shop = where
    shown = tuple(one.id for one in turn.state.shown)
    if request.slot(InStock) is None or not 1 < len(shown) < SHOWN:
        return ()
    if any(not isinstance(one, Colour | Size | InStock) for one in request.slots):
        return ()
    language = turn.state.language or turn.language
    every = shop.variants(shown)
    fit = tuple(i for i in shown if options_said(every.get(i, ()), words, language))
    return fit if len(fit) == 1 else ()
