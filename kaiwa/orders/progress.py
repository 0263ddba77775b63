"""How far an order has come, in four steps: the same for the bot, the desk and the pages."""

from typing import Final

from kaiwa.orders.order import OrderState

STEPS: Final = ("ordered", "preparing", "shipped", "delivered")
STEP_OF: Final[dict[OrderState, int]] = {
    "awaiting_payment": 0,
    "processing": 1,
    "partly_shipped": 2,
    "shipped": 2,
    "delivered": 3,
    "cancelled": 0,
}
