"""What an agent can do: skills and languages, and how much at once."""

from datetime import datetime
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import agent
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.routing import MOST_CAPACITY, skill_of
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import LANGUAGES, Language

MOST_SKILLS: Final = 30


class Ability(msgspec.Struct, frozen=True):
    """Without languages an agent answers in any; without a capacity the shop's own counts."""

    skills: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    capacity: int | None = None


def abilities(session: Session, merchant_id: int) -> dict[int, Ability]:
    """What the merchant's agents can do, by id; of whom nothing was said is left out."""
    rows = session.all(
        """SELECT agent_id, skills, languages, capacity FROM ability
        WHERE merchant_id = :merchant_id""",
        merchant_id=merchant_id,
    )
    return {
        row[0]: Ability(
            msgspec.json.decode(row[1], type=tuple[str, ...]),
            msgspec.json.decode(row[2], type=tuple[Language, ...]),
            row[3],
        )
        for row in rows
    }


def set_ability(
    session: Session, merchant_id: int, who: tuple[int, str], wanted: Ability, now: datetime
) -> None:
    """Say what agent `who[0]` can do, told by `who[1]`; `NotFound`, `Invalid`."""
    agent(session, merchant_id, who[0])
    new = _possible(wanted)
    if abilities(session, merchant_id).get(who[0], Ability()) == new:
        return
    session.run(
        """INSERT INTO ability (agent_id, merchant_id, skills, languages, capacity)
        VALUES (:agent, :merchant_id, :skills, :languages, CAST(:capacity AS integer))
        ON CONFLICT (agent_id) DO UPDATE SET skills = excluded.skills,
        languages = excluded.languages, capacity = excluded.capacity""",
        agent=who[0],
        merchant_id=merchant_id,
        skills=msgspec.json.encode(new.skills).decode(),
        languages=msgspec.json.encode(new.languages).decode(),
        capacity=new.capacity,
    )
    detail = msgspec.to_builtins(new)
    write_down(
        session, merchant_id, Deed(who[1], "changed_ability", f"agent:{who[0]}", detail), now
    )


def _possible(wanted: Ability) -> Ability:
    if len(wanted.skills) > MOST_SKILLS:
        raise Invalid(f"At most {MOST_SKILLS} skills are kept of an agent.", field="skills")
    if any(one not in LANGUAGES for one in wanted.languages):
        raise Invalid("The language must be ja or en.", field="languages")
    if wanted.capacity is not None and not 0 <= wanted.capacity <= MOST_CAPACITY:
        raise Invalid(f"A capacity is from 0 to {MOST_CAPACITY}.", field="capacity")
    skills = tuple(dict.fromkeys(skill_of(one) for one in wanted.skills))
    return Ability(skills, tuple(sorted(set(wanted.languages))), wanted.capacity)
