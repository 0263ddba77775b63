"""An agent's own views, each with how many conversations it has now."""

from typing import Any, TypedDict

import msgspec
from litestar import Request, delete, get, post
from litestar.params import JSONBody

from kaiwa.desk.queue import Filter, View, Wanted, how_many
from kaiwa.desk.saved_view import NewView, SavedView, drop_view, save_view, saved_views
from kaiwa.engines.db import Session
from kaiwa.vocabulary.priority import Priority
from kaiwa.web.desk_door import Desk, Id, Name
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
COUNTED = 100


class Saving(msgspec.Struct, frozen=True):
    """A view to be kept under a name."""

    name: Name
    view: View
    only: Filter = Filter()


class FilterShape(TypedDict, total=False):
    """Which conversations of the view are meant; what is not said does not matter."""

    label: int
    priority: Priority
    channel: str
    team: int
    assignee: int


class SavedViewShape(TypedDict):
    """A view of one's own; a count of 100 means 100 or more."""

    id: int
    name: str
    view: View
    only: FilterShape
    count: int


class OwnViews(TypedDict):
    """One's own views."""

    views: list[SavedViewShape]


class ViewKept(TypedDict):
    """The view as it is kept."""

    view: SavedViewShape


@get("/views", responses=refusals(401, 403, 503))
async def own_views(request: Asking) -> OwnViews:
    """The agent's views; a count of 100 means 100 or more."""
    desk = await Desk.of(request)

    def look(session: Session) -> list[SavedViewShape]:
        found = saved_views(session, desk.merchant_id, desk.agent.id)
        return [_shape(one, _count(session, desk, one)) for one in found]

    return {"views": await desk.read(look)}


@post("/views", responses=refusals(400, 401, 403, 413, 503))
async def keep_view(request: Asking, data: JSONBody[Saving]) -> ViewKept:
    """Keep a view; one of the same name is replaced."""
    desk = await Desk.of(request)
    new = NewView(data.name, data.view, data.only)

    def keep(session: Session) -> SavedViewShape:
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


def _shape(one: SavedView, count: int) -> SavedViewShape:
    only: FilterShape = msgspec.to_builtins(one.only)
    return {"id": one.id, "name": one.name, "view": one.view, "only": only, "count": count}


HANDLERS = [own_views, keep_view, forget_view]
