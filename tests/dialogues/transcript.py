"""Reads transcripts: a heading begins a conversation, `>` is said, `<` is expected.

`> [image]` and its like stand for what has no words. Expectations: act= skill= faq= handoff=
answered= without=; act and faq may be repeated; handoff is no, or the reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kaiwa.vocabulary.content import Content, Location, Media, MediaSource, Sticker, Text, Unknown

_EXPECTATION = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')
_WORDLESS: dict[str, Content] = {
    "[image]": Media("image", source=MediaSource("abc")),
    "[lost]": Media("image", lost="expired"),
    "[sticker]": Sticker("1", "2"),
    "[location]": Location(35.7, 139.7),
    "[unknown]": Unknown("hologram"),
}


class Step(msgspec.Struct, frozen=True):
    """One line of the shopper with what must hold of the answer."""

    line: int
    says: str
    expected: tuple[tuple[str, str], ...]

    @property
    def content(self) -> Content:
        return _WORDLESS.get(self.says, Text(self.says))

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.expected if key == name]


def conversations(path: Path) -> Iterator[tuple[str, list[Step]]]:
    """Each conversation of a transcript with its heading."""
    for part in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        yield title, _steps(body.splitlines())


def _steps(lines: list[str]) -> list[Step]:
    steps: list[Step] = []
    for number, line in enumerate(lines, start=2):
        if line.startswith("> "):
            steps.append(Step(number, line[2:], ()))
        elif line.startswith("< "):
            found = tuple((key, a or b) for key, a, b in _EXPECTATION.findall(line))
            steps[-1] = msgspec.structs.replace(steps[-1], expected=found)
    return steps
