"""Days and times of day: 明日, 来週の月曜, 8/14, in three days, 夕方4時, 午前中, between 2 and 4pm.

Relative words count from the day of the turn. A day without a year is the next such day, or the
last one where the text speaks of what was bought.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.reader.numbers import ENGLISH, JAPANESE, small_number
from kaiwa.bot.nlu.slot import Clock, Day

_DAYS: Final = {
    **dict.fromkeys(("今日", "本日", "きょう", "today"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "翌日", "tomorrow", "tmrw", "tmr"), 1),
    **dict.fromkeys(("明後日", "あさって", "day after tomorrow"), 2),
    **dict.fromkeys(("昨日", "きのう", "yesterday"), -1),
    **dict.fromkeys(("一昨日", "おととい", "day before yesterday"), -2),
}
_NAMED = re.compile(
    "|".join(sorted((rf"\b{d}\b" if d.isascii() else d for d in _DAYS), key=len, reverse=True))
)
_FULL = re.compile(r"(?<!\d)(20\d\d)\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})日?(?!\d)")
_JA_DATE = re.compile(rf"(?P<month>{JAPANESE}|来|今|再来)月の?(?P<day>{JAPANESE})日")
_JA_DAY = re.compile(
    rf"(?<![月\d一二三四五六七八九十])(?P<day>{JAPANESE})日(?!間|後|前|以内|ほど|くらい|目|で)"
)
_SLASH = re.compile(
    r"(?<![\d/-])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/]|\s*(?:サイズ|inch))"
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_EN_DATE: Final = [
    re.compile(rf"\b{_MONTH}\s+(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)?\b(?!:)"),
    re.compile(rf"\b(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"),
]
_AWAY: Final = [
    (re.compile(rf"(?P<n>{JAPANESE})日後"), 1),
    (re.compile(rf"(?P<n>{JAPANESE})日前"), -1),
    (re.compile(rf"(?P<n>{JAPANESE})週間後"), 7),
    (re.compile(rf"(?P<n>{JAPANESE})週間前"), -7),
    (re.compile(rf"\bin (?P<n>{ENGLISH}) days?\b"), 1),
    (re.compile(rf"\b(?P<n>{ENGLISH}) days? ago\b"), -1),
    (re.compile(rf"\bin (?P<n>{ENGLISH}) weeks?\b"), 7),
    (re.compile(rf"\b(?P<n>{ENGLISH}) weeks? ago\b"), -7),
]
_WEEKDAYS: Final = dict(zip("月火水木金土日", range(7), strict=True))
_EN_WEEKDAYS: Final = "mon tue wed thu fri sat sun".split()
_JA_WEEKDAY = re.compile(
    r"(?:(?P<week>今週|来週|再来週|先週|次)の?)?(?P<name>[月火水木金土日])(?:曜日?|曜)"
)
_EN_WEEKDAY = re.compile(
    rf"\b(?:(?P<week>this|next|last|on)\s+)?(?P<name>{'|'.join(_EN_WEEKDAYS)})(?:day|sday|nesday|rsday|urday)s?\b"
)
_PAST = re.compile(
    r"(?:注文|購入|予約|買い物)し(?:た|まし)|買っ(?:た|て)|頼んだ|届いた|\b(?:ordered|bought|placed|arrived|received|last)\b"
)

_WAS_ON: Final = re.compile(r"た(?:の|ん)[はが]|た日[はが]")

_SPANS: Final = {
    "午前中": (8, 12),
    "午前": (8, 12),
    "午後": (12, 18),
    "夕方": (16, 18),
    "夜間": (18, 21),
    "夜": (18, 21),
    "in the morning": (8, 12),
    "morning": (8, 12),
    "afternoon": (12, 18),
    "evening": (18, 21),
}
_PART = r"(?:(?P<part>午前|午後|朝|昼|夕方|夜|深夜|am|pm)の?\s*)?"
_JA_TIME = re.compile(
    rf"{_PART}(?P<hour>{JAPANESE})時(?!間)(?:(?P<half>半)|(?P<minute>{JAPANESE})分)?"
    rf"(?:\s*(?:から|~|〜|-|ー)\s*(?P<until>{JAPANESE})時(?:(?P<uhalf>半)|(?P<uminute>{JAPANESE})分)?)?"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)\s*(?P<part>am|pm|a\.m\.|p\.m\.)?(?![\d:])"
)
_EN_TIME = re.compile(
    r"\b(?:(?P<from>1[0-2]|[1-9])\s*(?:am|pm)?\s*(?:-|to|and)\s*)?(?P<hour>1[0-2]|[1-9])\s*(?P<part>am|pm|a\.m\.|p\.m\.)(?![a-z])"
)
_WORDED = re.compile(
    "|".join((*(rf"\b{w}\b" if w.isascii() else w for w in _SPANS), "正午", r"\bnoon\b"))
)

Reader = Callable[[str, dt.date], Iterator[Found]]


def days(text: str, today: dt.date) -> Iterator[Found]:
    """Every day that the text names."""
    back = _PAST.search(text) is not None
    for found in _FULL.finditer(text):
        if day := _date(int(found[1]), int(found[2]), int(found[3])):
            yield _day(found, day)
    yield from _written(text, today, back)
    for found in _NAMED.finditer(text):
        yield _day(found, today + dt.timedelta(_DAYS[found[0]]))
    for pattern, unit in _AWAY:
        for found in pattern.finditer(text):
            if (count := small_number(found["n"])) is not None and count < 400:
                yield _day(found, today + dt.timedelta(unit * count))
    yield from _weekdays(text, today, back)


def times(text: str) -> Iterator[Found]:
    """Every time of day that the text names, 24 hours; 夕方4時 is 16:00."""
    for found in _JA_TIME.finditer(text):
        if at := _clock(found["hour"], found["minute"], found["half"], found["part"]):
            until = None
            if found["until"]:
                until = _clock(found["until"], found["uminute"], found["uhalf"], found["part"])
            yield Found("time", found.start(), found.end(), Clock(at, until))
    for found in _CLOCK.finditer(text):
        if at := _clock(found["hour"], found["minute"], None, found["part"]):
            yield Found("time", found.start(), found.end(), Clock(at))
    for found in _EN_TIME.finditer(text):
        at = _clock(found["hour"], None, None, found["part"])
        begin = found["from"] and _clock(found["from"], None, None, found["part"])
        if at:
            slot = Clock(begin, at) if begin and begin < at else Clock(at)
            yield Found("time", found.start(), found.end(), slot)
    for found in _WORDED.finditer(text):
        yield Found("time", found.start(), found.end(), _span_of(found[0]))


def _written(text: str, today: dt.date, back: bool) -> Iterator[Found]:
    for found in _JA_DATE.finditer(text):
        months = {"今": 0, "来": 1, "再来": 2}
        if found["month"] in months:
            first = today.month - 1 + months[found["month"]]
            day = _date(today.year + first // 12, first % 12 + 1, small_number(found["day"]) or 0)
        else:
            day = _near(
                small_number(found["month"]) or 0, small_number(found["day"]) or 0, today, back
            )
        if day:
            yield _day(found, day)
    for pattern in _EN_DATE:
        for found in pattern.finditer(text):
            if day := _near(_MONTHS.index(found["month"]) + 1, int(found["day"]), today, back):
                yield _day(found, day)
    for found in _SLASH.finditer(text):
        if day := _near(int(found[1]), int(found[2]), today, back):
            yield _day(found, day)
    for found in _JA_DAY.finditer(text):
        # 今朝注文したもの、28日に届きますか: only what stands behind a day tells that it is over.
        over = back and bool(_PAST.search(text, found.end()) or _WAS_ON.search(text))
        if day := _day_of_month(small_number(found["day"]) or 0, today, over):
            yield _day(found, day)


def _weekdays(text: str, today: dt.date, back: bool) -> Iterator[Found]:
    for pattern in (_JA_WEEKDAY, _EN_WEEKDAY):
        for found in pattern.finditer(text):
            name = found["name"]
            number = _WEEKDAYS[name] if name in _WEEKDAYS else _EN_WEEKDAYS.index(name)
            ahead = (number - today.weekday()) % 7
            monday = today - dt.timedelta(today.weekday())
            week = found["week"]
            if week in ("来週", "next") or week == "再来週":
                day = monday + dt.timedelta(number + (14 if week == "再来週" else 7))
            elif week in ("今週", "先週"):
                day = monday + dt.timedelta(number - (7 if week == "先週" else 0))
            elif week == "last" or back:
                day = today - dt.timedelta((today.weekday() - number) % 7 or 7)
            else:
                day = today + dt.timedelta(ahead or 7)
            yield _day(found, day)


def _near(month: int, day: int, today: dt.date, back: bool) -> dt.date | None:
    years = (today.year, today.year - 1) if back else (today.year, today.year + 1)
    for year in years:
        found = _date(year, month, day)
        if found and (found <= today if back else found >= today):
            return found
    return _date(years[1], month, day)


def _day_of_month(day: int, today: dt.date, back: bool) -> dt.date | None:
    for step in range(3):
        first = today.month - 1 + (-step if back else step)
        found = _date(today.year + first // 12, first % 12 + 1, day)
        if found and (found <= today if back else found >= today):
            return found
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _clock(
    hour: str | None, minute: str | None, half: str | None, part: str | None
) -> dt.time | None:
    number = small_number(hour) if hour else None
    if number is None or number > 24:
        return None
    minutes = 30 if half else (small_number(minute) if minute else 0)
    if minutes is None or minutes > 59:
        return None
    late = part in ("午後", "夕方", "夜", "pm", "p.m.") or (part == "昼" and number < 6)
    if late and number < 12:
        number += 12
    elif part in ("am", "a.m.", "午前", "深夜") and number == 12:
        number = 0
    return dt.time(number % 24, minutes)


def _span_of(word: str) -> Clock:
    if word in ("正午", "noon"):
        return Clock(dt.time(12))
    begin, end = _SPANS[word]
    return Clock(dt.time(begin), dt.time(end))


def _day(found: re.Match[str], day: dt.date) -> Found:
    return Found("date", found.start(), found.end(), Day(day))
