"""What a text says of the goods without a number: in stock, free, on sale, the best."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.model.claims.stated import Claim, Stated

_STATES: Final[dict[str, str]] = {
    "sold out": r"在庫切れ|在庫(?:が|は|も)?(?:ありません|ございません|"
    r"ない|切れ|無し|なし)|品切れ|売り切れ|欠品|完売"
    r"|\b(?:out of stock|sold[\s-]out|unavailable|not (?:in "
    r"stock|available)|no longer available)\b",
    "in stock": r"在庫(?:が|は|も)?(?:あり(?!ません)|ございます|十分|"
    r"豊富|ござい(?!ません))|在庫あり|即納"
    r"|(?:すぐに?|ただちに)(?:お届け|発送|ご用意)|\b(?<!not )(?<!out of )in stock\b"
    r"|\b(?<!not )(?<!no longer )(?:is|are) available\b|\bready to ship\b",
    "scarce": r"残り(?:わずか|僅か|少|\s?[0-9一二三四五六七八九十]+\s?(?:個|"
    r"点|つ|枚|本|台|着))|残りが|ラスト|最後の(?:一|1)"
    r"|\b(?:only|just|last) (?:\w+ )?(?:left|remaining|few|"
    r"one left)\b|\bselling fast\b|\balmost gone\b"
    r"|\blast one\b|\bwhile stocks? lasts?\b|\blimited (?:stock|"
    r"quantity|edition|time)\b|数量限定|期間限定|限定品?",
    "free": r"無料|タダ|(?<!税)(?<!ア)フリー(?=でお届け|配送)|サービスいたし|お付けいたします"
    r"|\bfree\b(?!\s+to\b)(?!-)(?<!feel free)(?<!caffeine-free)(?<!-free)|"
    r"\bcomplimentary\b|\bat no (?:extra )?(?:cost|charge)\b|"
    r"\bon us\b",
    "whole": (
        r"全額|差額|全品|すべての(?:商品|品|ご注文)|\b(?:everything|"
        r"in full|full refund|the difference|all (?:orders|items|"
        r"products))\b"
    ),
    "another": (
        r"交換品|代替品|代わりの(?:品|商品)|新しいもの|\b(?:a "
        r"replacement|a new one|another one)\b"
    ),
    "discount": r"割引|値引|値下げ|セール|特価|お買い得|キャンペーン|"
    r"クーポン|(?<!取り)引き(?=になり|です|いたし|で(?:ご提供|"
    r"お))|お得|安くな"
    r"|\b(?:discount(?:ed|s)?|on sale|sale price|special "
    r"offer|promo(?:tion)?|coupon|voucher|deal|bargain|% "
    r"off|off your|cheaper|price drop|reduced)\b",
    "points": r"ポイント(?!です|は以下)|\b(?:reward|loyalty|bonus) points?\b",
    "gift": r"プレゼントいたし|おまけ|特典|進呈|\b(?:free gift|bonus item|gift with)\b",
    "guarantee": (
        r"保証|必ず|間違いなく|確実に|絶対に?|\b(?:guarantee[ds]?|"
        r"warranty|certainly will|definitely|for sure|promise)\b"
    ),
    "superlative": r"一番(?:人気|安|お?得|売れ|おすすめ|軽|丈夫|良)|最も|"
    r"最安|最高|人気(?:の|ナンバー|no|一位|1位|が)|売れ筋"
    r"|ベストセラー|世界一|日本一|業界(?:一|初)|\b(?:best[\s-]?sell(?:er|"
    r"ing)|cheapest|most popular|top[\s-]rated|number one|"
    r"no\. ?1|finest|the best)\b",
    "new": (
        r"新商品|新発売|新作|新入荷|\b(?:brand[\s-]new|new arrivals?|"
        r"just arrived|newly released)\b"
    ),
    "reviewed": (
        r"レビュー|口コミ|高評価|好評|評判|\b(?:reviews?|rated|"
        r"customers (?:love|say|rave))\b"
    ),
    "safe": (
        r"安全|無害|アレルゲン(?:フリー|なし)|オーガニック|有機|"
        r"無添加|国産|日本製|\b(?:safe for|hypoallergenic|organic|"
        r"non-toxic|bpa[\s-]free|vegan|gluten[\s-]free|made "
        r"in)\b"
    ),
    "water": (
        r"防水|撥水|食洗機|電子レンジ|洗濯機|\b(?:waterproof|"
        r"dishwasher|microwave|machine[\s-]washable|oven[\s-]safe)\b"
    ),
    "refundable": (
        r"返品(?:を|が|も)?(?:可|でき|承|受け)|返金(?:でき|可|"
        r"保証)|\b(?:refundable|can (?:be )?return(?:ed)?|money[\s-]back)\b"
    ),
    "abroad": (
        r"海外(?:発送|配送|へ)|国際配送|\b(?:international(?:ly)?|"
        r"worldwide|overseas|abroad)\b"
    ),
    "quick": (
        r"翌日配送|最短|即日|特急|お急ぎ便|\b(?:express|overnight|"
        r"next-day|expedited|priority) (?:shipping|delivery)\b|"
        r"\bright away\b(?= .{0,12}ship)"
    ),
    "material": r"純金|純銀|本革|シルク|カシミヤ|ウール|チタン|ステンレス|"
    r"陶器|磁器|木製|ガラス製|コットン|綿100"
    r"|\b(?:gold|silver|leather|silk|cashmere|wool(?:len)?|"
    r"titanium|stainless|ceramic|porcelain|bamboo|cotton|"
    r"linen)\b",
}
_SHIPPING: Final = re.compile(r"送料|配送|お届け|\bship|\bdeliver|\bpostage", re.ASCII)
_CLAUSE: Final = re.compile(r"[。、！？!?\n]|[.,](?=\s|$)", re.ASCII)
_PATTERNS: Final = {name: re.compile(words, re.ASCII) for name, words in _STATES.items()}


def states(text: str) -> Iterator[Stated]:
    """Every such claim of a folded text."""
    for name, pattern in _PATTERNS.items():
        for found in pattern.finditer(text):
            told = _free_what(text, found) if name == "free" else name
            yield Stated(Claim("state", told), found.start(), found.end())


def _free_what(text: str, found: re.Match[str]) -> str:
    """Free shipping is no free repair."""
    begin = max((one.end() for one in _CLAUSE.finditer(text, 0, found.start())), default=0)
    stop = _CLAUSE.search(text, found.end())
    clause = text[begin : stop.start() if stop else len(text)]
    return "free shipping" if _SHIPPING.search(clause) else "free"
