"""Who hears what: every fact and the work it causes, in the transaction in which it became true."""

from kaiwa.conversations.fact import (
    Announce,
    CartSeen,
    CustomerFollowed,
    Fact,
    HandoffRequested,
    MessageReceived,
)
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.fact import (
    OrderCancelled,
    OrderChanged,
    OrderPaid,
    OrderPlaced,
    OrdersFact,
    PaymentDisputed,
    PaymentFailed,
    ReturnMoved,
    ShipmentMoved,
)


def announcer(clock: Clock) -> Announce:
    """The function that facts are told to."""

    def announce(session: Session, fact: Fact) -> None:
        now = clock.now()
        match fact:
            case MessageReceived(merchant_id, conversation_id, message_id):
                job = NewJob(
                    "bot",
                    "turn",
                    payload=f"{merchant_id} {conversation_id} {message_id}",
                    key=f"turn:{message_id}",
                    lane=f"turn:{conversation_id}",
                )
                enqueue(session, job, now)
            case CustomerFollowed(merchant_id, identity_id):
                job = NewJob("bot", "greet", payload=f"{merchant_id} {identity_id}")
                enqueue(session, job, now)
            case HandoffRequested() | CartSeen():
                # The desk sees both live; nobody else listens yet.
                return

    return announce


def announce_orders(session: Session, fact: OrdersFact) -> None:
    """What the shop tells: whoever shows an order or a checkout live looks again."""
    match fact:
        case PaymentFailed(merchant_id, checkout_id):
            session.nudge(Nudge("checkout", merchant_id, ref=checkout_id))
        case (
            OrderPlaced(merchant_id, order_id)
            | OrderPaid(merchant_id, order_id)
            | OrderCancelled(merchant_id, order_id)
            | OrderChanged(merchant_id, order_id)
            | PaymentDisputed(merchant_id, order_id)
            | ShipmentMoved(merchant_id, order_id)
            | ReturnMoved(merchant_id, order_id)
        ):
            session.nudge(Nudge("order", merchant_id, ref=order_id))
