"""A reference that a customer's own words bring along, where a channel's links carry only words."""

import re
from typing import Final

from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import Language

# What a link has its follower write, in the shop's language: nobody sends a bare reference.
GREETINGS: Final[dict[Language, str]] = {"ja": "こんにちは", "en": "Hello"}
_REF: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARK: Final = re.compile(r"\s*[(（]?#kw-([A-Za-z0-9_-]{1,64})[)）]?\s*")


def require_ref(ref: str) -> None:
    """`Refused` for what no link into a chat can carry."""
    if not _REF.fullmatch(ref):
        raise Refused("A link carries up to 64 letters, digits, - and _.", reason="invalid")


def with_ref(greeting: str, ref: str) -> str:
    """Words to send that bring the reference."""
    return f"{greeting} (#kw-{ref})"


def ref_of(text: str) -> str | None:
    """The reference in these words, or None."""
    found = _MARK.search(text)
    return None if found is None else found[1]


def without_ref(text: str) -> str:
    """The words as they are meant for people; unchanged when nothing else would be left."""
    return _MARK.sub(" ", text).strip() or text
