"""The desk's HTTP doors, put together: agents only, never cached, small bodies."""

import time
from typing import Annotated, Any, TypedDict

from litestar import Request, Router, get
from litestar.params import QueryParameter

from kaiwa.conversations.search import Search, find_messages
from kaiwa.merchants.agent import agents
from kaiwa.merchants.role import Role
from kaiwa.web import (
    desk_conversations,
    desk_export,
    desk_faq,
    desk_files,
    desk_forms,
    desk_inboxes,
    desk_mail,
    desk_messages,
    desk_orders,
    desk_people,
    desk_presence,
    desk_previews,
    desk_replies,
    desk_rewriting,
    desk_router,
    desk_routing,
    desk_shop,
    desk_shopping,
    desk_sorting,
    desk_staff,
    desk_supervising,
    desk_templates,
    desk_terms,
    desk_unanswered,
    desk_views,
    desk_voice,
)
from kaiwa.web.auth import PRIVATE, agents_only, with_factor
from kaiwa.web.desk_door import Desk
from kaiwa.web.desk_shapes import HitShape, hit_shape
from kaiwa.web.errors import refusals

LARGEST_BODY_BYTES = 200_000


class ColleagueName(TypedDict):
    """An agent who may log in."""

    id: int
    name: str
    role: Role


class Colleagues(TypedDict):
    """Who may log in."""

    agents: list[ColleagueName]


class Hits(TypedDict):
    """What was found, in how many milliseconds; `next` is where the search goes on."""

    hits: list[HitShape]
    next: int | None
    ms: float


@get("/agents", responses=refusals(401, 503))
async def colleagues(request: Request[Any, Any, Any]) -> Colleagues:
    """The merchant's agents who may log in."""
    desk = await Desk.of(request)
    found = await desk.read(lambda s: agents(s, desk.merchant_id))
    return {"agents": [{"id": one.id, "name": one.name, "role": one.role} for one in found]}


@get("/search", responses=refusals(400, 401, 503))
async def search(
    request: Request[Any, Any, Any],
    q: Annotated[str, QueryParameter(max_length=200)],
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
    before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
) -> Hits:
    """Messages that contain the words, newest first."""
    desk = await Desk.of(request)
    began = time.perf_counter()
    wanted = Search(q.replace("\0", " "), limit, before)
    hits = await desk.read(lambda s: find_messages(s, desk.merchant_id, wanted))
    return {
        "hits": [hit_shape(hit) for hit in hits],
        "next": hits[-1].message_id if len(hits) == limit else None,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }


ROUTES = [
    Router(
        "/api",
        route_handlers=[
            *desk_conversations.HANDLERS,
            *desk_messages.HANDLERS,
            *desk_files.HANDLERS,
            *desk_unanswered.HANDLERS,
            *desk_voice.HANDLERS,
            *desk_staff.HANDLERS,
            *desk_shop.HANDLERS,
            *desk_faq.HANDLERS,
            *desk_export.HANDLERS,
            *desk_inboxes.HANDLERS,
            *desk_sorting.HANDLERS,
            *desk_views.HANDLERS,
            *desk_terms.HANDLERS,
            *desk_replies.HANDLERS,
            *desk_forms.HANDLERS,
            *desk_shopping.HANDLERS,
            *desk_orders.HANDLERS,
            *desk_people.HANDLERS,
            *desk_router.HANDLERS,
            *desk_presence.HANDLERS,
            *desk_mail.HANDLERS,
            *desk_previews.HANDLERS,
            *desk_rewriting.HANDLERS,
            *desk_routing.HANDLERS,
            *desk_supervising.HANDLERS,
            *desk_templates.HANDLERS,
            colleagues,
            search,
        ],
        guards=[agents_only, with_factor],
        cache_control=PRIVATE,
        tags=["desk"],
        request_max_body_size=LARGEST_BODY_BYTES,
    )
]
