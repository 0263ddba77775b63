"""What a skill is: a name, the acts it serves, and how it replies."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.nlu.understood import Understood
from kaiwa.bot.turn import HandoffWish, Turn
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages.strings import say
from kaiwa.vocabulary.reply import Block, QuickReplies, ReplyAction, TextBlock

_LABEL_WIDTH: Final = 28
_LABEL_LENGTH: Final = 20


class Case(msgspec.Struct, frozen=True):
    """A turn with what was understood: all a skill needs."""

    turn: Turn
    understood: Understood

    def say(self, key: str, **values: object) -> str:
        """The sentence in the language of the reply; `{shop}` and `{bot}` are known."""
        snapshot = self.turn.snapshot
        language = self.understood.language
        shop = snapshot.shop_name or say("shop.name", language)
        return say(key, language, shop=shop, bot=snapshot.bot_name, **values)


class Outcome(msgspec.Struct, frozen=True):
    """What a skill wants said, and what that means for the conversation (see `Answer`)."""

    blocks: tuple[Block, ...]
    handoff: HandoffWish | None = None
    faq: tuple[str, ...] = ()
    answered: bool = True
    misunderstood: bool = False
    asks_for: tuple[str, ...] = ()


class Skill(msgspec.Struct, frozen=True):
    """One ability. `rank`: when a turn has several acts, the skill with the lowest serves it."""

    name: str
    acts: tuple[str, ...]
    rank: int
    reply: Callable[[Case], Outcome]


def said(text: str) -> tuple[TextBlock, ...]:
    """One block of plain sentences."""
    return (TextBlock(text=text),)


def suggestions(entries: Iterable[FaqEntry]) -> tuple[ReplyAction, ...]:
    """Quick replies that ask these questions."""
    return tuple(
        ReplyAction(
            label=label(entry.question), text=entry.question, payload=payloads.faq(entry.id)
        )
        for entry in entries
    )


def offer(actions: tuple[ReplyAction, ...]) -> tuple[QuickReplies, ...]:
    """The block of these quick replies; nothing when there are none."""
    return (QuickReplies(actions=actions),) if actions else ()


def label(text: str) -> str:
    """`text` cut to what a quick reply can show."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _LABEL_WIDTH or at >= _LABEL_LENGTH:
            return text[: at - 1].rstrip() + "…"
    return text
