"""Phrases that are an act by themselves: greetings, thanks, farewells, a wish for a person, anger.

One JSON file per language lists patterns over normalised text; PERSON in them stands for the
words of `person`. None of them can backtrack far.
"""

import json
import re
from functools import cache
from pathlib import Path

import msgspec

from kaiwa.vocabulary.language import Language


class Phrases(msgspec.Struct, frozen=True):
    """The compiled patterns of one language.

    `spoken` stand anywhere in a text, `whole` are all of it; `unwanted` takes back a wish for a
    person, `question` tells asking from telling.
    """

    spoken: dict[str, re.Pattern[str]]
    whole: dict[str, re.Pattern[str]]
    unwanted: re.Pattern[str]
    question: re.Pattern[str]


class _Written(msgspec.Struct):
    person: str
    spoken: dict[str, list[str]]
    whole: dict[str, list[str]]
    unwanted: list[str]
    question: list[str]

    def compiled(self, patterns: list[str], frame: str = "{}") -> re.Pattern[str]:
        anything = "|".join(patterns).replace("PERSON", self.person)
        return re.compile(frame.format(f"(?:{anything})"))


@cache
def phrases(language: Language) -> Phrases:
    """The phrases of that language."""
    path = Path(__file__).with_name(f"{language}.json")
    written = msgspec.convert(json.loads(path.read_text("utf-8")), _Written)
    return Phrases(
        {act: written.compiled(found) for act, found in written.spoken.items()},
        {act: written.compiled(found, r"{}[\s。.!、…]*") for act, found in written.whole.items()},
        written.compiled(written.unwanted),
        written.compiled(written.question),
    )


def whole_act(normal: str, language: Language) -> str | None:
    """The act of a text that is nothing but "yes" or "no"."""
    for act, pattern in phrases(language).whole.items():
        if pattern.fullmatch(normal):
            return act
    return None


def spoken_acts(normal: str, language: Language) -> tuple[list[str], str]:
    """The acts whose phrases stand in the text, in the order said, and the text without them."""
    found: list[tuple[int, str]] = []
    rest = normal
    unwanted = phrases(language).unwanted.search(normal)
    for act, pattern in phrases(language).spoken.items():
        match = pattern.search(normal)
        if match and not (act == "human_handoff" and unwanted):
            found.append((match.start(), act))
            rest = pattern.sub(" ", rest)
    return [act for _, act in sorted(found)], rest.strip(" 、。,.!")


def is_question(normal: str, language: Language) -> bool:
    """Whether a sentence asks for something, rather than telling it."""
    return bool(phrases(language).question.search(normal))
