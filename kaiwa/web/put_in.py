"""What is said in the thread when the shopper has put something into the cart by a press.

It is a receipt and no answer: nobody takes over by it, and nobody stops waiting for a person. The
bot remembers what was put in, so that "two of it, please" means it.
"""

from typing import Final

import msgspec

from kaiwa.bot.dialogue.memory import dialogue, keep_dialogue
from kaiwa.bot.dialogue.state import Dialogue, choose
from kaiwa.bot.showing import option_words, title_of
from kaiwa.catalog.offer import offers
from kaiwa.conversations.conversation import open_of
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say as sentence
from kaiwa.orders.cart import AddToCart, Cart
from kaiwa.orders.command import Command
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Reply, TextBlock

_SHORT: Final = ("quantity_adjusted", "out_of_stock")


def said_put_in(
    session: Session,
    command: Command,
    who: tuple[Identity, Language],
    cart: Cart,
    request: AddToCart,
) -> None:
    """Say it once for each press, in the open conversation; without one nothing is said."""
    known, language = who
    conv = open_of(session, known.merchant_id, known.customer_id)
    line = next((one for one in cart.lines if one.variant_id == request.variant_id), None)
    offer = offers(session, known.merchant_id, [request.variant_id]).get(request.variant_id)
    if conv is None or line is None or offer is None or command.key is None:
        return
    what = f"{title_of(offer, language)} {option_words(offer, language)}".strip()
    words = sentence("buying.added", language, what=what, count=request.quantity)
    if any(one.about == line.sku and one.code in _SHORT for one in cart.notices):
        words = sentence("buying.added_some", language, what=what)
    out = Outgoing(
        Reply((TextBlock(text=words),)),
        "bot",
        f"{command.key}:{known.id}",
        identity_id=known.id,
        client_id=command.key,
    )
    say(session, conv, out, command.at)
    state = dialogue(session, known.merchant_id, conv.id)
    meant = choose(state, (offer.product.id,), offer.variant.id)
    keep_dialogue(session, known.merchant_id, conv.id, _bought(meant), command.at)


def _bought(state: Dialogue) -> Dialogue:
    """As if the bot had put it in just now; what waits for a yes goes on waiting."""
    if state.pending is not None:
        return state
    frames = tuple(one for one in state.frames if one.act != "add_to_cart")
    return msgspec.structs.replace(state, frames=frames, last_act="add_to_cart")
