"""Who is to have a conversation: pure choice among those who are there and have room.

What a conversation needs (a skill, its language) is a condition as long as anybody of the staff
has it at all; when it has waited long enough it becomes a wish. Among those who fit, the least
loaded for what they can carry has it, then who was given nothing for the longest time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.vocabulary.language import Language

By: TypeAlias = Literal["only", "least_loaded", "idle_longest"]


class Seat(msgspec.Struct, frozen=True):
    """An agent; `present` ones can be given something. No languages: any."""

    agent_id: int
    capacity: int
    load: int
    given_at: datetime
    present: bool = True
    skills: frozenset[str] = frozenset()
    languages: frozenset[Language] = frozenset()

    def has_room(self, weight: int) -> bool:
        """Whether a conversation of this weight fits in what they can carry."""
        return self.capacity > 0 and self.load + weight <= self.capacity


class Need(msgspec.Struct, frozen=True):
    """What a conversation asks of whoever has it; `team` None: anybody's.

    `widened`: it has waited so long that skills and language are only a wish. Who let go of it
    (`left_by`) is not given it again before that; who let it lie (`passed_over`), not while another
    fits.
    """

    weight: int = 1
    skills: frozenset[str] = frozenset()
    language: Language | None = None
    team: frozenset[int] | None = None
    widened: bool = False
    left_by: int | None = None
    passed_over: int | None = None


class Why(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why it went there: what was asked for and found, what was let go, and how the choice fell.

    `load` and `capacity` are the agent's when they were chosen, with this one.
    """

    by: By
    load: int
    capacity: int
    skills: tuple[str, ...] = ()
    language: Language | None = None
    team: bool = False
    waived: tuple[str, ...] = ()


class Choice(msgspec.Struct, frozen=True):
    """Who has it, and why."""

    agent_id: int
    why: Why


def choose(need: Need, staff: Iterable[Seat]) -> Choice | None:
    """The agent of the staff who is to have it; None when it has to wait."""
    everybody = list(staff)
    need, waived = _possible(need, everybody)
    free = [one for one in everybody if one.present and one.has_room(need.weight)]
    if not need.widened:
        free = [one for one in free if one.agent_id != need.left_by]
    if need.team is not None:
        free = [one for one in free if one.agent_id in need.team]
    fitting = [one for one in free if _fits(one, need)]
    if not fitting and need.widened:
        fitting = free
    if not fitting:
        return None
    others = [one for one in fitting if one.agent_id != need.passed_over]
    ranked = sorted(others or fitting, key=lambda one: (_share(one), one.given_at, one.agent_id))
    chosen = ranked[0]
    speaks = _speaks(chosen, need)
    lacks = (*sorted(need.skills - chosen.skills), *(() if speaks else _language(need.language)))
    return Choice(
        chosen.agent_id,
        Why(
            _by(ranked),
            chosen.load + need.weight,
            chosen.capacity,
            tuple(sorted(need.skills & chosen.skills)),
            need.language if chosen.languages and speaks else None,
            need.team is not None,
            (*waived, *lacks),
        ),
    )


def _possible(need: Need, staff: list[Seat]) -> tuple[Need, tuple[str, ...]]:
    """What nobody at all has cannot be asked for; what was let go by name."""
    skills = frozenset(one for one in need.skills if any(one in seat.skills for seat in staff))
    waived = sorted(need.skills - skills)
    language = need.language
    if language and not any(not one.languages or language in one.languages for one in staff):
        waived += _language(language)
        language = None
    team = need.team if need.team and any(one.agent_id in need.team for one in staff) else None
    return msgspec.structs.replace(need, skills=skills, language=language, team=team), (*waived,)


def _fits(seat: Seat, need: Need) -> bool:
    return _speaks(seat, need) and need.skills <= seat.skills


def _speaks(seat: Seat, need: Need) -> bool:
    return need.language is None or not seat.languages or need.language in seat.languages


def _language(language: Language | None) -> tuple[str, ...]:
    return () if language is None else (f"language:{language}",)


def _share(seat: Seat) -> float:
    return seat.load / seat.capacity


def _by(ranked: list[Seat]) -> By:
    if len(ranked) == 1:
        return "only"
    return "least_loaded" if _share(ranked[0]) < _share(ranked[1]) else "idle_longest"
