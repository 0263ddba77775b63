"""Every answer of the desk's doors, held against what the description says of it.

Stricter than the description: an answer says nothing that is not described, and leaves nothing out
that is. What goes wrong is an `AssertionError` where the answer was asked for.
"""

import functools
import re
from typing import Any

import httpx
import jsonschema_rs
from litestar import Litestar

from tests.web.desk.describing import plain, sometimes

JSON = "application/json"


class Answers:
    """What the doors of one app may answer, and which of them have."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._components = {"schemas": _closed(schema["components"]["schemas"])}
        self._doors = [
            (re.compile(re.sub(r"{\w+}", r"\\d+", path)), method, f"{method.upper()} {path}", one)
            for path, item in schema["paths"].items()
            for method, one in item.items()
        ]
        self._known: dict[tuple[str, int], Any] = {}
        self.given: set[str] = set()

    async def hold(self, answer: httpx.Response) -> None:
        """Raise `AssertionError` when it is a good one and not as described."""
        door = self._door(answer.request)
        if door is None or not answer.is_success:
            return
        await answer.aread()
        name, operation = door
        described = operation["responses"].get(str(answer.status_code))
        assert described is not None, f"{name} answers {answer.status_code}, which is not described"
        self.given.add(name)
        kinds = described.get("content", {})
        if JSON not in kinds:
            assert kinds or not answer.content, f"{name} answers {answer.text[:80]!r}"
            return
        key = (name, answer.status_code)
        if key not in self._known:
            whole = {**kinds[JSON]["schema"], "components": self._components}
            self._known[key] = jsonschema_rs.Draft202012Validator(whole)
        wrong = [f"{one.instance_path}: {one.message}" for one in self._wrong(key, answer)]
        assert not wrong, f"{name} answers otherwise than described: {wrong[:3]}"

    def _wrong(self, key: tuple[str, int], answer: httpx.Response) -> list[Any]:
        return list(self._known[key].iter_errors(answer.json()))

    def _door(self, asked: httpx.Request) -> tuple[str, dict[str, Any]] | None:
        for path, method, name, operation in self._doors:
            if method == asked.method.lower() and path.fullmatch(asked.url.path):
                return name, operation
        return None


def _closed(schemas: dict[str, Any]) -> dict[str, Any]:
    left_out = sometimes()
    return {name: _strict(one, left_out.get(name, frozenset())) for name, one in schemas.items()}


def _strict(schema: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    if "properties" not in schema:
        return schema
    needed = [name for name in schema["properties"] if name not in left_out]
    return {**schema, "required": needed, "additionalProperties": False}


@functools.cache
def answers_of(app: Litestar) -> Answers:
    """The same for every test of a process: it is the same app."""
    return Answers(plain(app.openapi_schema.to_schema()))
