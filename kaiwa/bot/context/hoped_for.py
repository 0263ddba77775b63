"""What is hoped of a thing, feared of it or wanted to be allowed with it, is asked of it.

左用があればうれしい, 痒くならないか心配です, "I'm worried it might itch", 敷いても平気？: there
is a question in it, and the page of the one thing that is spoken of answers.
"""

import re
from typing import Final

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.slot import Price, Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_LONGEST: Final = 120
_MAY_ASK: Final = frozenset({"find_product", "refine", "out_of_scope", "clarify", "faq"})
_HOPES: Final = re.compile(
    r"に[^、。]{1,12}(?:が|も|は)?あれば[^、。]{0,4}(?:うれし|嬉し|いい|よい|良い|助か|ありがた|最高)"
    r"|\b(?:it would|that would|it'?d) be (?:nice|great|good|lovely) if (?:it|this|that|they)\b"
    r"|\bhoping (?:it|this|they) (?:has|have|comes?|does|do|is|are)\b",
    re.IGNORECASE,
)
_FEARS: Final = re.compile(
    r"(?:か|かどうか|んじゃない?かと?)(?:が|も|は|、)?(?:ちょっと|少し)?"
    r"(?:心配|不安|気がかり|気にな(?:る|り|って))"
    r"|\b(?:worried|afraid|concerned|nervous) (?:that |about whether |if )?"
    r"(?:it|this|they|these)\b",
    re.IGNORECASE,
)
_MAY_I: Final = re.compile(
    r"[てで]も(?:問題|大丈夫|だいじょうぶ|平気|へいき|構わ|かまわ|ok|オッケー|いい|よい|良い|だめ|ダメ|駄目)"
    r"[^、。]{0,8}[?？かの]*$"
    r"|(?:買い足|別に(?:買|用意)|用意)[^、。]{0,6}(?:必要|要|いる|しない)[^、。]{0,6}[?？か]"
    r"|\b(?:do i need|will i need) (?:a |an |to (?:buy|get) )",
    re.IGNORECASE,
)


def hoped_for(request: Request, text: str, where: tuple[Turn, Shop]) -> Request:
    """The question that the words are; the request where no page tells anything of it."""
    turn, shop = where
    words = request.question or text
    top = turn.state.top
    if request.act not in _MAY_ASK or len(text) > _LONGEST or request.slot(Price):
        return request
    if request.yes is not None or request.reason or top is not None and top.act != "add_to_cart":
        return request
    if not any(way.search(words) for way in (_HOPES, _FEARS, _MAY_I)):
        return request
    language = turn.state.language or turn.language
    told = named(shop, words, language).product_ids
    slot = request.slot(Product)
    ids = told if len(told) == 1 else slot.ids if slot and len(slot.ids) == 1 else turn.state.near
    products = shop.products(ids) if len(ids) == 1 else []
    if not any(evidence(question(words, language, products), one) for one in products):
        return request
    return Request("product_question", chosen=tuple(ids), how="recency", question=words)
