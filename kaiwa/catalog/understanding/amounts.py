"""Reads price bounds: 3,000円以下, 三千円くらい, 2千円台, between $40 and $80, 高くても5000円.

A number is an amount by its currency, by a word that binds it, or by its size (2万以内). A number
with another unit (2kg, 10000mAh, 27インチ) never is.
"""

import re
from functools import lru_cache
from typing import Final

from kaiwa.catalog.understanding.numerals import KANJI, LARGE, NUMBER, in_digits, number_of
from kaiwa.languages.two_scripts import Script, Seen, TwoScripts, looked_through

__all__ = ["number_of", "price_bounds"]

_SIGN = r"(?:(?:us)?\$|[¥€£\\])\s*"
_NAMED = (
    r"\s*(?:円|圓|えん(?![ぁ-ん])|yen\b|jpy\b|dollars?\b|usd\b|bucks?\b|ドル|ユーロ|€|euros?\b|eur\b"
    r"|quid\b|gbp\b|£|\$(?!\d))"
)
# Units: those of one letter only right behind the number, the others after a space too.
_LETTER = r"(?:[mglwvahst]|in)(?![a-z0-9])"
_WORD = (
    r"(?:[a-z]*(?:hz|ah|wh|bits?)|cm|mm|km|inch(?:es)?|ft|feet|foot|yards?|kg|mg|lbs?|pounds?|oz"
    r"|ounces?|ml|cl|lit(?:er|re)s?|gal(?:lons?)?|kw|watts?|volts?|amps?|tb|gb|mb|mp|dpi|rpm|lumens?"
    r"|lm|tog|pcs?|pieces?|packs?|pk|ct|count|pages?|people|persons?|seater|years?|yrs?|months?"
    r"|weeks?|days?|hours?|hrs?|min(?:ute)?s?|sec(?:ond)?s?|players?|ports?|threads?"
    r"|in\s+(?:tv|monitor|screen|wide|long|tall|deep))(?![a-z0-9])"
)
_COUNTER = (
    r"(?:[%°℃\"'個本枚人台回歩冊足着組袋箱缶杯粒玉畳号型段番年月週日時分秒色匹巻膳切升合坪泊代]"
    r"|インチ|センチ|ミリ|メートル|キロ|グラム|リットル|ワット|ボルト|アンペア|ギガ|テラ|ページ|セット"
    r"|パック|ピース|[ヶかカヵ]月|つ(?![ぁ-ん]))"
)
_NO_UNIT = rf"(?![\d.,]*\d|[百千万]|-?{_LETTER}|\s*-?\s*{_WORD}|\s*{_COUNTER})"
_JA_AFTER = r"\s*(?:くらい|ぐらい|程度|位|ほど)?\s*"
# No price is as long as this, and the patterns below would try every way to cut it.
ENDLESS: Final = re.compile(r"[\d,.]{15}|[一二三四五六七八九十百千万〇]{15}")


def _sure(name: str) -> str:
    # An amount with its currency.
    return rf"(?:{_SIGN}(?P<{name}>{NUMBER})(?:{_NAMED})?|(?P<{name}_>{NUMBER}){_NAMED})"


def _large(name: str) -> str:
    # With its currency, or large enough to be a price where a bound word stands beside it.
    return rf"(?:{_sure(name)}|(?P<{name}__>{LARGE}){_NO_UNIT})"


def _loose(name: str) -> str:
    # Any number without another unit: the bound word before it says what it is.
    return rf"(?:{_sure(name)}|(?P<{name}__>{NUMBER}){_NO_UNIT})"


_TO = r"\s*(?:[~〜～–—-]|から|to|and)\s*"
_ONE = "[1-9一二三四五六七八九]"
_MORE = r"(?:more\s+than|over|above|exceed(?:ing)?|higher\s+than|past)"
_NOT = (
    r"(?:\b(?:no|not|nothing|never|cannot)|\b(?:do|does|ca|wo|would|should|could|must)?n't)\s+"
    r"(?:(?:be|cost|costing|go|spend|pay|want|to)\s+)*"
)
_TAX = r"(?:\s*\(?(?:税込み?|税抜き?|税別|送料込み?|込み)\)?の?\s*)?"
_OR_LESS = (
    r"(?:or\s+(?:less|under|below|cheaper|lower)|and\s+(?:under|below|less)|max(?:imum)?\b|tops\b)"
)
_OR_MORE = r"(?:or\s+(?:more|above|over|up|higher)|and\s+(?:up|above|over|more)|\+)"
_UNDER = (
    r"(?:\b(?:under|below|sub|less\s+than|lower\s+than|cheaper\s+than|fewer\s+than|up\s*to|at\s+most"
    r"|max(?:imum)?(?:\s+(?:of|price))?|within|not\s+exceeding|no\s+higher\s+than"
    r"|(?:not|no)\s+(?:above|over)|south\s+of|cap(?:ped)?(?:\s+at)?)|<=?|≤)[\s:-]*(?:(?:an?|the|my)\s+)?"
)
# "Lamp 40-60": of round numbers without a unit only these are sums of money.
_ROUND = r"(?:[2-9]|[1-9]\d{1,2})[05]"
_RULES: Final = [
    ("range", rf"\b(?:between|from)\s+{_loose('a')}\s*(?:and|to|[-~–—&])\s*{_loose('b')}"),
    ("range", rf"(?<!\d)(?P<a>{_ONE})[、,・](?P<b>{_ONE}[百千万]+)(?:{_NAMED}|(?=台|前後))"),
    ("range", rf"{_loose('a')}{_TO}{_sure('b')}(?:の間|の範囲|まで|以下|以内|台)?"),
    ("range", rf"{_sure('a')}{_TO}{_loose('b')}"),
    ("range", rf"{_large('a')}(?:[~〜～–—-]|から){_large('b')}(?=$|[\s、。の以まくぐ])"),
    ("range", rf"{_loose('a')}{_TO}{_loose('b')}(?=\s+(?:price\s+)?range\b)"),
    (
        "budget",
        rf"予算(?:は|が|:|的に(?:は)?)?\s*(?:約|だいたい|上限)?\s*{_loose('b')}"
        rf"{_JA_AFTER}(?:前後|まで|以内|以下|内)?",
    ),
    ("budget", rf"{_large('b')}(?:が|の)?予算"),
    (
        "budget",
        rf"\b(?:my\s+)?budget\s*(?:of|is|:|=)?\s*(?:around|about|max|up\s+to|under)?\s*"
        rf"{_loose('b')}",
    ),
    ("budget", rf"{_sure('b')}\s*(?:budget\b|to\s+spend\b(?:\s+on\b)?)"),
    ("budget", rf"\b(?:i(?:'ve)?\s+)?(?:only\s+)?(?:got|have)\s+(?:only\s+|about\s+)?{_sure('b')}"),
    (
        "budget",
        rf"{_large('b')}(?:を)?(?:しか(?:ない|無い|出せない|使えない|払えない|持って(?:い)?ない|ありません)|握りしめて)",
    ),
    ("budget", rf"{_sure('b')}[札玉]\s*(?:[一1]枚|[1一]つ|ひとつ)?で(?:買える|足りる)?(?:もの)?"),
    (
        "most",
        rf"{_large('b')}\s*(?:以上|オーバー|より(?:も)?(?:上|高い(?:の|もの)?)|を?[超越]える(?:の|もの)?)(?:は|だと)"
        r"(?:ng|無理|ムリ|ちょっと|出せない|払えない|厳しい|きつい|だめ|ダメ|嫌|いや|なし|避けたい|手が出ない)",
    ),
    ("most", rf"{_NOT}{_MORE}\s+{_loose('b')}"),
    (
        "most",
        rf"{_large('b')}\s*(?:を|は|より)?\s*(?:超え|越え|こえ|高く|上回り|上回ら|オーバーし)"
        r"(?:たく)?ない(?:もの|くらい|範囲|程度)?",
    ),
    (
        "below",
        rf"{_large('b')}\s*(?:も|は|に)?\s*(?:し|いか|行か|かから|届か|とどか|満た)ない"
        r"(?:もの|やつ|くらい)?",
    ),
    (
        "below",
        rf"{_large('b')}\s*(?:未満|より(?:も)?(?:お?安い|お?安く|安め|下|低い)"
        r"|を?(?:切る|切って|切った|下回る|割る)|弱(?![い点]))",
    ),
    (
        "most",
        rf"(?:(?:どんなに|いくら)?お?高くて(?:も)?|上は|最高(?:でも)?|最大(?:でも)?|上限(?:は|が|:)?|せいぜい|多くても"
        rf"|アンダー|max)\s*{_large('b')}{_JA_AFTER}(?:まで|以内|以下)?",
    ),
    ("most", rf"(?:^|(?<=[\s、の]))[~〜～](?!\s*[$£€])\s*{_large('b')}(?:まで)?"),
    (
        "most",
        rf"{_large('b')}{_TAX}{_JA_AFTER}(?:以下|以内|いない(?![ぁ-ん])|まで|内|アンダー|{_OR_LESS})",
    ),
    ("most", rf"{_loose('b')}\s*(?:or\s+(?:less|under|below|cheaper)|max\b|tops\b)"),
    ("most", rf"{_sure('b')}\s*(?:(?:price\s+)?(?:cap|limit|ceiling)|at\s+(?:the\s+)?most)\b"),
    ("most", rf"\b(?:limit|ceiling)\s*(?:of|is|:)?\s*{_sure('b')}"),
    (
        "most",
        rf"{_large('b')}(?:で|なら)(?:買える|[い行]け(?:る|ます)|購入できる|手に入る|お?収まる|おさまる|足りる"
        r"|お釣りが?(?:くる|来る)|おつりが?(?:くる|来る))",
    ),
    ("most", rf"{_loose('b')}\s*(?:以下|以内)"),
    ("most", rf"{_UNDER}{_loose('b')}"),
    (
        "least",
        rf"(?:お?安くて(?:も)?|下は|最低(?:でも)?|下限(?:は|が|:)?|少なくとも)\s*{_large('a')}",
    ),
    (
        "least",
        rf"{_large('a')}\s*(?:以上|より(?:も)?(?:高い|高め|上)|を?[超越]える|超(?!え)|オーバー"
        rf"|{_OR_MORE})",
    ),
    ("least", rf"{_sure('a')}\s*(?:から|[~〜～])(?=$|[\s、の])"),
    ("least", rf"\b(?:over|above|exceeding|upwards?\s+of|north\s+of)\s+{_large('a')}"),
    ("least", rf"\babove\s+{_loose('a')}"),
    (
        "least",
        rf"\b(?:more\s+than|at\s+least|from|min(?:imum)?(?:\s+of)?|start(?:ing|s)?\s+(?:at|from))"
        rf"\s+{_sure('a')}|>=?\s*{_loose('a3')}",
    ),
    ("band", rf"{_large('a')}\s*(?:台|代(?!わり))(?P<half>前半|後半)?"),
    ("about", rf"(?:約|およそ|[大だ][体い]たい|ざっと)\s*{_large('a')}"),
    (
        "about",
        rf"{_large('a')}\s*(?:前後|くらい|ぐらい|程度|ほど|位|あたり|ちょっと|ちょい|付近|近辺|近く|強(?![いめ力度])|ぽっきり|ぴったり|ちょうど)",
    ),
    (
        "about",
        rf"(?:\b(?:around|about|roughly|approx(?:imately)?\.?|circa|near|close\s+to|worth|exactly)|~)\s*{_sure('a')}",
    ),
    ("about", rf"\b(?:around|roughly|approx(?:imately)?)\s+{_large('a')}"),
    ("about", rf"{_sure('a')}\s*-?ish\b"),
    ("about", rf"{_large('a')}\s+or\s+(?:so|thereabouts)\b"),
    ("about", rf"(?P<a>{NUMBER})[- ]?ish\b"),
    ("several", rf"数(?P<a>[十百千万])(?:{_NAMED})"),
    ("most", rf"\b(?:for|at)\s+{_sure('b')}"),
    ("most", rf"{_sure('b')}で(?=[^ぁ-んー]|$)"),
    ("about", r"(?:^|(?<=\s))(?P<a>\d+(?:\.\d)?[千万]\d?千?)(?=$|[\s、ので])"),
    ("range", rf"(?:^|(?<=[\s,]))(?P<a>{_ROUND})\s*(?:-|to)\s*(?P<b>{_ROUND})(?=$|\s*,|\s+for\b)"),
    (
        "about",
        rf"{_sure('a')}(?!\s*(?:玉|札|硬貨|均一|ショップ|引き|割引|オフ|off|分|クーポン|coupon"
        r"|gift\s*card|voucher))",
    ),
]
_PATTERNS: Final = [(kind, TwoScripts(pattern)) for kind, pattern in _RULES]
_ANY_NUMBER = re.compile(rf"[\d{KANJI}]")
_ONE_COIN = re.compile(r"ワンコイン(?:で買える|以内|以下|の)?")
_NOTE = re.compile(r"(?:諭吉|渋沢|万札)\s*(?P<many>[1-9一二三])?\s*枚?(?=[ぁ-ん\s])")
_WITH_TAX = TwoScripts(r"税込み?|税抜き?|税別|送料込み?")
_LEADING = TwoScripts(
    r"(?:(?:お?値段|価格|金額|予算|ご?予算|お?小遣い|手持ち)(?:は|が|も|で|的に(?:は)?)?"
    r"|\b(?:price|cost)(?:d|s|ing)?(?:\s+(?:is|of|at|range))?|\b(?:for|spend(?:ing)?|pay(?:ing)?)"
    r"|\b(?:around|about|roughly|(?:in\s+)?the))\s*[::]?\s*$"
)
_FOLLOWING = TwoScripts(
    r"^\s*(?:くらい|ぐらい|程度|ほど|の(?:範囲|間|もの))?\s*(?:までで?|で|なら|に)?\s*"
    r"(?:買える|買えて|買う|購入できる|手に入る|お?収まる|おさまる|出せ(?:ます|る)|考えて(?:い)?(?:ます|る)"
    r"|でお願い(?:します)?|希望)(?:もの|やつ)?|^\s*(?:は|くらいは)?(?:出したい|かけたい)|^\s*(?:の範囲)?で(?=[^ぁ-ん\s])|^\s*の?(?:価格帯|値段|範囲)(?:の|で)?"
    r"|^\s*(?:price\s+range|range|budget|mark|max|tops|each|apiece)\b"
)
_FINAL: Final = frozenset({"range", "band", "about", "budget", "several"})
DEVIATION: Final = 0.2


def price_bounds(text: str, digits: int) -> tuple[int | None, int | None, str]:
    """The lowest and highest price in minor units, and the text without the words that told them.

    `text` is NFKC and lower case; `digits` is how many decimals the shop's currency has.
    """
    if ENDLESS.search(text):
        return None, None, text
    if digits == 0 and (coin := _ONE_COIN.search(text)):
        return None, 500, _cut(text, coin)
    text = _NOTE.sub(_banknotes, in_digits(text)) if digits == 0 else in_digits(text)
    if not _ANY_NUMBER.search(text):
        return None, None, text
    low: int | None = None
    high: int | None = None
    script, seen = looked_through(text)
    for kind, pattern, needed in _patterns(script):
        if kind in _FINAL and (low is not None or high is not None):
            continue
        # What is taken out leaves spaces: nothing is in the rest that was not in the whole.
        if needed is not None and needed.isdisjoint(seen):
            continue
        if not (found := pattern.search(text)):
            continue
        one, two = _bounds(kind, found, 10**digits)
        low = one if low is None else low
        high = two if high is None else high
        text = _WITH_TAX.sub(" ", _without(text, found))
        if kind in _FINAL:
            break
    return low, high, text


@lru_cache(maxsize=3)
def _patterns(script: Script) -> tuple[tuple[str, TwoScripts, Seen | None], ...]:
    """The rules that a text of this script may follow, each with what it needs of one."""
    there = [(kind, pattern, pattern.needs(script)) for kind, pattern in _PATTERNS]
    return tuple([one for one in there if one[2] is None or one[2]])


def _banknotes(found: re.Match[str]) -> str:
    return f"{found['many'] or 1}万円"


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _without(text: str, found: re.Match[str]) -> str:
    """The text without the price and the words that lead to it and on from it."""
    before = _LEADING.sub(" ", text[: found.start()])
    return f"{before} {_FOLLOWING.sub(' ', text[found.end() :])}"


def _bounds(kind: str, found: re.Match[str], scale: int) -> tuple[int | None, int | None]:
    told = {name[0]: value for name, value in found.groupdict().items() if value}
    half = told.pop("h", None)
    if kind == "range":
        told["a"] = _with_unit_of(told["a"], told["b"])
    a, b = (round(number_of(told[name]) * scale) if name in told else None for name in "ab")
    if kind == "range" and a is not None and b is not None:
        return min(a, b), max(a, b)
    if kind == "several" and a is not None:
        return a * 2, a * 10 - scale
    if kind == "below" and b is not None:
        return None, b - 1
    if kind == "band" and a is not None:
        return _band(a, scale, half)
    if kind == "about" and a is not None:
        return round(a * (1 - DEVIATION)), round(a * (1 + DEVIATION))
    return (a, None) if kind == "least" else (None, b)


def _band(amount: int, scale: int, half: str | None) -> tuple[int, int]:
    """2千円台 is 2,000 to 2,999, 1万5千円台 15,000 to 15,999: as wide as its last digit told."""
    whole, width = max(amount // scale, 1), 1
    while whole % (width * 10) == 0:
        width *= 10
    width *= scale
    if half == "前半":
        return amount, amount + width // 2 - 1
    return amount + (width // 2 if half == "後半" else 0), amount + width - 1


def _with_unit_of(one: str, other: str) -> str:
    """In 2〜4千円 the first number shares the unit of the second."""
    unit = re.search(r"[百千万k]+$", other)
    bare = unit and re.fullmatch(r"\d{1,2}(?:\.\d)?|[一二三四五六七八九]", one)
    return f"{one}{unit[0]}" if unit and bare else one
