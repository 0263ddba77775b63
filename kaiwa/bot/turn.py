"""What the bot is told in one turn, and what it gives back."""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.content import Content, plain
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Reply

HandoffReason: TypeAlias = Literal["asked", "unsure", "angry", "content", "language"]


class Snapshot(msgspec.Struct, frozen=True):
    """What is known before the shopper speaks.

    `popular` are the questions offered with the greeting; `agents_available` is None when nobody
    can say. `greeted` and `misunderstood_in_a_row` come from the turns before: see `carried`.
    """

    shop_name: str = ""
    bot_name: str = ""
    greeted: bool = False
    misunderstood_in_a_row: int = 0
    agents_available: bool | None = None
    popular: tuple[FaqEntry, ...] = ()


class Turn(msgspec.Struct, frozen=True):
    """One thing the shopper sent; `language` is the conversation's, the text may say otherwise."""

    text: str
    language: Language
    content: Content
    snapshot: Snapshot


class HandoffWish(msgspec.Struct, frozen=True):
    """The bot wants a person to take over; `summary` is for the desk."""

    reason: HandoffReason
    summary: str


class Answer(msgspec.Struct, frozen=True):
    """What the bot says, and what it made of the turn.

    `faq` are the questions it answered, `asks_for` what it waits for; `answered` is False when it
    says that it does not know, `misunderstood` when it should count towards a person.
    """

    reply: Reply
    language: Language
    acts: tuple[str, ...]
    confidence: float
    skill: str
    handoff: HandoffWish | None = None
    faq: tuple[str, ...] = ()
    answered: bool = True
    misunderstood: bool = False
    asks_for: tuple[str, ...] = ()


def turn_of(content: Content, language: Language, snapshot: Snapshot) -> Turn:
    """The turn for a piece of content."""
    return Turn(plain(content), language, content, snapshot)


def carried(snapshot: Snapshot, answer: Answer) -> Snapshot:
    """The snapshot of the next turn: what this answer changed about the conversation."""
    missed = snapshot.misunderstood_in_a_row + 1 if answer.misunderstood else 0
    return msgspec.structs.replace(snapshot, greeted=True, misunderstood_in_a_row=missed)
