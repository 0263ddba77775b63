"""How often the right passage answers, a wrong one does, and nothing does: the held-out half.

`--fit` prints the weights of `kaiwa/knowledge/judging.py` anew, from the first half of each list.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np

from kaiwa.engines.embeddings import open_embedder
from kaiwa.knowledge.article import Article
from kaiwa.knowledge.article_folder import read_articles
from kaiwa.knowledge.evidence import Shelf
from kaiwa.knowledge.finding import KnowledgeIndex
from kaiwa.knowledge.importing import read_faq
from kaiwa.knowledge.judging import Weights, doubt, numbers, weighed
from kaiwa.knowledge.likeness import Likeness, Recall
from kaiwa.vocabulary.language import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "tests" / "knowledge"
OLDER = ("paraphrases", "out_of_scope")
AT_LEAST_RIGHT, AT_MOST_WRONG, AT_MOST_FALSE = 0.45, 0.06, 0.2


class Line(msgspec.Struct, frozen=True):
    """A question and the titles of what answers it; none: nothing does."""

    text: str
    wanted: frozenset[str]


class Rates(msgspec.Struct):
    """Counts of what became of the questions of one language."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    offered: int = 0
    offered_in_vain: int = 0
    silent: int = 0
    unknown: int = 0
    false: int = 0
    false_offers: int = 0


def lines(language: Language, held_out: bool) -> list[Line]:
    """Every second line of the lists; to the first half belong older lists as a whole."""
    found = [] if held_out else [line for name in OLDER for line in _lines(name, language)]
    for name in ("asked", "unknown"):
        found += _lines(name, language)[held_out::2]
    return found


def _lines(name: str, language: Language) -> list[Line]:
    text = (LISTS / f"{name}.{language}.md").read_text("utf-8")
    told = (line[2:].partition(" => ") for line in text.splitlines() if line[:2] == "- ")
    return [
        Line(said, frozenset(wanted.split(" | ")) if wanted else frozenset())
        for said, _, wanted in told
    ]


def knowledge() -> KnowledgeIndex:
    """The demo shop's FAQ and articles."""
    entries = read_faq((ROOT / "demo" / "faq.csv").read_bytes()).taken
    now = datetime.now(UTC)
    articles = [
        Article(at, new.title, new.language, new.source, new.sections, new.tags, 1, now)
        for at, new in enumerate(read_articles(ROOT / "demo" / "articles", "ja").taken, 1)
    ]
    return KnowledgeIndex(entries, articles)


def rates(index: KnowledgeIndex, language: Language, held_out: bool) -> Rates:
    """What becomes of the questions."""
    told = Rates()
    for line in lines(language, held_out):
        found = index.find(line.text, language)
        titles = {hit.passage.title for hit in found.perhaps}
        if not line.wanted:
            told.unknown += 1
            told.false += found.sure is not None
            told.false_offers += bool(titles)
            continue
        told.asked += 1
        if found.sure is not None:
            is_right = found.sure.passage.title in line.wanted
            told.right += is_right
            told.wrong += not is_right
        elif titles:
            told.offered += bool(titles & line.wanted)
            told.offered_in_vain += not titles & line.wanted
        else:
            told.silent += 1
    return told


def fit(index: KnowledgeIndex, recall: Recall | None) -> Weights:
    """Weights from the first half of both languages' lists."""
    seen: list[tuple[Shelf, Likeness | None, Line]] = []
    for language in LANGUAGES:
        shelf = Shelf([one for one in index.passages if one.language == language], language)
        likeness = None if recall is None else Likeness(shelf.passages, recall)
        seen += [(shelf, likeness, line) for line in lines(language, False)]
    rows, right = [], []
    for shelf, likeness, line in seen:
        for values, title in _rows(shelf, likeness, line):
            rows.append(values)
            right.append(title in line.wanted)
    passage = _regression(rows, right)
    rows, right = [], []
    for shelf, likeness, line in seen:
        ranked = sorted(
            ((weighed(passage, values), title) for values, title in _rows(shelf, likeness, line)),
            reverse=True,
        )
        if ranked:
            second = ranked[1][0] if len(ranked) > 1 else passage[-1]
            rows.append(doubt(ranked[0][0], second, shelf.asked(line.text)))
            right.append(ranked[0][1] in line.wanted)
    return Weights(passage, _regression(rows, right))


def _rows(
    shelf: Shelf, likeness: Likeness | None, line: Line
) -> list[tuple[tuple[float, ...], str]]:
    near = None if likeness is None else likeness.of(line.text)
    also = [] if near is None else sorted(range(len(near)), key=lambda at: -near[at])[:3]
    found = shelf.evidence(shelf.asked(line.text), also)
    return [
        (numbers(one, None if near is None else near[at]), shelf.passages[at].title)
        for at, one in found.items()
    ]


def _regression(rows: list[tuple[float, ...]], right: list[bool]) -> tuple[float, ...]:
    x = np.c_[np.array(rows), np.ones(len(rows))]
    y = np.array(right, float)
    held = np.diag([*[1.0] * (x.shape[1] - 1), 1e-6])
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        b -= np.linalg.solve((x.T * (p * (1 - p))) @ x + held, x.T @ (p - y) + held @ b)
    return tuple(float(value) for value in np.round(b, 2))


def main() -> int:
    index = knowledge()
    embedder = open_embedder()
    recall = None if embedder is None else Recall(embedder)
    if "--fit" in sys.argv:
        print("BY_WORDS", fit(index, None))
        if recall is not None:
            print("BY_MEANING", fit(index, recall))
        return 0
    held_out = "--first-half" not in sys.argv
    failed = _print("words", index, held_out)
    if recall is not None:
        began = time.process_time()
        index.learn(recall)
        print(f"{len(index.passages)} passages learnt in {time.process_time() - began:.1f} s CPU")
        failed |= _print("words and meaning", index, held_out)
    return int(failed)


def _print(name: str, index: KnowledgeIndex, held_out: bool) -> bool:
    failed = False
    for language in LANGUAGES:
        began = time.thread_time()
        told = rates(index, language, held_out)
        ms = (time.thread_time() - began) * 1000 / (told.asked + told.unknown)
        right, wrong = told.right / told.asked, told.wrong / told.asked
        false = told.false / told.unknown
        failed |= right < AT_LEAST_RIGHT or wrong > AT_MOST_WRONG or false > AT_MOST_FALSE
        print(
            f"{name}, {language}: of {told.asked} right {told.right}, wrong {told.wrong},"
            f" offered {told.offered} (in vain {told.offered_in_vain}), silent {told.silent};"
            f" of {told.unknown} unknown rejected"
            f" {told.unknown - told.false - told.false_offers},"
            f" offered {told.false_offers}, answered {told.false};"
            f" {ms:.2f} ms CPU each (limits: right {AT_LEAST_RIGHT:.0%},"
            f" wrong {AT_MOST_WRONG:.0%}, answered {AT_MOST_FALSE:.0%})"
        )
    return failed


if __name__ == "__main__":
    sys.exit(main())
