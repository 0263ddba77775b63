"""The dialogue sets that authors wrote before the bot was tuned: turns and dialogues right.

`--demo DIR` also plays the open set on a demo shop that `kaiwa demo --data DIR` has seeded.
"""

import argparse
import tempfile
from pathlib import Path

from bench import _measure
from tests.dialogues.shops import (
    HELD_OUT,
    HERE,
    KEPT_APART,
    files_of,
    open_held_out,
    open_other,
    shares,
)

DEMO = "kodachi"


def say(name: str, told: tuple[float, float]) -> None:
    _measure.say(f"{name} turns", told[0] * 100, "%", "90")
    _measure.say(f"{name} dialogues", told[1] * 100, "%", "80")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, metavar="DIR")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        open_held_out(data)
        for slug, (language, *_) in HELD_OUT.items():
            files = sorted((HERE / "held_out").glob(f"*.{language}.md"))
            say(f"held out {language}", shares(data, slug, files))
        for slug in KEPT_APART:
            open_other(data, slug)
            say(f"kept apart {slug}", shares(data, slug, files_of(slug)))
    if given.demo:
        for language in ("ja", "en"):
            files = sorted((HERE / "open").glob(f"*.{language}.md"))
            say(f"open {language}", shares(given.demo, DEMO, files))


if __name__ == "__main__":
    main()
