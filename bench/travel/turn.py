"""A shopper's turn in a travel talk, with what is known before it is answered."""

import msgspec

from kaiwa.bot.nlu.intents.features import Features


class Turn(msgspec.Struct):
    """One user turn with what is known before the bot answers it."""

    user: str
    bot: str
    last: dict[str, dict[str, str]]
    tools: list[str]
    focus: dict[str, str]
    city: str
    date: dict[str, str]
    heard: dict[str, str]
    bot_told: dict[str, str]
    read: Features
    waited: int
    share: int
    course: list[str]
    call: tuple[str, dict[str, str]] | None
