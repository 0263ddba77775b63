"""The shop's staff at the desk: seen, invited, given another role, shut out."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import JSONBody

from kaiwa.conversations.leaving import leave_all
from kaiwa.engines.db import Session
from kaiwa.merchants.agent import NewAgent, hash_of_nobody
from kaiwa.merchants.factor_rule import require_factor
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.role import ROLES, Role
from kaiwa.merchants.staff import (
    AgentChange,
    Colleague,
    change_agent,
    invite,
    new_link,
    reset_factor,
    staff,
)
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.auth import checked_apart
from kaiwa.web.desk_door import Desk, Id, Name
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(401, 403, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)


class Invited(msgspec.Struct, frozen=True):
    """Who is to be let in."""

    email: Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^\x00]*$")]
    name: Name = ""
    role: Role = "agent"
    language: Language = "ja"


class FactorRule(msgspec.Struct, frozen=True):
    """Whether owners and admins need a second factor."""

    leads_need_factor: bool


class StaffChange(msgspec.Struct, frozen=True):
    """What is to be different; what is left out stays."""

    name: Name | None = None
    role: Role | None = None
    language: Language | None = None
    active: bool | None = None


class ColleagueShape(TypedDict):
    """Somebody who has or had access; `link_until`: an invitation that is open till then."""

    id: int
    name: str
    email: str
    role: Role
    language: Language
    active: bool
    entered_at: str | None
    link_until: str | None
    factor_since: str | None


class FactorRuled(TypedDict):
    """Whether owners and admins need a second factor."""

    leads_need_factor: bool


class StaffShape(FactorRuled):
    """Everybody, and the roles there are."""

    staff: list[ColleagueShape]
    roles: list[Role]


class ColleagueKept(TypedDict):
    """Somebody as they are now."""

    colleague: ColleagueShape


class ColleagueChanged(ColleagueKept):
    """Somebody as they are now; so many conversations of theirs wait for others."""

    requeued: int


class ColleagueLinked(ColleagueKept):
    """Somebody and the path of their one-time link, shown this once."""

    link: str


@get("/staff", responses=_READ)
async def all_staff(request: Asking) -> StaffShape:
    """Everybody who has or had access. Owners and admins only."""
    desk = await Desk.of(request, "manage_agents")

    def look(session: Session) -> StaffShape:
        found = staff(session, desk.merchant_id, desk.now)
        asked = merchant(session, desk.merchant_id).settings.leads_need_factor
        shapes = [_shape(one) for one in found]
        return {"staff": shapes, "roles": list(ROLES), "leads_need_factor": asked}

    return await desk.read(look)


@post("/staff", responses=_ACT)
async def invite_somebody(request: Asking, data: JSONBody[Invited]) -> ColleagueLinked:
    """Give a person access; `link` is shown this once. Owners by owners only."""
    desk = await Desk.of(request, "manage_agents")
    # Made before the transaction: it takes a while.
    await checked_apart(hash_of_nobody)
    new = NewAgent(data.email, data.name, data.role, None, data.language)
    made, token = await desk.context.db.write(lambda s: invite(s, desk.agent, new, desk.now))
    return {"colleague": _shape(made), "link": _path(token)}


@put("/staff/{agent_id:int}", responses=_ACT)
async def change_somebody(
    request: Asking, agent_id: Id, data: JSONBody[StaffChange]
) -> ColleagueChanged:
    """Another name, role or language, or access taken (what they had is requeued) or given."""
    desk = await Desk.of(request, "manage_agents")
    change = AgentChange(data.name, data.role, data.language, data.active)

    def work(session: Session) -> tuple[Colleague, int]:
        done = change_agent(session, desk.agent, agent_id, change, desk.now)
        if done.disabled_at is None:
            return done, 0
        ids = (agent_id, desk.agent.id)
        return done, leave_all(session, desk.merchant_id, ids, desk.now)

    done, left = await desk.context.db.write(work)
    return {"colleague": _shape(done), "requeued": left}


@post("/staff/{agent_id:int}/link", status_code=200, responses=_ACT)
async def another_link(request: Asking, agent_id: Id) -> ColleagueLinked:
    """A fresh one-time link for somebody who cannot get in; shown this once."""
    desk = await Desk.of(request, "manage_agents")
    whom, token = await desk.context.db.write(lambda s: new_link(s, desk.agent, agent_id, desk.now))
    return {"colleague": _shape(whom), "link": _path(token)}


@delete("/staff/{agent_id:int}/second-factor", status_code=200, responses=_ACT)
async def factor_lost(request: Asking, agent_id: Id) -> ColleagueKept:
    """Turn off the second factor of somebody who lost it. Owners only."""
    desk = await Desk.of(request, "manage_agents")
    whom = await desk.context.db.write(lambda s: reset_factor(s, desk.agent, agent_id, desk.now))
    return {"colleague": _shape(whom)}


@put("/staff/second-factor", responses=_ACT)
async def factor_rule(request: Asking, data: JSONBody[FactorRule]) -> FactorRuled:
    """Whether owners and admins need a second factor. Owners only, who have one themselves."""
    desk = await Desk.of(request, "manage_agents")
    wanted = data.leads_need_factor
    await desk.context.db.write(lambda s: require_factor(s, desk.agent, wanted, desk.now))
    return {"leads_need_factor": wanted}


def _path(token: str) -> str:
    # After the hash: it is in no log of any server on the way.
    return f"/desk/join#{token}"


def _shape(one: Colleague) -> ColleagueShape:
    return {
        "id": one.agent.id,
        "name": one.agent.name,
        "email": one.agent.email,
        "role": one.agent.role,
        "language": one.agent.language,
        "active": one.disabled_at is None,
        "entered_at": None if one.entered_at is None else iso(one.entered_at),
        "link_until": None if one.link_until is None else iso(one.link_until),
        "factor_since": None if one.factor_since is None else iso(one.factor_since),
    }


HANDLERS = [
    all_staff,
    invite_somebody,
    change_somebody,
    another_link,
    factor_lost,
    factor_rule,
]
