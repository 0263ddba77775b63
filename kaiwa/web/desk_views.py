"""An agent's own views, each with how many conversations it has now."""

from typing import Any

import msgspec
from litestar import Request, delete, get, post
from litestar.params import JSONBody

from kaiwa.desk.queue import Filter, View, Wanted, how_many
from kaiwa.desk.saved_view import NewView, SavedView, drop_view, save_view, saved_views
from kaiwa.engines.db import Session
from kaiwa.web.desk_door import Desk, Id, Name
from kaiwa.web.errors import refusals
from kaiwa.web.shapes import Json

Asking = Request[Any, Any, Any]
COUNTED = 100


class Saving(msgspec.Struct, frozen=True):
    """A view to be kept under a name."""

    name: Name
    view: View
    only: Filter = Filter()


@get("/views", responses=refusals(401, 403, 503))
async def own_views(request: Asking) -> dict[str, Any]:
    """The agent's views; a count of 100 means 100 or more."""
    desk = await Desk.of(request)

    def look(session: Session) -> list[Json]:
        found = saved_views(session, desk.merchant_id, desk.agent.id)
        return [_shape(one, _count(session, desk, one)) for one in found]

    return {"views": await desk.read(look)}


@post("/views", responses=refusals(400, 401, 403, 413, 503))
async def keep_view(request: Asking, data: JSONBody[Saving]) -> dict[str, Any]:
    """Keep a view; one of the same name is replaced."""
    desk = await Desk.of(request)
    new = NewView(data.name, data.view, data.only)

    def keep(session: Session) -> Json:
        kept = save_view(session, desk.merchant_id, desk.agent.id, new, desk.now)
        return _shape(kept, _count(session, desk, kept))

    return {"view": await desk.context.db.write(keep)}


@delete("/views/{view_id:int}", responses=refusals(400, 401, 403, 404, 503))
async def forget_view(request: Asking, view_id: Id) -> None:
    """Forget a view of one's own."""
    desk = await Desk.of(request)
    await desk.context.db.write(lambda s: drop_view(s, desk.merchant_id, desk.agent.id, view_id))


def _count(session: Session, desk: Desk, one: SavedView) -> int:
    wanted = Wanted(one.view, desk.agent.id, COUNTED, only=one.only, now=desk.now)
    return how_many(session, desk.merchant_id, wanted)


def _shape(one: SavedView, count: int) -> Json:
    only = msgspec.to_builtins(one.only)
    return {"id": one.id, "name": one.name, "view": one.view, "only": only, "count": count}


HANDLERS = [own_views, keep_view, forget_view]
