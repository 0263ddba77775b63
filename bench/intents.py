"""How often intents are right: CLINC150 and Banking77 few-shot, our own acts, and out of scope.

`--data DIR` holds `clinc150/data_full.json.gz` and `banking77/{train,test}.csv.gz` (they are not
ours to ship). k-shot: k random rows a class, mean of `--seeds`. Our own acts: five folds over the
*lines* of the shipped examples, so that no form of a held-out phrase was learnt; out of scope is
one minus the chance of that class, told for each language by itself, and for English also
against CLINC150's 1,000 out-of-scope sentences. `--calibrate` prints the loss by temperature.
"""

import argparse
import csv
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench._measure import say
from kaiwa.bot.nlu.intents.examples import as_read, examples
from kaiwa.bot.nlu.intents.features import Features, features
from kaiwa.bot.nlu.intents.training import Rows, Trained, train
from kaiwa.vocabulary.language import LANGUAGES, Language

Pairs = list[tuple[str, str]]
Scores = npt.NDArray[np.float32]
FOLDS = 5
NONE = "out_of_scope"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, help="the folder with clinc150 and banking77")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--shots", type=int, default=10)
    parser.add_argument("--calibrate", action="store_true")
    given = parser.parse_args()
    outside: list[str] = []
    if given.data is not None:
        packed = (given.data / "clinc150" / "data_full.json.gz").read_bytes()
        clinc = json.loads(gzip.decompress(packed))
        outside = [text for text, _ in clinc["oos_test"]]
        few_shot("clinc150", (_pairs(clinc["train"]), _pairs(clinc["test"])), outside, given)
        banking = given.data / "banking77"
        few_shot("banking77", (_rows(banking / "train"), _rows(banking / "test")), [], given)
    for language in LANGUAGES:
        own_acts(language, outside if language == "en" else [], given.calibrate)


def few_shot(
    name: str, sets: tuple[Pairs, Pairs], outside: list[str], given: argparse.Namespace
) -> None:
    """Accuracy on the whole test set, and how well its chance tells what is outside."""
    learn, test = sets
    read = [features(text.casefold(), "en") for text, _ in test]
    strange = [features(text.casefold(), "en") for text in outside]
    right: list[float] = []
    apart: list[float] = []
    for seed in range(given.seeds):
        chosen = _shots(learn, given.shots, seed)
        model = train([features(t.casefold(), "en") for t, _ in chosen], [c for _, c in chosen])
        scores = chances(model, read)
        best = [model.classes[at] for at in scores.argmax(axis=1)]
        right.append(float(np.mean([a == b for a, (_, b) in zip(best, test, strict=True)])))
        if strange:
            apart.append(auroc(scores.max(axis=1), chances(model, strange).max(axis=1)))
    say(f"{name}_{given.shots}_shot", 100 * float(np.mean(right)), "%", "lexical alone")
    if apart:
        say(f"{name}_{given.shots}_shot_auroc", float(np.mean(apart)), "")


def own_acts(language: Language, outside: list[str], calibrate: bool) -> None:
    """The shipped acts, each line judged by a model that never saw it."""
    every = examples(language)
    read = [features(one.text, language) for one in every]
    numbers = sorted({one.line for one in every})
    random.Random(1).shuffle(numbers)
    fold = {number: at % FOLDS for at, number in enumerate(numbers)}
    strange = [features(as_read(text), language) for text in outside]
    right, losses = 0, _Losses()
    inside: list[float] = []
    none: list[float] = []
    others: list[float] = []
    for number in range(FOLDS):
        learn = [at for at, one in enumerate(every) if fold[one.line] != number]
        test = [at for at, one in enumerate(every) if fold[one.line] == number]
        weights = [every[at].importance for at in learn]
        model = train([read[at] for at in learn], [every[at].act for at in learn], 30, weights)
        scores = chances(model, [read[at] for at in test])
        losses.add(scores, [model.classes.index(every[at].act) for at in test])
        known = 1 - scores[:, model.classes.index(NONE)]
        for at, row, how in zip(test, scores, known, strict=True):
            (none if every[at].act == NONE else inside).append(float(how))
            right += every[at].act != NONE and model.classes[int(row.argmax())] == every[at].act
        if strange:
            others += list(1 - chances(model, strange)[:, model.classes.index(NONE)])
    say(f"acts_{language}", 100 * right / len(inside), "%", f"{len(inside)} held-out phrases")
    say(f"none_{language}_auroc", auroc(inside, none), "", f"0.90, {len(none)} negatives")
    if others:
        say(f"none_{language}_auroc_clinc", auroc(inside, others), "", f"{len(outside)} negatives")
    if calibrate:
        losses.tell(language)


class _Losses:
    """The mean loss of the right act at several temperatures."""

    def __init__(self) -> None:
        self._kept: list[tuple[Scores, list[int]]] = []

    def add(self, scores: Scores, right: list[int]) -> None:
        self._kept.append((scores, right))

    def tell(self, language: Language) -> None:
        for temperature in (0.6, 0.7, 0.8, 0.9, 1.0, 1.2):
            total: list[float] = []
            for scores, right in self._kept:
                flat = scores ** (1 / temperature)
                flat /= flat.sum(axis=1, keepdims=True)
                total += list(-np.log(flat[np.arange(len(right)), right] + 1e-12))
            say(f"loss_{language}_at_{temperature}", float(np.mean(total)), "")


def chances(model: Trained, read: Sequence[Features]) -> Scores:
    """The softmax of every class for every text."""
    scores = Rows(read, model.columns, model.idf).times(model.weights) + model.bias
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Scores = likely / likely.sum(axis=1, keepdims=True)
    return found


def auroc(inside: Sequence[float] | Scores, outside: Sequence[float] | Scores) -> float:
    """The chance that something inside scores higher than something outside; ties count half."""
    both = np.concatenate([np.asarray(inside), np.asarray(outside)])
    _, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    count = len(inside)
    return float((ranks[:count].sum() - count * (count + 1) / 2) / (count * len(outside)))


def _shots(pairs: Pairs, count: int, seed: int) -> Pairs:
    classes: dict[str, Pairs] = {}
    for pair in pairs:
        classes.setdefault(pair[1], []).append(pair)
    luck = random.Random(seed)
    return [one for name in sorted(classes) for one in luck.sample(classes[name], count)]


def _pairs(rows: list[list[str]]) -> Pairs:
    return [(text, label) for text, label in rows]


def _rows(path: Path) -> Pairs:
    with gzip.open(path.with_suffix(".csv.gz"), "rt", encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


if __name__ == "__main__":
    main()
