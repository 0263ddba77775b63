"""Where it goes, when it comes and how it is paid, of what still lies in the cart.

お届け先は父の家なんですけど, said with a full cart and of no order: it is chosen at the checkout.
"""

import re
from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.nlu.slot import OrderNumber
from kaiwa.bot.skills.contract import Case, Outcome, label, offer, said
from kaiwa.orders.allowed import OrderAction
from kaiwa.vocabulary.reply import ReplyAction

_CHOSEN_AT_CHECKOUT: Final[dict[OrderAction | None, str]] = {
    "change_address": "aftersale.at_checkout_address",
    "change_delivery": "aftersale.at_checkout_delivery",
    "change_payment": "aftersale.at_checkout_payment",
}
_OF_AN_ORDER: Final = re.compile(
    r"注文(?!する|します|したい|手続)|[買頼]った|頼んだ|(?:買い|頼み)まし|届い|届か|変更|変え|替え|間違"
    r"|\b(?:order(?:ed)?|placed|bought|chang\w+|switch\w*|wrong|instead|update|moved|mistake)\b",
    re.IGNORECASE,
)


def at_checkout(case: Case, action: OrderAction | None) -> Outcome | None:
    """That it is chosen at the checkout, where no order is spoken of; None anywhere else."""
    cart = case.shop.cart
    if action not in _CHOSEN_AT_CHECKOUT or cart is None or not cart.lines:
        return None
    of_order = case.state.order_id is not None or case.slot(OrderNumber) is not None
    if of_order or case.turn.state.top is not None or _OF_AN_ORDER.search(case.turn.text):
        return None
    buy = case.say("act.checkout")
    way = ReplyAction(label=label(buy), text=buy, payload=payloads.act("checkout"))
    told = (case.say(_CHOSEN_AT_CHECKOUT[action]), case.say("aftersale.or_its_number"))
    return Outcome((*said("\n".join(told)), *offer((way,))))
