"""What a shopper who is handed to a person is told: how long, until when, from when again."""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.bot.skills.contract import Case
from kaiwa.conversations.waiting import waiting
from kaiwa.languages.dates import day_words
from kaiwa.languages.strings import say
from kaiwa.merchants.hours import Hours, Opened, opened
from kaiwa.vocabulary.language import Language

_NEXT: Final = {True: "available", False: "away", None: "unknown"}
# Nobody is told 7 minutes: what is expected is rounded up to one of these.
_STEPS: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)


def next_steps(case: Case, language: Language) -> list[str]:
    """The sentences that follow "a person takes over"."""
    hours = case.shop.merchant.settings.voice.hours
    how = opened(hours, case.shop.now, case.shop.merchant.timezone) if hours.are_told else None
    if how is not None and not how.is_open:
        return [case.say_in(language, "handoff.kept"), _closed(case, how, language)]
    first = case.say_in(language, f"handoff.next_{_NEXT[case.turn.agents_available]}")
    expected = _expected(case, hours)
    told = [first] if expected is None else [first, _wait(case, expected, language)]
    if how is None or how.until is None:
        return told
    until = moment_words(how.until, how.now, language)
    told.append(case.say_in(language, "handoff.open_until", until=until))
    late = expected is not None and how.now + expected > how.until
    if late and how.again is not None:
        when = moment_words(how.again, how.now, language)
        told.append(case.say_in(language, "handoff.may_be_later", when=when))
    return told


def moment_words(at: datetime, now: datetime, language: Language) -> str:
    """A time of day, with its day: 本日18:00, 明日10:00, 11月24日（火）10:00; today 18:00."""
    hour = f"{at.hour:02}:{at.minute:02}"
    days = (at.date() - now.date()).days
    if at.hour == at.minute == 0 and days == 1:
        # Midnight is the end of a day to those who wait for it.
        return say("handoff.today", language, hour="24:00")
    if days in (0, 1):
        return say("handoff.today" if days == 0 else "handoff.tomorrow", language, hour=hour)
    between = "" if language == "ja" else ", "
    return f"{day_words(at.date(), language)}{between}{hour}"


def _closed(case: Case, how: Opened, language: Language) -> str:
    if how.again is None:
        return case.say_in(language, "handoff.closed")
    when = moment_words(how.again, how.now, language)
    return case.say_in(language, "handoff.closed_until", when=when)


def _expected(case: Case, hours: Hours) -> timedelta | None:
    shop = case.shop

    def counts(at: datetime) -> bool:
        # Who asked at night waited for the morning: that says nothing of a wait by day.
        return not hours.are_told or opened(hours, at, shop.merchant.timezone).is_open

    return waiting(shop.session, shop.merchant.id, shop.now, counts).expected(shop.now)


def _wait(case: Case, expected: timedelta, language: Language) -> str:
    minutes = expected.total_seconds() / 60
    step = next((one for one in _STEPS if minutes <= one), None)
    if step is None:
        return case.say_in(language, "handoff.wait_long")
    if step == 1:
        return case.say_in(language, "handoff.wait_one")
    return case.say_in(language, "handoff.wait", minutes=step)
