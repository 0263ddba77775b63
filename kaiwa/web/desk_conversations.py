"""The desk's conversations: the list, one with everything around it, and who answers it."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody, QueryParameter

from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.conversation import held
from kaiwa.conversations.handoff import Act, assign, close, hand_back, reopen, take
from kaiwa.conversations.mention import see_mentions
from kaiwa.conversations.outbox import mark_read
from kaiwa.desk.counts import counts
from kaiwa.desk.queue import Filter, View, Wanted, listed
from kaiwa.desk.view import Asked, conversation_view
from kaiwa.engines.db import Session
from kaiwa.vocabulary.priority import Priority
from kaiwa.web.desk_door import BodyId, Count, Desk, Id
from kaiwa.web.desk_shapes import ConversationShape, ListShape, list_shape, page_shape
from kaiwa.web.desk_sorting import require_may_give
from kaiwa.web.errors import refusals
from kaiwa.web.live_desks import live_desks
from kaiwa.web.row_shape import MovedShape

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)


class Seen(msgspec.Struct, frozen=True):
    """Who answers, as the agent saw it."""

    epoch: Count


class Assigning(msgspec.Struct, frozen=True):
    """To whom a conversation goes; None: to nobody."""

    epoch: Count
    agent: BodyId | None


class ReadUpTo(msgspec.Struct, frozen=True):
    """The last message the agent has read."""

    seq: Count


async def narrowed(
    label: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
    priority: FromQuery[Priority | None] = None,
    channel: Annotated[str | None, QueryParameter(max_length=40, pattern=r"^[a-z_]+$")] = None,
    team: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
    assignee: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
) -> Filter:
    """Which conversations of a view are meant."""
    return Filter(label, priority, channel, team, assignee)


@get("/conversations", responses=_READ, dependencies={"only": Provide(narrowed)})
async def conversations(
    request: Asking,
    only: NamedDependency[Filter],
    view: FromQuery[View] = "open",
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    before: Annotated[str | None, QueryParameter(max_length=60)] = None,
) -> ListShape:
    """One page of a view: who waits by priority, time to breach and time, then the newest."""
    desk = await Desk.of(request)
    wanted = Wanted(view, desk.agent.id, limit, before, only, desk.now)
    cursor = live_desks(desk.context).list_loads(desk.agent)

    def look(session: Session) -> ListShape:
        found = listed(session, desk.merchant_id, wanted)
        mine = counts(session, desk.merchant_id, desk.agent.id, desk.now)
        return list_shape(session, desk, found, mine, cursor)

    return await desk.read(look)


@get("/conversations/{conversation_id:int}", responses=_READ)
async def one_conversation(
    request: Asking,
    conversation_id: Id,
    before_seq: Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> ConversationShape:
    """A conversation with its messages, customer, routes and what happened."""
    desk = await Desk.of(request)
    asked = Asked(conversation_id, before_seq, limit)
    await desk.read(lambda s: conversation_of(s, desk.merchant_id, conversation_id))
    cursor = live_desks(desk.context).conversation_loads(desk.agent, conversation_id)

    def look(session: Session) -> ConversationShape:
        page = conversation_view(session, desk.merchant_id, asked, desk.now)
        return page_shape(session, desk, page, cursor)

    return await desk.read(look)


@post("/conversations/{conversation_id:int}/take", status_code=200, responses=_ACT)
async def take_over(request: Asking, conversation_id: Id, data: JSONBody[Seen]) -> MovedShape:
    """The agent answers from now on."""
    desk = await Desk.of(request)
    act = Act(desk.merchant_id, conversation_id, desk.agent.id, data.epoch)
    return await desk.moved(conversation_id, lambda s: take(s, act, desk.now))


@post("/conversations/{conversation_id:int}/hand-back", status_code=200, responses=_ACT)
async def give_back(request: Asking, conversation_id: Id, data: JSONBody[Seen]) -> MovedShape:
    """The bot answers from now on."""
    desk = await Desk.of(request)
    act = Act(desk.merchant_id, conversation_id, desk.agent.id, data.epoch)
    return await desk.moved(conversation_id, lambda s: hand_back(s, act, desk.now))


@post("/conversations/{conversation_id:int}/assign", status_code=200, responses=_ACT)
async def assign_to(request: Asking, conversation_id: Id, data: JSONBody[Assigning]) -> MovedShape:
    """Another agent, or nobody, answers from now on.

    Every agent may take a conversation or let go of their own; the rest needs an owner or admin.
    """
    desk = await Desk.of(request)
    conv = await desk.read(lambda s: conversation_of(s, desk.merchant_id, conversation_id))
    require_may_give(desk, conv, data.agent)
    # Whose it is was read before: the epoch holds it until then.
    act = Act(desk.merchant_id, conversation_id, desk.agent.id, data.epoch)
    return await desk.moved(conversation_id, lambda s: assign(s, act, data.agent, desk.now))


@post("/conversations/{conversation_id:int}/close", status_code=200, responses=_ACT)
async def close_it(request: Asking, conversation_id: Id, data: JSONBody[Seen]) -> MovedShape:
    """The matter is settled."""
    desk = await Desk.of(request)
    act = Act(desk.merchant_id, conversation_id, desk.agent.id, data.epoch)
    return await desk.moved(conversation_id, lambda s: close(s, act, desk.now))


@post("/conversations/{conversation_id:int}/reopen", status_code=200, responses=_ACT)
async def reopen_it(request: Asking, conversation_id: Id) -> MovedShape:
    """The agent opens a closed conversation again."""
    desk = await Desk.of(request)
    ids = (conversation_id, desk.agent.id)
    return await desk.moved(conversation_id, lambda s: reopen(s, desk.merchant_id, ids, desk.now))


@post("/conversations/{conversation_id:int}/read", status_code=204, responses=_ACT)
async def read_it(request: Asking, conversation_id: Id, data: JSONBody[ReadUpTo]) -> None:
    """The agent has read everything up to a message, and the notes that name them."""
    desk = await Desk.of(request)

    def read(session: Session) -> None:
        conv = held(session, desk.merchant_id, conversation_id)
        mark_read(session, conv, data.seq, by_agent=True, now=desk.now)
        see_mentions(session, desk.merchant_id, (desk.agent.id, conv.id), desk.now)

    await desk.context.db.write(read)


HANDLERS = [
    conversations,
    one_conversation,
    take_over,
    give_back,
    assign_to,
    close_it,
    reopen_it,
    read_it,
]
