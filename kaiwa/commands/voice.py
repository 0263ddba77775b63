"""voice: how a shop's bot speaks, when people answer, and what it leaves alone."""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from kaiwa.bot.previewing import samples
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.merchants.hours import MOST_HOLIDAYS, WEEKDAYS, Hours, Weekday
from kaiwa.merchants.merchant import Merchant
from kaiwa.merchants.voice import DISCLOSURES, Topic, Voice
from kaiwa.merchants.voice_change import VoiceChange, change_voice
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import LANGUAGES
from kaiwa.vocabulary.manner import EMOJI, TONES
from kaiwa.vocabulary.money import Money

ACTOR = "command line"


def add(commands: Commands) -> None:
    """Add the group."""
    voice = group(commands, "voice", "how the shop's bot speaks")
    command(voice, "show", _show, "the voice as it is", merchant=True)
    _add_set(command(voice, "set", _set, "change the voice", merchant=True))
    heard = command(voice, "preview", _preview, "three replies as they sound now", merchant=True)
    heard.add_argument("--language", choices=LANGUAGES)
    topic = command(voice, "topic", _topic, "leave a topic alone", merchant=True)
    topic.add_argument("name", help="as it is called here")
    topic.add_argument("--words", metavar="W,W", help="any of which names it, in --language")
    topic.add_argument("--answer", metavar="TEXT", help="what is answered, in --language")
    topic.add_argument("--language", choices=LANGUAGES, help="of the words; the shop's own")
    topic.add_argument("--person", choices=["yes", "no"], help="whether a person is fetched")
    gone = command(voice, "no-topic", _no_topic, "speak about a topic again", merchant=True)
    gone.add_argument("name")


def _add_set(one: argparse.ArgumentParser) -> None:
    one.add_argument("--bot-name", metavar="N")
    one.add_argument("--greeting", metavar="TEXT", help="the opening words, in --language")
    one.add_argument("--about", metavar="TEXT", help="said when asked whether it is a bot")
    one.add_argument("--language", choices=LANGUAGES, help="of these words; the shop's own")
    one.add_argument("--tone", choices=TONES)
    one.add_argument("--emoji", choices=EMOJI)
    one.add_argument("--disclosure", choices=DISCLOSURES, help="when it says that it is a bot")
    one.add_argument(
        "--hours", action="append", metavar="DAYS=SPANS",
        help="such as mon-fri=10:00-12:00,13:00-18:00 or sun=closed (repeat)",
    )  # fmt: skip
    one.add_argument("--holiday", action="append", metavar="DAY[..DAY]", help="closed (repeat)")
    one.add_argument("--no-holiday", action="append", metavar="DAY[..DAY]", help="open again")
    one.add_argument(
        "--public-holidays", choices=["closed", "open"], help="those of Japan (国民の祝日)"
    )
    one.add_argument(
        "--high-value", metavar="AMOUNT", help="from which a person's help is offered; 0: never"
    )


def _show(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
    for line in _lines(shop):
        print(line)
    return 0


def _set(chosen: argparse.Namespace) -> int:
    def changes(shop: Merchant) -> VoiceChange:
        language = chosen.language or shop.language
        voice = shop.settings.voice
        given = {
            name: value
            for name in ("tone", "emoji", "disclosure")
            if (value := getattr(chosen, name)) is not None
        }
        if chosen.about is not None:
            given["about"] = voice.about | {language: chosen.about}
        if chosen.high_value is not None:
            given["high_value_minor"] = _amount(chosen.high_value, shop)
        greeting = None if chosen.greeting is None else {language: chosen.greeting}
        new = replace(voice, hours=_hours(chosen, voice.hours), **given)
        return VoiceChange(chosen.bot_name, greeting, new)

    return _changed(chosen, changes)


def _topic(chosen: argparse.Namespace) -> int:
    def changes(shop: Merchant) -> VoiceChange:
        language = chosen.language or shop.language
        voice = shop.settings.voice
        old = next((one for one in voice.topics if one.name == chosen.name), Topic(chosen.name))
        words = old.words
        if chosen.words is not None:
            words = words | {language: tuple(chosen.words.replace("、", ",").split(","))}
        answer = old.answer
        if chosen.answer is not None:
            answer = answer | {language: chosen.answer}
        person = old.person if chosen.person is None else chosen.person == "yes"
        new = Topic(old.name, words, answer, person)
        kept = tuple(new if one is old else one for one in voice.topics)
        return _with_topics(voice, kept if old in voice.topics else (*kept, new))

    return _changed(chosen, changes)


def _no_topic(chosen: argparse.Namespace) -> int:
    def changes(shop: Merchant) -> VoiceChange:
        voice = shop.settings.voice
        kept = tuple(one for one in voice.topics if one.name != chosen.name)
        if len(kept) == len(voice.topics):
            raise NotFound(f"There is no topic {chosen.name!r}. Run: kaiwa voice show")
        return _with_topics(voice, kept)

    return _changed(chosen, changes)


def _preview(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        now = house.clock.now()
    for one in samples(shop, chosen.language or shop.language, now):
        if one.asked:
            print(f"> {one.asked}")
        print(one.reply)
    return 0


def _changed(chosen: argparse.Namespace, changes: Callable[[Merchant], VoiceChange]) -> int:
    def work(session: Session) -> Merchant:
        shop = the_merchant(session, chosen)
        return change_voice(session, shop.id, changes(shop), ACTOR, now)

    with opened(chosen) as house:
        now = house.clock.now()
        shop = house.db.write_now(work)
    for line in _lines(shop):
        print(line)
    if not shop.settings.voice.hours.are_told:
        sys.stderr.write("Shoppers are not told when people answer. Give --hours.\n")
    return 0


def _with_topics(voice: Voice, topics: tuple[Topic, ...]) -> VoiceChange:
    return VoiceChange(voice=replace(voice, topics=topics))


def _hours(chosen: argparse.Namespace, old: Hours) -> Hours:
    weekly = dict(old.weekly)
    for told in chosen.hours or ():
        days, equals, spans = told.partition("=")
        if not equals:
            raise Invalid(f"Write hours as mon-fri=10:00-18:00, not {told!r}.")
        for day in _weekdays(days):
            closed = spans.strip() in ("closed", "")
            weekly[day] = () if closed else tuple(one.strip() for one in spans.split(","))
    holidays = {*old.holidays, *_days(chosen.holiday)} - set(_days(chosen.no_holiday))
    closed = old.public_holidays
    if chosen.public_holidays is not None:
        closed = chosen.public_holidays == "closed"
    return Hours(weekly, tuple(sorted(holidays)), closed)


def _weekdays(told: str) -> Iterator[Weekday]:
    for part in told.lower().split(","):
        first, _, last = part.strip().partition("-")
        if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
            raise Invalid(f"{part!r} is no weekday. They are {', '.join(WEEKDAYS)}.")
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        # Friday to Monday goes over the weekend.
        for step in range((end - begin) % 7 + 1):
            yield WEEKDAYS[(begin + step) % 7]


def _days(told: list[str] | None) -> Iterator[date]:
    for one in told or ():
        first, _, last = one.partition("..")
        try:
            begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            raise Invalid(
                f"{one!r} is no day. Write 2026-12-31 or 2026-12-29..2027-01-03."
            ) from None
        if not 0 <= (end - begin).days < MOST_HOLIDAYS:
            raise Invalid(f"{one!r} ends before it begins, or is very long.")
        for ahead in range((end - begin).days + 1):
            yield begin + timedelta(days=ahead)


def _amount(told: str, shop: Merchant) -> int | None:
    try:
        return Money.parse(told.replace(",", ""), shop.currency).amount_minor or None
    except ValueError as error:
        raise Invalid(f"{error}.") from error


def _lines(shop: Merchant) -> Iterator[str]:
    settings, voice = shop.settings, shop.settings.voice
    yield f"name: {settings.bot_name or '-'}  tone: {voice.tone}  emoji: {voice.emoji}"
    says = "at the start" if voice.disclosure == "start" else "when asked"
    yield f"says that it is a bot: {says}"
    for language, text in settings.greeting.items():
        yield f"greeting ({language}): {text}"
    for language, text in voice.about.items():
        yield f"about ({language}): {text}"
    for day in WEEKDAYS:
        if voice.hours.are_told:
            yield f"{day}: {', '.join(voice.hours.weekly.get(day, ())) or 'closed'}"
    if voice.hours.holidays:
        yield f"holidays: {', '.join(one.isoformat() for one in voice.hours.holidays)}"
    if voice.hours.public_holidays:
        yield "public holidays of Japan: closed"
    if voice.high_value_minor is not None:
        limit = Money(voice.high_value_minor, shop.currency).label()
        yield f"a person's help is offered from: {limit}"
    for topic in voice.topics:
        words = ", ".join(one for some in topic.words.values() for one in some)
        yield f"left alone: {topic.name} ({words}){' and a person' if topic.person else ''}"
