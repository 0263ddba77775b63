"""What the bot is told in one turn, and what it gives back."""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.vocabulary.content import Content, plain
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Reply

HandoffReason: TypeAlias = Literal[
    "asked", "unsure", "failed_twice", "angry", "content", "language", "policy", "high_value"
]


class Turn(msgspec.Struct, frozen=True):
    """One thing the shopper sent; `language` is the conversation's, the text may say otherwise.

    `greeted` and `misunderstood_in_a_row` come from the turns before; `agents_available` is None
    when nobody can say.
    """

    text: str
    language: Language
    content: Content
    state: Dialogue = Dialogue()
    greeted: bool = False
    misunderstood_in_a_row: int = 0
    agents_available: bool | None = None


class HandoffWish(msgspec.Struct, frozen=True):
    """The bot wants a person to take over; `summary` is for the desk."""

    reason: HandoffReason
    summary: str


class Answer(msgspec.Struct, frozen=True):
    """What the bot says, what it made of the turn, and what it remembers of it.

    `products` are the handles that were shown, `faq` the questions answered, `asks_for` what it
    waits for; `answered` is False when it says that it does not know, `misunderstood` when it
    should count towards a person. `order` is the number of the order that was placed or spoken of.
    `left_alone` is the topic that the shop does not speak about; `flags` are for the desk to see.
    """

    reply: Reply
    language: Language
    acts: tuple[str, ...]
    confidence: float
    skill: str
    state: Dialogue
    handoff: HandoffWish | None = None
    faq: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    answered: bool = True
    misunderstood: bool = False
    asks_for: tuple[str, ...] = ()
    order: str | None = None
    left_alone: str | None = None
    flags: tuple[HandoffReason, ...] = ()


def turn_of(content: Content, language: Language, state: Dialogue) -> Turn:
    """The turn for a piece of content."""
    return Turn(plain(content), language, content, state)
