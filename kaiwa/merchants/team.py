"""Teams: the groups of agents a conversation can be given to."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import agents
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound

LONGEST_NAME = 60
MOST_TEAMS = 200


class Team(msgspec.Struct, frozen=True):
    """A group of agents, by name; `members` are the ids of its agents who may log in."""

    id: int
    name: str
    members: tuple[int, ...] = ()


class TeamAs(msgspec.Struct, frozen=True):
    """How a team is to be: its name and whose it is."""

    name: str
    members: tuple[int, ...] = ()


def teams(session: Session, merchant_id: int) -> list[Team]:
    """The merchant's teams, by name."""
    rows = session.all(
        """SELECT id, name FROM team WHERE merchant_id = :merchant_id AND removed_at IS NULL
        ORDER BY name, id""",
        merchant_id=merchant_id,
    )
    members = session.all(
        """SELECT m.team_id, m.agent_id FROM team_member m JOIN agent a ON a.id = m.agent_id
        WHERE m.merchant_id = :merchant_id AND a.merchant_id = m.merchant_id
        AND a.disabled_at IS NULL ORDER BY a.name, a.id""",
        merchant_id=merchant_id,
    )
    return [Team(id, name, tuple(a for t, a in members if t == id)) for id, name in rows]


def team(session: Session, merchant_id: int, team_id: int) -> Team:
    """One team of the merchant; `NotFound`."""
    found = next((one for one in teams(session, merchant_id) if one.id == team_id), None)
    if found is None:
        raise NotFound("There is no such team.")
    return found


def team_names(session: Session, merchant_id: int) -> dict[int, str]:
    """Every team's name by id, removed ones too: conversations may still say theirs."""
    rows = session.all(
        "SELECT id, name FROM team WHERE merchant_id = :merchant_id", merchant_id=merchant_id
    )
    return dict(rows)


def create_team(session: Session, merchant_id: int, wanted: TeamAs, now: datetime) -> Team:
    """Found a team. `Conflict` when one has the name; `NotFound` for a stranger among them."""
    name = _name(session, merchant_id, wanted.name, None)
    row = session.one(
        """INSERT INTO team (merchant_id, name, created_at) VALUES (:merchant_id, :name, :now)
        RETURNING id""",
        merchant_id=merchant_id,
        name=name,
        now=now,
    )
    assert row is not None
    _set_members(session, merchant_id, row[0], wanted.members)
    return team(session, merchant_id, row[0])


def change_team(session: Session, merchant_id: int, team_id: int, wanted: TeamAs) -> Team:
    """Give a team another name and other members."""
    team(session, merchant_id, team_id)
    session.run(
        "UPDATE team SET name = :name WHERE id = :id AND merchant_id = :merchant_id",
        name=_name(session, merchant_id, wanted.name, team_id),
        id=team_id,
        merchant_id=merchant_id,
    )
    _set_members(session, merchant_id, team_id, wanted.members)
    return team(session, merchant_id, team_id)


def remove_team(session: Session, merchant_id: int, team_id: int, now: datetime) -> None:
    """Nothing can be given to it any more; what it has keeps saying so."""
    team(session, merchant_id, team_id)
    session.run(
        "UPDATE team SET removed_at = :now WHERE id = :id AND merchant_id = :merchant_id",
        now=now,
        id=team_id,
        merchant_id=merchant_id,
    )


def _name(session: Session, merchant_id: int, wanted: str, own: int | None) -> str:
    name = " ".join(wanted.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A team's name needs 1 to {LONGEST_NAME} characters.")
    # One decides at a time: two teams of one name would be one to everybody who reads them.
    session.one(
        f"SELECT id FROM merchant WHERE id = :merchant_id{session.lock}", merchant_id=merchant_id
    )
    known = teams(session, merchant_id)
    if any(one.name == name and one.id != own for one in known):
        raise Conflict(f"There is a team {name} already.", reason="name_taken")
    if own is None and len(known) >= MOST_TEAMS:
        raise Invalid(f"A shop may have at most {MOST_TEAMS} teams.")
    return name


def _set_members(
    session: Session, merchant_id: int, team_id: int, members: tuple[int, ...]
) -> None:
    known = {one.id for one in agents(session, merchant_id)}
    if not known.issuperset(members):
        raise NotFound("There is no such agent.")
    session.run(
        "DELETE FROM team_member WHERE team_id = :team AND merchant_id = :merchant_id",
        team=team_id,
        merchant_id=merchant_id,
    )
    session.many(
        """INSERT INTO team_member (team_id, agent_id, merchant_id)
        VALUES (:team, :agent, :merchant_id) ON CONFLICT DO NOTHING""",
        [{"team": team_id, "agent": one, "merchant_id": merchant_id} for one in set(members)],
    )
