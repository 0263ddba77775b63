"""Random providers and random deaths: nothing is accepted twice or claimed that was not."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaiwa.engines.db import Database
from tests.conversations.test_delivery import Mortal, say_on
from tests.fakes.echo_channel import Killed, Mood, texts
from tests.world import Shop, World, small_world

MOODS = st.one_of(
    st.sampled_from(
        ["well", "well", "down", "accepts_silently", "loses_silently", "dies_before", "dies_after"]
    ),
    st.sampled_from(["blocked", "quota", "credentials", "window_closed", "invalid", "odd"]),
    st.tuples(st.just("busy"), st.integers(0, 90)),
    st.tuples(st.just("takes"), st.integers(0, 90)),
)
MESSAGES = st.lists(st.tuples(st.integers(1, 7), st.booleans()), min_size=1, max_size=4)
DEATHS = st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=4)
FINAL = {"accepted", "failed", "unknown"}


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(["echo", "plain"]), MESSAGES, st.lists(MOODS, max_size=12), DEATHS)
@example("echo", [(7, True)], ["dies_after"], [])
@example("echo", [(1, True)], ["dies_before", ("takes", 70)], [])
@example("plain", [(2, False)], ["well", ("busy", 3)], [])
def test_nothing_is_doubled_invented_or_left_on_its_way(
    database: Database,
    on: str,
    messages: list[tuple[int, bool]],
    moods: list[Mood],
    deaths: list[tuple[int, bool]],
) -> None:
    with small_world(database) as world:
        shop = world.shop()
        fake = world.channels[on]
        said = [speak(shop, on, n, *one) for n, one in enumerate(messages)]
        fake.moods.extend(moods)
        run(world, deaths)
        accepted = Counter(text for taken in fake.accepted for text in taken.texts)
        for number, (message_id, words) in enumerate(said):
            state = shop.message(message_id).state
            assert state in FINAL, (number, state)
            if state == "accepted":
                assert [accepted[word] for word in words] == [1] * len(words)
            if state == "failed":
                # What was accepted of it is its beginning: sending again goes on from there.
                assert sorted(words, key=lambda word: -accepted[word]) == words
                assert accepted[words[-1]] == 0
        assert all(count == 1 for count in accepted.values())
        order = [text for taken in fake.accepted for text in taken.texts]
        assert order == [word for _, words in said for word in words if accepted[word]]


def speak(shop: Shop, on: str, number: int, blocks: int, token: bool) -> tuple[int, list[str]]:
    """The customer writes, perhaps with a reply token, and is answered in some blocks."""
    handle = shop.world.channels[on].handle("mika") if token else None
    shop.hear(f"question {number}", on=on, reply_handle=handle)
    words = [f"{number}-{block}" for block in range(blocks)]
    there = shop.person(on=on).id
    return say_on(shop, texts(*words), on, identity_id=there).id, words


def run(world: World, deaths: list[tuple[int, bool]]) -> None:
    """Workers deliver and die until everything has come to an end."""
    left = list(deaths)
    for _ in range(200):
        try:
            if left:
                at, after = left.pop(0)
                world.wait_for_delivery()
                world.deliver(Mortal(world.db, at, after=after))  # type: ignore[arg-type]
            elif world.wait_for_delivery():
                world.deliver()
            else:
                return
        except Killed:
            world.reclaim()
    raise AssertionError("it never came to an end")
