"""What a shopper who is handed to a person is told: how long, until when, from when again."""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.bot.skills.contract import Case
from kaiwa.conversations.waiting import told_minutes, waiting
from kaiwa.languages.dates import day_words
from kaiwa.languages.strings import say, say_as
from kaiwa.merchants.hours import Hours, Opened, opened
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.manner import Manner

_NEXT: Final = {True: "available", False: "away", None: "unknown"}


def next_steps(case: Case, language: Language, manner: Manner) -> list[str]:
    """The sentences that follow "a person takes over"."""
    hours = case.shop.merchant.settings.voice.hours
    how = opened(hours, case.shop.now, case.shop.merchant.timezone) if hours.are_told else None
    if how is not None and not how.is_open:
        return closed_words(manner, how, language)
    first = say_as(manner, f"handoff.next_{_NEXT[case.turn.agents_available]}", language)
    # How long it usually takes says nothing while nobody is there.
    expected = None if case.turn.agents_available is False else _expected(case, hours)
    wait = [] if expected is None else [_wait(manner, expected, language)]
    return [first, *wait, *open_words(manner, how, language, expected)]


def closed_words(manner: Manner, how: Opened, language: Language) -> list[str]:
    """Out of hours: that it is kept, and from when it is answered."""
    kept = say_as(manner, "handoff.kept", language)
    if how.again is None:
        return [kept, say_as(manner, "handoff.closed", language)]
    when = moment_words(how.again, how.now, language)
    return [kept, say_as(manner, "handoff.closed_until", language, when=when)]


def open_words(
    manner: Manner, how: Opened | None, language: Language, expected: timedelta | None = None
) -> list[str]:
    """Within hours: until when, and when otherwise if the wait is longer; nothing without hours."""
    if how is None or how.until is None:
        return []
    until = moment_words(how.until, how.now, language)
    told = [say_as(manner, "handoff.open_until", language, until=until)]
    late = expected is not None and how.now + expected > how.until
    if late and how.again is not None:
        when = moment_words(how.again, how.now, language)
        told.append(say_as(manner, "handoff.may_be_later", language, when=when))
    return told


def moment_words(at: datetime, now: datetime, language: Language) -> str:
    """A time of day with its day: 本日18:00, 明日10:00, 11月24日（火）10:00; 18:00 today."""
    hour = f"{at.hour:02}:{at.minute:02}"
    days = (at.date() - now.date()).days
    if at.hour == at.minute == 0 and days == 1:
        # Midnight is the end of a day to those who wait for it.
        return say("handoff.today", language, hour="24:00")
    if days in (0, 1):
        return say("handoff.today" if days == 0 else "handoff.tomorrow", language, hour=hour)
    between = "" if language == "ja" else ", "
    return f"{day_words(at.date(), language)}{between}{hour}"


def _expected(case: Case, hours: Hours) -> timedelta | None:
    shop = case.shop

    def counts(at: datetime) -> bool:
        # Who asked at night waited for the morning: that says nothing of a wait by day.
        return not hours.are_told or opened(hours, at, shop.merchant.timezone).is_open

    return waiting(shop.session, shop.merchant.id, shop.now, counts).expected(shop.now)


def _wait(manner: Manner, expected: timedelta, language: Language) -> str:
    step = told_minutes(expected)
    if step is None:
        return say_as(manner, "handoff.wait_long", language)
    if step == 1:
        return say_as(manner, "handoff.wait_one", language)
    return say_as(manner, "handoff.wait", language, minutes=step)
