"""Documents keep their word: links lead somewhere, decisions fit a page, languages agree."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from tests.house import tree

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/")
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
DECISION_LINES = 60


def prose(text: str) -> str:
    """The text without code."""
    return CODE.sub("", FENCE.sub("", text))


def links(text: str) -> list[str]:
    """Where relative links of a document point, without the part after `#`."""
    found = LINK.findall(prose(text))
    return [unquote(link.split("#")[0]) for link in found if not ELSEWHERE.match(link)]


def headings(text: str) -> list[int]:
    """The levels of a document's headings, in order."""
    return [len(marks) for marks in HEADING.findall(FENCE.sub("", text))]


def numbers(names: list[str]) -> list[int]:
    """The leading numbers of decision files, sorted."""
    return sorted(int(name[:4]) for name in names if re.match(r"\d{4}-", name))


def read(name: str) -> str:
    """A document of the house."""
    return (tree.ROOT / name).read_text(encoding="utf-8")


def decisions() -> list[Path]:
    """All decisions, without their template."""
    return [path for path in tree.under("docs/decisions", ".md") if path.name != "template.md"]


def test_every_relative_link_leads_to_a_file() -> None:
    broken = [
        f"{tree.short(path)} -> {link}"
        for path in tree.files()
        if path.suffix == ".md"
        for link in links(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    names = [path.name for path in decisions()]
    assert numbers(names) == list(range(1, len(names) + 1))


def test_a_decision_fits_on_a_page() -> None:
    long = {
        path.name: lines
        for path in decisions()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > DECISION_LINES
    }
    assert long == {}


def test_both_readmes_have_the_same_headings() -> None:
    assert headings(read("README.ja.md")) == headings(read("README.md"))


def test_links_in_code_and_to_elsewhere_are_left_alone() -> None:
    text = (
        "[a](b.md#c) [d](https://e.example) [f](#g) `[h](i.md)`\n```\n[j](k.md)\n```\n![l](m.png)"
    )
    assert links(text) == ["b.md", "m.png"]


def test_headings_in_code_do_not_count() -> None:
    assert headings("# a\n```\n# b\n```\n## c\n") == [1, 2]


def test_a_gap_in_the_numbers_shows() -> None:
    assert numbers(["0001-a.md", "0003-b.md", "template.md"]) == [1, 3]
