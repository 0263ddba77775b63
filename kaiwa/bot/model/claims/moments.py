"""Days and times of day in a text: 11月22日, Nov 22, tomorrow, 午後3時半, 3:30 pm."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.model.claims.amounts import value_of
from kaiwa.bot.model.claims.stated import Claim, Stated

_MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()
_MONTH: Final = (
    rf"(?:{'|'.join(f'{one}|{one[:3]}' for one in _MONTHS if one != 'may')}|sept|may)\.?"
)
_KANJI: Final = "〇一二三四五六七八九十"
_N: Final = rf"(?:\d{{1,2}}|[{_KANJI}]{{1,3}})"
_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_JA_WEEKDAYS: Final = dict(zip("月火水木金土日", _WEEKDAYS, strict=True))
_DATES: Final = [
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", re.ASCII),
    re.compile(rf"(?:(?P<y>\d{{4}}|[{_KANJI}]{{4}})年)?(?P<m>{_N})月(?P<d>{_N})日", re.ASCII),
    re.compile(
        rf"\b(?P<mon>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>20\d\d))?",
        re.ASCII,
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{_MONTH})(?![a-z])(?:,?\s+(?P<y>20\d\d))?",
        re.ASCII,
    ),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])", re.ASCII),
]
_RELATIVE: Final = {
    "tomorrow": r"明日|あした|あす|\btomorrow\b",
    "day after tomorrow": r"明後日|あさって|\bday after tomorrow\b",
    "next day": r"翌日|\bnext[\s-]day\b",
    "yesterday": r"昨日|\byesterday\b",
    "this week": r"今週|\bthis week\b",
    "next week": r"来週|翌週|\bnext week\b",
    "weekend": r"週末|\bweekends?\b",
    "this month": r"今月|\bthis month\b",
    "next month": r"来月|翌月|\bnext month\b",
    "tonight": r"今夜|今晩|\btonight\b",
    "same day": r"当日中?|即日|\bsame[\s-]day\b",
}
# Whoever says "today" in passing promises nothing: "how can I help you today?"
_TODAY: Final = re.compile(r"本日|今日|\btoday\b", re.ASCII)
_PROMISING: Final = re.compile(
    r"届|発送|出荷|配達|配送|着き|到着|入荷|発売|受け取|まで|限り|arriv|deliver|ship|dispatch|ready|receiv"
    r"|restock|until|only|expire|ends?\b",
    re.ASCII,
)
_SENTENCE: Final = re.compile(r"[。！？!?\n]|\.(?=\s|$)", re.ASCII)
_JA_WEEKDAY: Final = re.compile(r"([月火水木金土日])曜日?", re.ASCII)
_EN_WEEKDAY: Final = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b", re.ASCII)
_ONLY_MONTH: Final = [
    re.compile(rf"(?P<m>{_N})月(?!{_N}?日)", re.ASCII),
    re.compile(rf"\b(?:in|by|until|since|early|late|mid)\s+(?P<mon>{_MONTH})(?![a-z])", re.ASCII),
]
_ORDINAL_DAY: Final = re.compile(r"\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\b", re.ASCII)
_TIMES: Final = [
    re.compile(
        r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\b)?",
        re.ASCII,
    ),
    re.compile(
        rf"(?P<half>午前|午後|朝|夜|夕方|昼)?\s?(?P<h>{_N})時(?!間)(?:(?P<min>{_N})分|(?P<mid>半))?",
        re.ASCII,
    ),
    re.compile(r"(?<![\d:.,])(?P<h>\d{1,2})\s*(?P<half>[ap]\.?m\b)", re.ASCII),
    re.compile(r"\b(?P<h>\d{1,2})\s*o'?clock\b", re.ASCII),
]
_NAMED: Final = {
    "12:00": r"正午|\bnoon\b|\bmidday\b", "00:00": r"\bmidnight\b|深夜0時",
    "morning": r"午前中", "by evening": r"夕方(?!\s?\d)",
}  # fmt: skip


def moments(text: str) -> Iterator[Stated]:
    """Every day and time of day that a folded text names."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            if (day := _date(found)) is not None:
                yield Stated(Claim("date", day), found.start(), found.end())
    for name, words in _RELATIVE.items():
        for found in re.finditer(words, text, re.ASCII):
            yield Stated(Claim("date", name), found.start(), found.end())
    yield from _loose_days(text)
    for pattern in _TIMES:
        for found in pattern.finditer(text):
            if (time := _time(found)) is not None:
                yield Stated(Claim("time", time), found.start(), found.end())
    for name, words in _NAMED.items():
        for found in re.finditer(words, text, re.ASCII):
            yield Stated(Claim("time", name), found.start(), found.end())


def _loose_days(text: str) -> Iterator[Stated]:
    for found in _TODAY.finditer(text):
        begin = max((one.end() for one in _SENTENCE.finditer(text, 0, found.start())), default=0)
        stop = _SENTENCE.search(text, found.end())
        if _PROMISING.search(text, begin, stop.start() if stop else len(text)):
            yield Stated(Claim("date", "today"), found.start(), found.end())
    for found in _JA_WEEKDAY.finditer(text):
        yield Stated(Claim("date", _JA_WEEKDAYS[found[1]]), found.start(), found.end())
    for found in _EN_WEEKDAY.finditer(text):
        yield Stated(Claim("date", found[1]), found.start(), found.end())
    for pattern in _ONLY_MONTH:
        for found in pattern.finditer(text):
            yield Stated(Claim("date", f"month {_month(found)}"), found.start(), found.end())
    for found in _ORDINAL_DAY.finditer(text):
        yield Stated(Claim("date", f"the {found[1]}th"), found.start(), found.end())


def _month(found: re.Match[str]) -> int:
    named = found.groupdict()
    if named.get("mon"):
        return next(n for n, one in enumerate(_MONTHS, 1) if one.startswith(named["mon"][:3]))
    return int(value_of(named["m"]))


def _date(found: re.Match[str]) -> str | None:
    named = found.groupdict()
    month, day = _month(found), int(value_of(named["d"]))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = named.get("y")
    prefix = f"{int(value_of(year)):04}-" if year else ""
    return f"{prefix}{month:02}-{day:02}"


def _time(found: re.Match[str]) -> str | None:
    named = found.groupdict()
    hour = int(value_of(named["h"]))
    minute = int(value_of(named["min"])) if named.get("min") else 30 if named.get("mid") else 0
    half = (named.get("half") or "").replace(".", "")
    if half in ("pm", "午後", "夜", "夕方", "昼") and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None
