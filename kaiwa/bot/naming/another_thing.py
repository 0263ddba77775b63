"""Something else that is to go along, in words that name no product: 爪をとぐやつも入れて.

Where nothing is named, "add it" means what is spoken of. But whoever says 「…も入れて」 of a thing
that what is spoken of is not, means that thing, and shall not get more of the first.
"""

import re
from typing import Final

from kaiwa.bot.asking.words import names_of, said_in, words_of_question
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.options.said import options_said
from kaiwa.bot.skills.contract import Case

_ALONG: Final = re.compile(
    r"(?:^|[、。,!\s])(?:あと|ついでに|それと|それから|じゃあ?)?[、\s]*"
    r"(?P<x>[^、。,!?\s]{2,16}?)(?:も)"
    r"(?:一緒に|いっしょに|ついでに|合わせて|あわせて|また)?"
    r"(?:\d{1,2}|[一二三四五]|ひと|ふた|みっ)?(?:つ|個|本|枚|箱|袋|缶|足|台|冊|着|セット)?(?:ほど|だけ)?"
    r"(?:入れ|追加|足し|ください|下さい|お願い|買|もら|つけ|付け|いただ|頼|ほし|欲し|[。!]*$)"
)
_OF_THE_SAME: Final = re.compile(
    r"これ|それ|あれ|こちら|そちら|こっち|そっち|この|その|同じ|おなじ|もう|今の|さっき|どっち|どちら"
    r"|両方|全部|誰|何|いつ|\d|[一二三四五六七八九十](?:つ|個|本|枚)|ひとつ|ふたつ"
)


def another_thing(case: Case, ids: tuple[int, ...]) -> str:
    """The words for it; empty where what is spoken of is meant, or a product was named."""
    named = case.frame.product_ids or case.slot(Product) is not None
    if named or case.language != "ja" or not ids or len(ids) > 1:
        return ""
    told = _ALONG.search(case.request.question or case.turn.text)
    if told is None or _OF_THE_SAME.search(told["x"]):
        return ""
    thing = told["x"]
    words = words_of_question(thing.casefold(), case.language, ())
    every = case.shop.variants(ids).get(ids[0], [])
    if not words or not every or options_said(every, thing, case.language):
        return ""
    own = " ".join(names_of([every[0].product]))
    return "" if any(said_in(one, own, case.language) for one in words) else thing
