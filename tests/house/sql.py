"""Finds SQL in Python: every string that is a statement, with the tables it touches."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

STATEMENT = re.compile(
    r"select\b.*\bfrom\b|insert\s+(or\s+\w+\s+)?into\b|update\s+\S+\s+(as\s+\w+\s+)?set\b"
    r"|delete\s+from\b|with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\b",
    re.IGNORECASE | re.DOTALL,
)
SOURCES = re.compile(
    r"\b(?:from|join|into|update|using)\s+(?:only\s+|lateral\s+)?(.+?)"
    r"(?=\b(?:where|group|order|limit|returning|values|set|on|using|join|left|inner|cross|union"
    r"|select|from|for|having|window)\b|[();]|$)",
    re.IGNORECASE | re.DOTALL,
)
CREATED = re.compile(
    r"create\s+table\s+(?:if\s+not\s+exists\s+)?\"?(\w+)\"?\s*\((.*)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Statement:
    """One SQL text with the lines of source where its literal starts and ends."""

    text: str
    first: int
    last: int

    @property
    def tables(self) -> set[str]:
        """The names after from, join, into, update and using, lower case."""
        lists = SOURCES.findall(self.text)
        words = (part.split() for found in lists for part in found.split(","))
        return {word[0].strip('"').split(".")[-1].lower() for word in words if word}


def statements(module: ast.Module) -> Iterator[Statement]:
    """Every string of a module that reads as a statement; docstrings are prose."""
    for node, text in strings(module):
        if STATEMENT.match(text.strip()):
            yield Statement(text.strip(), node.lineno, node.end_lineno or node.lineno)


def strings(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Whole strings: an f-string or a sum of strings counts once, with code kept as `{code}`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.expr) and (text := whole(child)) is not None:
            yield child, text
        else:
            yield from strings(child)


def whole(node: ast.expr) -> str | None:
    """The text of a string expression, or None when it is not one."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part)}}}"
            for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = whole(node.left), whole(node.right)
        if left is not None or right is not None:
            return (left or ast.unparse(node.left)) + (right or ast.unparse(node.right))
    return None


def tables_of_merchants(migration: ast.Module) -> set[str]:
    """The tables that a migration creates with, or gives, a merchant_id."""
    found = set()
    for node in ast.walk(migration):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        verb = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = whole(node.args[0]) or ""
        if verb in ("create_table", "add_column") and "'merchant_id'" in ast.unparse(node):
            found.add(name.lower())
        elif (made := CREATED.search(name)) and "merchant_id" in made[2]:
            found.add(made[1].lower())
    return found
