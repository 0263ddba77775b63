"""Reads dialogues that a merchant can write: Markdown, or one JSON object a line.

In Markdown a `##` heading begins a dialogue, `- 客: …` or `- Shopper: …` is said, and the indented
list under it is what must hold of the answer: `- acts: add_to_cart`. See docs/…/evaluate.md.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from kaiwa.vocabulary.errors import Invalid

KEYS: Final = (
    "acts",
    "products",
    "cart",
    "faq",
    "answered",
    "asks for",
    "handoff",
    "order",
    "says",
    "does not say",
)
_SAID: Final = re.compile(r"^- (?:客|お客さま|Shopper|Customer|shopper)\s*[:：]\s?(?P<text>.*)$")
_EXPECTED: Final = re.compile(r"^\s+- (?P<key>[a-z ]+?)\s*[:：]\s*(?P<value>.*)$")
_HEAD: Final = re.compile(r"^(?P<key>signed in|name|clock)\s*[:：]\s*(?P<value>.+)$")


class Said(msgspec.Struct, frozen=True):
    """One line of the shopper, and what must hold of the answer as (key, value)."""

    text: str
    expected: tuple[tuple[str, str], ...] = ()
    line: int = 0


class Dialogue(msgspec.Struct, frozen=True):
    """One conversation; `email` means signed in, `at` is the ISO time of its first turn."""

    title: str
    said: tuple[Said, ...]
    file: str = ""
    email: str | None = None
    name: str | None = None
    at: str | None = None


def dialogues(path: Path) -> list[Dialogue]:
    """Every dialogue of a file, or of all files in a folder; `Invalid` says where it is wrong."""
    if path.is_dir():
        inside = sorted([*path.glob("*.md"), *path.glob("*.jsonl")])
        files = [one for one in inside if one.name.lower() != "readme.md"]
        return [one for file in files for one in dialogues(file)]
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} cannot be read: {error}.") from error
    if path.suffix == ".jsonl":
        return [_from_json(path.name, at, line) for at, line in _lines(text)]
    return list(_from_markdown(path.name, text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip())


class _Turn(msgspec.Struct):
    say: str
    expect: dict[str, Any] = {}


class _Line(msgspec.Struct):
    turns: list[_Turn]
    id: str | int = ""
    email: str | None = None
    name: str | None = None
    at: str | None = None


def _from_json(file: str, at: int, line: str) -> Dialogue:
    try:
        told = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError as error:
        raise Invalid(f"{file}, line {at}: {error}.") from error
    said = tuple(Said(one.say, tuple(_flat(file, at, one.expect)), at) for one in told.turns)
    return Dialogue(str(told.id or at), said, file, told.email, told.name, told.at)


def _flat(file: str, at: int, expected: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in expected.items():
        name = key.replace("_", " ")
        values = value if isinstance(value, list) and name in ("says", "does not say") else [value]
        for one in values:
            yield _checked(file, at, name), _written(one)


def _written(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _from_markdown(file: str, text: str) -> Iterator[Dialogue]:
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    at = parts[0].count("\n") + 1
    for part in parts[1:]:
        yield _one(file, part, at)
        at += part.count("\n")


def _one(file: str, part: str, first: int) -> Dialogue:
    title, *lines = part.splitlines()
    head: dict[str, str] = {}
    said: list[Said] = []
    for at, line in enumerate(lines, first + 1):
        if found := _SAID.match(line):
            said.append(Said(found["text"].replace("\\n", "\n").strip(), (), at))
        elif said and (found := _EXPECTED.match(line)):
            pair = (_checked(file, at, found["key"]), found["value"].strip())
            said[-1] = msgspec.structs.replace(said[-1], expected=(*said[-1].expected, pair))
        elif not said and (found := _HEAD.match(line.strip().strip("<!->").strip())):
            head[found["key"]] = found["value"].strip()
    if not said:
        raise Invalid(f"{file}, line {first}: nobody says anything in “{title.strip()}”.")
    return Dialogue(
        title.strip(), tuple(said), file, head.get("signed in"), head.get("name"), head.get("clock")
    )


def _checked(file: str, at: int, key: str) -> str:
    if key not in KEYS:
        raise Invalid(f"{file}, line {at}: {key!r} is none of {', '.join(KEYS)}.")
    return key
