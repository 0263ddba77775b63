"""What the weights of the talk see of a turn: how it reads alone, its words, and what came before.

Every name here is a column of the weights: a change of one asks for new weights
(`python -m bench.talk_weights --write`).
"""

import math
import re
from collections.abc import Sequence
from typing import Final
from zlib import crc32

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.chance import Chance
from kaiwa.vocabulary.language import Language

PLACES: Final = 2_048  # for the pieces of a text; two that share one are told apart by others
_LEAST: Final = 0.0005
_LONG: Final = 60  # letters
_SHORT: Final = 12
_ASKS: Final = re.compile(r"[?？]")
_TOKENS: Final = re.compile(r"[a-z']+|[^\sa-z]")


class Seen(msgspec.Struct, frozen=True):
    """A turn before it is decided what it is.

    `masked` is the folded text with masks, `chances` are those of the whole text, `slots` the
    names of the values that were found, `ways` how products were pointed at, `in_cart` the number
    of lines in the cart.
    """

    text: str
    masked: str
    language: Language
    chances: tuple[Chance, ...]
    state: Dialogue
    in_cart: int = 0
    slots: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


def told_of(seen: Seen) -> dict[str, float]:
    """What is seen, each by its name."""
    read = {f"act {one.act}": math.log(max(one.chance, _LEAST)) / 3 + 1.2 for one in seen.chances}
    return read | _before(seen.state) | _of_text(seen) | _pieces(seen.masked, seen.language)


def _before(state: Dialogue) -> dict[str, float]:
    top, asked = state.top, state.asked
    shown = len(state.shown)
    return {
        f"after {state.last_act}": 1.0,
        f"serving {top.act if top else None}": 1.0,
        f"asked {asked.slot if asked else None}": 1.0,
        "pending": float(state.pending is not None),
        "sought": float(bool(state.search)),
        "of an order": float(state.order_id is not None),
        "one in focus": float(len(state.focus) == 1),
        "several in focus": float(len(state.focus) > 1),
        "one shown": float(shown == 1),
        "several shown": float(shown > 1),
        "nothing shown": float(not state.showings),
    }


def _of_text(seen: Seen) -> dict[str, float]:
    letters = len(seen.text)
    found = {
        "cart": float(seen.in_cart > 0),
        "asks": float(_ASKS.search(seen.text) is not None),
        "long": min(letters, _LONG) / (_LONG / 2),
        "short": float(letters < _SHORT),
    }
    found |= {f"value {name}": 1.0 for name in seen.slots}
    return found | {f"way {name}": 1.0 for name in seen.ways}


def _pieces(masked: str, language: Language) -> dict[str, float]:
    pieces = _words(masked) if language == "en" else _letters(masked)
    weight = 2 / math.sqrt(len(pieces) + 1)
    found: dict[str, float] = {}
    for piece in pieces:
        name = f"piece {crc32(piece.encode()) % PLACES}"
        found[name] = found.get(name, 0.0) + weight
    return found


def _words(masked: str) -> list[str]:
    words = ["^", *_TOKENS.findall(masked.casefold()), "$"]
    return words + _runs(words, 2, "_") + _runs(words, 3, "_")


def _letters(masked: str) -> list[str]:
    letters = ["^", *masked.casefold(), "$"]
    return [piece for many in (1, 2, 3, 4) for piece in _runs(letters, many, "")]


def _runs(parts: Sequence[str], many: int, joint: str) -> list[str]:
    return [joint.join(parts[at : at + many]) for at in range(len(parts) - many + 1)]
