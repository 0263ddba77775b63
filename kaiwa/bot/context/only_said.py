"""What is only said: a remark, a leave, an apology; nothing is to be done or looked up for it.

The learner finds an act in every sentence. These are told by how they are said, in either
language, and only where no number and no name of the shop's is to be used.
"""

import re
from typing import Final

from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.slot import Product, Quantity, Written
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader

Where = tuple[Turn, Shop]

_THANKS: Final = re.compile(
    r"さんきゅ|サンキュ|あざ(?:っ)?す|あざーす|どー?も[〜ー!！。]*$|\b(?:thx|tysm|cheers|ta)\b",
    re.IGNORECASE,
)
# Whoever is the shopper's own, whatever they are called: my manager, our treasurer, the team.
_OWN: Final = (
    r"(?:(?:my|our) (?!order|cart|basket|parcel|package)|the (?:team|family|others|rest)\b)"
)
_FAMILY: Final = re.compile(
    r"(?:主人|夫|旦那|妻|嫁|家族|家内|母|父|親|両親|彼女?|彼氏|友(?:人|達|だち)|家の者|上司|みんな"
    r"|先生|同僚|[部課社]長|大家さん|仲間"
    r"|本人|姉|兄|妹|弟|娘|息子|先方|相手)(?:さん|ちゃん|くん|君|たち|様)?(?:と|に|とも)"
    r"(?:相談|話し?合|話し?て|確認|聞|きい[てた])"
    r"|(?<!店員)(?<!店)(?<!担当者)(?<!担当)(?<!スタッフ)(?<!そちら)(?:と|内で|の者に|の人に)(?:も|は)?(?:一度|いちど|よく)?"
    r"(?:相談|話し?合っ?|検討|確認)(?:を)?(?:し)?(?:て(?:から|み(?:ます|る|て|よう)|決め|き(?:ます|てから))"
    r"|ます(?!か)|いたします(?!か))"
    r"|\b(?:ask|talk to) (?:my (?:wife|husband|partner"
    r"|mom|mum|dad|boss|manager|family|friend|roommate|sister|brother|daughter|son|mother|father)"
    r"|(?:him|her|them)(?: myself| directly| first)?(?=\W*$))\b"
    r"|\b(?:check|consult|(?:clear|talk|discuss) (?:it|this|that|things)(?: over)?)"
    rf" with {_OWN}|\bconsult {_OWN}|\b(?:run|get) (?:it|this|that|these|them|things)"
    rf" (?:by|past) {_OWN}",
    re.IGNORECASE,
)
_THERE: Final = re.compile(
    r"(?:起きて|誰か|だれか|どなたか|店員さん)(?:、|は)?(?:い)?(?:ますか|る[?？]|います|いらっしゃいます)"
    r"|\b(?:any(?:one|body) (?:there|awake|home)|you (?:there|up|awake))\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"また(?:あとで|後で|今度|来ます|きます|明日|ね)|出直し(?:ます|てきます)|おやすみ|寝ます"
    r"|考え(?:ます|てみ(?:ます|る)|させて|と[くき]|とこう)|検討し(?:ます|てみ|と[くき]|ておき)"
    r"|\b(?:talk|back|later) (?:to you )?later\b|\bi'?ll (?:be back|come back|sleep on it|think"
    r" (?:it over|about it))\b|\bgotta (?:go|run)\b",
    re.IGNORECASE,
)
_SORRY: Final = re.compile(
    r"失礼(?:し(?:まし)?た|いたしました)|(?:お手数|お騒がせ|ご迷惑)(?:を)?(?:お?かけ|しま)"
    r"|すみませんでした"
    r"|\b(?:sorry (?:about that|to bother you|for the (?:bother|trouble))|my mistake|my bad)\b",
    re.IGNORECASE,
)
_RELIEVED: Final = re.compile(
    r"(?:ほっと|ホッと|安心)し(?:ました|た)|助かりま(?:す|した)|それなら(?:安心|大丈夫)"
    r"|よかった(?:です)?[。!！〜ー]*$"
    r"|\b(?:that'?s a relief|phew|good to (?:know|hear)|glad to hear)\b",
    re.IGNORECASE,
)
_KEEPS: Final = re.compile(
    r"(?:気に入って|そのまま使|このまま使|使い続け|残しと(?:い|っ)?て(?:くだ(?:さ)?い|下さい)?|そのままで(?:いい|大丈夫))"
    r"|\b(?:happy with (?:it|them|the)|keeping (?:it|them|the))\b",
    re.IGNORECASE,
)
_SAME_PLACE: Final = re.compile(
    r"(?:住所|届け先|送り先|宛先)[^、。]{0,10}(?:同じ|変わ(?:りま|ら|ってな)|変更(?:は)?(?:なし|ありま|ない))"
    r"|\bsame address\b|\baddress (?:is the same|hasn'?t changed|stays)\b",
    re.IGNORECASE,
)
# He is sorry for the trouble that he makes: 注文をつけてごめんなさい orders nothing.
_APOLOGY: Final = re.compile(
    r"[てで](?:ごめん(?:なさい)?|すみません(?:でした)?|すいません|申し訳(?:ない|ありません|ございません))"
    r"(?:です|でした|ね|ねえ?)*[。!！〜ー]*$"
    r"|\bsorry (?:for|about) (?:all )?(?:the|my|asking|being|changing|so many)\b[^,.;?]{0,40}$",
    re.IGNORECASE,
)
_ECHO: Final = re.compile(
    r"^\W*(?:あ|ああ|へー|へえ|なるほど)?[、。 ]*そう(?:です|なんです)か[、。 ].{1,24}"
    r"(?:駄目|だめ|ダメ|無理|できない(?:ん)?|ない(?:ん)?|なし)(?:です)?(?:か|ね)[。]*$"
    r"|^.{1,24}(?:なん|のん|るん|いん)(?:だ|です)(?:ね|か)?[、 ]*"
    r"(?:へ[ーえぇ]+|ふーん|ほ[ーぉう]+|なるほど)[。!！]*$"
)
_HERE: Final = re.compile(
    r"^\W*(?:じゃあ?|では|なら)?[、 ]*(?:ここ|こちら|こっち|そちら|この店)の?"
    r"(?:商品|お店|もの)?で[。]*$"
)
_THAT: Final = re.compile(
    r"^\W*(?:(?:それ|これ|あれ|そう)(?:それ|これ|あれ|そう)+|(?:それ|これ)で)[。!！]*$"
)
_NO_MATTER: Final = re.compile(
    r"^\W*(?:まあ)?(?:どっち|どちら|どれ)でも(?:いい|いっ|よい|良い|構わ|かまわ|大丈夫)"
    r"|\beither (?:one )?(?:is fine|works|will do)\b|\bdoesn'?t matter\b",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"[?？]|(?:くだ|下)さい|たい(?:です|ん|[。]|$)|ほしい|欲しい|お願い|もらえ|頼み"
    r"|\b(?:please|want|need|can|could|would)\b",
    re.IGNORECASE,
)
_OPEN_QUESTION: Final = re.compile(
    r"(?:でしょう|です|ます)か|どう|何|なに|どこ|いつ|なぜ|\b(?:how|what|where|when|why|which)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 48
_SURE: Final = 0.95
_TAKES: Final = frozenset({"add_to_cart", "compare", "recommend", "find_product"})


def only_said(requests: list[Request], where: Where) -> list[Request]:
    """The requests without what is only said; one alone becomes the courtesy that it is."""
    turn = where[0]
    if turn.state.pending is not None and any(one.yes for one in requests):
        return requests
    if len(requests) > 1 and {one.act for one in requests} != {"complaint"}:
        kept = [one for one in requests if not _is_void(one) and not _asks_family(one, turn)]
        if kept and len(kept) < len(requests):
            return kept
        return requests
    courtesy = _courtesy(requests[0], turn.text, where)
    return requests if courtesy is requests[0] else [courtesy]


def _is_void(request: Request) -> bool:
    """じゃあここの商品で, どっちでもいっか, beside what is wished for."""
    words = request.question.strip()
    if request.chosen and request.how == "button" or request.slot(Quantity):
        return False
    if request.act not in _TAKES:
        return False
    ways = (_HERE, _NO_MATTER, _THAT, _APOLOGY)
    return any(way.search(words) for way in ways)


def _asks_family(request: Request, turn: Turn) -> bool:
    """主人と相談いたします: it is not the shop that shall be asked."""
    if request.act not in ("human_handoff", "out_of_scope", "faq", "clarify", "recommend"):
        return False
    return _FAMILY.search(request.question or turn.text) is not None


def _courtesy(request: Request, text: str, where: Where) -> Request:
    turn, shop = where
    words = text.strip()
    told = request.act == CONTINUE or request.slot(Written) is not None
    if told or request.yes is not None or request.how == "button":
        return request
    if len(words) > _LONGEST:
        own = request.act == "human_handoff" and _asks_family(request, turn)
        return Request("goodbye", question=words) if own else request
    if _THANKS.search(words) and request.act in ("decline", "out_of_scope", "affirm"):
        return Request("thanks", question=words)
    if _THERE.search(words) and request.act not in ("human_handoff", "about_bot"):
        return Request("greet", question=words)
    if _asks_family(request, turn):
        return Request("goodbye", question=words)
    if request.act in ("human_handoff", "complaint", "thanks", "goodbye", "decline"):
        return request
    if request.slot(Quantity) or turn.state.pending is not None:
        return request
    if turn.state.top is not None and request.act == turn.state.top.act:
        return request
    listed = request.act == "wishlist_add" and _WISHES.search(words) is not None
    if _LATER.search(words) and not (_asks(words, turn) or listed):
        return Request("goodbye", question=words)
    if _wishes(words):
        return request
    asks = _OPEN_QUESTION.search(words) is not None
    if not asks and (
        _SORRY.search(words) or _RELIEVED.search(words) and not _names(request, words, where)
    ):
        return Request("thanks", question=words)
    if request.act == "affirm":
        return request
    if request.act in ("change_address", "order_status") and _SAME_PLACE.search(words):
        return request if asks else Request("affirm", question=words)
    if _KEEPS.search(words) and not asks or _ECHO.search(words):
        return Request("affirm", question=words)
    return request


def _wishes(words: str) -> bool:
    return _WISHES.search(_KEEPS.sub(" ", words)) is not None


def _asks(words: str, turn: Turn) -> bool:
    return is_question(reader(turn.language).normalise(words), turn.language)


def _names(request: Request, words: str, where: Where) -> bool:
    turn, shop = where
    told = request.slot(Product) is not None or bool(request.chosen)
    return told or bool(named(shop, words, turn.language).product_ids)
