"""Days and delivery slots as people write them."""

from datetime import date
from typing import Final

from kaiwa.languages.strings import say, strings
from kaiwa.vocabulary.language import Language

_DAYS_JA: Final = "月火水木金土日"
_DAYS_EN: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS_EN: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_words(day: date, language: Language) -> str:
    """11月28日（土）, Sat 28 Nov."""
    if language == "ja":
        return f"{day.month}月{day.day}日（{_DAYS_JA[day.weekday()]}）"
    return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"


def slot_words(code: str | None, language: Language) -> str:
    """A carrier's time slot: 午前中, 14–16時, 14:00–16:00; nothing when none was chosen."""
    if not code:
        return ""
    if f"hosted.slot.{code}" in strings(language):
        return say(f"hosted.slot.{code}", language)
    begin, _, end = code.partition("-")
    if not (begin.isdecimal() and end.isdecimal()):
        return code
    return say("hosted.slot.between", language, begin=begin, end=end)


def when_words(day: date | None, slot: str | None, language: Language) -> str:
    """A wish for delivery: 11月28日（土）午前中; nothing when there is none."""
    between = "" if language == "ja" else ", "
    parts = (day_words(day, language) if day else "", slot_words(slot, language))
    return between.join(one for one in parts if one)
