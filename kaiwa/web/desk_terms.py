"""The shop's own words for its work: labels and teams. Everybody reads them, few change them."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import JSONBody

from kaiwa.conversations.label import create_label, labels, remove_label, rename_label
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.team import Team, TeamAs, change_team, create_team, remove_team, teams
from kaiwa.web.desk_door import BodyId, Desk, Id, Name
from kaiwa.web.errors import refusals
from kaiwa.web.row_shape import LabelShape

Asking = Request[Any, Any, Any]
_READ = refusals(401, 403, 503)
_CREATE = refusals(400, 401, 403, 404, 409, 413, 503)
_DELETE = refusals(400, 401, 403, 404, 503)


class Named(msgspec.Struct, frozen=True):
    """A label's name."""

    name: Name


class TeamBody(msgspec.Struct, frozen=True):
    """A team's name and the ids of its agents."""

    name: Name
    members: Annotated[tuple[BodyId, ...], msgspec.Meta(max_length=1000)] = ()


class AllLabels(TypedDict):
    """The shop's labels."""

    labels: list[LabelShape]


class LabelKept(TypedDict):
    """The label as it is now."""

    label: LabelShape


class TeamShape(TypedDict):
    """A team and the ids of its agents."""

    id: int
    name: str
    members: list[int]


class AllTeams(TypedDict):
    """The shop's teams."""

    teams: list[TeamShape]


class TeamKept(TypedDict):
    """The team as it is now."""

    team: TeamShape


@get("/labels", responses=_READ)
async def all_labels(request: Asking) -> AllLabels:
    """The shop's labels, by name."""
    desk = await Desk.of(request)
    found = await desk.read(lambda s: labels(s, desk.merchant_id))
    return {"labels": [{"id": one.id, "name": one.name} for one in found]}


@post("/labels", responses=_CREATE)
async def new_label(request: Asking, data: JSONBody[Named]) -> LabelKept:
    """Add a label. Owners and admins only, as everything that changes labels and teams."""
    desk = await Desk.of(request, "organize")
    made = await desk.context.db.write(
        lambda s: create_label(s, desk.merchant_id, data.name, desk.now)
    )
    return {"label": {"id": made.id, "name": made.name}}


@put("/labels/{label_id:int}", responses=_CREATE)
async def other_name(request: Asking, label_id: Id, data: JSONBody[Named]) -> LabelKept:
    """Rename a label wherever it stands."""
    desk = await Desk.of(request, "organize")
    made = await desk.context.db.write(
        lambda s: rename_label(s, desk.merchant_id, label_id, data.name)
    )
    return {"label": {"id": made.id, "name": made.name}}


@delete("/labels/{label_id:int}", responses=_DELETE)
async def no_label(request: Asking, label_id: Id) -> None:
    """Take a label off everything and forget it."""
    desk = await Desk.of(request, "organize")

    def remove(session: Session) -> None:
        remove_label(session, desk.merchant_id, label_id)
        _tell(session, desk, "removed", f"label:{label_id}")

    await desk.context.db.write(remove)


@get("/teams", responses=_READ)
async def all_teams(request: Asking) -> AllTeams:
    """The shop's teams and whose they are."""
    desk = await Desk.of(request)
    found = await desk.read(lambda s: teams(s, desk.merchant_id))
    return {"teams": [_team(one) for one in found]}


@post("/teams", responses=_CREATE)
async def new_team(request: Asking, data: JSONBody[TeamBody]) -> TeamKept:
    """Found a team."""
    desk = await Desk.of(request, "organize")

    def found(session: Session) -> TeamShape:
        made = create_team(session, desk.merchant_id, TeamAs(data.name, data.members), desk.now)
        _tell(session, desk, "created", f"team:{made.id}")
        return _team(made)

    return {"team": await desk.context.db.write(found)}


@put("/teams/{team_id:int}", responses=_CREATE)
async def other_team(request: Asking, team_id: Id, data: JSONBody[TeamBody]) -> TeamKept:
    """Give a team another name and other members."""
    desk = await Desk.of(request, "organize")

    def change(session: Session) -> TeamShape:
        wanted = TeamAs(data.name, data.members)
        made = change_team(session, desk.merchant_id, team_id, wanted)
        _tell(session, desk, "changed", f"team:{team_id}")
        return _team(made)

    return {"team": await desk.context.db.write(change)}


@delete("/teams/{team_id:int}", responses=_DELETE)
async def no_team(request: Asking, team_id: Id) -> None:
    """Nothing can be given to the team any more."""
    desk = await Desk.of(request, "organize")

    def remove(session: Session) -> None:
        remove_team(session, desk.merchant_id, team_id, desk.now)
        _tell(session, desk, "removed", f"team:{team_id}")

    await desk.context.db.write(remove)


def _tell(session: Session, desk: Desk, action: str, subject: str) -> None:
    write_down(session, desk.merchant_id, Deed(f"agent:{desk.agent.id}", action, subject), desk.now)


def _team(one: Team) -> TeamShape:
    return {"id": one.id, "name": one.name, "members": list(one.members)}


HANDLERS = [
    all_labels,
    new_label,
    other_name,
    no_label,
    all_teams,
    new_team,
    other_team,
    no_team,
]
