"""What agents do with an order: the same verbs as the bot and the pages, in the agent's name.

Each deed is audited and stands as a line in the conversation it was done from.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, TypedDict

import msgspec
from litestar import Request, post
from litestar.params import JSONBody

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.happening import Kind, note_happening
from kaiwa.desk.shopping import desk_command, own_orders, seen_order
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.role import Permission
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.change import ChangeOrder, RefundOrder, change_order, refund_order
from kaiwa.orders.command import Command, done_before
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.order import Order, order
from kaiwa.orders.return_request import AskReturn, ask_return
from kaiwa.web.desk_door import BodyId, ClientId, Count, Desk, Id, Name
from kaiwa.web.errors import refusals
from kaiwa.web.shopping_shapes import OrderShape, order_shape

Asking = Request[Any, Any, Any]
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)
_Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
_Amount: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
_Part: TypeAlias = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]


class _OrderDeed(msgspec.Struct, frozen=True):
    conversation: BodyId
    client_id: ClientId
    version: Count
    reason: Name = ""


class Cancelling(_OrderDeed, frozen=True):
    """Cancel it as it was seen (`version`)."""


class Moving(_OrderDeed, frozen=True, kw_only=True):
    """Send it somewhere else. Without `kana` the same name is read as before; "" forgets it."""

    name: _Text
    postal_code: _Text
    region: _Text
    city: _Text
    line1: _Text
    line2: _Text = ""
    country: _Text = "JP"
    phone: _Text = ""
    kana: _Text | None = None


class Returning(_OrderDeed, frozen=True, kw_only=True):
    """Ask to send so many of its parts back."""

    lines: Annotated[dict[_Part, Count], msgspec.Meta(max_length=200)]


class Refunding(_OrderDeed, frozen=True, kw_only=True):
    """Give so much of it back."""

    amount_minor: _Amount


class _Way(msgspec.Struct, frozen=True):
    """A verb of orders, the line it leaves in the conversation, and who may."""

    kind: Kind
    run: Callable[[Session, Command, Any, AnnounceOrders], object]
    permission: Permission = "answer"


_CANCEL = _Way("order_cancelled", cancel_order)
_CHANGE = _Way("order_moved", change_order)
_RETURN = _Way("order_returned", ask_return)
_REFUND = _Way("order_refunded", refund_order, "refund")


class OrderDone(TypedDict):
    """The order as it is after it."""

    order: OrderShape


@post("/orders/{order_id:int}/cancel", status_code=200, responses=_ACT)
async def cancel_it(request: Asking, order_id: Id, data: JSONBody[Cancelling]) -> OrderDone:
    """Cancel the order; what was paid goes back."""
    return await _do(request, order_id, data, _CANCEL, CancelOrder(order_id, data.reason))


@post("/orders/{order_id:int}/address", status_code=200, responses=_ACT)
async def move_it(request: Asking, order_id: Id, data: JSONBody[Moving]) -> OrderDone:
    """Send the order to another address."""
    address = PostalAddress(
        name=data.name,
        postal_code=data.postal_code,
        region=data.region,
        city=data.city,
        line1=data.line1,
        line2=data.line2,
        country=data.country,
        phone=data.phone,
        kana=data.kana or "",
    )
    wanted = ChangeOrder(order_id, address, reason=data.reason, unread=data.kana == "")
    return await _do(request, order_id, data, _CHANGE, wanted)


@post("/orders/{order_id:int}/return", status_code=200, responses=_ACT)
async def return_it(request: Asking, order_id: Id, data: JSONBody[Returning]) -> OrderDone:
    """Ask for a return in the customer's name."""
    lines = {part: count for part, count in data.lines.items() if count}
    return await _do(request, order_id, data, _RETURN, AskReturn(order_id, lines, data.reason))


@post("/orders/{order_id:int}/refund", status_code=200, responses=_ACT)
async def refund_it(request: Asking, order_id: Id, data: JSONBody[Refunding]) -> OrderDone:
    """Give money back. Owners and admins only."""
    wanted = RefundOrder(order_id, data.amount_minor, data.reason)
    return await _do(request, order_id, data, _REFUND, wanted)


async def _do(
    request: Asking, order_id: int, data: _OrderDeed, way: _Way, wanted: msgspec.Struct
) -> OrderDone:
    desk = await Desk.of(request, way.permission)
    key = f"desk:{data.client_id}"
    command = desk_command(desk.merchant_id, desk.agent.id, desk.now, key, data.version)

    def act(session: Session) -> OrderShape:
        conv = held(session, desk.merchant_id, data.conversation)
        again = done_before(session, command, wanted)
        way.run(session, command, wanted, desk.context.announce_orders)
        found = order(session, desk.merchant_id, order_id)
        if not again:
            _tell(session, desk, conv, (way.kind, found), data.reason)
        own = {one.id for one in own_orders(session, desk.merchant_id, conv.customer_id)}
        seen = seen_order(session, command, found, found.id in own)
        return order_shape(seen, desk.agent.language)

    return {"order": await desk.context.db.write(act)}


def _tell(
    session: Session, desk: Desk, conv: Conversation, done: tuple[Kind, Order], reason: str
) -> None:
    kind, found = done
    note_happening(session, conv, kind, desk.now, agent_id=desk.agent.id, reason=found.number)
    detail: dict[str, object] = {"conversation": conv.id, "number": found.number, "reason": reason}
    deed = Deed(f"agent:{desk.agent.id}", kind, f"order:{found.id}", detail)
    write_down(session, desk.merchant_id, deed, desk.now)


HANDLERS = [cancel_it, move_it, return_it, refund_it]
