"""Public modules, classes and functions of kaiwa say what they promise."""

from __future__ import annotations

import ast

from tests.house import tree


def silent(module: ast.Module) -> list[str]:
    """The public definitions without a docstring; `module` for the file itself."""
    found = [] if ast.get_docstring(module) else ["module"]
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in module.body:
        if not isinstance(node, kinds) or node.name.startswith("_") or is_overload(node):
            continue
        if not ast.get_docstring(node):
            found.append(node.name)
    return found


def is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Overloads share the docstring of their implementation."""
    return any(ast.unparse(mark).endswith("overload") for mark in node.decorator_list)


def test_everything_public_has_a_docstring() -> None:
    found = {
        tree.short(path): names
        for path in tree.under("kaiwa")
        if not tree.is_migration(path) and (names := silent(tree.parse(path)))
    }
    assert found == {}


def test_silence_is_seen() -> None:
    source = "class A: pass\ndef b(): 'Says.'\ndef _c(): pass\nasync def d(): pass"
    assert silent(ast.parse(source)) == ["module", "A", "d"]
