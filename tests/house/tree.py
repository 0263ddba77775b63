"""What is in the house: its files, as git tracks them, and its Python as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {".venv", ".make", ".git", "node_modules", "static", "dist", "build", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, tracked or about to be; without git, all but what is built."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        found = [ROOT / name for name in out.split("\0") if name]
    else:
        found = list(ROOT.rglob("*"))
    ours = (path for path in found if not NOT_OURS.intersection(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in ours if path.is_file()))


def under(folder: str, suffix: str = ".py") -> list[Path]:
    """The files below a top folder that end in suffix."""
    return [
        path for path in files() if path.is_relative_to(ROOT / folder) and path.suffix == suffix
    ]


def short(path: Path) -> str:
    """The path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_migration(path: Path) -> bool:
    """Migrations are history: sizes, docstrings and tenancy do not apply to them."""
    return path.is_relative_to(ROOT / "kaiwa" / "migrations")
