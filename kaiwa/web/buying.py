"""Beginning to buy from the chat: the cart's checkout, with what the shop knows of the shopper."""

import msgspec

from kaiwa.bot.gateway import Gateway
from kaiwa.bot.person import person
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.orders.cart_record import active_cart
from kaiwa.orders.checkout import CheckoutView, OpenCheckout, UpdateCheckout
from kaiwa.orders.checkout_record import Buyer, Checkout
from kaiwa.orders.command import Command
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.language import Language


def begin_to_buy(
    session: Session, gateway: Gateway, command: Command, who: tuple[Identity, Language]
) -> Checkout:
    """The checkout of the shopper's cart. `Conflict` when nothing of it can be bought."""
    known, language = who
    cart_id = active_cart(session, known.merchant_id, known.customer_id)
    if cart_id is None:
        raise Conflict("There is nothing in the cart yet.", reason="empty")
    opened: CheckoutView = gateway.run(command, OpenCheckout(cart_id, known.customer_id))
    found = opened.checkout
    buyer = _buyer(session, known, language, found.body.buyer)
    # Whatever is told gives up a payment that was begun, so only what is new is told.
    if found.state not in ("open", "ready") or buyer == found.body.buyer:
        return found
    told: CheckoutView = gateway.run(command, UpdateCheckout(found.id, buyer=buyer))
    return told.checkout


def _buyer(session: Session, known: Identity, language: Language, told: Buyer) -> Buyer:
    """Nobody types twice what the shop has on record."""
    who = person(session, known.merchant_id, known.customer_id, known.channel)
    return msgspec.structs.replace(
        told,
        name=told.name or who.name,
        email=told.email or (who.emails[0] if who.emails else ""),
        language=language,
    )
