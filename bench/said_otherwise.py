"""The dialogue sets said in other ways: how many of the right turns stay right.

Every line of the shopper's is changed in one way (a smile behind it, capitals, a letter left out)
and each dialogue played anew: what was right before and is not now was understood by its looks. The
sets are those that were read; a change may lead a dialogue elsewhere, so that one line lost counts
the lines behind it too.

    python -m bench.said_otherwise [--keep DIR] [--lost]
"""

import argparse
import io
import json
import random
import re
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final, TypeAlias

from bench import _measure
from kaiwa.cli import main as kaiwa_main
from kaiwa.vocabulary.language import Language
from tests.dialogues.shops import files_of, kaiwa, open_other

Way: TypeAlias = Callable[[str], str]
Turns: TypeAlias = list[tuple[str, bool]]  # what was said, and whether it was right

_SHOPS: Final[dict[Language, tuple[str, ...]]] = {
    "ja": ("hinata", "minato", "sorami", "komorebi", "akari", "hoshizora", "chagama", "konohana"),
    "en": ("juniper", "quill", "marlow", "pemberly", "tallgrass", "wrenfield", "oakmoor",
           "stormrow"),
}  # fmt: skip
_LINE: Final = re.compile(r"(- (?:客|Shopper|Customer): )(.*)")
_LATIN_END: Final = re.compile(r"[A-Za-z0-9]$")
_LONG: Final = re.compile(r"(?<![\w@.-])[a-z]{5,}(?![\w@.-])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the shops stay open")
    parser.add_argument("--lost", action="store_true", help="print the first line lost of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = given.keep or Path(folder)
        if not (data / "kaiwa.db").exists():
            kaiwa(data, "migrate")
            for slugs in _SHOPS.values():
                for slug in slugs:
                    open_other(data, slug)
        with ProcessPoolExecutor(2) as pool:
            for language, slugs in _SHOPS.items():
                _compare(language, slugs, data, pool, lost=given.lost)


def _compare(
    language: Language, slugs: Sequence[str], data: Path, pool: ProcessPoolExecutor, *, lost: bool
) -> None:
    as_written = [
        one for some in pool.map(_played, [(data, s, language, "") for s in slugs]) for one in some
    ]
    right = sum(told for turns in as_written for _, told in turns)
    for name in _WAYS[language]:
        played = pool.map(_played, [(data, slug, language, name) for slug in slugs])
        changed = [one for some in played for one in some]
        pairs = [
            [(now, told) for (_, told), now in zip(before, after, strict=True)]
            for before, after in zip(as_written, changed, strict=True)
        ]
        gone = [[said for (said, ok), told in turns if told and not ok] for turns in pairs]
        kept = 1 - sum(map(len, gone)) / right
        _measure.say(f"{language} {name}: right turns that stay right", kept * 100, "%")
        if lost:
            print(*(f"    {one[0]}" for one in gone if one), sep="\n")


def _played(asked: tuple[Path, str, Language, str]) -> list[Turns]:
    """The dialogues of a shop with every line said in that way; as written without a way."""
    data, slug, language, name = asked
    way = _WAYS[language].get(name, str)
    with tempfile.TemporaryDirectory() as folder:
        for file in files_of(slug):
            lines = [_LINE.fullmatch(line) or line for line in file.read_text().splitlines()]
            said = [one if isinstance(one, str) else f"{one[1]}{way(one[2])}" for one in lines]
            (Path(folder) / file.name).write_text("\n".join(said) + "\n")
        told = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(told):
            kaiwa_main(["evaluate", folder, "--json", "-m", slug, "--data", str(data)])
        told.seek(0)
        return [
            [(turn["said"], not turn["missed"]) for turn in json.loads(line)["turns"]]
            for line in told
        ]


def _one_letter_less(text: str) -> str:
    found = max(_LONG.finditer(text), key=lambda one: len(one[0]), default=None)
    if found is None:
        return text
    at = found.start() + random.Random(text).randrange(1, len(found[0]) - 2)
    return text[:at] + text[at + 1 :]


def _in_few_letters(text: str) -> str:
    for whole, short in (
        (r"\byou\b", "u"), (r"\byour\b", "ur"), (r"\bare\b", "r"), (r"\bplease\b", "pls"),
        (r"\bwith\b", "w/"), (r"\bgoing to\b", "gonna"), (r"\band\b", "&"), ("'", ""),
    ):  # fmt: skip
        text = re.sub(whole, short, text)
    return text


_WAYS: Final[dict[Language, dict[str, Way]]] = {
    "ja": {
        "with a picture": lambda said: f"{said}🙏",
        "laughing": lambda said: said if _LATIN_END.search(said) else f"{said.rstrip('。')}w",
        "hesitating": lambda said: f"えっと、{said}",
        "after an excuse": lambda said: f"すみません、{said}",
        "without marks": lambda said: re.sub("[、。！？!?]", " ", said).strip(),
    },
    "en": {
        "after a greeting": lambda said: f"hi there, {said}",
        "with thanks": lambda said: f"{said.rstrip('.')} thx",
        "in capitals": lambda said: said if "@" in said else said.upper(),
        "in few letters": _in_few_letters,
        "without apostrophes": lambda said: said.replace("'", ""),
        "without marks": lambda said: re.sub(r"[,.?!](?= |$)", "", said),
        "one letter less": _one_letter_less,
    },
}


if __name__ == "__main__":
    main()
