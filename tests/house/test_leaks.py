"""Nothing in the repository tells where somebody's machine keeps or fetches things.

The patterns are put together from pieces, so that this file does not match itself.
"""

from __future__ import annotations

import re

from tests.house import tree

DOT = r"\."
LEAKS = {
    "a machine's path": re.compile(
        r"(?<![\w.:/*-])/(?:"
        + "|".join(["wo" + "rk", "ro" + "ot", "opt/py" + "pi", "opt/wh" + "eels"])
        + r")/"
    ),
    "a home directory": re.compile(r"(?<![\w.])/" + r"(?:home|Users)/[a-z]\w*/"),
    "a package registry": re.compile(
        "|".join(
            [
                "(?<!project/)py" + "pi" + DOT + "org",
                "python" + "hosted" + DOT,
                "registry" + DOT + "(?:npm" + "js|yarn" + "pkg)",
                "(?:deb|security|snapshot)" + DOT + "deb" + "ian" + DOT + "org",
            ]
        ),
        re.IGNORECASE,
    ),
    "a tool's private folder": re.compile(
        "|".join([DOT + "lib" + "rary/", "bash" + "_jobs", "str_" + "replace_based"])
    ),
}


def leaks(text: str) -> list[str]:
    """The lines of a text that leak, as `number: kind: what`."""
    return [
        f"{number}: {kind}: {match.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for kind, pattern in LEAKS.items()
        if (match := pattern.search(line))
    ]


def test_no_file_leaks() -> None:
    found = []
    for path in tree.files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an archive
        found += [f"{tree.short(path)}:{leak}" for leak in leaks(text)]
    assert found == []


def test_each_kind_of_leak_is_seen() -> None:
    bad = [
        "open('" + "/wo" + "rk/somewhere/x')",
        "cd /ho" + "me/somebody/kaiwa",
        '"resolved": "https://registry' + ".npm" + 'js.org/x"',
        "see ." + "lib" + "rary/x",
    ]
    assert [leak.split(": ")[1] for leak in leaks("\n".join(bad))] == list(LEAKS)


def test_ordinary_text_does_not_leak() -> None:
    folder = "/wo" + "rk/"
    ordinary = (
        f"the network{folder} life; /var/lib/kaiwa; https://a.example{folder}b; docs{folder}c"
    )
    assert leaks(ordinary) == []
