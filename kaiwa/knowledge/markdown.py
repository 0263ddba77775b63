"""Reads an article from a Markdown file: sections by heading, all of it plain text.

The front matter may name `title`, `language` and `tags`; what else it says is ignored. HTML leaves
its words behind, scripts and styles nothing. A text is data: nothing in it is obeyed.
"""

import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

import nh3

from kaiwa.knowledge.article import NewArticle, Section
from kaiwa.knowledge.table import Refusal, decoded, language_named
from kaiwa.languages import language_of
from kaiwa.languages.plain_text import DROPPED, TAGGED
from kaiwa.vocabulary.language import Language

LARGEST_BYTES: Final = 2_000_000
LONGEST_TITLE: Final = 200
MOST_SECTIONS: Final = 500

_LINE: Final = "\ue000"
_HIDDEN: Final = 0xE100  # where characters wait that mean themselves
_SHOWN: Final = {_HIDDEN + code: chr(code) for code in range(128)}
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.+)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINED = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_LISTED = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_BULLET = re.compile(r"^\s*[-*+][ \t]+")
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"^\s*\|?[ \t]*:?-{2,}[-| \t:]*$")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
# What a browser would take for a comment or a tag that goes on to the end of the next one.
_NO_TAG: Final = re.compile(r"<(?=\?|![^-dD\[]|/[^a-zA-Z>]|[^<>!][^<>]*<)")
_BLOCK = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|tr|h[1-6]))\b", re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])")
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|~~)(?=\S)([^*_~]+?)(?<=\S)\1")
_CODE = re.compile(r"`+([^`]+)`+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def read_article(data: bytes, source: str, otherwise: Language) -> NewArticle:
    """The article of a file; `otherwise` is its language when neither it nor its script tells.

    Raises `Refusal` when there is nothing that could be taken.
    """
    if len(data) > LARGEST_BYTES:
        raise Refusal(f"The file has more than {LARGEST_BYTES // 1_000_000} MB. Cut it in parts.")
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    front, text = _front(text)
    title, sections = _sections(_without_html(text))
    title = (front.get("title") or title or PurePosixPath(source).stem)[:LONGEST_TITLE]
    if not sections:
        raise Refusal("There is no text in it.")
    if len(sections) > MOST_SECTIONS:
        raise Refusal(f"It has more than {MOST_SECTIONS} sections. Cut it in parts.")
    named = front.get("language") or front.get("lang") or ""
    words = " ".join((title, *(f"{one.heading} {one.text}" for one in sections)))
    language = language_named(named, "") if named else language_of(words, otherwise)
    return NewArticle(title, language, source, sections, _tags(front.get("tags", "")))


def _front(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    front: dict[str, str] = {}
    last = ""
    for line in found[1].split("\n"):
        if pair := _PAIR.match(line):
            last = pair[1].casefold()
            front[last] = pair[2].strip().strip("\"'")
        elif (item := _ITEM.match(line)) and last:
            front[last] = ",".join(filter(None, (front[last], item[1].strip())))
    return front, text[found.end() :]


def _tags(told: str) -> tuple[str, ...]:
    found = (tag.strip().strip("\"'") for tag in re.split(r"[,;、]", told.strip("[] ")))
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _without_html(text: str) -> str:
    text = _CONTROL.sub(" ", text.replace("\t", " ").replace(_LINE, " "))
    text = _AUTOLINK.sub(r"\1", text)
    if not TAGGED.search(text):
        return text
    # The lines are Markdown's, not HTML's: they are hidden from the cleaner.
    one_line = _BLOCK.sub(lambda found: f"\n{found[0]}", text).replace("\n", _LINE)
    one_line = _NO_TAG.sub("&lt;", one_line)
    clean = nh3.clean(one_line, tags=set(), clean_content_tags=DROPPED, attributes={})
    return html.unescape(clean).replace(_LINE, "\n")


def _sections(text: str) -> tuple[str, tuple[Section, ...]]:
    """The first top heading, and the sections with text, named by the headings that lead there."""
    title = ""
    path: dict[int, str] = {}
    blocks: list[str] = []
    found: list[Section] = []

    def close() -> None:
        heading = " › ".join(path[level] for level in sorted(path))
        if blocks:
            found.append(Section(heading[:LONGEST_TITLE], "\n".join(blocks)))
        blocks.clear()

    for level, block in _blocks(text):
        if not level:
            blocks.append(block)
            continue
        close()
        if level == 1 and not title and not found:
            title = block
            continue
        path = {above: name for above, name in path.items() if above < level} | {level: block}
    close()
    return title, tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Headings with their level and paragraphs with level 0, as plain text."""
    waiting: list[str] = []
    fence = ""
    for line in [*text.split("\n"), ""]:
        if fence or (opened := _FENCE.match(line)):
            if not fence:
                yield from _paragraph(waiting)
                fence = opened[1] if opened else ""
            elif line.strip().startswith(fence):
                fence = ""
            elif line.strip():
                yield 0, line.rstrip()
            continue
        if heading := _HEADING.match(line):
            yield from _paragraph(waiting)
            if name := _plain(heading[2]):
                yield len(heading[1]), name
        elif waiting and (under := _UNDERLINED.match(line)):
            yield 1 if under[1][0] == "=" else 2, _plain(" ".join(waiting))
            waiting.clear()
        elif not line.strip() or _RULE.match(line):
            yield from _paragraph(waiting)
        elif not _TABLE_RULE.match(line):
            if _LISTED.match(line) or "|" in line[:1]:
                yield from _paragraph(waiting)
            waiting.append(line)


def _paragraph(waiting: list[str]) -> Iterator[tuple[int, str]]:
    text = ""
    for line in waiting:
        piece = _plain(line)
        # Japanese lines join without a space.
        glue = "" if not text or (_WIDE.match(text[-1]) and _WIDE.match(piece[:1])) else " "
        text += glue + piece
        if line.endswith("  ") and text:
            yield 0, text
            text = ""
    waiting.clear()
    if text:
        yield 0, text


def _plain(line: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), line)
    text = _QUOTED.sub("", text).strip()
    if text.startswith("|"):
        text = " / ".join(cell.strip() for cell in text.strip("|").split("|"))
    text = _BULLET.sub("- ", text)
    text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    text = _CODE.sub(r"\1", _STRONG.sub(r"\2", text))
    return text.translate(_SHOWN).strip()
