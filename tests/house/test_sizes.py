"""Files, functions and parameter lists stay small enough to be read in one go."""

from __future__ import annotations

import ast

from tests.house import tree

FILE_LINES = {"kaiwa": 400, "tests": 600}
FUNCTION_LINES = 50
PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_large(module: ast.Module) -> list[str]:
    """What is over a limit in one module, as `line name: what`."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, Function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{node.lineno} {node.name}: {lines} lines")
            if (count := parameters(node)) > PARAMETERS:
                found.append(f"{node.lineno} {node.name}: {count} parameters")
    return found


def parameters(function: Function) -> int:
    """How many arguments a caller may hand over; self and cls are not handed over."""
    args = function.args
    named = [*args.posonlyargs, *args.args]
    if named and named[0].arg in ("self", "cls"):
        named = named[1:]
    stars = [star for star in (args.vararg, args.kwarg) if star]
    return len(named) + len(args.kwonlyargs) + len(stars)


def test_no_file_is_too_long() -> None:
    long = {
        tree.short(path): lines
        for folder, limit in FILE_LINES.items()
        for path in tree.under(folder)
        if not tree.is_migration(path)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert long == {}


def test_no_function_is_too_long_or_takes_too_much() -> None:
    large = [
        f"{tree.short(path)}:{what}"
        for folder in FILE_LINES
        for path in tree.under(folder)
        if not tree.is_migration(path)
        for what in too_large(tree.parse(path))
    ]
    assert large == []


def test_a_function_of_51_lines_is_seen() -> None:
    body = "    pass\n"
    assert too_large(ast.parse("def f():\n" + body * 49)) == []
    assert too_large(ast.parse("def f():\n" + body * 50)) == ["1 f: 51 lines"]


def test_a_seventh_parameter_is_seen_and_self_is_not_counted() -> None:
    six = (
        "class C:\n def f(self, a, b, /, c, *, d, **e): pass\n async def g(cls, a, b, c, d, e, f):0"
    )
    assert too_large(ast.parse(six)) == []
    assert too_large(ast.parse("def h(a, b, c, d, *e, f, **g): pass")) == ["1 h: 7 parameters"]
