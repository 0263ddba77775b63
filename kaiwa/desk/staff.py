"""The people of a shop as the router and the wallboard see them: there or not, and how busy."""

from datetime import datetime

import msgspec

from kaiwa.desk.choosing import Seat
from kaiwa.engines.db import Session
from kaiwa.merchants.ability import Ability, abilities
from kaiwa.merchants.agent import Agent, agents
from kaiwa.merchants.attendance import Attendance, Status, attendances
from kaiwa.merchants.routing import Routing


class Member(msgspec.Struct, frozen=True):
    """One agent; `load` is what they have open, by weight, `has` how many conversations."""

    agent: Agent
    status: Status
    since: datetime | None
    given_at: datetime
    ability: Ability
    capacity: int
    load: int
    has: int

    @property
    def seat(self) -> Seat:
        """The same for the choice."""
        return Seat(
            self.agent.id,
            self.capacity,
            self.load,
            self.given_at,
            self.status == "online",
            frozenset(self.ability.skills),
            frozenset(self.ability.languages),
        )


class Load(msgspec.Struct, frozen=True):
    """What an agent has open."""

    weight: int = 0
    has: int = 0


def staff(session: Session, merchant_id: int, settings: Routing, now: datetime) -> list[Member]:
    """Everybody who may log in, by name."""
    there, able = attendances(session, merchant_id), abilities(session, merchant_id)
    busy = loads(session, merchant_id, settings)
    return [
        _member(one, there.get(one.id), able.get(one.id, Ability()), busy, settings, now)
        for one in agents(session, merchant_id)
    ]


def loads(session: Session, merchant_id: int, settings: Routing) -> dict[int, Load]:
    """What each agent has open; what is put aside does not count."""
    rows = session.all(
        """SELECT assignee_id, channel, count(*) FROM conversation
        WHERE merchant_id = :merchant_id AND status = 'open' AND answered_by = 'agent'
        AND snoozed_until IS NULL AND assignee_id IS NOT NULL GROUP BY assignee_id, channel""",
        merchant_id=merchant_id,
    )
    found: dict[int, Load] = {}
    for agent_id, channel, count in rows:
        old = found.get(agent_id, Load())
        more = int(count) * settings.weight(channel)
        found[agent_id] = Load(old.weight + more, old.has + int(count))
    return found


def _member(
    agent: Agent,
    attendance: Attendance | None,
    ability: Ability,
    busy: dict[int, Load],
    settings: Routing,
    now: datetime,
) -> Member:
    load = busy.get(agent.id, Load())
    return Member(
        agent,
        "offline" if attendance is None else attendance.present(now),
        None if attendance is None else attendance.gone_since(now) or attendance.since,
        datetime.fromtimestamp(0, now.tzinfo) if attendance is None else attendance.given_at,
        ability,
        settings.capacity if ability.capacity is None else ability.capacity,
        load.weight,
        load.has,
    )
