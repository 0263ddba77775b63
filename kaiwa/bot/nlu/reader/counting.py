"""Quantities with their counters, and ordinals: 二個, 3つ, もう1着, a couple of, the second one."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.nlu.reader import numbers
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slot import Quantity

LAST: Final = -1  # the ordinal of "the last one"; -2 is the one before it

_COUNTER = (
    r"(?:個|コ|こ(?!の|れ|こ|ち|と|ん)|ケ(?!月)|つ|枚|本|点|着|足|冊|台|セット|箱|袋|缶|杯|匹|人前|人分|組|パック|ダース|束|膳"
    r"|客|脚|双|対|ケース|ペア|玉|巻|粒|瓶|びん|食|株|尾|切れ|斤|丁|品|張(?!り)|基|鉢|房|ロール|カートン)"
)
_MORE = r"(?P<more>もう|あと|さらに|追加で)?\s*"
_FEWER = r"(?P<fewer>\s*(?:だけ)?\s*(?:減ら|少な|引い|戻し))?"
_ADDED = r"(?P<added>\s*(?:だけ)?\s*(?:増や|足し|多く))?"
_JA: Final = [
    re.compile(rf"{_MORE}(?P<n>{numbers.JAPANESE})\s*{_COUNTER}(?!目|ずつ以外){_FEWER}{_ADDED}"),
    re.compile(rf"{_MORE}(?P<n>{numbers.NATIVE})(?:つ|り(?![だでの]))(?!目){_FEWER}{_ADDED}"),
]
_JA_ORDINAL: Final = [
    re.compile(
        r"(?<![\d.])(?P<below>(?!))?(?P<n>\d)(?=(?:番|番目)?(?:と|、)\d(?:番|番目)?(?:を|の|は|で|、|どっち|どちら))"
    ),
    re.compile(r"(?<=\dと)(?P<below>(?!))?(?P<n>\d)(?=番?(?:を|の|は|で|、|どっち|どちら))"),
    re.compile(
        rf"(?P<below>下から|後ろから)?(?:上から)?\s*(?P<n>{numbers.JAPANESE})\s*(?:番目|(?<=\d)番(?!号)|(?:個|つ|枚|件|着|本)目)"
    ),
    re.compile(rf"(?P<below>下から)?(?:上から)?(?P<n>{numbers.NATIVE})つ目"),
]
_JA_PLACE: Final = {
    1: re.compile(
        r"(?:一番|いちばん)(?:最初|上)の?|最初の|先頭の|(?<![以値])上の(?=やつ|方|ほう|もの|を|が|は|の)"
    ),
    LAST: re.compile(
        r"(?:一番|いちばん)(?:最後|下)の?|最後の|(?<![以値])下の(?=やつ|方|ほう|もの|を|が|は|の)"
    ),
    0: re.compile(r"真ん中の?|まんなかの?"),
}
_VERB = (
    r"(?:make|take|add|buy|get|want|need|order|have|only|just|to|be|of|at|x|qty|quantity|actually"
    r"|about|give me|no,?|and|put|by|plus|extra)"
)
_EN: Final = [
    re.compile(
        rf"\b(?:(?P<another>another)\s+)?(?P<n>{numbers.ENGLISH})\s+(?P<kind>more|extra|additional|less|fewer)\b"
    ),
    re.compile(
        r"\b(?P<another>another)(?: one)?\b(?! (?:colour|color|size|brand|address|day"
        r"|shop|way|code))"
    ),
    re.compile(
        rf"\b(?P<n>{numbers.ENGLISH})\s*(?:x\b|×|pcs?\b|pieces?\b|units?\b|sets?\b|packs?\b"
        r"|pairs?\b|boxes\b|bottles?\b|bags?\b|of\s+(?:them|those|these|each|it|the)\b|of\b)"
    ),
    re.compile(r"(?:\bx|×)\s*(?P<n>\d{1,3})\b"),
    re.compile(rf"(?<=\bby )(?P<n>{numbers.ENGLISH})\b"),
    re.compile(
        rf"\b{_VERB}\s+(?:it |that |them "
        rf"|those )?(?:to )?(?:an even )?(?P<n>{numbers.ENGLISH})\b(?!\s*(?:of|or|%|\.\d|/|:|th|st"
        rf"|nd|rd))"
    ),
    re.compile(rf"^(?P<n>{numbers.ENGLISH})(?=[.!]*$|\s+please|,?\s+(?:not|instead))"),
    re.compile(rf"\b(?:not|instead of)\s+(?P<n>{numbers.ENGLISH})(?=[.!?,]*$)"),
    re.compile(
        r"\b(?P<n>two|three|four|five|six|ten|\d{1,2})\s+(?=[a-z]{3,}s\b)(?!minutes|hours|days|weeks|months|years|dollars|stars|times|yens|inches|people|others)"
    ),
]
_UNIT = re.compile(
    r"\s*(?:cm|mm|m\b|inch|in\b|kg|g\b|ml|l\b|litre|%|円|yen|usd|dollars?|euros?|days?\b|weeks?\b|months?\b"
    r"|f(?:oo|ee)?t\b|oz\b|ounces?\b|lbs?\b|pounds?\b|qts?\b|gal(?:lon)?s?\b|miles?\b|bucks\b"
    r"|hours?\b|hrs?\b|minutes?\b|years?\b|am\b|pm\b|o'clock|stars?\b|:\d|\.\d|/\d|-\d|,\d{3})"
)
_NTH: Final = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7},
    **{"eighth": 8, "ninth": 9, "tenth": 10, "last": LAST, "final": LAST, "bottom": LAST},
    **{"top": 1, "middle": 0, "1st": 1, "2nd": 2, "3rd": 3},
    **{f"{n}th": n for n in range(4, 21)},
}
_ONE = r"(?:\s+(?:one|ones|item|product|option|result|thing))"
_EN_ORDINAL: Final = [
    re.compile(r"\b(?:compare|between|difference of)\s+(?P<n>\d)(?=\s*(?:and|with|to|&|vs))"),
    re.compile(r"\bcompare\s+\d\s*(?:and|with|to|&|vs)\s+(?P<n>\d)\b"),
    re.compile(rf"\b(?P<nth>{'|'.join(_NTH)})(?:{_ONE}|(?=\s*(?:and|or|&|vs|with|,|\?|\.|!|$)))"),
    re.compile(
        r"(?:\b(?:number|no\.?|option|item|product)\s*|#)(?P<n>\d{1,2}|one|two|three|four|five)\b(?!\d)"
    ),
    re.compile(
        rf"\bthe\s+(?P<nth>{'|'.join(name for name in _NTH if name != 'top')})\b"
        r"(?!\s+(?:time|thing|order|half|floor))"
    ),
]

# A hole in the bottom is a part of the thing, and how long will it last is a verb.
_NO_PLACE: Final = re.compile(
    r"(?<!\bone )(?<!\bones )\b(?:in|on|at|from|of|to|under|around|near|through|has|have)"
    r" (?:the|its|an?) (?:top|bottom|middle)$"
    r"|\b(?:it|they|that|these|those|to|will|would|should|can|could|does|do|really|usually"
    r"|typically|actually|generally|always|even|still|they'll|it'll|won't|doesn't|don't) last$"
    r"|\bhow long\b.*(?<!\bthe )\blast$"
)

# Another order is the other one, and no number of pieces.
_OTHER_ONE: Final = re.compile(r" (?:order|parcel|package|delivery|question)\b")


def quantities(text: str, *, by_form: bool = False) -> Iterator[Found]:
    """How many: never a price, a size, a time or a place in a list.

    `by_form` as examples are learnt: もうひとつの is a number there, whatever stands behind it.
    """
    for pattern in _JA:
        for found in pattern.finditer(text):
            if (count := numbers.small_number(found["n"])) is None:
                continue
            if not by_form and found["more"] == "もう" and text.startswith("の", found.end()):
                continue  # もうひとつの注文: the other one
            sign = -1 if found["fewer"] else 1
            relative = any(found[name] for name in ("more", "fewer", "added"))
            end = found.start("fewer") if found["fewer"] else found.end()
            end = found.start("added") if found["added"] else end
            slot = Quantity(sign * count, bool(relative))
            begin = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Found("n", begin, end, slot, sign * count)
    for pattern in _EN:
        for one in _english(pattern, text):
            other = text.startswith("another", one.begin) and _OTHER_ONE.match(text, one.end)
            if not other:
                yield one


def ordinals(text: str) -> Iterator[Found]:
    """A place in what was shown, from 1; negative ones count from the end, 0 is the middle."""
    for pattern in _JA_ORDINAL:
        for found in pattern.finditer(text):
            number = numbers.small_number(found["n"])
            if number and number <= 50:
                sign = -1 if found["below"] else 1
                yield Found("ordinal", found.start(), found.end(), None, sign * number)
    for pattern in _EN_ORDINAL:
        for found in pattern.finditer(text):
            named = found.groupdict()
            nth = named.get("nth")
            if nth and _NO_PLACE.search(text[: found.end("nth")]):
                continue
            number = _NTH[named["nth"]] if named.get("nth") else numbers.small_number(named["n"])
            if number is not None:
                yield Found("ordinal", found.start(), found.end(), None, number)
    for place, pattern in _JA_PLACE.items():
        for found in pattern.finditer(text):
            yield Found("ordinal", found.start(), found.end(), None, place)


def _english(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for found in pattern.finditer(text):
        named = found.groupdict()
        if named.get("n") is None:
            yield Found("n", found.start(), found.end(), Quantity(1, True), 1)
            continue
        count = numbers.small_number(named["n"])
        begin, end = found.span("n")
        if count is None or _UNIT.match(text, end):
            continue
        kind = named.get("kind")
        sign = -1 if kind in ("less", "fewer") else 1
        by = text[:begin].endswith("by ")
        relative = bool(kind or named.get("another") or by)
        if by and re.search(r"decreas|reduc|lower|down", text[:begin]):
            sign = -1
        stop = found.end("kind") if kind else end
        yield Found("n", begin, stop, Quantity(sign * count, relative), sign * count)
