"""Write to me if it returns: to be told when an article is back, or cheaper, however it sounds.

An address told with it is where to write, and no order's; what "returns" is the article.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.nlu.slot import OrderNumber, Slot
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 160
_SURE: Final = 0.9
_MISREAD: Final = frozenset(
    {
        "change_address", "change_order", "order_status", "return_request", "account_data", "faq",
        "delivery_request", "out_of_scope", "clarify", "find_product", "product_question", "refine",
        "human_handoff",
    }
)  # fmt: skip
_WRITE: Final = (
    r"(?:write(?: to)?|tell|let|e-?mail|mail|message|text|notify|ping|contact|drop)"
    r" (?:to )?(?:me|us)\b"
)
_BACK: Final = (
    r"(?:if|when|whenever|once|as soon as|should)\b[^.!?;]{0,40}"
    r"\b(?:returns?|(?:is|are|'s|comes?|gets?) (?:back|in again|in stock|available)|back in stock"
    r"|restocked|restock|(?:is|are|becomes?) available(?: again)?)\b"
)
_TELL_WHEN: Final = re.compile(
    rf"\b{_WRITE}.{{0,40}}\b{_BACK}|\b{_BACK}.{{0,40}}\b{_WRITE}"
    r"|(?:再?入荷|在庫が|また(?:入|出)|戻って|復活)[^。]{0,12}(?:たら|次第|れば|時に|ときに|とき)"
    r"[^。]{0,20}(?:知らせ|連絡|教え|メール|お便り|通知|一報)",
    re.IGNORECASE,
)
_CHEAPER: Final = (
    r"(?:if|when|whenever|once|as soon as|should)\b[^.!?;]{0,30}"
    r"\b(?:cheaper|drops?|goes (?:down|on sale)|(?:is|gets) (?:reduced|discounted)|on sale"
    r"|comes down)\b"
)
_TELL_CHEAPER: Final = re.compile(
    rf"\b{_WRITE}.{{0,30}}\b{_CHEAPER}|\b{_CHEAPER}.{{0,40}}\b{_WRITE}"
    r"|(?:(?:安く|安価に|お得に|手頃に)(?:な|し)|値下(?:が|げ)|(?:値段|価格)(?:が)?(?:下が|落ち|さが)"
    r"|セール(?:に|が))"
    r"[^。]{0,8}(?:たら|なら|れば|とき|時|際|タイミング|次第)[^。]{0,20}"
    r"(?:知らせ|連絡|教え|おしえ|メール|通知|一報|声)",
    re.IGNORECASE,
)


def when_it_is_back(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request]:
    """The request to be told, where that was read as anything else; else what there is."""
    state = where[0].state
    if len(text) > _LONGEST or state.order_id is not None or state.pending is not None:
        return requests
    if state.top is not None or any(one.slot(OrderNumber) for one in requests):
        return requests
    cheaper = _TELL_CHEAPER.search(text) is not None
    misread = all(one.act in _MISREAD for one in requests)
    if not misread or not (cheaper or _TELL_WHEN.search(text)):
        return requests
    told = spoken(text.casefold(), language, where)
    ids = tuple(dict.fromkeys(one.product_id for one in told.articles)) or state.near
    if told.open_ids or len(ids) != 1:
        return requests
    slots: tuple[Slot, ...] = tuple(one.slot for each in told.articles for one in each.options)
    act = "price_alert" if cheaper else "restock_alert"
    base = Request(act, slots, chosen=ids, how="name", confidence=_SURE)
    return [msgspec.structs.replace(base, question=text)]
