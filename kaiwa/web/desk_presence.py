"""Who is at the desk: what agents say of themselves, and what colleagues see of them."""

from typing import Any, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.desk.being_there import say_status
from kaiwa.desk.staff import Member, staff
from kaiwa.engines.db import Session
from kaiwa.merchants.attendance import Status
from kaiwa.merchants.routing import routing
from kaiwa.web.desk_door import Desk
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]


class Saying(msgspec.Struct, frozen=True):
    """What the agent is from now on."""

    status: Status


class MemberShape(TypedDict):
    """An agent: there or not, and how much they have open."""

    id: int
    status: Status
    load: int
    capacity: int


class PresenceShape(TypedDict):
    """Everybody; `on`: conversations are given out."""

    on: bool
    agents: list[MemberShape]


@get("/presence", responses=refusals(401, 503))
async def presence(request: Asking) -> PresenceShape:
    """Oneself and the colleagues: there or not, and how much each has open."""
    desk = await Desk.of(request)
    return await desk.read(lambda s: _shape(s, desk))


@post("/presence", status_code=200, responses=refusals(400, 401, 403, 413, 503))
async def say_presence(request: Asking, data: JSONBody[Saying]) -> PresenceShape:
    """Be given conversations, or none; gone for longer, what waits goes to others."""
    desk = await Desk.of(request)

    def say(session: Session) -> PresenceShape:
        say_status(session, desk.merchant_id, desk.agent.id, data.status, desk.now)
        return _shape(session, desk)

    return await desk.context.db.write(say)


def _shape(session: Session, desk: Desk) -> PresenceShape:
    settings = routing(session, desk.merchant_id)
    everybody = staff(session, desk.merchant_id, settings, desk.now)
    return {"on": settings.on, "agents": [_member(one) for one in everybody]}


def _member(one: Member) -> MemberShape:
    return {"id": one.agent.id, "status": one.status, "load": one.load, "capacity": one.capacity}


HANDLERS = [presence, say_presence]
