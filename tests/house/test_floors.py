"""The floors hold: the contract of pyproject.toml fails on a house that is built wrongly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

TOP = {"kaiwa.app", "kaiwa.cli", "kaiwa.listeners"}
TRANSLATORS = ("kaiwa/channels", "kaiwa/carriers", "kaiwa/languages")


def imported(module: ast.Module) -> set[str]:
    """Every module, or name of a module, that a file imports."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def lint(folder: Path, modules: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Builds a small house from file names and sources and lets import-linter walk it."""
    package = folder / "kaiwa"
    for name, source in ({"__init__.py": ""} | modules).items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
        (path.parent / "__init__.py").touch()
    settings = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    program = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_house_built_downwards_stands(tmp_path: Path) -> None:
    house = {
        "cli.py": "import kaiwa.app",
        "app.py": "import kaiwa.settings, kaiwa.web.live",
        "settings.py": "",
        "web/live.py": "import litestar\nimport kaiwa.conversations.message",
        "conversations/message.py": "import kaiwa.vocabulary.event",
        "vocabulary/event.py": "",
        "migrations/first.py": "import sqlalchemy",
    }
    done = lint(tmp_path, house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("vocabulary/event.py", "import kaiwa.web.live"),
        ("bot/turn.py", "import kaiwa.desk.queue"),
        ("conversations/note.py", "import litestar"),
        ("customers/segment.py", "import sqlalchemy"),
        ("loyalty/points.py", ""),
    ],
    ids=["upwards", "sideways", "litestar below the web", "an ORM", "a folder without a floor"],
)
def test_a_house_built_wrongly_falls(tmp_path: Path, name: str, source: str) -> None:
    sound = {"web/live.py": "", "desk/queue.py": ""}
    done = lint(tmp_path, sound | {name: source})
    assert "1 broken" in done.stdout, done.stdout + done.stderr


def test_settings_know_nobody_on_the_top_floor() -> None:
    settings = tree.ROOT / "kaiwa" / "settings.py"
    assert not settings.exists() or imported(tree.parse(settings)) & TOP == set()


def test_translators_open_no_database() -> None:
    found = [
        tree.short(path)
        for folder in TRANSLATORS
        for path in tree.under(folder)
        if any(name.startswith("kaiwa.engines.db") for name in imported(tree.parse(path)))
    ]
    assert found == []


def test_both_ways_to_import_are_seen() -> None:
    source = "import kaiwa.cli\nfrom kaiwa import app\nfrom kaiwa.engines.db import Session"
    assert imported(ast.parse(source)) >= TOP - {"kaiwa.listeners"} | {"kaiwa.engines.db"}
