"""How hosted pages write money, days and times: in the reader's language and the shop's zone."""

from datetime import date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from kaiwa.languages.strings import say, strings
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

_DAYS_JA: Final = "月火水木金土日"
_DAYS_EN: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS_EN: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Words:
    """One reader's words in one shop."""

    def __init__(self, shop: Merchant, language: Language) -> None:
        self.shop = shop
        self.language = language
        self._zone = ZoneInfo(shop.timezone)
        self.say = partial(_said, language)

    def knows(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return f"hosted.{key}" in strings(self.language)

    def money(self, amount_minor: int, currency: str | None = None) -> str:
        """¥1,980; a discount has a minus."""
        return Money(amount_minor, currency or self.shop.currency).label()

    def day(self, day: date) -> str:
        """11月28日（土）, Sat 28 Nov."""
        if self.language == "ja":
            return f"{day.month}月{day.day}日（{_DAYS_JA[day.weekday()]}）"
        return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"

    def month(self, day: date) -> str:
        """12月, Dec."""
        return f"{day.month}月" if self.language == "ja" else _MONTHS_EN[day.month - 1]

    def weekdays(self) -> list[str]:
        """The heads of a week that begins on Sunday."""
        names = list(_DAYS_JA) if self.language == "ja" else _DAYS_EN
        return [names[-1], *names[:-1]]

    def local_day(self, at: datetime) -> date:
        """The shop's calendar day."""
        return at.astimezone(self._zone).date()

    def last_day(self, at: datetime) -> str:
        """The day and hour until which something can be done."""
        local = at.astimezone(self._zone)
        return f"{self.day(local.date())} {local:%H:%M}"

    def moment(self, at: datetime) -> str:
        """11/19 15:30, 19 Nov 15:30."""
        local = at.astimezone(self._zone)
        if self.language == "ja":
            return f"{local.month}/{local.day} {local:%H:%M}"
        return f"{local.day} {_MONTHS_EN[local.month - 1]} {local:%H:%M}"

    def slot(self, code: str | None) -> str:
        """A carrier's time slot: 午前中, 14–16時, 14:00–16:00; nothing when none was chosen."""
        if not code:
            return ""
        if self.knows(f"slot.{code}"):
            return self.say(f"slot.{code}")
        begin, _, end = code.partition("-")
        if not (begin.isdecimal() and end.isdecimal()):
            return code
        return self.say("slot.between", begin=begin, end=end)

    def when(self, day: date | None, slot: str | None) -> str:
        """A wish for delivery in words; nothing when there is none."""
        between = "" if self.language == "ja" else ", "
        return between.join(one for one in (day and self.day(day), self.slot(slot)) if one)


def _said(language: Language, key: str, **values: object) -> str:
    return say(f"hosted.{key}", language, **values)
