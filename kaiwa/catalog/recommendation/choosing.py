"""Which method a shop's own visits speak for: its newest tenth is replayed on what came before.

Every method is asked for what the shopper looked at next; the one that had it among its first
twenty most often is taken. No method wins in every shop.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np

from kaiwa.catalog.recommendation.neighbours import Neighbours
from kaiwa.catalog.recommendation.rules import Rules
from kaiwa.catalog.recommendation.trail import Events, Ints, walks
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros, to_micros

Method: TypeAlias = Literal["rules", "neighbours", "both"]
Ask: TypeAlias = Callable[[Sequence[int]], Sequence[int]]

DEFAULT: Final[Method] = "rules"
AMONG: Final = 20
QUESTIONS: Final = 2_000
FEWEST: Final = 50
_POOL: Final = 100
_SHARE: Final = 10
_RRF: Final = 20


class Score(msgspec.Struct, frozen=True):
    """How often the next product was among the first twenty, and its mean reciprocal rank."""

    hits: float
    rank: float


class Choice(msgspec.Struct, frozen=True):
    """The method a shop uses, with the score of each; `questions` is how many were asked.

    "popular" is the score to beat; it is never chosen. `events` is how many it rests on.
    """

    method: Method
    scores: dict[str, Score]
    questions: int
    events: int
    at: datetime


def choice_of(session: Session, merchant_id: int) -> Choice | None:
    """What was chosen for the shop; None before there was enough to choose by."""
    row = session.one(
        """SELECT method, scores, questions, events, at FROM recommendation_choice
        WHERE merchant_id = :merchant_id""",
        merchant_id=merchant_id,
    )
    if row is None:
        return None
    scores = msgspec.json.decode(row[1], type=dict[str, Score])
    return Choice(row[0], scores, row[2], row[3], from_micros(row[4]))


def keep_choice(session: Session, merchant_id: int, choice: Choice) -> None:
    """Use this method from now on."""
    session.run(
        """INSERT INTO recommendation_choice (merchant_id, method, scores, questions, events, at)
        VALUES (:merchant_id, :method, :scores, :questions, :events, :at)
        ON CONFLICT (merchant_id) DO UPDATE SET method = excluded.method,
        scores = excluded.scores, questions = excluded.questions, events = excluded.events,
        at = excluded.at""",
        merchant_id=merchant_id,
        method=choice.method,
        scores=msgspec.json.encode(choice.scores).decode(),
        questions=choice.questions,
        events=choice.events,
        at=to_micros(choice.at),
    )


def replay(events: Events) -> tuple[Method, dict[str, Score], int]:
    """The best method, the score of each, and how many questions that rests on."""
    walk = walks(events)
    visits = np.unique(walk.visit)
    first_asked = visits[-(len(visits) // _SHARE)] if len(visits) >= _SHARE else 2**62
    return replay_on(walk.only(walk.visit < first_asked), walk.only(walk.visit >= first_asked))


def replay_on(known: Events, asked: Events) -> tuple[Method, dict[str, Score], int]:
    """`replay` with the visits to ask given: none of them is among those that are known."""
    before, asked = walks(known), walks(asked)
    codes = np.unique(before.product)
    if not len(before):
        return DEFAULT, {}, 0
    questions = list(_questions(asked, codes))
    if len(questions) > QUESTIONS:
        questions = questions[:: -(-len(questions) // QUESTIONS)]
    methods = _methods(codes, before)
    scores = {name: _score(ask, questions) for name, ask in methods.items()}
    if len(questions) < FEWEST:
        return DEFAULT, scores, len(questions)
    names: tuple[Method, ...] = ("rules", "neighbours", "both")
    chosen = max(names, key=lambda name: (scores[name].hits, scores[name].rank))
    return chosen, scores, len(questions)


def fused(*lists: Sequence[int]) -> list[int]:
    """Several rankings as one, each place worth 1 / (20 + place)."""
    worth: dict[int, float] = {}
    for one in lists:
        for place, code in enumerate(one):
            worth[code] = worth.get(code, 0.0) + 1 / (_RRF + place)
    return sorted(worth, key=lambda code: -worth[code])


def _methods(codes: Ints, before: Events) -> dict[str, Ask]:
    places = np.searchsorted(codes, before.product)
    rules = Rules(codes, before, places)
    neighbours = Neighbours(len(codes), before, places)
    counts = np.bincount(places, minlength=len(codes))
    popular = np.argsort(-counts, kind="stable")[: AMONG + 1].tolist()

    def by_rules(visit: Sequence[int]) -> list[int]:
        return [code for code, _ in rules.after(visit, _POOL)]

    def by_neighbours(visit: Sequence[int]) -> list[int]:
        return [code for code, _ in neighbours.near(visit, _POOL)]

    return {
        "popular": lambda visit: popular,
        "rules": by_rules,
        "neighbours": by_neighbours,
        "both": lambda visit: fused(by_rules(visit), by_neighbours(visit)),
    }


def _questions(asked: Events, codes: Ints) -> Iterator[tuple[list[int], int]]:
    """Each visit so far, and what came next; products nobody saw before ask nothing."""
    known = np.isin(asked.product, codes)
    places = np.searchsorted(codes, asked.product)
    visit, so_far = -1, list[int]()
    for number, there, code in zip(
        asked.visit.tolist(), known.tolist(), places.tolist(), strict=True
    ):
        if number != visit:
            visit, so_far = number, []
        if not there:
            continue
        if so_far and code != so_far[-1]:
            yield list(so_far), code
        so_far.append(code)


def _score(ask: Ask, questions: Sequence[tuple[list[int], int]]) -> Score:
    hits, ranks = 0, 0.0
    for visit, right in questions:
        told = [code for code in ask(visit)[: AMONG + 1] if code != visit[-1]][:AMONG]
        if right in told:
            hits += 1
            ranks += 1 / (told.index(right) + 1)
    count = max(1, len(questions))
    return Score(round(hits / count, 4), round(ranks / count, 4))
