"""How a shop speaks: its tone, and whether an emoji stands here and there."""

from typing import Final, Literal, TypeAlias, get_args

import msgspec

Tone: TypeAlias = Literal["polite", "friendly", "concise"]
Emoji: TypeAlias = Literal["none", "few"]

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
EMOJI: Final[tuple[Emoji, ...]] = get_args(Emoji)


class Manner(msgspec.Struct, frozen=True):
    """The way a shop words what it says; what it says stays the same."""

    tone: Tone = "polite"
    emoji: Emoji = "none"


PLAIN: Final = Manner()
