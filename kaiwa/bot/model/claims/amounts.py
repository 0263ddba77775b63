"""Numbers, prices and shares in a text, however written: 1,980円, 二千円, fifty percent."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from kaiwa.bot.model.claims.stated import Claim, Stated

_DIGITS: Final = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_SMALL: Final = {"十": 10, "百": 100, "千": 1_000}
_LARGE: Final = {"万": 10_000, "億": 10**8, "兆": 10**12}
_KANJI: Final = "〇一二三四五六七八九十百千万億兆"
_PLAIN: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_WRITTEN: Final = re.compile(
    rf"(?:{_PLAIN})(?:[{_KANJI}](?:{_PLAIN})?)*|[{_KANJI}](?:[{_KANJI}]|{_PLAIN})*", re.ASCII
)
# Words in which a numeral counts nothing.
_IDIOM: Final = re.compile(
    r"一緒|一番(?!目)|一度|一旦|一般|一覧|一部|一切|一定|"
    r"一方|一同|一層|一言|一息|一体|一式|一見|一律"
    r"|統一|唯一|(?<![〇一二三四五六七八九十百千\d])万が?一|同一|均一|(?<![〇一二三四五六七八九十百千\d])十分(?"
    r"!間|後|前|ほど|以内|で)|二重|二度"
    r"|三角|四角|四季|八百屋|百貨店|千鳥|五感|一致|一員|一品|一生|一目|随一|一環|一助|一手間|一読"
    r"|一通り|一気|一瞬|一昨|一番目の方",
    re.ASCII,
)
_UNIT: Final = re.compile(
    r"\s?-?(営業日|日間|日|泊|週間|週|(?:か|ヶ|カ|ケ|ヵ|"
    r"箇)月|月|年間|年|時間|時|分間|分|秒|倍|個|つ|点|枚"
    r"|本|着|台|冊|箱|袋|足|双|組|セット|パック|缶|瓶|杯|"
    r"膳|客|品|種類|種|色|件|通|名|人|回|度|番目|番|号"
    r"|歳|才|階|店舗|ポイント|リットル|グラム|キロ|センチ|ミリ"
    r"|(?:business |working )?days?\b|weeks?\b|months?\b|"
    r"years?\b|hours?\b|hrs?\b|minutes?\b|mins?\b"
    r"|items?\b|pieces?\b|pcs\b|units?\b|pairs?\b|sets?\b|points?\b|stars?\b|times\b"
    r"|(?:cm|mm|km|kg|mg|ml|mah|wh|inch(?:es)?|oz|lbs?|[mglvw])(?![a-z]))",
    re.ASCII,
)
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "grand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "dozen": 12,
}
_SPOKEN: Final = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
}
_WORD: Final = rf"(?:{'|'.join(sorted([*_SPOKEN, *_SCALES], key=len, reverse=True))})"
_ENGLISH: Final = re.compile(
    (
        rf"\b(?:(?:a|an)\s+(?:couple|few|{'|'.join(_SCALES)})|"
        rf"{_WORD})\b(?:[\s-]+(?:and\s+)?{_WORD}\b)*"
    ),
    re.ASCII,
)
_NATIVE: Final = dict(
    zip("ひと ふた みっ よっ いつ むっ なな やっ ここの".split(), range(1, 10), strict=True)
)
_KANA: Final = re.compile(rf"(?<![ぁ-ゖ])({'|'.join(_NATIVE)})つ(?!け|て)", re.ASCII)
_SOUNDS: Final = {
    "いち": "一",
    "にじゅう": "二十",
    "に": "二",
    "さん": "三",
    "よん": "四",
    "ご": "五",
    "ろく": "六",
    "ろっ": "六",
    "なな": "七",
    "しち": "七",
    "はち": "八",
    "はっ": "八",
    "きゅう": "九",
    "じゅう": "十",
    "じゅっ": "十",
    "ひゃく": "百",
    "びゃく": "百",
    "ぴゃく": "百",
    "せん": "千",
    "ぜん": "千",
    "まん": "万",
}
_SPOKEN_JA: Final = re.compile(
    (
        rf"((?:{'|'.join(sorted(_SOUNDS, key=len, reverse=True))})+)\s?(円|"
        rf"えん|パーセント|ぱーせんと|割|わり)"
    ),
    re.ASCII,
)
_SIGNS: Final = {"¥": "JPY", "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR"}
_CODES: Final = (
    "jpy usd eur gbp krw inr cny twd hkd sgd thb vnd idr php myr aud cad nzd chf sek nok dkk pln "
    "czk huf mxn brl kwd bhd aed sar"
).split()
_CURRENCY: Final = {
    **{code: code.upper() for code in _CODES},
    **{"円": "JPY", "えん": "JPY", "yen": "JPY", "ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP"},
    **{"dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR"},
    **{"euros": "EUR", "pound": "GBP", "pounds": "GBP", "cent": "cent", "cents": "cent"},
    **{"セント": "cent", "銭": "sen"},
}
_BEFORE: Final = re.compile(rf"(?:([¥$€£₩₹])|\b({'|'.join(_CODES)}))\s?$", re.ASCII)
_AFTER: Final = re.compile(
    rf"\s?({'|'.join(sorted(_CURRENCY, key=len, reverse=True))}|[¥$€£])(?![a-z])", re.ASCII
)
_PERCENT: Final = re.compile(r"\s?(?:%|percent\b|per cent\b|パーセント|ぱーせんと)", re.ASCII)
_TENTHS: Final = re.compile(r"\s?(?:割|わり)(?!り)", re.ASCII)
_HALF: Final = re.compile(r"半額|半値|\bhalf[\s-]+(?:the\s+)?(?:price|off)\b", re.ASCII)
_TIMES_TEN: Final = re.compile(r"(k|m)(?![a-z])", re.ASCII)


def amounts(text: str) -> Iterator[Stated]:
    """Every number of a folded text, as the price, share or count that it is."""
    for found in _HALF.finditer(text):
        yield Stated(Claim("percent", "50"), found.start(), found.end())
    for found in _SPOKEN_JA.finditer(text):
        kanji = re.sub("|".join(sorted(_SOUNDS, key=len, reverse=True)), _sound, found[1])
        yield _typed(text, value_of(kanji), found.span(1))
    plain = _IDIOM.sub(lambda found: " " * len(found[0]), text)
    for found in _WRITTEN.finditer(plain):
        if _counts(plain, found):
            yield _typed(text, value_of(found[0]), found.span())
    for found in _ENGLISH.finditer(text):
        if _counts_in_english(text, found):
            yield _typed(text, _spoken(found[0]), found.span())
    for found in _KANA.finditer(text):
        yield Stated(Claim("number", f"{_NATIVE[found[1]]} つ"), found.start(), found.end())


def value_of(written: str) -> Decimal:
    """The value of digits and kanji numerals: "1,980", "1万5千", "二〇二六", "1.5万"."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    for part in re.findall(rf"{_PLAIN}|.", written):
        if part[0].isdigit():
            pending = Decimal(part.replace(",", ""))
        elif part in _DIGITS:
            pending = (pending or 0) * 10 + Decimal(_DIGITS[part])
        elif part in _SMALL:
            section += (Decimal(1) if pending is None else pending) * _SMALL[part]
            pending = None
        elif part in _LARGE:
            total += (section + (pending or 0) or Decimal(1)) * _LARGE[part]
            section, pending = Decimal(0), None
    return total + section + (pending or 0)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether kanji numerals are a number here; digits always are, but in a word: h2o, usb3."""
    begin, end = found.span()
    if any(one.isdigit() for one in found[0] if one.isascii()):
        return True
    if len(found[0]) > 1:
        return True
    after = text[end:]
    return bool(
        _UNIT.match(after)
        or _AFTER.match(after)
        or _TENTHS.match(after)
        or _PERCENT.match(after)
        or re.match(r"\s?引", after)
    )


def _counts_in_english(text: str, found: re.Match[str]) -> bool:
    """Whether the words count: "this one" and "one of them" do not, "one day" does."""
    if found[0] != "one":
        return True
    after = text[found.end() :]
    return bool(_UNIT.match(after) or _AFTER.match(after) or _PERCENT.match(after))


def _typed(text: str, value: Decimal, where: tuple[int, int]) -> Stated:
    begin, end = where
    if short := _TIMES_TEN.match(text, end):
        value *= 1_000 if short[1] == "k" else 10**6
        end = short.end()
    if found := _PERCENT.match(text, end):
        return Stated(Claim("percent", _plain(value)), begin, found.end())
    if found := _TENTHS.match(text, end):
        return Stated(Claim("percent", _plain(value * 10)), begin, found.end())
    if before := _BEFORE.search(text[max(0, begin - 5) : begin]):
        currency = _SIGNS.get(before[1] or "") or _CURRENCY[before[2]]
        start = begin - len(before[0])
        return Stated(Claim("money", f"{currency} {_plain(value)}"), start, end)
    if found := _AFTER.match(text, end):
        currency = _SIGNS.get(found[1]) or _CURRENCY[found[1]]
        return Stated(Claim("money", f"{currency} {_plain(value)}"), begin, found.end())
    unit = _UNIT.match(text, end)
    if unit is None:
        return Stated(Claim("number", _plain(value)), begin, end)
    return Stated(Claim("number", f"{_plain(value)} {_one(unit[1])}"), begin, unit.end())


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _one(unit: str) -> str:
    ascii_plural = unit.isascii() and len(unit) > 3 and unit.endswith("s")
    return unit.removesuffix("s") if ascii_plural else unit


def _sound(found: re.Match[str]) -> str:
    return _SOUNDS[found[0]]


def _spoken(text: str) -> Decimal:
    words = re.findall("[a-z]+", text)
    total = section = Decimal(0)
    for word in words:
        if word in ("couple", "few"):
            section += Decimal(2 if word == "couple" else 3)
        elif word in _SCALES:
            section = (section or Decimal(1)) * _SCALES[word]
            if _SCALES[word] > 100:
                total, section = total + section, Decimal(0)
        else:
            section += _SPOKEN.get(word, 0)
    return total + section
