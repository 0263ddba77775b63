"""What may still be done with an order, by its state. One table, for everybody."""

from typing import Final, Literal, TypeAlias

from kaiwa.orders.order import Order, OrderState
from kaiwa.vocabulary.errors import Conflict

OrderAction: TypeAlias = Literal[
    "cancel",
    "change_address",
    "change_delivery",
    "change_payment",
    "reduce",
    "replace",
    "ship",
    "ask_return",
    "ask_exchange",
    "refund",
]

_BEFORE_SENDING: Final[frozenset[OrderAction]] = frozenset(
    {"cancel", "change_address", "change_delivery", "change_payment", "reduce", "replace"}
)

ALLOWED: Final[dict[OrderState, frozenset[OrderAction]]] = {
    "awaiting_payment": _BEFORE_SENDING,
    "processing": _BEFORE_SENDING | {"ship", "refund"},
    "partly_shipped": frozenset({"ship", "refund"}),
    "shipped": frozenset({"ask_return", "refund"}),
    "delivered": frozenset({"ask_return", "ask_exchange", "refund"}),
    "cancelled": frozenset(),
}


def allowed(order: Order) -> frozenset[OrderAction]:
    """What may be done with the order now."""
    return ALLOWED[order.state]


def require_allowed(order: Order, action: OrderAction) -> None:
    """`Conflict` when it is too late, or too early, for this."""
    if action not in ALLOWED[order.state]:
        raise Conflict(
            f"Order {order.number} is {order.state}: {action.replace('_', ' ')} is not possible.",
            state=order.state,
            action=action,
        )
