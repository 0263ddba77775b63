"""Learns the weights of the talk from the dialogue sets, and says what they are worth.

Every shop is left out of the learning once: the share of its turns whose act the weights tell, and
that the bot, reading without them, tells. `--write` puts the weights of all shops into the package.
The held-out pair (`bench.dialogues`) is never learnt from.

    python -m bench.talk_weights [--keep DIR] [--write] [--without SHOP --into FILE]
"""

import argparse
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bench import _measure
from kaiwa.bot import hearing
from kaiwa.bot.context.surer_act import SURER, seen_of
from kaiwa.bot.evaluation.transcript import dialogues
from kaiwa.bot.nlu.act import ACTS, Act
from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.nlu.talk import weights as talk
from kaiwa.bot.nlu.talk.seen import told_of
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.cli import main as kaiwa_main
from kaiwa.vocabulary.language import Language
from tests.dialogues.shops import OTHERS, files_of, kaiwa, open_other

Floats = npt.NDArray[np.float32]

_CLASSES: Final = (*ACTS, talk.SEVERAL)
_COURTESY: Final = frozenset({"greet", "thanks", "goodbye", "affirm", "decline"})
_PULL: Final = 1e-3  # towards the learner's own chances
_STEPS: Final = 150
_RATE: Final = 0.05
_OWN_CHANCE: Final = 3.0  # turns a chance as it is seen back into one


class Case(NamedTuple):
    """A turn: what was seen, the acts that are right, and what the bot made of it."""

    told: dict[str, float]
    right: frozenset[str]
    read: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the shops stay open")
    parser.add_argument("--write", action="store_true", help="into the package")
    parser.add_argument("--without", choices=sorted(OTHERS), metavar="SHOP")
    parser.add_argument("--into", type=Path, metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = given.keep or Path(folder)
        if not (data / "kaiwa.db").exists():
            kaiwa(data, "migrate")
            for slug in OTHERS:
                open_other(data, slug)
        with ProcessPoolExecutor(2) as pool:
            played = dict(
                zip(OTHERS, pool.map(_cases, [(data, one) for one in OTHERS]), strict=True)
            )
    if given.without:
        language = OTHERS[given.without][1][0]
        rest = [one for one in OTHERS if one != given.without and OTHERS[one][1][0] == language]
        _write(given.into, [case for one in rest for case in played[one]])
        return
    languages: tuple[Language, ...] = ("ja", "en")
    for language in languages:
        mine = {slug: cases for slug, cases in played.items() if OTHERS[slug][1][0] == language}
        _left_out(language, mine)
        if given.write:
            path = Path(talk.__file__).with_name(f"{language}.npz")
            _write(path, [case for cases in mine.values() for case in cases])


def _cases(of: tuple[Path, str]) -> list[Case]:
    """The turns of one shop, played by the bot without the weights."""
    data, slug = of
    seen: dict[str, list[tuple[dict[str, float], tuple[str, ...]]]] = {}

    def watch(reading: Reading, requests: Sequence[Request], turn: Turn, shop: Shop) -> Act | None:
        if reading.whole and turn.state.pending is None:
            read = tuple(one.act for one in requests)
            told = told_of(seen_of(reading, requests, turn, shop))
            seen.setdefault(turn.text, []).append((told, read))
        return None

    vars(hearing)["surer_act"] = watch  # what would decide watches, and decides nothing
    with tempfile.TemporaryDirectory() as folder:
        for file in files_of(slug):
            shutil.copy(file, folder)
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
            kaiwa_main(["evaluate", folder, "--json", "-m", slug, "--data", str(data)])
        every = [said for one in dialogues(Path(folder)) for said in one.said]
    found = []
    for said in every:
        right = _right(dict(said.expected).get("acts", ""))
        held = seen.get(said.text)
        if right and held:
            told, read = held.pop(0)
            found.append(Case(told, right, read))
    return found


def _right(expected: str) -> frozenset[str]:
    """The acts that a turn may be; `SEVERAL` where every alternative has more than one."""
    ways = [
        [act for act in re.split(r"\s*,\s*", way.strip()) if act]
        for way in re.split(r"\s/\s", expected)
    ]
    single: set[str] = set()
    for way in ways:
        matters = [act for act in way if act not in _COURTESY] or way
        if len(matters) == 1:
            single.update(matters)
    if not single and any(ways):
        return frozenset({talk.SEVERAL})
    return frozenset(single & set(_CLASSES))


def _left_out(language: Language, played: dict[str, list[Case]]) -> None:
    for slug, cases in played.items():
        rest = [case for other, some in played.items() if other != slug for case in some]
        names, weights = _learnt(rest)
        likely = _chances(_matrix(cases, names), weights)
        kept, alone = [], []
        for case, row in zip(cases, likely, strict=True):
            read = [one for one in case.read if one not in _COURTESY] or list(case.read)
            alone.append(_is_right(read, case))
            best = int(row.argmax())
            others = [float(row[_CLASSES.index(one)]) for one in read if one in _CLASSES]
            surer = float(row[best]) - max(others, default=0.0) > SURER
            kept.append(_is_right([_CLASSES[best]] if surer else read, case))
        _measure.say(f"{language} {slug} without the weights", float(np.mean(alone)) * 100, "%")
        _measure.say(f"{language} {slug} with them, left out", float(np.mean(kept)) * 100, "%")


def _is_right(read: Sequence[str], case: Case) -> bool:
    if case.right == {talk.SEVERAL}:
        return len(read) > 1 or read == [talk.SEVERAL]
    return len(read) == 1 and read[0] in case.right


def _write(path: Path, cases: Sequence[Case]) -> None:
    names, weights = _learnt(cases)
    talk.write_weights(path, _CLASSES, tuple(names), weights)
    _measure.say(f"{path.name}: turns learnt", len(cases), "")
    _measure.say(f"{path.name}: size", path.stat().st_size / 1024, "KiB")


def _learnt(cases: Sequence[Case]) -> tuple[list[str], Floats]:
    """Names and weights by which the right acts are likeliest, near the learner's own chances."""
    names = ["always", *dict.fromkeys(name for case in cases for name in case.told)]
    matrix = _matrix(cases, names)
    right = np.zeros((len(cases), len(_CLASSES)), np.float32)
    for row, case in zip(right, cases, strict=True):
        row[[_CLASSES.index(one) for one in case.right]] = 1
    start = np.zeros((len(names), len(_CLASSES)), np.float32)
    place = {name: at for at, name in enumerate(names)}
    for at, act in enumerate(_CLASSES):
        if f"act {act}" in place:
            start[place[f"act {act}"], at] = _OWN_CHANCE
    return names, _descended(matrix, right, start)


def _descended(matrix: Floats, right: Floats, start: Floats) -> Floats:
    """Adam (Kingma and Ba 2015) on the chance of any right act, pulled to where it began."""
    weights = start.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        likely = _chances(matrix, weights)
        meant = likely * right
        meant /= meant.sum(1, keepdims=True) + 1e-9
        slope = matrix.T @ (likely - meant) / len(matrix) + _PULL * (weights - start)
        mean = np.asarray(0.9 * mean + 0.1 * slope, np.float32)
        square = np.asarray(0.999 * square + 0.001 * slope * slope, np.float32)
        ahead = mean / (1 - 0.9**step)
        weights -= _RATE * ahead / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def _chances(matrix: Floats, weights: Floats) -> Floats:
    raw = matrix @ weights
    likely = np.exp(raw - raw.max(1, keepdims=True))
    return np.asarray(likely / likely.sum(1, keepdims=True), np.float32)


def _matrix(cases: Sequence[Case], names: Iterable[str]) -> Floats:
    place = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(cases), len(place)), np.float32)
    for row, case in zip(matrix, cases, strict=True):
        row[place["always"]] = 1
        for name, value in case.told.items():
            if name in place:
                row[place[name]] = value
    return matrix


if __name__ == "__main__":
    main()
