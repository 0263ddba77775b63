"""How likely an act is."""

import msgspec

from kaiwa.bot.nlu.act import Act


class Chance(msgspec.Struct, frozen=True):
    """An act and how likely it is, 0..1."""

    act: Act
    chance: float
