"""Turns HTML into plain text: nothing of a script, a style or a tag survives."""

import html
import re
from typing import Final

import nh3

LONGEST: Final = 20_000

TAGGED = re.compile(r"<[a-z/!]", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:br|/?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|dd|dt|dl|blockquote))\b",
    re.IGNORECASE,
)
_CELL = re.compile(r"</t[dh]\b", re.IGNORECASE)
DROPPED = {"script", "style", "template", "iframe", "object", "noscript", "svg", "math", "title"}
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain_text(body: str) -> str:
    """The words of `body`, a line per block; at most `LONGEST` characters."""
    if TAGGED.search(body):
        spaced = _BLOCK.sub(lambda found: f"\n{found[0]}", body)
        spaced = _CELL.sub(lambda found: f" {found[0]}", spaced)
        body = nh3.clean(spaced, tags=set(), clean_content_tags=DROPPED, attributes={})
    text = _CONTROL.sub(" ", html.unescape(body).replace("\r", "\n"))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()[:LONGEST]
