"""Bodies of webhook calls nobody foresaw: any JSON, and real ones in which one thing is off."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

DEEP = b'{"events":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}"
GONE = object()
ODD: list[Any] = [
    *("", "\0", "\ud800", "a\u0000b", "長" * 3_000, "x" * 100_000),
    *(2**70, -(2**70), 1e300, -1, 0, True, None, [], {}, [[]], {"": None}),
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


def bends(body: bytes) -> Iterator[bytes]:
    """`body` with each of its values taken out or replaced by each odd one; nothing if no JSON."""
    tree = _tree(body)
    for path in _paths(tree):
        for value in (GONE, *ODD):
            yield _bent(tree, path, value)


@st.composite
def bent(draw: st.DrawFn, body: bytes) -> bytes:
    """`body` with one value replaced; when it is not JSON, with some bytes off."""
    tree = _tree(body)
    if tree is None:
        at = draw(st.integers(0, len(body)))
        return body[:at] + draw(st.binary(max_size=8)) + body[at + draw(st.integers(0, 4)) :]
    return _bent(tree, draw(st.sampled_from(list(_paths(tree)))), draw(values))


def _tree(body: bytes) -> Any:
    try:
        tree = json.loads(body)
    except ValueError:
        return None
    return tree if isinstance(tree, dict | list) else None


def _paths(tree: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if here:
        yield here
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _paths(value, (*here, key))


def _bent(tree: Any, path: tuple[Any, ...], value: Any) -> bytes:
    changed = copy.deepcopy(tree)
    where = changed
    for key in path[:-1]:
        where = where[key]
    if value is GONE:
        del where[path[-1]]
    else:
        where[path[-1]] = value
    return json.dumps(changed).encode()
