"""Wishes taken back: カートに入れないで, 買わない, don't cancel it. A "no" to an act is no act."""

import re
from typing import Final

from kaiwa.bot.nlu.act import WRITING, Act
from kaiwa.vocabulary.language import Language

_JA_VERBS: Final[dict[Act, str]] = {
    "add_to_cart": "入れ|追加し|買わ|購入し|注文し|頼ま",
    "remove_from_cart": "消さ|削除し|外さ|除か",
    "checkout": "注文し|購入し|買わ|払わ|確定し|会計し",
    "cancel_order": "キャンセルし|取り消さ|やめ",
    "return_request": "返品し|返さ|交換し",
    "apply_coupon": "使わ|適用し",
    "change_address": "変え|変更し",
    "delivery_request": "変え|変更し|届け",
    "change_quantity": "変え|変更し|増やさ|減らさ",
    "wishlist_add": "入れ|追加し|登録し|保存し",
    "restock_alert": "知らせ|通知し|教え|連絡し",
    "price_alert": "知らせ|通知し|教え|連絡し",
    "review": "書か|投稿し",
}
_JA_NOT = r"(?:な(?:い(?!と|か(?!な)|もの|やつ|ん(?:です|だけど))|く)|ません(?!か)|ないで)"
_EN_VERBS: Final[dict[Act, str]] = {
    "add_to_cart": "add|buy|order|take|purchase|put",
    "remove_from_cart": "remove|delete|take|empty|clear",
    "checkout": "check out|checkout|pay|order|buy|place",
    "cancel_order": "cancel",
    "return_request": "return|exchange|send",
    "apply_coupon": "use|apply|redeem",
    "change_address": "change|update",
    "delivery_request": "deliver|change|reschedule",
    "change_quantity": "change|update|increase|reduce",
    "wishlist_add": "save|add|put|wishlist|bookmark",
    "restock_alert": "notify|alert|tell|email|message",
    "price_alert": "notify|alert|tell|email|message",
    "review": "write|leave|post|review",
}
_EN_NOT = r"\b(?:don'?t|do not|never|not going to|won'?t|no need to|rather not)\b"


_ANY_VERB: Final = re.compile(rf"(?:{'|'.join(_JA_VERBS.values())})ないで(?:ください)?[。!！]*$")
_NOT_BEFORE: Final = re.compile(r"(?:前|まで)に?は|[日曜]に?は|\b(?:before|until|till|on|by)\b")


def negated(act: Act, text: str, language: Language) -> bool:
    """Whether the folded text asks for the act *not* to be done."""
    pattern = _patterns(language).get(act)
    if act == "delivery_request" and _NOT_BEFORE.search(text):
        return False  # on which day it should not come is a wish too
    if act in WRITING and language == "ja" and _ANY_VERB.search(text):
        return True  # まだ注文しないで, whatever it was taken for
    return pattern is not None and pattern.search(text) is not None


def _patterns(language: Language) -> dict[Act, re.Pattern[str]]:
    return _COMPILED[language]


_COMPILED: Final[dict[Language, dict[Act, re.Pattern[str]]]] = {
    "ja": {act: re.compile(rf"(?:{verbs}){_JA_NOT}") for act, verbs in _JA_VERBS.items()},
    "en": {
        act: re.compile(rf"{_EN_NOT}(?: \w+){{0,3}}? (?:{verbs})\b(?! (?:know|have))")
        for act, verbs in _EN_VERBS.items()
    },
}
