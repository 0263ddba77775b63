"""HTML mail as the text its reader sees: lines, lists, quotes as `>` lines. Hostile HTML is tamed.

nh3 first reduces whatever came to a few well-formed tags; what it leaves is simple to read.
"""

import re
from html.parser import HTMLParser
from typing import Final

import nh3

from kaiwa.channels.email.limits import most

_BLOCKS: Final = frozenset(
    "p div blockquote ul ol li table tr h1 h2 h3 h4 h5 h6 pre hr section article".split()
)
_APART: Final = frozenset("p h1 h2 h3 h4 h5 h6 pre".split())
_TAGS: Final = _BLOCKS | {"br", "td", "th", "a", "img"}
_GONE: Final = frozenset("script style title head template noscript svg math".split())
_MANY_LINES: Final = re.compile(r"\n{3,}")
_DEEPEST_QUOTE: Final = 20


def text_of(html: str) -> str:
    """The words of `html`."""
    tame = nh3.clean(
        html[: most("html")],
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes={"a": {"href"}, "img": {"alt"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    reader = _Reader()
    reader.feed(tame)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._verbatim = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A line ends where a block begins."""
        if tag in _BLOCKS:
            self._end_line(apart=tag in _APART)
        given = dict(attrs)
        match tag:
            case "br":
                self._line.append("")
                self._end_line()
            case "blockquote":
                self._quoted = min(self._quoted + 1, _DEEPEST_QUOTE)
            case "pre":
                self._verbatim += 1
            case "li":
                self._line.append("・")
            case "hr":
                self._line.append("-" * 20)
                self._end_line()
            case "td" | "th":
                self._line.append(" ")
            case "img":
                self._line.append(given.get("alt") or "")
            case "a":
                self._link = (given.get("href") or "", len(self._line))

    def handle_endtag(self, tag: str) -> None:
        """A line ends where a block does; a link's address follows its words."""
        if tag == "a" and self._link is not None:
            self._show_link(*self._link)
            self._link = None
        if tag in _BLOCKS:
            self._end_line(apart=tag in _APART)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        if tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)

    def handle_data(self, data: str) -> None:
        """Words; their line ends mean nothing outside `pre`."""
        if not self._verbatim:
            self._line.append(re.sub(r"[ \t\r\n\f]+", " ", data))
            return
        first, *rest = data.split("\n")
        self._line.append(first)
        for line in rest:
            self._end_line()
            self._line.append(line)

    def text(self) -> str:
        """All lines so far."""
        self._end_line()
        return _MANY_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _show_link(self, href: str, since: int) -> None:
        words = "".join(self._line[since:]).strip()
        plain = href.removeprefix("mailto:").removeprefix("tel:").rstrip("/")
        if plain and plain not in words and not (words and words in plain):
            self._line.append(f" <{href}>" if words else href)

    def _end_line(self, *, apart: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._verbatim else re.sub(" {2,}", " ", line).strip()
        begun = bool(self._line)
        self._line.clear()
        mark = ">" * self._quoted + " " if self._quoted else ""
        if line:
            self._lines.append(mark + line)
        elif begun and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
        if apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
