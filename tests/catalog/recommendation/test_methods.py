"""What each method makes of a few visits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.catalog.recommendation.choosing import fused, replay
from kaiwa.catalog.recommendation.neighbours import Neighbours
from kaiwa.catalog.recommendation.popular import Popular
from kaiwa.catalog.recommendation.rules import STEPS, Rules
from kaiwa.catalog.recommendation.together import Together
from kaiwa.catalog.recommendation.trail import KINDS, Events, baskets, walks

DAY = 24 * 3600 * 1_000_000


def trail(*visits: list[int], kind: str = "view", day: int = 0) -> Events:
    sign = -1 if kind == "purchase" else 1
    rows = [
        (product, sign * number, KINDS[kind], day * DAY)
        for number, visit in enumerate(visits, 1)
        for product in visit
    ]
    table = np.array(rows or np.zeros((0, 4)), np.int64)
    return Events(*table.T)


def rules(*visits: list[int], count: int = 10) -> Rules:
    walk = walks(trail(*visits))
    return Rules(np.arange(count), walk, walk.product)


def test_nearer_steps_count_more() -> None:
    found = rules([1, 2, 3]).after([1], 5)
    assert found == [(2, 1.0), (3, 0.5)]


def test_the_last_product_asks_more_than_the_one_before() -> None:
    asked = rules([1, 5], [2, 6]).after([1, 2], 5)
    assert asked == [(6, 1.0), (5, 0.6)]


def test_a_new_step_counts_at_once_even_of_a_new_product() -> None:
    one = rules([1, 2])
    one.learn([1, 2], 12)
    assert one.after([1], 5) == [(2, 1.0), (12, 0.5)]
    one.learn([12], 3)
    assert one.after([12], 5) == [(3, 1.0)]


def test_neighbours_speak_for_what_like_visits_had() -> None:
    walk = walks(trail([1, 2, 3], [1, 4], [5, 6], [2, 3]))
    near = Neighbours(10, walk, walk.product).near([1, 2], 5)
    assert [code for code, _ in near] == [2, 3, 1, 4]
    assert Neighbours(10, walk, walk.product).near([9], 5) == []
    assert Neighbours(0, walks(trail()), walks(trail()).product).near([1], 5) == []


def test_only_orders_say_what_is_bought_together() -> None:
    bought = baskets(trail([1, 2], [2, 1], [1, 3], [4], kind="purchase"))
    together = Together(np.arange(10), bought, bought.product)
    assert [code for code, _ in together.with_these([1], 5)] == [2, 3]
    assert together.with_these([4], 5) == []
    clicks = trail([1, 2], [1, 2])
    assert len(baskets(clicks)) == 0


def test_what_was_bought_yesterday_is_more_popular_than_what_was_seen_last_month() -> None:
    events = trail([3], kind="purchase", day=40).then(trail([1, 1, 1, 2], [1], day=1))
    found = Popular(5, events, events.product, ["", "pots", "cups", "pots", ""])
    assert found.all == [3, 1, 2]
    assert found.of_category("pots") == [3, 1]
    assert found.of_category("none") == []


def test_the_replay_takes_the_method_that_knew_what_came_next() -> None:
    luck = np.random.default_rng(3)
    pairs = [[int(one), int(one) + 100, int(one) + 200] for one in luck.integers(0, 40, 600)]
    method, scores, questions = replay(trail(*pairs))
    assert questions == 120
    assert scores[method].hits == 1.0
    assert scores["popular"].hits < 0.5
    assert method == max(
        ("rules", "neighbours", "both"), key=lambda one: (scores[one].hits, scores[one].rank)
    )


def test_too_little_to_choose_by_keeps_the_rules() -> None:
    assert replay(trail()) == ("rules", {}, 0)
    method, _, questions = replay(trail(*[[1, 2, 3]] * 20))
    assert (method, questions) == ("rules", 4)


def test_two_rankings_become_one() -> None:
    assert fused([1, 2, 3], [2, 4]) == [2, 1, 4, 3]


VISITS = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=14), max_size=8)


@given(VISITS, st.lists(st.integers(0, 9), max_size=8))
def test_the_tables_say_what_counting_pair_by_pair_says(visits, asked) -> None:
    walk = walks(trail(*visits))
    found = dict(Rules(np.arange(10), walk, walk.product).after(asked, 100))
    weights: dict[tuple[int, int], float] = {}
    steps = [[p for k, p in enumerate(v) if k == 0 or v[k - 1] != p] for v in visits]
    for visit in steps:
        for at, one in enumerate(visit):
            for distance in range(1, STEPS + 1):
                if at + distance < len(visit) and visit[at + distance] != one:
                    pair = (one, visit[at + distance])
                    weights[pair] = weights.get(pair, 0) + 1 / distance
    seen = [sum(visit.count(one) for visit in steps) for one in range(10)]
    told: dict[int, float] = {}
    for age, one in enumerate(reversed(asked[-5:])):
        for (begin, end), weight in weights.items():
            if begin == one:
                told[end] = told.get(end, 0) + weight * 0.6**age / max(1, seen[one]) ** 0.5
    assert found.keys() == told.keys()
    assert all(abs(found[code] - told[code]) < 1e-4 for code in told)


@given(VISITS, st.lists(st.integers(0, 9), max_size=8))
def test_neighbours_answer_any_visit(visits, asked) -> None:
    walk = walks(trail(*visits))
    found = Neighbours(10, walk, walk.product).near(asked, 5)
    known = {product for visit in visits for product in visit}
    assert {code for code, _ in found} <= known
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
