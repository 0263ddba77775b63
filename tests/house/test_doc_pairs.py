"""What the documents name exists, and both languages have the same pages with the same parts."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from kaiwa.cli import main
from tests.house import tree
from tests.house.test_docs import headings

NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
VARIABLE = re.compile(r"\bKAIWA_[A-Z_]+\b")


def pages(language: str) -> dict[str, Path]:
    """The pages of a language by their place in it."""
    folder = tree.ROOT / "docs" / language
    return {
        path.relative_to(folder).as_posix(): path for path in tree.under(f"docs/{language}", ".md")
    }


def commands() -> set[str]:
    """Every command there is, as it is typed."""
    found: set[str] = set()
    grown = argparse.ArgumentParser.parse_args

    def walk(parser: argparse.ArgumentParser, name: str) -> None:
        below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
        for action in below:
            for word, inner in action.choices.items():
                walk(inner, f"{name} {word}")
        if not below:
            found.add(name)

    def walked(parser: argparse.ArgumentParser, *_: object) -> None:
        walk(parser, "kaiwa")
        raise SystemExit

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argparse.ArgumentParser, "parse_args", walked)
        with pytest.raises(SystemExit):
            main([])
    assert argparse.ArgumentParser.parse_args is grown
    return found


def test_both_languages_have_the_same_pages() -> None:
    assert pages("en").keys() == pages("ja").keys()


def test_both_languages_have_the_same_parts() -> None:
    english, japanese = pages("en"), pages("ja")
    different = [
        name
        for name, page in english.items()
        if headings(page.read_text("utf-8")) != headings(japanese[name].read_text("utf-8"))
    ]
    assert different == []


def test_every_page_is_in_the_index() -> None:
    for language in ("en", "ja"):
        index = pages(language)["README.md"].read_text("utf-8")
        assert [name for name in pages(language) if name not in ("README.md", *_links(index))] == []


def _links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def test_every_test_that_a_document_names_is_there() -> None:
    there = {
        name for path in tree.under("tests") for name in DEFINED.findall(path.read_text("utf-8"))
    }
    named = {
        f"{tree.short(path)}: {name}"
        for path in tree.under("docs", ".md")
        for name in NAMED.findall(path.read_text("utf-8"))
        if name not in there
    }
    assert named == set()


def test_both_languages_name_the_same_tests() -> None:
    name = "explanation/how-a-message-travels.md"
    english, japanese = (
        NAMED.findall(pages(language)[name].read_text("utf-8")) for language in ("en", "ja")
    )
    assert english == japanese
    assert len(english) > 25


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_command_is_in_the_reference(language: str) -> None:
    text = pages(language)["reference/command-line.md"].read_text("utf-8")
    kinds = {name for name in commands() if name.startswith("kaiwa channel add ")}
    for name in commands() - kinds:
        assert f"`{name}" in text, name
    for name in kinds:
        assert f"| `{name.rpartition(' ')[2]}` |" in text, name


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_variable_is_in_the_reference(language: str) -> None:
    text = pages(language)["reference/settings.md"].read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in tree.under("kaiwa"))
    read = set(VARIABLE.findall(code)) | {"KAIWA_TEST_POSTGRES"}
    assert len(read) > 5
    assert read == set(VARIABLE.findall(text))


def test_the_commands_are_seen() -> None:
    assert {"kaiwa serve", "kaiwa import faq", "kaiwa channel add line"} <= commands()
