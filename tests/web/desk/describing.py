"""The desk's doors as TypeScript, from the server's own description of them.

Run: `python -m tests.web.desk.describing`, after a door, a body or an answer has changed.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, is_typeddict

import msgspec

from kaiwa.web.desk_app import desk_app

FILE = Path(__file__).parents[3] / "ui" / "desk" / "server.ts"
HEAD = """// Written by `python -m tests.web.desk.describing` from the server's OpenAPI description.

"""
METHODS = {"get": "Get", "post": "Post", "put": "Put", "delete": "Delete"}
TAIL = """export type GetPath = keyof GetDoors & string;
export type GetCall = GetPath | `${GetPath}?${string}`;
"""


def described() -> dict[str, Any]:
    """The description, as the server gives it out."""
    app: Any = desk_app(None)  # type: ignore[arg-type]
    return plain(app.openapi_schema.to_schema())


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """As it goes over the wire."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return found


def written(schema: dict[str, Any]) -> str:
    """The whole file."""
    made = _Types(schema)
    parts = [HEAD, made.written()]
    for method, name in METHODS.items():
        doors = {path: item[method] for path, item in schema["paths"].items() if method in item}
        lines = [f"  {_key(path)}: {made.door(method, doors[path])};" for path in sorted(doors)]
        parts.append(f"export interface {name}Doors {{\n" + "\n".join(lines) + "\n}\n")
    return "\n".join([*parts, TAIL])


class _Types:
    """What bodies and answers are made of, in TypeScript."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._found: dict[str, Any] = schema["components"]["schemas"]
        doors = [one for item in schema["paths"].values() for one in item.values()]
        self._sent = self._reached([one.get("requestBody", {}) for one in doors])
        self._told = self._reached([good(one) for one in doors])
        self._sometimes = sometimes()

    def written(self) -> str:
        kinds = [(one, True) for one in self._sent] + [(one, False) for one in self._told]
        named = {self._name(*kind): kind for kind in kinds}
        assert len(named) == len(kinds), "two of the types have one name"
        lines = [
            f"export type {name} = {self._record(one, sent)};"
            for name, (one, sent) in sorted(named.items())
        ]
        return "\n".join(lines) + "\n"

    def door(self, method: str, operation: dict[str, Any]) -> str:
        """What a door answers, and what it takes where it takes something."""
        answer = self._body(good(operation), False)
        if method in ("get", "delete"):
            return answer
        return f"{{ body: {self._body(operation.get('requestBody', {}), True)}; answer: {answer} }}"

    def _body(self, of: dict[str, Any], sent: bool) -> str:
        found = of.get("content", {})
        kind = found.get("application/json")
        return self._type(kind["schema"], sent) if kind else "string" if found else "void"

    def _reached(self, parts: Any) -> set[str]:
        waiting, used = _refs(parts), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in used:
                used.add(name)
                waiting |= _refs(self._found[name])
        return used

    def _name(self, schema: str, sent: bool) -> str:
        """Without the word by which records and their shapes are told apart here.

        What is sent may leave out what an answer says: such a type has two names.
        """
        name = "".join(word[:1].upper() + word[1:] for word in schema.split("_"))
        if schema in self._sent & self._told and not sent:
            return name.removesuffix("Body") + "Whole"
        bare = name.removesuffix("Shape")
        return name if bare != name and bare in self._found else bare

    def _record(self, schema: str, sent: bool) -> str:
        of = self._found[schema]
        if not sent and "properties" in of:
            rarely = self._sometimes.get(schema, frozenset())
            of = {**of, "required": [name for name in of["properties"] if name not in rarely]}
        return self._type(of, sent)

    def _type(self, of: dict[str, Any], sent: bool) -> str:
        if ref := of.get("$ref"):
            return self._name(ref.rpartition("/")[2], sent)
        if "const" in of:
            return json.dumps(of["const"])
        if "enum" in of:
            return " | ".join(json.dumps(one, ensure_ascii=False) for one in of["enum"])
        for choice in ("oneOf", "anyOf"):
            if choice in of:
                kinds = list(dict.fromkeys(self._type(one, sent) for one in of[choice]))
                # "Or anything" is how the end of a list is described that may be empty.
                return " | ".join([one for one in kinds if one != "unknown"] or kinds)
        kinds = of.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return " | ".join(dict.fromkeys(self._kind(kind, of, sent) for kind in kinds)) or "unknown"

    def _kind(self, kind: str, of: dict[str, Any], sent: bool) -> str:
        if kind == "array":
            item = self._type(of.get("items", {}), sent)
            item = f"({item})" if " " in item else item
            return f"readonly {item}[]" if sent else f"{item}[]"
        if kind == "object":
            return self._object(of, sent)
        return {"integer": "number", "number": "number", "boolean": "boolean", "null": "null"}.get(
            kind, "string"
        )

    def _object(self, of: dict[str, Any], sent: bool) -> str:
        fields = of.get("properties")
        if fields is None:
            more = of.get("additionalProperties")
            kind = self._type(more, sent) if isinstance(more, dict) and more else "unknown"
            return f"Record<string, {kind}>"
        needed = set(of.get("required", ()))
        lines = [
            f"{name}{'' if name in needed else '?'}: {self._type(one, sent)}"
            for name, one in fields.items()
        ]
        return "{ " + "; ".join(lines) + " }"


def sometimes() -> dict[str, frozenset[str]]:
    """Of each type that an answer is described by, what it may leave out: a record says all it has.

    The description cannot say so: what has a default may be left out by whoever sends it.
    """
    named = [module for name, module in sys.modules.items() if name.startswith("kaiwa.web.")]
    found = [one for module in named for one in vars(module).values() if is_typeddict(one)]
    return {one.__name__: one.__optional_keys__ for one in found}


def good(operation: dict[str, Any]) -> dict[str, Any]:
    """The answer when all went well."""
    found = [one for status, one in operation["responses"].items() if status.startswith("2")]
    return dict(*found)


def _refs(part: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part)))


def _key(path: str) -> str:
    pattern = re.sub(r"{\w+}", "${number}", path)
    return f"[path: `{pattern}`]" if pattern != path else f'"{path}"'


def main() -> None:
    FILE.write_text(written(described()), "utf-8")


if __name__ == "__main__":
    main()
