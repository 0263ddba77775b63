"""Reads amounts and price bounds: 3,000円以下, 三千円くらい, 2千円台, between $40 and $80."""

import re
from typing import Final

_DIGITS: Final = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000}
_NUMBER: Final = (
    r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千〇](?=[一二三四五六七八九十百千万〇円]))"
)
NUMBER: Final = (
    rf"(?:(?:{_NUMBER})(?:[\d一二三四五六七八九十百千万〇]|(?<=\d),(?=\d)|(?<=\d)\.(?=\d))*"
    r"(?:k(?![a-z0-9]))?)"
)
# No price is as long as this, and the patterns below would try every way to cut it.
ENDLESS: Final = re.compile(r"[\d,.]{15}|[一二三四五六七八九十百千万〇]{15}")
_YEN = r"\s*(?:円|yen|jpy)"
_DOLLAR = r"\s*(?:dollars?|usd|bucks|ドル|€|eur|euros?)"
_MARK = r"[¥$€£]\s*"
_BARE = rf"(?P<{{0}}>{NUMBER})"


def _amount(name: str) -> str:
    # An amount is one only with its currency; where a bound word binds it, `_loose` does.
    number = _BARE.format(name)
    return rf"(?:{_MARK}{number}|{_BARE.format(name + '_')}(?:{_YEN}|{_DOLLAR}))"


def _loose(name: str) -> str:
    number = rf"(?:{_MARK})?{_BARE.format(name)}(?:{_YEN}|{_DOLLAR})?"
    return rf"{number}(?![\d]|\s*(?:cm|mm|inch|ml|kg|g\b|l\b))"


# A number with another unit is no price.
_TO = r"\s*(?:[~〜～\-–—]|から|to|and)\s*"
_RULES: Final = [
    ("range", rf"(?:between|from)\s+{_loose('a')}\s*(?:and|to|-)\s*{_loose('b')}"),
    ("range", rf"{_loose('a')}{_TO}{_amount('b')}(?:の間|まで|以下|以内)?"),
    ("range", rf"{_amount('a')}{_TO}{_loose('b')}"),
    (
        "budget",
        rf"予算(?:は|が|:)?\s*{_loose('b')}\s*(?:くらい|ぐらい|程度|前後|ほど|まで|以内|以下)?",
    ),
    ("budget", rf"(?:my\s+)?budget\s*(?:of|is|:)?\s*(?:around|about)?\s*{_loose('b')}"),
    ("below", rf"{_amount('b')}\s*(?:未満|より安い|より下|を切る|を下回る|弱)"),
    (
        "most",
        rf"{_amount('b')}\s*(?:くらい|ぐらい|程度)?\s*(?:以下|以内|まで|or\s+less|or\s+under|max\b)",
    ),
    ("most", rf"{_loose('b')}\s*(?:以下|以内)"),
    (
        "most",
        rf"\b(?:under|below|less\s+than|cheaper\s+than|up\s+to|no\s+more\s+than|at\s+most|max(?:imum)?"
        rf"(?:\s+of)?|within|not\s+over)\s+{_loose('b')}",
    ),
    ("least", rf"{_amount('a')}\s*(?:以上|より高い|より上|を超える|超|or\s+more|and\s+up)"),
    ("least", rf"\b(?:over|above|more\s+than|at\s+least|from|min(?:imum)?)\s+{_amount('a')}"),
    ("band", rf"{_amount('a')}\s*台"),
    ("about", rf"{_amount('a')}\s*(?:前後|くらい|ぐらい|程度|ほど)"),
    ("about", rf"\b(?:around|about|roughly)\s+{_amount('a')}"),
    ("most", rf"\b(?:for|at)\s+{_amount('b')}"),
]
_PATTERNS: Final = [(kind, re.compile(pattern)) for kind, pattern in _RULES]


def number_of(text: str) -> float:
    """The value of "1,980", "1.5万", "1万5千", "三千", "10k"."""
    if text.endswith("k"):
        return number_of(text[:-1]) * 1_000
    total, section = 0.0, 0.0
    pending: float | None = None
    for part in re.findall(r"\d[\d,]*(?:\.\d+)?|.", text):
        if part[0].isascii() and part[0].isdigit():
            pending = float(part.replace(",", ""))
        elif part in _DIGITS:
            pending = (pending or 0) * 10 + _DIGITS[part]
        elif part in _UNITS:
            section += (1 if pending is None else pending) * _UNITS[part]
            pending = None
        elif part == "万":
            total += (section + (pending or 0) or 1) * 10_000
            section, pending = 0.0, None
    return total + section + (pending or 0)


def price_bounds(text: str, digits: int) -> tuple[int | None, int | None, str]:
    """The lowest and highest price in minor units, and the text without the words that told them.

    `text` is NFKC and lower case; `digits` is how many decimals the shop's currency has.
    """
    low: int | None = None
    high: int | None = None
    if ENDLESS.search(text):
        return None, None, text
    for kind, pattern in _PATTERNS:
        if not (found := pattern.search(text)):
            continue
        named = {name[0]: number_of(value) for name, value in found.groupdict().items() if value}
        one, two = _bounds(kind, named, 10**digits)
        low = one if low is None else low
        high = two if high is None else high
        text = f"{text[: found.start()]} {text[found.end() :]}"
        if kind in ("range", "band", "about", "budget"):
            break
    return low, high, text


def _bounds(kind: str, named: dict[str, float], scale: int) -> tuple[int | None, int | None]:
    a, b = (round(named[name] * scale) if name in named else None for name in "ab")
    if kind == "range" and a is not None and b is not None:
        # "2〜4千円": the first number shares the second one's unit.
        return min(a, b), max(a, b)
    if kind == "below" and b is not None:
        return None, b - 1
    if kind == "band" and a is not None:
        whole = a // scale
        return a, a + 10 ** (len(str(whole)) - 1) * scale - 1
    if kind == "about" and a is not None:
        return round(a * 0.8), round(a * 1.2)
    return (a, None) if kind == "least" else (None, b)
