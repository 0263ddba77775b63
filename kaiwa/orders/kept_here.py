"""Payments that need nobody's answer: the money is on a gift card in our own tables."""

from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.gift_card import gift_card_called, spend
from kaiwa.orders.payment import payment
from kaiwa.orders.payment_method import method
from kaiwa.payments import Ability, Outcome, provider
from kaiwa.vocabulary.errors import Conflict, NotFound


def paid_here(session: Session, command: Command, payment_id: int) -> Outcome | None:
    """What became of a payment by gift card; None when a provider has to be asked.

    The instrument is the card's code. A card with too little on it pays nothing.
    """
    paid = payment(session, command.merchant_id, payment_id)
    way = method(session, command.merchant_id, paid.method_id)
    if Ability.KEPT_HERE not in provider(way.provider).abilities:
        return None
    source = f"payment:{paid.id}"
    try:
        card = gift_card_called(session, command.merchant_id, paid.instrument or "")
        spend(session, command, card.id, paid.amount, source)
    except NotFound:
        return Outcome("failed", source, reason="wrong_details")
    except Conflict as error:
        return Outcome("failed", source, reason=str(error.detail["reason"]))
    return Outcome("paid", source)
