"""The shipped examples of every act: one file an act and language, one phrase a line.

`[a|b]` stands for either, `{product}` and the like for whatever a shop has of it. Everything in
`out_of_scope` is the real `none` class: chatter, near misses and noise.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from kaiwa.bot.nlu.act import ACTS, Act
from kaiwa.bot.nlu.masking import masked
from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.found import mask
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.vocabulary.language import Language

FOLDER: Final = Path(__file__).parent.parent / "examples"
MOST_FORMS: Final = 4
_ANY_DAY: Final = dt.date(2026, 1, 1)  # masks are the same on every day
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_PRODUCT = re.compile(r"\{product\}")

# Things for `{product}`, so that a thing the shop does not have reads like one it has.
_THINGS: Final[dict[Language, str]] = {
    "ja": "靴 バッグ Tシャツ マグカップ 財布 帽子 ソファ フライパン イヤホン 化粧水 コーヒー豆 傘 "
    "ワンピース 腕時計 タオル ノート テント 包丁 シャンプー ぬいぐるみ",
    "en": "shoes backpack t-shirt mug wallet hat sofa frying_pan headphones face_cream "
    "coffee_beans umbrella dress watch towel notebook tent kitchen_knife shampoo teddy_bear",
}


class Example(msgspec.Struct, frozen=True):
    """One masked form of a phrase; forms of the same `line` belong together."""

    text: str
    act: Act
    line: int
    importance: float


@cache
def lines(act: Act, language: Language) -> tuple[str, ...]:
    """The phrases of an act as written."""
    text = (FOLDER / language / f"{act}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip())


def examples(language: Language, own: Sequence[tuple[Act, str]] = ()) -> list[Example]:
    """All shipped examples of a language, and the merchant's `own` behind them."""
    shipped = [(act, line) for act in ACTS for line in lines(act, language)]
    things = itertools.cycle(_THINGS[language].replace("_", "\N{NO-BREAK SPACE}").split(" "))
    found = []
    for number, (act, line) in enumerate([*shipped, *own]):
        forms = list(forms_of(line))
        if _PRODUCT.search(line):
            forms.append(_PRODUCT.sub(lambda _: next(things).replace("\xa0", " "), forms[-1]))
        weight = 1 / len(forms) ** 0.5
        found += [Example(as_read(form), act, number, weight) for form in forms]
    return found


def as_read(form: str) -> str:
    """A phrase as the reader would hand it over: what can be read in it is masked too."""
    normal = normalised(masked(form))
    return mask(normal.text, entities(normal, _ANY_DAY, by_form=True))


def forms_of(line: str) -> Iterator[str]:
    """A line with its choices made: every way, or `MOST_FORMS` spread over all of them."""
    parts = _CHOICE.split(line)
    choices = [part.split("|") for part in parts[1::2]]
    ways = list(itertools.product(*choices))
    pace = len(ways) / MOST_FORMS
    # A little more than an even pace: so the last choice is not the same each time.
    places = range(len(ways)) if pace <= 1 else (int(at * (pace + 1)) for at in range(MOST_FORMS))
    for at in places:
        way = ways[at % len(ways)]
        pieces = itertools.zip_longest(parts[::2], way, fillvalue="")
        yield "".join(itertools.chain.from_iterable(pieces)).strip()
