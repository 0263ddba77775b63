"""How agents sort conversations: priority, labels, putting aside; one at a time or many."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeAlias, TypedDict

import msgspec
from litestar import Request, post
from litestar.params import JSONBody

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.handoff import Act, assign, assign_team, close
from kaiwa.conversations.label import Labelling, change_labels
from kaiwa.conversations.priority import set_priority
from kaiwa.conversations.snooze import snooze, wake
from kaiwa.engines.db import Session
from kaiwa.merchants.role import require
from kaiwa.vocabulary.errors import KaiwaError
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.priority import Priority
from kaiwa.web.desk_door import BodyId, Count, Desk, Id
from kaiwa.web.errors import message_of, refusals
from kaiwa.web.row_shape import MovedShape, RowShape

Asking = Request[Any, Any, Any]
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)
MOST_AT_ONCE = 100
_Labels: TypeAlias = Annotated[tuple[BodyId, ...], msgspec.Meta(max_length=50)]
Deed: TypeAlias = Callable[[Session, int, int], Conversation]


class _Sorting(msgspec.Struct, frozen=True, tag_field="do"):
    pass


class SetPriority(_Sorting, frozen=True, tag="priority"):
    """How urgent it is."""

    priority: Priority


class SetLabels(_Sorting, frozen=True, tag="labels"):
    """Which labels come and which go."""

    add: _Labels = ()
    remove: _Labels = ()


class SetAside(_Sorting, frozen=True, tag="snooze"):
    """Until when it is put aside; null: until the customer writes."""

    until: datetime | None = None


class TakeUp(_Sorting, frozen=True, tag="wake"):
    """It is in the list again."""


class GiveTo(_Sorting, frozen=True, tag="assign"):
    """To whom it goes: an agent, nobody (null), or with `team` a team."""

    agent: BodyId | None = None
    team: BodyId | None = None


class Settle(_Sorting, frozen=True, tag="close"):
    """The matter is settled."""


Sorting: TypeAlias = SetPriority | SetLabels | SetAside | TakeUp | GiveTo | Settle


class Chosen(msgspec.Struct, frozen=True):
    """A conversation as it was seen when it was chosen."""

    id: BodyId
    epoch: Count


class Bulk(msgspec.Struct, frozen=True):
    """One deed for many conversations."""

    conversations: Annotated[list[Chosen], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]
    deed: Sorting


class OneDeed(msgspec.Struct, frozen=True):
    """One deed for one conversation; `epoch` matters for those that move who answers."""

    deed: Sorting
    epoch: Count = 0


class RefusalShape(TypedDict):
    """Why it could not be done to one of them."""

    id: int
    error: str
    message: str


class BulkDone(TypedDict):
    """Those it was done to, as they are now, and those it was not."""

    done: list[RowShape]
    refused: list[RefusalShape]


@post("/conversations/{conversation_id:int}/sort", status_code=200, responses=_ACT)
async def sort_it(request: Asking, conversation_id: Id, data: JSONBody[OneDeed]) -> MovedShape:
    """Give a conversation a priority, labels, a time to come back, a team; or take it up again."""
    desk = await Desk.of(request)
    chosen = Chosen(conversation_id, data.epoch)
    return await desk.moved(conversation_id, lambda s: _do(s, desk, chosen, data.deed))


@post("/conversations/bulk", status_code=200, responses=_ACT)
async def sort_many(request: Asking, data: JSONBody[Bulk]) -> BulkDone:
    """The same for many: those that could not be are told with the reason, the rest stands."""
    desk = await Desk.of(request)
    done: list[RowShape] = []
    refused: list[RefusalShape] = []
    for chosen in dict.fromkeys(data.conversations):
        try:
            moved = await desk.moved(chosen.id, lambda s, c=chosen: _do(s, desk, c, data.deed))  # type: ignore[misc]
            done.append(moved["conversation"])
        except KaiwaError as error:
            refused.append(_refusal(chosen, error, desk.agent.language))
    return {"done": done, "refused": refused}


def _do(session: Session, desk: Desk, chosen: Chosen, deed: Sorting) -> Conversation:
    ids, shop, now = (chosen.id, desk.agent.id), desk.merchant_id, desk.now
    act = Act(shop, chosen.id, desk.agent.id, chosen.epoch)
    match deed:
        case SetPriority(priority=priority):
            return set_priority(session, shop, ids, priority, now)
        case SetLabels(add=add, remove=remove):
            return change_labels(session, shop, ids, Labelling(add, remove), now)
        case SetAside(until=until):
            return snooze(session, shop, ids, until, now)
        case TakeUp():
            return wake(session, shop, ids, now)
        case GiveTo():
            return _give(session, desk, act, deed)
        case Settle():
            return close(session, act, now)


def _give(session: Session, desk: Desk, act: Act, to: GiveTo) -> Conversation:
    conv = conversation_of(session, desk.merchant_id, act.conversation_id)
    require_may_give(desk, conv, to.agent)
    if to.team is not None:
        return assign_team(session, act, to.team, desk.now)
    return assign(session, act, to.agent, desk.now)


def require_may_give(desk: Desk, conv: Conversation, agent_id: int | None) -> None:
    """Every agent may take a conversation, and pass on what is theirs or waits for anybody.

    The rest needs an owner or admin: `NotAllowed`.
    """
    mine = conv.assignee_id == desk.agent.id
    free = agent_id is None and (mine or conv.answered_by == "nobody")
    if agent_id != desk.agent.id and not free:
        require(desk.agent.role, "assign_others")


def _refusal(chosen: Chosen, error: KaiwaError, language: Language) -> RefusalShape:
    return {"id": chosen.id, "error": error.code, "message": message_of(error, language)}


HANDLERS = [sort_it, sort_many]
