"""Who reads an answer: the language of the agent, else of the browser."""

import re
from typing import Any

from litestar.connection import ASGIConnection

from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language, is_language

Connection = ASGIConnection[Any, Any, Any, Any]
_SAID = re.compile(r"\s*([a-z]{2,3}|\*)[^,;]*(?:;\s*q=([0-9.]+))?", re.IGNORECASE)


def set_language(connection: Connection, language: Language) -> None:
    """Answer this request in that language."""
    connection.scope.setdefault("state", {})["reader_language"] = language


def language_of(connection: Connection) -> Language:
    """The language set for this request, else the browser's first that we speak."""
    found = connection.scope.get("state", {}).get("reader_language")
    if is_language(found):
        return found
    wished = connection.headers.get("accept-language", "")
    return preferred(wished)


def preferred(accept_language: str) -> Language:
    """The best of an Accept-Language header; English for those who want neither."""
    ranked: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        if match := _SAID.match(part):
            ranked.append((_weight(match[2]), match[1].lower()))
    for weight, language in sorted(ranked, key=lambda one: -one[0]):
        if weight > 0 and is_language(language):
            return language
    named = any(weight > 0 and language != "*" for weight, language in ranked)
    return "en" if named else DEFAULT_LANGUAGE


def _weight(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0
