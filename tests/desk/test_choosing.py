"""Who is to have a conversation, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kaiwa.desk.choosing import Choice, Need, Seat, choose

START = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def seat(agent_id: int, load: int = 0, capacity: int = 4, idle_m: int = 0, **more: Any) -> Seat:
    return Seat(agent_id, capacity, load, START - timedelta(minutes=idle_m), **more)


def chosen(need: Need, *staff: Seat) -> tuple[int, str] | None:
    found = choose(need, staff)
    return None if found is None else (found.agent_id, found.why.by)


def test_the_least_loaded_for_what_they_can_carry_has_it() -> None:
    assert chosen(Need(), seat(1, 2), seat(2, 1)) == (2, "least_loaded")
    assert chosen(Need(), seat(1, 2, 8), seat(2, 2, 4)) == (1, "least_loaded")


def test_of_those_as_busy_it_is_who_was_given_nothing_for_the_longest_time() -> None:
    assert chosen(Need(), seat(1, 1, idle_m=5), seat(2, 1, idle_m=20)) == (2, "idle_longest")
    assert chosen(Need(), seat(2), seat(1)) == (1, "idle_longest")


def test_who_is_away_or_full_or_carries_nothing_is_left_out() -> None:
    assert chosen(Need(), seat(1, present=False), seat(2, 4), seat(3, 0, 0)) is None
    assert chosen(Need(weight=2), seat(1, 3), seat(2, 2)) == (2, "only")


def test_skills_and_language_are_conditions() -> None:
    returns = seat(1, 3, skills=frozenset({"returns"}), languages=frozenset({"ja"}))
    anything = seat(2)
    need = Need(skills=frozenset({"returns"}), language="ja")
    assert chosen(need, returns, anything) == (1, "only")
    full = seat(1, 4, skills=frozenset({"returns"}))
    assert chosen(need, full, anything) is None
    assert chosen(Need(language="en"), returns, anything) == (2, "only")


def test_what_nobody_of_the_staff_has_is_not_asked_for_and_that_is_said() -> None:
    need = Need(skills=frozenset({"gems"}), language="en")
    found = choose(need, [seat(1, languages=frozenset({"ja"}))])
    assert found is not None
    assert found.why.waived == ("gems", "language:en")
    # Whoever has it but is away is waited for.
    away = seat(2, skills=frozenset({"gems"}), present=False)
    assert chosen(Need(skills=frozenset({"gems"})), seat(1), away) is None


def test_after_long_waiting_skills_and_language_are_only_a_wish() -> None:
    away = seat(2, skills=frozenset({"gems"}), present=False)
    need = Need(skills=frozenset({"gems"}), widened=True)
    found = choose(need, [seat(1, 1), away])
    assert found == Choice(1, found.why) if found else False
    assert found is not None and (found.why.waived, found.why.skills) == (("gems",), ())
    there = seat(3, 3, skills=frozenset({"gems"}))
    assert chosen(need, seat(1, 1), there) == (3, "only")


def test_a_team_is_never_left_for_others_unless_nobody_is_in_it() -> None:
    need = Need(team=frozenset({2}), widened=True)
    assert chosen(need, seat(1), seat(2, 4)) is None
    assert chosen(need, seat(1), seat(2, 1)) == (2, "only")
    assert chosen(Need(team=frozenset()), seat(1)) == (1, "only")


def test_who_let_go_of_it_is_not_given_it_again_at_once() -> None:
    assert chosen(Need(left_by=1), seat(1), seat(2, 3)) == (2, "only")
    assert chosen(Need(left_by=1), seat(1)) is None
    assert chosen(Need(left_by=1, widened=True), seat(1)) == (1, "only")


SEATS = st.lists(
    st.builds(
        Seat,
        agent_id=st.integers(1, 9),
        capacity=st.integers(0, 5),
        load=st.integers(0, 6),
        given_at=st.just(START),
        present=st.booleans(),
        skills=st.frozensets(st.sampled_from(["a", "b"])),
        languages=st.frozensets(st.sampled_from(["ja", "en"])),
    ),
    max_size=6,
    unique_by=lambda one: one.agent_id,
)
NEEDS = st.builds(
    Need,
    weight=st.integers(0, 3),
    skills=st.frozensets(st.sampled_from(["a", "b", "c"])),
    language=st.sampled_from([None, "ja", "en"]),
    team=st.none() | st.frozensets(st.integers(1, 9)),
    widened=st.booleans(),
)


@given(NEEDS, SEATS)
def test_nobody_is_given_more_than_they_can_carry_or_what_is_another_teams(
    need: Need, staff: list[Seat]
) -> None:
    found = choose(need, staff)
    if found is None:
        return
    one = next(seat for seat in staff if seat.agent_id == found.agent_id)
    assert one.present and one.has_room(need.weight)
    assert set(found.why.skills) <= one.skills
    if need.team and need.team & {seat.agent_id for seat in staff}:
        assert one.agent_id in need.team
