"""The voice of a shop: how its bot speaks, what it says of itself, and what it leaves alone."""

from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.merchants.hours import Hours, checked
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.manner import EMOJI, TONES, Emoji, Manner, Tone

Disclosure: TypeAlias = Literal["start", "asked"]
DISCLOSURES: Final[tuple[Disclosure, ...]] = ("start", "asked")

MOST_TOPICS: Final = 50
MOST_WORDS: Final = 40
LONGEST_WORD: Final = 60
LONGEST_TEXT: Final = 500


class Topic(msgspec.Struct, frozen=True):
    """What the bot does not speak about: `words` by language, any of which names it.

    What is answered is `answer` by language, or a sentence of ours; with `person`, a person is
    fetched too.
    """

    name: str
    words: dict[str, tuple[str, ...]] = {}
    answer: dict[str, str] = {}
    person: bool = False


class Voice(msgspec.Struct, frozen=True):
    """`disclosure`: says that it is a bot at the start, or only when asked, which it always does.

    `about` are the shop's own words on that, by language, after the plain fact. A cart or an order
    of `high_value_minor` or more has a person's help offered.
    """

    tone: Tone = "polite"
    emoji: Emoji = "none"
    disclosure: Disclosure = "start"
    about: dict[str, str] = {}
    topics: tuple[Topic, ...] = ()
    hours: Hours = Hours()
    high_value_minor: int | None = None

    @property
    def manner(self) -> Manner:
        """Its tone and use of emoji."""
        return Manner(self.tone, self.emoji)


def possible(voice: Voice) -> Voice:
    """The voice in order: trimmed, without empty words. `Invalid` names what cannot be."""
    if voice.tone not in TONES:
        raise Invalid(f"The tone is one of {', '.join(TONES)}.", field="tone")
    if voice.emoji not in EMOJI:
        raise Invalid(f"Emoji are one of {', '.join(EMOJI)}.", field="emoji")
    if voice.disclosure not in DISCLOSURES:
        raise Invalid(f"Disclosure is one of {', '.join(DISCLOSURES)}.", field="disclosure")
    if voice.high_value_minor is not None and not 0 < voice.high_value_minor <= 10**12:
        raise Invalid("The limit is an amount above 0.", field="high_value", reason="amount")
    if len(voice.topics) > MOST_TOPICS:
        raise Invalid(f"At most {MOST_TOPICS} topics are kept.", field="topics", reason="topics")
    topics = tuple(_topic(one) for one in voice.topics)
    names = [one.name for one in topics]
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise Invalid(f"There are two topics called {twice!r}.", field="topics", reason="topics")
    return msgspec.structs.replace(
        voice, about=texts(voice.about, "about"), topics=topics, hours=checked(voice.hours)
    )


def texts(by_language: dict[str, str], field: str) -> dict[str, str]:
    """Texts by language, trimmed, the empty ones left out; `Invalid` for one too long."""
    found = {name: text.strip() for name, text in by_language.items() if text.strip()}
    if any(len(one) > LONGEST_TEXT for one in found.values()):
        raise Invalid(f"Write at most {LONGEST_TEXT} characters.", field=field, reason="voice_text")
    if any("\0" in one for one in found.values()):
        raise Invalid("A text has no NUL in it.", field=field)
    return found


def _topic(topic: Topic) -> Topic:
    name = topic.name.strip()
    if not name or len(name) > LONGEST_WORD:
        raise Invalid(
            f"A topic needs a name of 1 to {LONGEST_WORD} characters.",
            field="topics",
            reason="topics",
        )
    words = {
        language: found
        for language, told in topic.words.items()
        if (found := tuple(dict.fromkeys(one.strip() for one in told if one.strip())))
    }
    if not words:
        raise Invalid(f"Say which words name the topic {name!r}.", field="topics", reason="topics")
    every = [one for told in words.values() for one in told]
    if len(every) > MOST_WORDS or any(len(one) > LONGEST_WORD for one in every):
        raise Invalid(
            f"A topic has at most {MOST_WORDS} words of {LONGEST_WORD} characters.",
            field="topics",
            reason="topics",
        )
    return Topic(name, words, texts(topic.answer, "topics"), topic.person)
