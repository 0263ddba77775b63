"""The shop's voice at the desk: seen, tried with settings that are not kept yet, and changed."""

from datetime import date
from typing import Annotated, Any, Final, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.bot.left_alone import topic_of
from kaiwa.bot.previewing import Sample, samples
from kaiwa.engines.db import Session
from kaiwa.merchants.hours import Hours, Weekday
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.merchants.voice import Disclosure, Topic, Voice
from kaiwa.merchants.voice_change import VoiceChange, change_voice, changed
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.manner import Emoji, Tone
from kaiwa.vocabulary.money import minor_digits
from kaiwa.web.desk_door import Desk
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 503)
_ACT = refusals(400, 401, 403, 413, 503)

_NO_NUL: Final = r"^[^\x00]*$"
Short = Annotated[str, msgspec.Meta(max_length=60, pattern=_NO_NUL)]
Long = Annotated[str, msgspec.Meta(max_length=500, pattern=_NO_NUL)]
Code = Annotated[str, msgspec.Meta(max_length=2)]
Span = Annotated[str, msgspec.Meta(max_length=80)]


class TopicBody(msgspec.Struct, frozen=True):
    """A topic that is left alone."""

    name: Short
    words: dict[Code, list[Short]]
    answer: dict[Code, Long] = {}
    person: bool = False


class VoiceBody(msgspec.Struct, frozen=True):
    """All of a shop's voice; amounts in minor units, holidays as ISO dates."""

    bot_name: Short = ""
    greeting: dict[Code, Long] = {}
    tone: Tone = "polite"
    emoji: Emoji = "none"
    disclosure: Disclosure = "start"
    about: dict[Code, Long] = {}
    topics: Annotated[list[TopicBody], msgspec.Meta(max_length=50)] = []
    weekly: dict[Weekday, list[Span]] = {}
    holidays: Annotated[list[date], msgspec.Meta(max_length=200)] = []
    public_holidays: bool = False
    high_value_minor: Annotated[int, msgspec.Meta(ge=0, le=10**15)] | None = None

    def change(self) -> VoiceChange:
        """The same as a change of the shop; what a language lacks is taken back."""
        voice = Voice(
            tone=self.tone,
            emoji=self.emoji,
            disclosure=self.disclosure,
            about=dict(self.about),
            topics=tuple(_topic(one) for one in self.topics),
            hours=Hours(
                {day: tuple(spans) for day, spans in self.weekly.items()},
                tuple(self.holidays),
                self.public_holidays,
            ),
            high_value_minor=self.high_value_minor,
        )
        greeting = dict.fromkeys(LANGUAGES, "") | dict(self.greeting)
        return VoiceChange(self.bot_name, greeting, voice)


class Trying(msgspec.Struct, frozen=True):
    """Settings to try; `said` is a text of which is told whether it is left alone."""

    voice: VoiceBody
    said: Long = ""


class VoiceSeen(TypedDict):
    """The shop's voice, and how it sounds in each language."""

    voice: VoiceBody
    timezone: str
    currency: str
    decimals: int
    samples: dict[Language, tuple[Sample, ...]]


class VoiceTried(TypedDict):
    """How it would sound, and the topic by which the text would be left alone."""

    samples: dict[Language, tuple[Sample, ...]]
    left_alone: str | None


@get("/voice", responses=_READ)
async def the_voice(request: Asking) -> VoiceSeen:
    """The shop's voice, and how it sounds. Owners and admins only."""
    desk = await Desk.of(request, "set_voice")
    shop = await desk.read(lambda s: merchant(s, desk.merchant_id))
    return _shape(desk, shop)


@post("/voice", status_code=200, responses=_ACT)
async def set_the_voice(request: Asking, data: JSONBody[VoiceBody]) -> VoiceSeen:
    """Keep these settings in the place of those before. Owners and admins only."""
    desk = await Desk.of(request, "set_voice")

    def keep(session: Session) -> Merchant:
        actor = f"agent:{desk.agent.id}"
        return change_voice(session, desk.merchant_id, data.change(), actor, desk.now)

    return _shape(desk, await desk.context.db.write(keep))


@post("/voice/preview", status_code=200, responses=_ACT)
async def try_the_voice(request: Asking, data: JSONBody[Trying]) -> VoiceTried:
    """How the shop would sound with these settings; nothing is kept. Owners and admins only."""
    desk = await Desk.of(request, "set_voice")
    shop = await desk.read(lambda s: merchant(s, desk.merchant_id))
    new = changed(shop.settings, data.voice.change())
    topic = topic_of(data.said, new.voice.topics) if data.said.strip() else None
    return {
        "samples": _samples(desk, msgspec.structs.replace(shop, settings=new)),
        "left_alone": topic.name if topic else None,
    }


def _topic(told: TopicBody) -> Topic:
    words = {language: tuple(some) for language, some in told.words.items()}
    return Topic(told.name, words, dict(told.answer), told.person)


def _shape(desk: Desk, shop: Merchant) -> VoiceSeen:
    settings, voice = shop.settings, shop.settings.voice
    return {
        "voice": VoiceBody(
            settings.bot_name,
            settings.greeting,
            voice.tone,
            voice.emoji,
            voice.disclosure,
            voice.about,
            [TopicBody(one.name, _words(one), one.answer, one.person) for one in voice.topics],
            {day: list(spans) for day, spans in voice.hours.weekly.items()},
            list(voice.hours.holidays),
            voice.hours.public_holidays,
            voice.high_value_minor,
        ),
        "timezone": shop.timezone,
        "currency": shop.currency,
        "decimals": minor_digits(shop.currency),
        "samples": _samples(desk, shop),
    }


def _samples(desk: Desk, shop: Merchant) -> dict[Language, tuple[Sample, ...]]:
    return {language: samples(shop, language, desk.now) for language in LANGUAGES}


def _words(topic: Topic) -> dict[str, list[str]]:
    return {language: list(some) for language, some in topic.words.items()}


HANDLERS = [the_voice, set_the_voice, try_the_voice]
