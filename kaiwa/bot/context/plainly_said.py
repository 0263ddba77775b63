"""What its words alone say in the light of the talk, whatever the learner takes it for.

"Pity, but it can stay. What's my sum?" asks for the sum; "what's on there", after a wish, for the
list of wishes; "which information do you hold on me" for one's own data.
"""

import re
from typing import Final

from kaiwa.bot.cart.coupon_said import coupon_said
from kaiwa.bot.cart.summed_up import summed_up
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.slot import CouponCode
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_SENTENCE: Final = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_BRIEF: Final = 60  # letters of what may stand before the sum that is asked
_DOES: Final = re.compile(
    r"くだ|下さい|お願い|入れ|買[いうおっ]|もら|増や|減ら|変え|に(?:して|する|します)|[?？]"
    r"|\b(?:add|take|buy|get|give|put|make|remove|drop|have|want|order|swap|use|try)\b",
    re.IGNORECASE,
)
_OF_WISHES: Final = frozenset({"wishlist_add", "wishlist_remove", "wishlist_view"})
_ON_THE_LIST: Final = re.compile(
    r"\bwhat(?:'?s| is| are| all is| do i have| have i got)?\b.{0,12}"
    r"\bon (?:there|it)\b"
    r"(?: (?:so far|now|already|at the moment|right now|yet|by now))*\W*$"
    r"|^\W*(?:いま|今|現在|これまで|そこ)?(?:に|で|は)?[、 ]*何が"
    r"(?:入って|載って|のって|登録されて)(?:い)?(?:る|ます)(?:か|の|かな)?[?？。]*$",
    re.IGNORECASE,
)
_OFF_THE_LIST: Final = re.compile(
    r"\b(?:cross|strike|scratch|take|get|knock)\b[^.?!]{1,24}\boff\b"
    r"|(?:n'?t|\bnot) (?:have to|need to|belong|stay)\b[^.?!]{0,12}\bon (?:there|it)\b"
    r"|(?:外|はず)し(?:て|と)|(?:消|け)し(?:て|と)|載せておかなくて",
    re.IGNORECASE,
)
_TOWARDS_CART: Final = re.compile(r"カート|かご|カゴ|\b(?:cart|basket|bag|order)\b", re.IGNORECASE)
_OWN_DATA: Final = re.compile(
    r"\b(?:info(?:rmation)?|data|details|records?)\b[^.?!]{0,40}\b(?:on|about|of) "
    r"(?:me|myself|us)\b"
    r"|\bwhat (?:all )?(?:do|does|have|has) (?:you|your \w+)(?: \w+)? (?:know|hold|have|keep|store"
    r"|stored|saved|got) (?:on|about|of) (?:me|myself)\b"
    r"|(?:私|わたし|僕|ぼく|自分|うち|こちら)(?:について|に関する|のこと(?:で|を|は|って)?|の)"
    r"[^。?？]{0,10}(?:情報|データ|記録)[^。?？]{0,14}(?:持って|もって|残って|保存|保管|登録|ある|あり)",
    re.IGNORECASE,
)
_ERASED: Final = re.compile(
    r"\b(?:erase|delete|wipe)d?\b[^.?!]{0,24}\b(?:everything|data|records|info(?:rmation)?|account"
    r"|all (?:of )?(?:it|that|this))\b"
    r"|\b(?:everything|data|records|info(?:rmation)?|all (?:of )?(?:it|that|this))\b[^.?!]{0,16}"
    r"\b(?:erased|deleted|wiped)\b"
    r"|(?:全部|すべて|全て|それ|データ|情報)[^。?？]{0,6}(?:消し|消去|削除|抹消)",
    re.IGNORECASE,
)
_OF_GOODS: Final = re.compile(
    r"\b(?:cart|basket|bag|wish ?list|list|favou?rites?)\b|カート|かご|カゴ|リスト|お気に入り",
    re.IGNORECASE,
)
# Take everything out for now: emptied, and not paid.
_EMPTIED: Final = re.compile(
    r"\b(?:take|pull|get|clear|throw|toss) (?:everything|it all|them all|the lot"
    r"|all of (?:it|them))(?: back)? out\b(?! of stock)"
    r"|\b(?:empty|clear|wipe)(?: out)? (?:my|the) (?:cart|basket|bag)\b"
    r"|(?:全部|ぜんぶ|すべて|全て)(?:、?(?:いったん|一旦|一度))?(?:外し|はずし|抜い|取り出し)て"
    r"|(?:カート|かご|カゴ)(?:の中身?)?(?:を|は)?(?:、?(?:いったん|一旦|一度))?(?:空|から|カラ)に(?:し|戻)",
    re.IGNORECASE,
)
_NOT_ALL: Final = re.compile(
    r"以外|だけ|残し|ないで|\b(?:except|but|apart|besides|only|just|not|don'?t|never|keep|leave)\b"
    r"|[?？]",
    re.IGNORECASE,
)


def plainly_said(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """The one request that the words are; None where they leave it open."""
    settled = (one.act == CONTINUE or one.yes is not None for one in requests)
    if where[0].state.pending is not None or any(settled):
        return None
    if any(one.slot(CouponCode) is not None for one in requests):
        return None
    return (
        _sum_asked(requests, text, language, where)
        or _of_the_list(requests, text, language, where)
        or _own_data(text, where[0])
        or _emptied(requests, text, language, where)
    )


def _sum_asked(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """The sum of what is in the cart, asked last, behind no more than a word on it."""
    cart = where[1].cart
    if any(one.act == "view_cart" for one in requests):
        return None  # known already, and what is asked beside it
    if cart is None or not cart.lines or OF_ORDERS.intersection(one.act for one in requests[1:]):
        return None
    *before, last = _SENTENCE.split(text.strip())
    told = " ".join(before)
    if len(told) > _BRIEF or _DOES.search(told):
        return None
    asked = summed_up(Request("product_question", question=last), last, where)
    if asked is None or named(where[1], text, language).product_ids:
        return None
    if coupon_said(text, where[1], plain=False) is not None:
        return None  # SALE10だと合計は: the code is used, and the sum told with it
    return Request("view_cart", question=text)


def _of_the_list(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """What is on there, cross it off: right after wishes were the matter, it is their list."""
    state = where[0].state
    if state.last_act not in _OF_WISHES or _TOWARDS_CART.search(text):
        return None
    if all(one.act in _OF_WISHES for one in requests):
        return None  # known already, and which article is meant
    if _ON_THE_LIST.search(text):
        return Request("wishlist_view", question=text)
    if not _OFF_THE_LIST.search(text):
        return None
    ids = named(where[1], text, language).product_ids or state.focus
    return Request("wishlist_remove", chosen=ids, how="name", question=text) if ids else None


def _own_data(text: str, turn: Turn) -> Request | None:
    """What is known of who asks; and that it shall go, once that was the matter."""
    if _OF_GOODS.search(text):
        return None
    after = turn.state.last_act == "account_data" and _ERASED.search(text) is not None
    if not after and not _OWN_DATA.search(text):
        return None
    return Request("account_data", question=text)


def _emptied(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """Everything taken out of the cart, where it was taken for something else."""
    (turn, shop), acts = where, {one.act for one in requests}
    if shop.cart is None or not shop.cart.lines or acts & {"remove_from_cart", "add_to_cart"}:
        return None
    if turn.state.last_act in OF_ORDERS or not _EMPTIED.search(text) or _NOT_ALL.search(text):
        return None
    if named(shop, text, language).product_ids:
        return None
    return Request("remove_from_cart", how="all", question=text)
