"""Who hears what: every fact and the work it causes, in the transaction in which it became true."""

from datetime import datetime

from kaiwa.bot.dialogue.memory import forget_dialogue
from kaiwa.catalog.recommendation.shopping_event import (
    Purchase,
    Shopper,
    note_bought,
    note_in_cart,
    note_seen,
    products_called,
)
from kaiwa.conversations.fact import (
    Announce,
    CartSeen,
    ConversationParted,
    CustomerFollowed,
    Fact,
    HandoffRequested,
    MessageReceived,
    PageSeen,
)
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.fact import (
    CartAbandoned,
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
from kaiwa.orders.order import articles_of


def announcer(clock: Clock) -> Announce:
    """The function that facts are told to."""

    def announce(session: Session, fact: Fact) -> None:
        now = clock.now()
        match fact:
            case MessageReceived(answered_by="agent"):
                # From a person the bot takes nothing over, whatever was said.
                return
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
            case ConversationParted(merchant_id, conversation_id):
                forget_dialogue(session, merchant_id, conversation_id)
            case PageSeen() | CartSeen():
                _learn_visit(session, fact, now)
            case HandoffRequested():
                # The desk sees it live, and the lease that moved has called its router.
                return

    return announce


def _learn_visit(session: Session, fact: PageSeen | CartSeen, now: datetime) -> None:
    who = Shopper(f"identity:{fact.identity_id}", fact.customer_id)
    match fact:
        case PageSeen(merchant_id, product=word):
            for product_id in products_called(session, merchant_id, [word]):
                note_seen(session, merchant_id, who, product_id, now)
        case CartSeen(merchant_id, skus=skus):
            found = products_called(session, merchant_id, skus)
            note_in_cart(session, merchant_id, who, found, now)


def _learn_order(session: Session, merchant_id: int, order_id: int) -> None:
    variants, customer_id, placed_at = articles_of(session, merchant_id, order_id)
    note_bought(session, merchant_id, Purchase(order_id, variants, customer_id, placed_at))


def _tell_shopper(session: Session, merchant_id: int, order_id: int) -> None:
    """Have it said in the chat. A job that has begun may have seen less than this."""
    _, customer_id, placed_at = articles_of(session, merchant_id, order_id)
    if customer_id is not None:
        where = f"{merchant_id} {order_id}"
        lane = f"order:{order_id}"
        enqueue(session, NewJob("bot", "tell_order", payload=where, lane=lane), placed_at)


def announce_orders(session: Session, fact: OrdersFact) -> None:
    """What the shop tells: whoever shows an order or a checkout live looks again."""
    if isinstance(fact, OrderPlaced):
        _learn_order(session, fact.merchant_id, fact.order_id)
    if isinstance(fact, OrderPlaced | OrderPaid | ShipmentMoved):
        _tell_shopper(session, fact.merchant_id, fact.order_id)
    match fact:
        case CartAbandoned():
            # Analytics and campaigns read it from its own record.
            return
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
