"""Folders say what they hold, and Python names are snake_case."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.house import tree

DRAWERS = {
    "base",
    "common",
    "core",
    "helper",
    "helpers",
    "lib",
    "manager",
    "misc",
    "service",
    "shared",
    "util",
    "utils",
}
SNAKE = re.compile(r"_{0,2}[a-z][a-z0-9]*(_[a-z0-9]+)*_{0,2}")
NUMBERED = re.compile(r"[0-9]{4}_[a-z0-9_]+")  # migrations


def drawers(path: str) -> list[str]:
    """The parts of a path that would hold anything: folders everywhere, modules in Python."""
    pure = PurePosixPath(path)
    names = [*pure.parent.parts, *([pure.stem] if pure.suffix == ".py" else [])]
    return [name for name in names if name in DRAWERS]


def odd_names(path: str) -> list[str]:
    """The parts of a Python file's path that are not snake_case."""
    parts = PurePosixPath(path).with_suffix("").parts
    return [part for part in parts if not (SNAKE.fullmatch(part) or NUMBERED.fullmatch(part))]


def test_no_folder_is_a_drawer() -> None:
    found = {
        tree.short(path): found for path in tree.files() if (found := drawers(tree.short(path)))
    }
    assert found == {}


def test_python_names_are_snake_case() -> None:
    ours = [path for folder in ("kaiwa", "tests", "bench", "demo") for path in tree.under(folder)]
    found = {tree.short(path): found for path in ours if (found := odd_names(tree.short(path)))}
    assert found == {}


def test_a_drawer_and_an_odd_name_are_seen() -> None:
    assert drawers("ui/src/shared/list.tsx") == ["shared"]
    assert drawers("kaiwa/bot/utils.py") == ["utils"]
    assert drawers("deploy/service.yaml") == []
    assert odd_names("kaiwa/bot/savedReply.py") == ["savedReply"]
    assert odd_names("kaiwa/migrations/versions/0001_first.py") == []
