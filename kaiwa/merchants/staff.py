"""Staff: who may log in to a shop and as what, as owners and admins see and change it.

What concerns an owner is an owner's alone: an admin neither makes one, nor changes one, nor opens
the way into an owner's account. A shop always keeps an owner who may log in.
"""

from datetime import datetime
from typing import Any

import msgspec

from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.merchants.agent import Agent, NewAgent, add_agent
from kaiwa.merchants.agent_link import make_link
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.role import ROLES, Role, require
from kaiwa.merchants.second_factor import turn_off
from kaiwa.vocabulary.errors import Conflict, Invalid, NotAllowed, NotFound
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.vocabulary.time import from_micros

LONGEST_NAME = 100


class Colleague(msgspec.Struct, frozen=True):
    """An agent; when they were last let in, until when a link waits for them, since when out.

    `factor_since` says since when their second factor is on.
    """

    agent: Agent
    entered_at: datetime | None = None
    link_until: datetime | None = None
    disabled_at: datetime | None = None
    factor_since: datetime | None = None

    @property
    def is_owner(self) -> bool:
        """Whether this is an owner who may log in."""
        return self.agent.role == "owner" and self.disabled_at is None


class AgentChange(msgspec.Struct, frozen=True):
    """What is to be different; None keeps. `active` false shuts the person out."""

    name: str | None = None
    role: Role | None = None
    language: Language | None = None
    active: bool | None = None


def staff(session: Session, merchant_id: int, now: datetime) -> list[Colleague]:
    """Everybody who has or had access: those who may log in first, by name."""
    rows = session.all(
        """SELECT a.id, a.merchant_id, a.email, a.name, a.role, a.language,
          (SELECT max(s.created_at) FROM agent_session s
            WHERE s.agent_id = a.id AND s.merchant_id = a.merchant_id),
          l.expires_at, a.disabled_at, f.on_since
        FROM agent a LEFT JOIN second_factor f ON f.agent_id = a.id
          AND f.merchant_id = a.merchant_id
        LEFT JOIN agent_link l ON l.agent_id = a.id
          AND l.merchant_id = a.merchant_id AND l.expires_at > :now
        WHERE a.merchant_id = :merchant_id
        ORDER BY CASE WHEN a.disabled_at IS NULL THEN 0 ELSE 1 END, a.name, a.id""",
        merchant_id=merchant_id,
        now=now,
    )
    return [_colleague(row) for row in rows]


def colleague(session: Session, merchant_id: int, agent_id: int, now: datetime) -> Colleague:
    """One of them; `NotFound`."""
    found = next(
        (one for one in staff(session, merchant_id, now) if one.agent.id == agent_id), None
    )
    if found is None:
        raise NotFound("There is no such agent.")
    return found


def invite(session: Session, by: Agent, new: NewAgent, now: datetime) -> tuple[Colleague, str]:
    """Give a person access by a one-time link; the person, and the link's secret.

    `Conflict` when the e-mail is in use, `NotAllowed` for an owner invited by an admin.
    """
    _owners_are_owners_matter(by, new.role)
    name = _name(new.name or new.email)
    made = add_agent(session, by.merchant_id, msgspec.structs.replace(new, name=name), now)
    token = make_link(session, made, now)
    _tell(session, by, made.id, ("invited_agent", {"role": made.role}), now)
    return colleague(session, by.merchant_id, made.id, now), token


def new_link(session: Session, by: Agent, agent_id: int, now: datetime) -> tuple[Colleague, str]:
    """A fresh one-time link for somebody who forgot the password; links before it are dead."""
    whom = _changed_by(session, by, agent_id, now)
    if whom.disabled_at is not None:
        raise Conflict("Let this person in again first.", reason="shut_out")
    token = make_link(session, whom.agent, now)
    _tell(session, by, agent_id, ("made_link", {}), now)
    return colleague(session, by.merchant_id, agent_id, now), token


def change_agent(
    session: Session, by: Agent, agent_id: int, change: AgentChange, now: datetime
) -> Colleague:
    """Take over the change; the person after it. Who is shut out is out at once, everywhere.

    `Conflict` when the shop would be left without an owner, `NotAllowed`, `NotFound`.
    """
    # One decides at a time: two owners who take each other's role would leave none.
    session.one(
        f"SELECT id FROM merchant WHERE id = :merchant_id{session.lock}",
        merchant_id=by.merchant_id,
    )
    whom = _changed_by(session, by, agent_id, now)
    wanted = _wanted(by, whom, change, now)
    if whom.is_owner and not wanted.is_owner and _owners(session, by.merchant_id, now) == 1:
        raise Conflict("A shop keeps an owner. Make somebody else one first.", reason="last_owner")
    session.run(
        """UPDATE agent SET name = :name, role = :role, language = :language, disabled_at = :out
        WHERE id = :id AND merchant_id = :merchant_id""",
        name=wanted.agent.name,
        role=wanted.agent.role,
        language=wanted.agent.language,
        out=wanted.disabled_at,
        id=agent_id,
        merchant_id=by.merchant_id,
    )
    if wanted.disabled_at is not None:
        _end_sessions(session, by.merchant_id, agent_id)
    if differences := _differences(whom, wanted):
        _tell(session, by, agent_id, ("changed_agent", differences), now)
    return colleague(session, by.merchant_id, agent_id, now)


def reset_factor(session: Session, by: Agent, agent_id: int, now: datetime) -> Colleague:
    """Turn off the second factor of somebody who lost it; whoever is in as them is out.

    Owners only: `NotAllowed`. `Conflict` when it is off, `NotFound`.
    """
    if by.role != "owner":
        raise NotAllowed("Only an owner of the shop decides about owners.", reason="owners")
    whom = _changed_by(session, by, agent_id, now)
    turn_off(session, whom.agent, f"agent:{by.id}", now)
    _end_sessions(session, by.merchant_id, agent_id)
    return colleague(session, by.merchant_id, agent_id, now)


def _changed_by(session: Session, by: Agent, agent_id: int, now: datetime) -> Colleague:
    require(by.role, "manage_agents")
    whom = colleague(session, by.merchant_id, agent_id, now)
    _owners_are_owners_matter(by, whom.agent.role)
    return whom


def _owners_are_owners_matter(by: Agent, role: Role) -> None:
    require(by.role, "manage_agents")
    if role == "owner" and by.role != "owner":
        raise NotAllowed("Only an owner of the shop decides about owners.", reason="owners")


def _wanted(by: Agent, whom: Colleague, change: AgentChange, now: datetime) -> Colleague:
    if change.role is not None:
        if change.role not in ROLES:
            raise Invalid(f"The role must be one of {', '.join(ROLES)}.")
        _owners_are_owners_matter(by, change.role)
    if change.language is not None and not is_language(change.language):
        raise Invalid("The language must be ja or en.")
    wanted = msgspec.structs.replace(
        whom.agent,
        name=whom.agent.name if change.name is None else _name(change.name),
        role=change.role or whom.agent.role,
        language=change.language or whom.agent.language,
    )
    out = whom.disabled_at
    if change.active is not None:
        out = None if change.active else out or now
    return msgspec.structs.replace(whom, agent=wanted, disabled_at=out)


def _owners(session: Session, merchant_id: int, now: datetime) -> int:
    return sum(one.is_owner for one in staff(session, merchant_id, now))


def _differences(before: Colleague, after: Colleague) -> dict[str, object]:
    found: dict[str, object] = {
        name: getattr(after.agent, name)
        for name in ("name", "role", "language")
        if getattr(before.agent, name) != getattr(after.agent, name)
    }
    if (before.disabled_at is None) != (after.disabled_at is None):
        found["active"] = after.disabled_at is None
    return found


def _tell(
    session: Session, by: Agent, agent_id: int, deed: tuple[str, dict[str, object]], now: datetime
) -> None:
    line = Deed(f"agent:{by.id}", deed[0], f"agent:{agent_id}", deed[1])
    write_down(session, by.merchant_id, line, now)


def _name(wanted: str) -> str:
    name = " ".join(wanted.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(f"A name needs 1 to {LONGEST_NAME} characters.", reason="name")
    return name


def _end_sessions(session: Session, merchant_id: int, agent_id: int) -> None:
    for table in ("agent_session", "agent_link"):
        session.run(
            f"DELETE FROM {table} WHERE merchant_id = :merchant_id AND agent_id = :agent",
            merchant_id=merchant_id,
            agent=agent_id,
        )
    session.nudge(Nudge("agent", merchant_id, ref=agent_id))


def _colleague(row: Row) -> Colleague:
    values: list[Any] = list(row[:6])
    times = [None if one is None else from_micros(one) for one in row[6:10]]
    return Colleague(Agent(*values), *times)
