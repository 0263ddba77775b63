"""What was right, retold by another person: turns and dialogues right, all shops together.

python -m bench.retold [--keep DIR] [--missed]
"""

import argparse
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from bench import _measure
from kaiwa.cli import main as kaiwa_main
from kaiwa.vocabulary.language import Language
from tests.dialogues.shops import OTHERS, kaiwa, open_other, retold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the shops stay open")
    parser.add_argument("--missed", action="store_true", help="print what is not understood")
    given = parser.parse_args()
    languages: tuple[Language, ...] = ("ja", "en")
    with tempfile.TemporaryDirectory() as folder:
        every = list(_played(given.keep or Path(folder)))
    for language in languages:
        mine = [one for spoken, one in every if spoken == language]
        turns = [bool(turn["missed"]) for one in mine for turn in one["turns"]]
        whole = [not any(turn["missed"] for turn in one["turns"]) for one in mine]
        _measure.say(f"retold {language} turns", turns.count(False) / len(turns) * 100, "%", "90")
        _measure.say(f"retold {language} dialogues", sum(whole) / len(whole) * 100, "%", "80")
        for turn in (turn for one in mine for turn in one["turns"] if given.missed):
            if turn["missed"]:
                print(f"    {turn['said']}  {turn['acts']}  {turn['missed']}")


def _played(data: Path) -> Iterator[tuple[str, dict[str, list[dict[str, object]]]]]:
    """The dialogues of every shop that has been retold, as `kaiwa evaluate` judges them."""
    fresh = not (data / "kaiwa.db").exists()
    if fresh:
        kaiwa(data, "migrate")
    for slug in (one for one in OTHERS if retold(one)):
        if fresh:
            open_other(data, slug)
        for file in retold(slug):
            told = io.TextIOWrapper(io.BytesIO(), "utf-8")
            with redirect_stdout(told):
                kaiwa_main(["evaluate", str(file), "--json", "-m", slug, "--data", str(data)])
            told.seek(0)
            yield from ((OTHERS[slug][1][0], json.loads(line)) for line in told)


if __name__ == "__main__":
    main()
