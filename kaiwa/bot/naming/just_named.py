"""A text of one product's whole name and nothing but words around it: what is wanted of it.

"I mean the X" answers what is open, "do you have the X" seeks it, "X in stock?" and "the warranty
of X" ask about it, "drop the X" takes it out of the cart. Where a word is left over that none of
these explains, the text is read like any other.
"""

import re
from collections.abc import Iterable
from typing import Final

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.naming.called import Called, called, slipped
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.slot import Product, Query
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.translation import in_language
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 160
_SURE: Final = 0.95
_OF_GOODS: Final = frozenset({"choice", "product", "size", "colour", "option", "quantity"})
_NAMING: Final = re.compile(
    r"のこと|だってば|だよ|ってば|って(?:言|い)(?:って(?:る|ます)|った|いました)"
    r"|と(?:言|い)いました|です|だけど|ですけど|なん(?:です|だ)?(?:けど)?"
    r"|\bi(?:'m| am|m| was)? (?:mean|meant|said|say|talking about|asking about|speaking of)\b"
    r"|\b(?:it's|its|it is|that is|that's|called|named)\b"
)
_SEEKING: Final = re.compile(
    r"(?:って|は|とか)?(?:あります|ございます|ある|あり)(?:でしょうか|です)?(?:か(?:ね|な)?|の)?"
    r"|(?:を)?(?:見せ|みせ)て(?:もら(?:えますか|える|いたい(?:です)?)|いただけますか|ほしい)?"
    r"|(?:を)?[見み]たい(?:です|ん)?(?:だ|です)?(?:けど|が)?|(?:を)?(?:探|さが)し(?:て(?:います|ます"
    r"|いる|る|ください))?(?:んだ|の)?(?:けど|が)?|すみません|こんにちは|[取と]り扱って(?:います|ます)?"
    r"|\b(?:hi|hello|hey|(?:do|does|did|have) (?:you|u|ya)(?: guys)?|have|sell|stock|carry|got"
    r"|any|show|see|look(?:ing)?(?: for| at)?|search(?:ing)?(?: for)?|find|after|interested in"
    r"|i'm|im|i am|i'd|there|is|are)\b"
)
_STOCK: Final = re.compile(
    r"在庫(?:は|が|って)?(?:あり|ある)?|売り?切れ|品切れ|残って(?:い)?(?:る|ます)?|残り(?:は)?"
    r"|\b(?:in stock|out of stock|sold out|available|availability|stock|any left|left)\b"
)
_DROPPING: Final = re.compile(
    r"やめ(?:ます|る|とく|ておきます|たい(?:です)?)|(?:いら|要ら)(?:ない|ん)|(?:いり|要り)ません"
    r"|不要|削除|[外は]ずして|外して|消して|取り消し|キャンセル|恐れ入りますが|から"
    r"|\b(?:remove|drop|delete|nah|no|(?:don'?t|do not) (?:want|need)|any ?more|after all|out"
    r"|take|off|from|sorry|could)\b"
)
_DROPS: Final = re.compile(
    r"やめ|いら|要ら|いり|要り|不要|削除|外し|はずし|消し|取り消|キャンセル"
    r"|\b(?:remove|drop|delete|don'?t|do not|take)\b"
)
_POLITE: Final = re.compile(r"て(?:もら|ください|ほしい)[^。]*")
_ASKING: Final = re.compile(
    r"教えて|おしえて|知りたい|どんな感じ|どう(?:なって(?:い)?(?:る|ます))?|について|伺い(?:ます|たい)"
    r"|何|なに|とは|って|か(?=[。?？]|$)|いただけます"
    r"|\b(?:what|whats|what's|tell|about|how|is|are|it|does|know|could|of|on)\b"
)
_TAKING: Final = re.compile(
    r"買|カート|かご|カゴ|入れ|いれ|くださ|下さ|注文|購入|もら[ういお]|お願い|おねがい|ちょうだい|ほしい|欲しい"
    r"|追加|足し|じゃあ|にし(?:て|ます)|にする|[でも]\W*$|だけ"
    r"|\b(?:add|put|take|buy|order|get|grab|give|gimme|cart|basket|bag|then|too|also|need|want"
    r"|i'?ll|i'd like|throw|toss|and|plus|only|just|instead|change|swap|switch|make|as well)\b"
)
# The shopper's own cart, whatever carts and baskets are sold here.
_THE_CART: Final = re.compile(
    r"\W*+(?:(?:please|pls|can you|could you|let me|let's|i want to|ok|now)\W++)*"
    r"(?:show(?: me)?|view|see|open|check|what'?s(?: in| on)?|display)?\W*+(?:my|the|our|this)?"
    r"\W*+(?:shopping )?(?:cart|basket|bag)(?: (?:please|pls|now|contents?))*\W*+"
)
_MARKS: Final = re.compile(r"[?？「」『』“”]")


def just_named(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """What is wanted of the one product whose name this is; None where more is said than that."""
    turn, _ = where
    top, asked = turn.state.top, turn.state.asked
    if len(text) > _LONGEST or turn.state.pending is not None:
        return None
    if any(one.yes or one.how == "button" for one in requests):
        return None
    if top is not None and (top.act in OF_ORDERS or asked and asked.slot not in _OF_GOODS):
        return None
    if _THE_CART.fullmatch(text.casefold()):
        return [Request("view_cart", question=text, confidence=_SURE)]
    one = called(text, language, where)
    if one is None:
        return None
    told = _wanted(one, language, where)
    if told is None:
        return None
    return [*(each for each in requests if each.act == "greet"), told]


def _wanted(one: Called, language: Language, where: tuple[Turn, Shop]) -> Request | None:
    rest = _MARKS.sub(" ", one.rest)
    if (attribute := _attribute(one, rest, language, where)) is not None:
        return _asked(one, attribute)
    if _is_all(rest, (_STOCK, _SEEKING)) and (found := _STOCK.search(rest)):
        return _asked(one, found[0])
    answers = where[0].state.asked is not None
    if _is_all(rest, (_NAMING,)) and (answers or not _TAKING.search(rest)):
        return _meant(one, where)
    if _is_all(rest, (_SEEKING, _NAMING)) and not _TAKING.search(_POLITE.sub(" ", rest)):
        return _sought(one)
    if _DROPS.search(rest) and _is_all(rest, (_DROPPING,)):
        return _dropped(one, where)
    return None


def _is_all(rest: str, ways: Iterable[re.Pattern[str]]) -> bool:
    """Whether these words and idle ones are all that is left."""
    for way in ways:
        rest = way.sub("\x00", rest)
    return not IDLE.sub("", rest).strip()


def _meant(one: Called, where: tuple[Turn, Shop]) -> Request:
    """The name alone: the answer to what is open, or the question put last, or it is sought."""
    state = where[0].state
    if state.top is not None and state.asked is not None:
        return Request(CONTINUE, chosen=(one.product_id,), how="name", confidence=_SURE)
    return _sought(one)


def _sought(one: Called) -> Request:
    slots = (Query(one.title), Product((one.product_id,)))
    return Request("find_product", slots, how="name", question=one.title, confidence=_SURE)


def _asked(one: Called, words: str) -> Request:
    chosen = (one.product_id,)
    return Request("product_question", chosen=chosen, how="name", question=words, confidence=_SURE)


def _dropped(one: Called, where: tuple[Turn, Shop]) -> Request | None:
    cart = where[1].cart
    if cart is None or all(line.product_id != one.product_id for line in cart.lines):
        return None
    chosen = (one.product_id,)
    return Request("remove_from_cart", chosen=chosen, how="name", confidence=_SURE)


def _attribute(one: Called, rest: str, language: Language, where: tuple[Turn, Shop]) -> str | None:
    """The name of an attribute that the rest of the text asks for, if the product has it."""
    for product in where[1].products((one.product_id,)):
        told = in_language(product, language)
        for name in sorted(told.attributes, key=len, reverse=True):
            left = _without_name(rest, name.casefold())
            if left is None or not _is_all(left, (_ASKING, _SEEKING, _NAMING)):
                continue
            if evidence(question(name, language, (product,)), product):
                return name
    return None


def _without_name(rest: str, name: str) -> str | None:
    """The rest without the attribute's name, slips allowed; None where it is not said."""
    if name in rest:
        return rest.replace(name, "\x00", 1)
    words = name.split()
    if not name.isascii():
        return None
    for word in words:
        found = next((m for m in re.finditer(r"[a-z-]+", rest) if slipped(m[0], word)), None)
        if found is None:
            return None
        rest = f"{rest[: found.start()]}\x00{rest[found.end() :]}"
    return rest
