"""What a short text means after what was done last: that compared, that shown once more.

"Lighter?" after two things were compared asks of those two; もう一度見せて after the list of wishes
was changed shows the list; "kayak?" out of nothing seeks one, whether or not the shop has it.
"""

import re
from typing import Final, NamedTuple

from msgspec.structs import replace

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import spoken_acts
from kaiwa.bot.nlu.slot import Product, Query
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings

Where = tuple[Turn, Shop]

_LOST: Final = frozenset({"out_of_scope", "clarify"})
_LOOKING: Final = _LOST | {"find_product", "refine", "product_question"}
_LONGEST: Final = 40
_MORE_OR_LESS: Final = re.compile(
    r"^\W*(?:and |so |then )?(?:which(?:'s| is| one(?:'s| is)?)?|what'?s|who'?s)? ?(?:the |any )?"
    r"(?:[a-z]{2,12}(?:er|est)|(?:more|less|most|least|better|best) ?[a-z]*)"
    r"(?: one)?(?: of the two)?\?+$"
    r"|^\W*(?:じゃあ?|で(?:は)?|なら)?[、 ]*(?:どっち|どちら)(?:が|のほうが|の方が).{1,10}$"
    r"|^\W*(?:じゃあ?|で(?:は)?|なら)?[、 ]*[^、。]{1,8}[いな](?:の|ほう|方|やつ)(?:は|って)"
    r"(?:どっち|どちら)?(?:ですか)?[?？]*$",
    re.IGNORECASE,
)
_ONCE_MORE: Final = re.compile(
    r"^\W*(?:じゃあ?|では|あと)?[、 ]*"
    r"(?:もう[一1](?:回|度)|もっかい|もいっかい|もういっかい|再度)[、 ]*"
    r"(?:リスト|一覧|中身|全部|それ|これ)?[をは]?"
    r"(?:見せて|みせて|見たい(?:です)?|表示(?:して)?|出して|お願い(?:します)?|確認(?:して|したい(?:です)?)?)?"
    r"(?:ください|もら(?:えますか|える|えます)|くれ(?:る|ますか)?)?[。!?？]*$"
    r"|^\W*(?:ok |and |so |can (?:you|i) |could (?:you|i) )*"
    r"(?:show|see|list|pull up|let me see|look at)?"
    r"(?: me)?(?: (?:it|that|them|the list|my list|everything))?"
    r" ?(?:again|once more|one more time)(?:,? (?:please|pls))?\W*$",
    re.IGNORECASE,
)
_OF_THE_CART: Final = frozenset({"add_to_cart", "remove_from_cart", "change_quantity", "view_cart"})
_OPINIONS: Final = re.compile(
    r"レビュー|口コミ|クチコミ|くちこみ|評判|評価|\breviews?\b|\bratings?\b|\brated\b",
    re.IGNORECASE,
)
_READS: Final = re.compile(
    r"どう|どんな|見(?:た|せ|れ|ら)|知りた|教えて|ある|あり|[?？]|(?:いい|良い|高い|悪い)(?:の|ん|です|$)"
    r"|\b(?:any|what|what's|how|show|see|read|got|is there|are there|check|good|bad)\b",
    re.IGNORECASE,
)
_WRITES: Final = re.compile(
    r"書|投稿|つけ|付け|残し|送り|したい(?:です|の|ん)?\W*$|します|消|直し|匿名"
    r"|\b(?:write|writing|leave|post|submit|give|add|edit|delete|change|my review"
    r"|where (?:can|do) i|(?:to|and|i'd|id) (?:like to )?(?:review|rate)|rate (?:it|this|the))\b",
    re.IGNORECASE,
)
_A_THING: Final = re.compile(
    r"^\W*(?:(?:and|ok|so|then|got|any|a|an|some|how about|what about|do you have|no) ){0,4}"
    r"(?P<en>(?:[a-z][a-z'-]+ ){0,2}[a-z][a-z'-]{2,})\?+$"
    r"|^\W*(?:じゃあ?|では|あと|なら)?[、 ]*(?P<ja>[一-鿿々ァ-ヺーa-z]{2,12})(?:とか)?(?:は|って)?"
    r"(?:ある|あります|ない|置いて(?:る|ます))?(?:か(?:な)?|の)?[?？]+$",
    re.IGNORECASE,
)
_NO_THING: Final = re.compile(
    r"^(?:how|what|when|where|why|who|which|is|are|do|does|did|can|could|will|would|should|really"
    r"|seriously|sure|yes|no|ok|okay|hello|anyone|anybody|you|your|this|that|it|them|these|those"
    r"|right|sorry|pardon|huh|excuse|come|free|still|not|and|but|there|here|then|now|today|please)\b"
    r"|^(?:何|誰|本当|大丈夫|無理|可能|駄目|普通|今日|明日|今|無料|有料|マジ|ホント)|ly\b",
    re.IGNORECASE,
)


_SET_BESIDE: Final = re.compile(
    r"と(?:比べ|くらべ|比較)|と(?:は|の)?[^、。]{0,6}(?:違い|違う|ちがい|ちがう)"
    r"|\b(?:compared? (?:to|with)|differ(?:ent|s)? from|differences? (?:from|to)|versus|vs)\b",
    re.IGNORECASE,
)


class _Said(NamedTuple):
    request: Request
    words: str
    where: Where


def reads_opinions(words: str) -> bool:
    """Whether what others say is to be read: nothing is to be written."""
    return bool(_OPINIONS.search(words) and _READS.search(words) and not _WRITES.search(words))


def after_that(request: Request, words: str, where: Where) -> Request | None:
    """The request that goes on with what was done last; None where that tells nothing."""
    if len(words) > _LONGEST or request.yes is not None:
        return None
    said = _Said(request, words.strip(), where)
    for rule in (_compared, _set_beside, _once_more, _opinions, _a_thing):
        other = rule(said)
        if other is not None:
            return other
    return None


def _compared(said: _Said) -> Request | None:
    """軽いのは？, "which is warmer?", while things compared are spoken of: of those."""
    request, words, (turn, _) = said
    state = turn.state
    if state.last_act != "compare" or len(state.focus) < 2 or request.act not in _LOOKING:
        return None
    if request.chosen or request.slot(Product) or not _MORE_OR_LESS.search(words):
        return None
    return Request("compare", chosen=state.focus, how="recency", question=words)


def _set_beside(said: _Said) -> Request | None:
    """トートと比べると？, "how is it different from the tote?": what is spoken of, and that."""
    request, words, (turn, _) = said
    near = turn.state.near
    may_be = request.act in _LOOKING | {"faq", "recommend", "compare"}
    if not may_be or len(near) != 1 or not _SET_BESIDE.search(words):
        return None
    told = spoken(words.casefold(), turn.state.language or turn.language, said.where)
    others = tuple(dict.fromkeys(one.product_id for one in told.articles if one.spans))
    if told.open_ids or len(others) != 1 or others == near:
        return None
    return Request("compare", chosen=(*near, *others), how="name", question=words)


def _once_more(said: _Said) -> Request | None:
    """もっかい見せて: the list, the cart or the order that was looked at or changed last."""
    request, words, (turn, _) = said
    last = turn.state.last_act or ""
    shows = request.act in _LOOKING | {"wishlist_view", "view_cart"}
    if not shows or not last or not _ONCE_MORE.match(words):
        return None
    if last.startswith("wishlist"):
        return Request("wishlist_view", question=words)
    if last in _OF_THE_CART:
        return Request("view_cart", question=words)
    return Request("order_status", question=words) if last in OF_ORDERS else None


def _opinions(said: _Said) -> Request | None:
    """口コミはどう？, "any reviews on it": what others say is read, nothing is written."""
    request, words, (turn, shop) = said
    if request.act not in _LOOKING | {"review", "faq"} or not reads_opinions(words):
        return None
    top = turn.state.top
    if top is not None and top.act == "review":
        return None
    meant = request.chosen or named(shop, words, turn.language).product_ids
    ids = meant or turn.state.focus
    if len(ids) != 1:
        return None
    if request.act == "review":
        return None if request.chosen else replace(request, chosen=ids, how="name")
    return Request("product_question", chosen=ids, how="name", question=words)


def _a_thing(said: _Said) -> Request | None:
    """Kayak?: a thing's name and nothing else is sought, and not being sold is an answer."""
    request, words, (turn, shop) = said
    state = turn.state
    asked = request.act == "product_question" and not request.chosen and len(state.focus) != 1
    if not (request.act in _LOST or asked) or state.top is not None or request.reason:
        return None
    if len(state.focus) == 1 or state.last_act in OF_ORDERS:
        return None
    found = _A_THING.match(words)
    thing = (found["en"] or found["ja"]) if found else None
    if thing is None or _NO_THING.match(thing):
        return None
    language = state.language or turn.language
    normal = reader(language).normalise(words)
    if meanings(normal, language) or spoken_acts(normal, language)[0]:
        return None
    shown = shop.products(tuple(one.id for one in state.shown)[:5])
    if any(evidence(question(words, language, shown), one) for one in shown):
        return None
    kept = tuple(one for one in request.slots if not isinstance(one, Query))
    return replace(
        request, act="find_product", slots=(*kept, Query(thing)), candidates=(), question=words
    )
