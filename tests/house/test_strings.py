"""What people read exists in every language, with the same blanks to fill."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.house import tree

PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
SAID = re.compile(r"""\bt\(['"]([\w.]+)['"][,)]""")
FOLDER = "kaiwa/languages/strings"


def flat(strings: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested keys joined by dots."""
    found: dict[str, Any] = {}
    for key, value in strings.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def differences(languages: dict[str, dict[str, Any]]) -> list[str]:
    """What is missing, empty or filled differently, across all languages."""
    found = []
    for key in sorted(set().union(*languages.values())):
        texts = {name: strings.get(key) for name, strings in languages.items()}
        found += [f"{key}: missing in {name}" for name, text in texts.items() if text is None]
        found += [
            f"{key}: empty in {name}"
            for name, text in texts.items()
            if text is not None and (not isinstance(text, str) or not text.strip())
        ]
        blanks = {frozenset(PLACEHOLDER.findall(str(text))) for text in texts.values() if text}
        if len(blanks) > 1:
            found.append(f"{key}: placeholders differ")
    return found


def test_languages_say_the_same_things() -> None:
    folders = {path.parent for path in tree.under(FOLDER, ".json")}
    assert {"strings", "hosted"} <= {folder.name for folder in folders}
    for folder in folders:
        languages = {
            path.stem: flat(json.loads(path.read_text(encoding="utf-8")))
            for path in tree.under(tree.short(folder), ".json")
            if path.parent == folder
        }
        assert {"en", "ja"} <= languages.keys()
        assert differences(languages) == []


def test_every_sentence_that_a_hosted_page_says_is_there() -> None:
    there = json.loads((tree.ROOT / FOLDER / "hosted" / "ja.json").read_text(encoding="utf-8"))
    said = {
        key
        for path in tree.under("kaiwa/web/templates", ".html")
        for key in SAID.findall(path.read_text(encoding="utf-8"))
    }
    assert len(said) > 100
    assert said - there.keys() == set()


def test_what_differs_is_seen() -> None:
    english = flat({"desk": {"hello": "Hello {name}", "bye": "Bye"}, "sum": "{a} and {b}"})
    japanese = flat({"desk": {"hello": "こんにちは {user}"}, "sum": " "})
    assert differences({"en": english, "ja": japanese}) == [
        "desk.bye: missing in ja",
        "desk.hello: placeholders differ",
        "sum: empty in ja",
        "sum: placeholders differ",
    ]


LOSS = re.compile(r'lose\(\s*(?:"(\w+)"|\w+),\s*"([^"]+)"(?: if \w+ else "([^"]+)")?')


def test_the_desk_has_words_for_everything_a_channel_may_lose() -> None:
    found = [
        match
        for path in tree.under("kaiwa/channels")
        for match in LOSS.findall(path.read_text(encoding="utf-8"))
    ]
    parts = {match[0] for match in found if match[0]}
    became = {name for match in found for name in match[1:] if name}
    assert len(parts) >= 13
    assert {"first few", "text with link", "apart"} <= became
    told = (tree.ROOT / "ui/desk/thread/degraded.ts").read_text(encoding="utf-8")
    for language in ("en", "ja"):
        strings = json.loads(
            (tree.ROOT / f"ui/desk/strings/{language}.json").read_text(encoding="utf-8")
        )
        for key in (*(f"part.{one}" for one in parts), *(f"became.{one}" for one in became)):
            assert f"desk.{key}" in strings, key
            assert f'"{key.partition(".")[2]}"' in told, key
