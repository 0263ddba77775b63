"""Something else to put in, in words that name no product: 爪をとぐやつも入れて, "a lantern".

Where nothing is named, "add it" means what is spoken of. But whoever asks for a thing that what is
spoken of is not means that thing, and shall not get more of the first.
"""

import re
from typing import Final

from kaiwa.bot.asking.words import names_of, said_in, words_of_question
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.options.said import options_said
from kaiwa.bot.skills.contract import Case
from kaiwa.languages import words_ja

_ALONG: Final = re.compile(
    r"(?:^|[、。,!\s])(?:あと|ついでに|それと|それから|じゃあ?)?[、\s]*"
    r"(?P<x>[^、。,!?\s]{2,16}?)(?P<how>も|を)"
    r"(?:一緒に|いっしょに|ついでに|合わせて|あわせて|また)?"
    r"(?:カート|かご|カゴ|バスケット)?に?"
    r"(?:\d{1,2}|[一二三四五]|ひと|ふた|みっ)?(?:つ|個|本|枚|箱|袋|缶|足|台|冊|着|組|脚|膳|セット)?(?:ほど|だけ)?"
    r"(?:入れ|追加|足し|ください|下さい|お願い|買|もら|つけ|付け|いただ|頼|ほし|欲し|[。!、]|$)"
)
_PUT_IN: Final = re.compile(
    r"\b(?:add|put|throw|toss|get|grab|order|buy|i'?ll (?:take|have)|i'?d like|i (?:want|need))"
    r"(?: in| me)? (?:an?|some|the|one|two|three|\d{1,2}) (?P<x>[a-z][a-z' -]{2,40}?)"
    r"(?: (?:in|to|into) (?:my|the) (?:cart|basket|bag|order))?"
    r"(?: (?:too|as well|also|please|pls|then|instead|and that's it|for now|thanks?))*\W*$"
)
_OF_THE_SAME: Final = re.compile(
    r"これ|それ|あれ|こちら|そちら|こっち|そっち|この|その|同じ|おなじ|もう|今の|さっき|どっち|どちら"
    r"|両方|全部|誰|何|いつ|\d|[一二三四五六七八九十](?:つ|個|本|枚)|ひとつ|ふたつ|人気|おすすめ|オススメ"
    r"|ギフト|プレゼント|包装|のし|熨斗|ラッピング|カード|クーポン|メッセージ|領収|住所|名前"
    r"|\b(?:it|that|this|ones?|same|another|more|others?|both|each|all|them|those|these|pairs?|sets?"
    r"|first|second|third|last|next|rest|lot|cheap\w*|dear\w*|big\w*|small\w*|large\w*|size|colou?rs?"
    r"|of|gift|wrap\w*|present|card|note|message|coupon|code|discount|address|best|popular|packs?"
    r"|box(?:es)?|bags?|bottles?|pieces?|which|what|few|couple|dozen)\b"
)


def another_thing(case: Case, ids: tuple[int, ...]) -> str:
    """The words for it; empty where what is spoken of is meant, or a product was named."""
    named = case.frame.product_ids or case.slot(Product) is not None
    if named or len(ids) > 1:
        return ""
    said = case.request.question or case.turn.text
    thing = _told_ja(said, alone=not ids) if case.language == "ja" else _told_en(said)
    if not thing or _OF_THE_SAME.search(thing):
        return ""
    words = words_of_question(thing.casefold(), case.language, ())
    if not ids:
        return thing if words else ""
    every = case.shop.variants(ids).get(ids[0], [])
    if not words or not every or options_said(every, thing, case.language):
        return ""
    product = every[0].product
    own = " ".join([*names_of([product]), *([product.body] if case.language == "en" else [])])
    return "" if any(said_in(one, own, case.language) for one in words) else thing


def _told_en(text: str) -> str:
    told = _PUT_IN.search(text.casefold())
    return told["x"].strip() if told else ""


def _told_ja(text: str, *, alone: bool) -> str:
    """With を it must end in a noun: 丈夫なのを is said of what is spoken of."""
    told = _ALONG.search(text)
    if told is None or told["how"] == "も" and not alone:
        return told["x"] if told else ""
    cut = words_ja.words(told["x"])
    return told["x"] if cut and cut[-1].part == "名詞" else ""
