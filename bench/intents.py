"""How often intents are right: CLINC150 and Banking77 few-shot, our own acts, and out of scope.

`--data DIR` holds `clinc150/data_full.json.gz` and `banking77/{train,test}.csv.gz` (they are not
ours to ship). k-shot: k random rows a class, all test rows, mean of `--seeds`. Our own acts: five
folds over the *lines* of the shipped examples, so that no form of a held-out phrase was learnt; out
of scope is one minus the chance of that class, told for each language by itself, and for English
also against CLINC150's 1,000 out-of-scope sentences. `--calibrate` prints the loss by temperature.

`--meaning` adds the second opinion: mixed in always for the few-shot sets (with and without the
names of the classes as one more example), and as the product does for our own acts. Vectors are
kept in `--kept FILE`: they take ten minutes. `--pages docs` writes what is taken for what into the
reference of both languages.
"""

import argparse
import csv
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bench._measure import say
from bench._vectors import Vectors
from bench.understanding_page import Confusion, write
from kaiwa.bot.nlu.intents import semantic
from kaiwa.bot.nlu.intents.examples import Example, as_read, examples
from kaiwa.bot.nlu.intents.features import Features, features
from kaiwa.bot.nlu.intents.model import SHARE, SURE, TEMPERATURE
from kaiwa.bot.nlu.intents.spelling import spelled
from kaiwa.bot.nlu.intents.training import Rows, Trained, train
from kaiwa.vocabulary.language import LANGUAGES, Language

Pairs = list[tuple[str, str]]
Scores = npt.NDArray[np.float32]
FOLDS: Final = 5
NONE: Final = "out_of_scope"
FEW_SHOT_SHARE: Final = 0.7  # of the second opinion where ten examples are all there is


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, help="the folder with clinc150 and banking77")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--shots", type=int, default=10)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--meaning", action="store_true", help="with the second opinion")
    parser.add_argument("--kept", type=Path, help="where vectors are kept between runs")
    parser.add_argument("--pages", type=Path, help="the folder of the documents")
    given = parser.parse_args()
    vectors = Vectors(given.kept) if given.meaning else None
    outside: list[str] = []
    if given.data is not None:
        packed = (given.data / "clinc150" / "data_full.json.gz").read_bytes()
        clinc = json.loads(gzip.decompress(packed))
        outside = [text for text, _ in clinc["oos_test"]]
        few_shot("clinc150", (_pairs(clinc["train"]), _pairs(clinc["test"])), vectors, given)
        banking = given.data / "banking77"
        few_shot("banking77", (_rows(banking / "train"), _rows(banking / "test")), vectors, given)
    found: dict[Language, Confusion] = {}
    for language in LANGUAGES:
        found[language] = own_acts(language, vectors, given.calibrate)
        if language == "en" and outside:
            told_apart(language, outside)
    if given.pages is not None:
        write(given.pages, found, given.meaning)


def few_shot(
    name: str, sets: tuple[Pairs, Pairs], vectors: Vectors | None, given: argparse.Namespace
) -> None:
    """Accuracy on the whole test set."""
    learn, test = sets
    gold = [label for _, label in test]
    read = [features(text.casefold(), "en") for text, _ in test]
    right: dict[str, list[float]] = {}
    for seed in range(given.seeds):
        chosen = _shots(learn, given.shots, seed)
        named = [(label.replace("_", " "), label) for label in sorted({c for _, c in chosen})]
        for how, rows in (("", chosen), ("_with_names", [*chosen, *named])):
            model = train([features(t.casefold(), "en") for t, _ in rows], [c for _, c in rows])
            scores = chances(model, read)
            right.setdefault(f"letters{how}", []).append(_right(model.classes, scores, gold))
            if vectors is None:
                continue
            known = vectors.of([text.casefold() for text, _ in rows])
            other = semantic.learnt(known, [label for _, label in rows])
            second = other.chances(vectors.of([text.casefold() for text, _ in test]))
            both = FEW_SHOT_SHARE * second + (1 - FEW_SHOT_SHARE) * scores
            right.setdefault(f"meaning{how}", []).append(_right(model.classes, second, gold))
            right.setdefault(f"both{how}", []).append(_right(model.classes, both, gold))
    for how, some in right.items():
        told = f"{len(some)} seeds, {min(some):.1f} to {max(some):.1f}, {len(test)} test rows"
        say(f"{name}_{given.shots}_shot_{how}", float(np.mean(some)), "%", told)


def own_acts(language: Language, vectors: Vectors | None, calibrate: bool) -> Confusion:
    """The shipped acts, each line judged by a model that never saw it; what was taken for what."""
    every = examples(language)
    read = [features(one.text, language) for one in every]
    numbers = sorted({one.line for one in every})
    random.Random(1).shuffle(numbers)
    fold = {number: at % FOLDS for at, number in enumerate(numbers)}
    gold: list[str] = []
    first: list[Scores] = []
    last: list[Scores] = []
    classes: tuple[str, ...] = ()
    for number in range(FOLDS):
        learn = [at for at, one in enumerate(every) if fold[one.line] != number]
        test = [at for at, one in enumerate(every) if fold[one.line] == number]
        weights = [every[at].importance for at in learn]
        model = train([read[at] for at in learn], [every[at].act for at in learn], 30, weights)
        classes = model.classes
        scores = chances(model, [read[at] for at in test], TEMPERATURE[language])
        gold += [every[at].act for at in test]
        first.append(scores)
        if vectors is not None:
            parts = ([every[at] for at in learn], [every[at] for at in test])
            second = _meant(language, vectors, parts)
            sure = scores.max(axis=1, keepdims=True) >= SURE
            scores = np.where(sure, scores, SHARE * second + (1 - SHARE) * scores)
        last.append(scores)
    _tell(language, "letters", classes, np.concatenate(first), gold)
    if vectors is not None:
        _tell(language, "both", classes, np.concatenate(last), gold)
    if calibrate:
        _losses(language, classes, np.concatenate(first), gold)
    return Confusion.counted(gold, [classes[at] for at in np.concatenate(last).argmax(axis=1)])


def _meant(
    language: Language, vectors: Vectors, parts: tuple[list[Example], list[Example]]
) -> Scores:
    learn, test = parts
    lines = list({one.line: one for one in learn}.values())
    known = vectors.of([spelled(one.text, language) for one in lines])
    meaning = semantic.learnt(known, [one.act for one in lines])
    return meaning.chances(vectors.of([spelled(one.text, language) for one in test]))


def _tell(
    language: Language, how: str, classes: tuple[str, ...], scores: Scores, gold: list[str]
) -> None:
    known = 1 - scores[:, classes.index(NONE)]
    inside = np.array([label != NONE for label in gold])
    best = [classes[at] for at in scores.argmax(axis=1)]
    right = np.array([one == two for one, two in zip(best, gold, strict=True)])
    share = 100 * float(right[inside].mean())
    say(f"acts_{language}_{how}", share, "%", f"{inside.sum()} held-out phrases")
    told = f"0.90, {(~inside).sum()} negatives"
    say(f"none_{language}_auroc_{how}", auroc(known[inside], known[~inside]), "", told)


def told_apart(language: Language, outside: list[str]) -> None:
    """How well the shipped acts are told from sentences that somebody else wrote."""
    every = examples(language)
    numbers = sorted({one.line for one in every})
    learn = [one for one in every if numbers.index(one.line) % FOLDS]
    test = [one for one in every if not numbers.index(one.line) % FOLDS and one.act != NONE]
    read = [features(one.text, language) for one in learn]
    model = train(read, [one.act for one in learn], 30, [one.importance for one in learn])
    none = model.classes.index(NONE)
    inside = 1 - chances(model, [features(one.text, language) for one in test])[:, none]
    others = 1 - chances(model, [features(as_read(text), language) for text in outside])[:, none]
    say(f"none_{language}_auroc_clinc", auroc(inside, others), "", f"{len(outside)} negatives")


def _losses(language: Language, classes: tuple[str, ...], scores: Scores, gold: list[str]) -> None:
    """The mean loss of the right act by temperature, as a factor of the present one."""
    right = [classes.index(label) for label in gold]
    for factor in (0.7, 0.85, 1.0, 1.2, 1.5):
        flat = scores ** (1 / factor)
        flat /= flat.sum(axis=1, keepdims=True)
        loss = float(np.mean(-np.log(flat[np.arange(len(right)), right] + 1e-12)))
        say(f"loss_{language}_at_{factor * TEMPERATURE[language]:.2f}", loss, "")


def chances(model: Trained, read: Sequence[Features], temperature: float = 1.0) -> Scores:
    """The softmax of every class for every text."""
    scores = Rows(read, model.columns, model.idf).times(model.weights) + model.bias
    scores /= temperature
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


def _right(classes: tuple[str, ...], scores: Scores, gold: list[str]) -> float:
    best = [classes[at] for at in scores.argmax(axis=1)]
    return 100 * float(np.mean([one == two for one, two in zip(best, gold, strict=True)]))


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
