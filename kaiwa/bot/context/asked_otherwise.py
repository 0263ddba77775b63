"""What every shop is asked in words that stand in none of its answers, put as a shop would.

何時に開くの, "how long does it take to get to me", 古いやつ持ってってくれる？: the matter is plain,
though no word is the FAQ's own. Only what the shop has written on it is told.
"""

import re
from typing import Final, NamedTuple

from kaiwa.bot.nlu.questions import Findings, looked_up
from kaiwa.bot.shop import Shop
from kaiwa.vocabulary.language import LANGUAGES, Language


class _Matter(NamedTuple):
    asked: re.Pattern[str]
    put: dict[Language, str]


def _matter(asked: str, ja: str, en: str) -> _Matter:
    return _Matter(re.compile(asked, re.IGNORECASE), {"ja": ja, "en": en})


_BY_PHONE: Final = _matter(
    r"電話.{0,10}(?:何時|何番|番号|いつ|受付|やって|つなが)|(?:何時|いつ).{0,8}電話"
    r"|\b(?:what|which|when|until when|how late).{0,24}\b(?:call you|phone|reach you|ring you)\b",
    "電話番号と、電話の受付時間を教えてください",
    "What is your phone number and when can I call?",
)
# In English the meanings of "come by" and of "try it first" tell as much.
_MATTERS: Final = (
    _matter(
        r"(?:[月火水木金土日]曜日?|土日|週末|祝日|平日|明日|今日|お?店|店舗|そちら|そっち|おたく|お宅|直接)"
        r"(?:に|まで|へ|は)?(?:行(?:って|った|け)|伺(?:って|った|え)|寄(?:って|った|れ))[^。、]{0,12}"
        r"(?:平気|大丈夫|開いて|あいて|やって|いい(?:です)?か|試|ため[しせ]|見(?:ら)?れ|買え)",
        "お店の場所と営業時間、定休日を教えてください",
        "Where is your shop, and when is it open?",
    ),
    _matter(
        r"(?:先に|前に|事前に|一度|いちど)[^。、]{0,8}(?:触|さわ|試し|ためし)"
        r"(?:って|て)?(?:み)?(?:た[いくら]|られ|れ)",
        "見本やサンプルを送ってもらえますか",
        "Can you send me a sample?",
    ),
    _matter(
        r"何時(?:に|から|まで|ごろ)?.{0,4}(?:開[くいけ]|あ[くい](?:の|て|ん|$)|閉|しま[るり])"
        r"|(?:休み|定休|お休み)(?:の曜日|の日|日)?(?:は|って|いつ|何曜)|何曜日?(?:が|に|は)?(?:お?休み|定休)"
        r"|\bwhat time (?:do|are|does) (?:you|u|the (?:store|shop)) (?:open|close)"
        r"|\bwhen (?:do|are) (?:you|u) (?:open|closed?)\b|\b(?:are|r) (?:you|u)"
        r" (?:open|closed) (?:on|to)",
        "営業時間と定休日を教えてください",
        "What are your opening hours?",
    ),
    _matter(
        r"(?:いつ|何日|どれ(?:くらい|ぐらい)|どのくらい)(?:で|に|ごろ|頃)?[^。、]{0,6}(?:届[くい]|着[くき]|手に入)"
        r"|\bhow (?:long|soon|fast|many days)\b.{0,24}\b(?:to get (?:to me|here|it|them)"
        r"|to (?:arrive|come|reach)|to (?:my|our) (?:door|place|house)|for (?:it|them) to"
        r"|before (?:it|they) (?:get|come|arrive))\b"
        r"|\bhow (?:long|many days)\b.{0,24}\b(?:to|for) (?-i:[A-Z][a-z]+)"
        r"|\b(?:in|to|from) (?-i:[A-Z][a-z]+),? how (?:long|many days)\b"
        r"|\b(?:when|get|be|arrive|come|here)\b.{0,24}\bif (?:i|we) order(?:ed)?\b"
        r"|\bcan (?:you|it|they) (?:get|be|arrive|come|make)\b.{0,20}"
        r"\b(?:before|in time|by the time)\b"
        r"|(?:今日|いま|今|本日)(?:頼|注文|買)[^。、]{0,8}(?:いつ|何日|間に合)",
        "注文してから何日で届きますか",
        "How long does delivery take?",
    ),
    _matter(
        r"(?:古|今使って|いま使って|今の|いらな|要らな|使わな|ボロ)[^。、]{0,14}"
        r"(?:持って(?:行|い[っくけ])|もってって|持ってって|引き取|引取|回収|処分)"
        r"|\b(?:take|haul|pick up|get rid of|dispose of|carry off|collect)\b.{0,20}"
        r"\b(?:old|used|current|existing|worn[- ]out)\b",
        "古いものを引き取ってもらえますか",
        "Do you take away my old one?",
    ),
    _matter(
        r"(?:試せ|試[しす]|試着|触れ|さわれ|触って|見られ|見れ|てみられ|確かめられ)[^。、]{0,6}(?:場所|ところ|とこ|お?店)"
        r"|\b(?:is there|do you have|any) (?:an? |any )?(?:place|shop|store|showroom|where) "
        r"(?:where |that )?(?:i|we) (?:can|could) (?:try|see|feel|touch|test)\b"
        r"|\bwhere can (?:i|we) (?:try|see|feel|touch|test) (?:it|them|this|these)\b",
        "お店はどこにありますか",
        "Do you have a shop where I can see it? Where is it?",
    ),
    _matter(
        r"(?:ねじ|ネジ|部品|パーツ|金具|ふた|蓋|替え刃|電池ぶた)[^。、]{0,8}(?:だけ|のみ|単品|単体)"
        r"|\b(?:just|only) (?:the|a|some) (?:screws?|parts?|lids?|caps?|bolts?|knobs?|feet|legs?)\b"
        r"|\b(?:spare|replacement) (?:parts?|screws?|lids?|bolts?)\b",
        "部品だけ買えますか",
        "Do you sell spare parts?",
    ),
    _matter(
        r"(?:こっち|こちら|ここ|うち|日本|アメリカ|米国|カナダ|海外)(?:の(?:方|ほう))?(?:に|へ|まで)も?"
        r"(?:送|発送|届け|配送)"
        r"|\b(?:ship|mail|send|deliver|post)\b.{0,16}"
        r"\b(?:up|out|down|over|all the way) (?:here|there)\b",
        "どこに送れますか。海外にも送れますか",
        "Where do you ship? Do you ship abroad?",
    ),
    _matter(
        r"(?:折れ|割れ|壊れ|枯れ|欠け|破れ|つぶれ|潰れ|溶け|腐っ)て[^。、]{0,4}(?:届|着|来|き)(?:い)?"
        r"(?:たら|たとき|た場合|て(?:い)?たら|てる)"
        r"|\b(?:what (?:if|happens (?:if|when))|suppose|if)\b[^.?!]{0,30}"
        r"\b(?:arrives?|comes?|shows? up|turns? up|gets? here)\b[^.?!]{0,12}"
        r"\b(?:dead|snapped|smashed|broken|cracked|crushed|bent|damaged|torn|melted|wilted|rotten"
        r"|in (?:half|pieces|bits))\b"
        r"|\bmy [\w -]{2,24}? (?:is|are|has|have) (?:\w+ )?(?:dying|died|dead|wilting|wilted"
        r"|rotting|falling apart|fallen apart)\b",
        "届いた商品が壊れていたらどうなりますか",
        "What if it arrives damaged, broken or dead?",
    ),
)


def asked_otherwise(words: str, language: Language, shop: Shop) -> Findings | None:
    """What the shop has written on a matter that its own words do not name."""
    for one in (_BY_PHONE, *_MATTERS):
        if one.asked.search(words) and (found := _written(one, language, shop)):
            return found
    return None


def by_phone(words: str, found: Findings, language: Language, shop: Shop) -> Findings | None:
    """電話は何時まで: of the telephone, where what was found is when the doors are open."""
    if not _BY_PHONE.asked.search(words) or not found.sure:
        return None
    told = _written(_BY_PHONE, language, shop)
    if told is None or not told.sure or told.sure[0].entry == found.sure[0].entry:
        return None
    return told if _speaks_of_it(told.sure[0].entry.question) else None


def _speaks_of_it(question: str) -> bool:
    return re.search(r"電話|\b(?:phone|call)", question, re.IGNORECASE) is not None


def _written(one: _Matter, language: Language, shop: Shop) -> Findings | None:
    """What is written on it, in the language of the words if there is anything."""
    for spoken in (language, *(other for other in LANGUAGES if other != language)):
        found = looked_up(one.put[spoken], spoken, shop.known.faq, shop.known.knowledge)
        if found.answers:
            return found
    return None
