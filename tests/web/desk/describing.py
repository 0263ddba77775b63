"""The desk's doors as TypeScript, from the server's own description of them.

Run: `python -m tests.web.desk.describing`, after a door or a body has changed.
"""

import json
import re
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from kaiwa.engines.db import open_database
from kaiwa.migrations import migrate
from tests.web.desk.world import World

FILE = Path(__file__).parents[3] / "ui" / "desk" / "server.ts"
HEAD = """// Written by `python -m tests.web.desk.describing` from the server's OpenAPI description.

"""
METHODS = {"get": "Get", "post": "Post", "put": "Put", "delete": "Delete"}


def described() -> dict[str, Any]:
    """The description, as the server gives it out."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/kaiwa.db"
        migrate(url)
        with closing(open_database(url)) as db:
            return plain(World(db, Path(folder)).app.openapi_schema.to_schema())


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """As it goes over the wire."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return found


def written(schema: dict[str, Any]) -> str:
    """The whole file."""
    parts = [HEAD, _schemas(schema)]
    for method, name in METHODS.items():
        paths = {path: item[method] for path, item in schema["paths"].items() if method in item}
        parts.append((_calls if method in ("post", "put") else _paths)(name, paths))
    return "\n".join(parts)


def _schemas(schema: dict[str, Any]) -> str:
    found = schema["components"]["schemas"]
    used = _used(schema, found)
    return (
        "\n".join(f"export type {_name(one)} = {_type(found[one])};" for one in sorted(used)) + "\n"
    )


def _used(schema: dict[str, Any], found: dict[str, Any]) -> set[str]:
    """What the bodies are made of; answers are described in web-protocol.md."""
    bodies = [
        operation.get("requestBody", {})
        for item in schema["paths"].values()
        for operation in item.values()
    ]
    waiting, used = _refs(bodies), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting |= _refs(found[name])
    return used


def _refs(part: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part)))


def _name(schema: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in schema.split("_"))


def _type(of: dict[str, Any]) -> str:
    if ref := of.get("$ref"):
        return _name(ref.rpartition("/")[2])
    if "const" in of:
        return json.dumps(of["const"])
    if "enum" in of:
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in of["enum"])
    for choice in ("oneOf", "anyOf"):
        if choice in of:
            kinds = list(dict.fromkeys(_type(one) for one in of[choice]))
            # "Or anything" is how the end of a list is described that may be empty.
            return " | ".join([one for one in kinds if one != "unknown"] or kinds)
    said = of.get("type", [])
    said = said if isinstance(said, list) else [said]
    return " | ".join(dict.fromkeys(_kind(kind, of) for kind in said)) or "unknown"


def _kind(kind: str, of: dict[str, Any]) -> str:
    if kind == "array":
        return f"readonly ({_type(of.get('items', {}))})[]"
    if kind == "object":
        return _object(of)
    return {"integer": "number", "number": "number", "boolean": "boolean", "null": "null"}.get(
        kind, "string"
    )


def _object(of: dict[str, Any]) -> str:
    fields, needed = of.get("properties"), set(of.get("required", ()))
    if fields is None:
        more = of.get("additionalProperties")
        return f"Record<string, {_type(more) if isinstance(more, dict) and more else 'unknown'}>"
    lines = [f"{name}{'' if name in needed else '?'}: {_type(one)}" for name, one in fields.items()]
    return "{ " + "; ".join(lines) + " }"


def _template(path: str) -> str:
    return "`" + re.sub(r"{\w+}", "${number}", path) + "`"


def _paths(name: str, paths: dict[str, Any]) -> str:
    lines = [f"  | {_template(path)}" for path in sorted(paths)]
    query = "" if name != "Get" else "\nexport type GetCall = GetPath | `${GetPath}?${string}`;"
    return f"export type {name}Path =\n" + "\n".join(lines) + ";" + query + "\n"


def _calls(name: str, paths: dict[str, Any]) -> str:
    """Each path with what it takes."""
    lines = []
    for path in sorted(paths):
        body = paths[path].get("requestBody", {}).get("content", {}).get("application/json")
        kind = f"body: {_type(body['schema'])}" if body else "body?: Record<string, never>"
        lines.append(f"  | [path: {_template(path)}, {kind}]")
    return f"export type {name}Call =\n" + "\n".join(lines) + ";\n"


def main() -> None:
    FILE.write_text(written(described()), "utf-8")


if __name__ == "__main__":
    main()
