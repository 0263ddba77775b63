"""A cart or an order above the shop's limit: a person's help is offered, the desk can see it."""

from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.shop import Shop
from kaiwa.bot.skills.contract import said
from kaiwa.bot.turn import Answer
from kaiwa.languages.strings import say_as
from kaiwa.vocabulary.reply import Block, QuickReplies, Reply, ReplyAction

_OF_CARTS: Final = frozenset(
    {"add_to_cart", "change_quantity", "view_cart", "apply_coupon", "checkout"}
)


def with_help(answer: Answer, shop: Shop) -> Answer:
    """The answer, with a person's help offered where so much is at stake; once a conversation."""
    limit = shop.merchant.settings.voice.high_value_minor
    if limit is None or answer.handoff is not None or answer.state.help_offered:
        return answer
    if _at_stake(answer, shop) < limit:
        return answer
    manner = shop.merchant.settings.voice.manner
    text = say_as(manner, "handoff.offer_high_value", answer.language)
    person = say_as(manner, "choice.person", answer.language)
    action = ReplyAction(label=person, text=person, payload=payloads.PERSON)
    blocks = answer.reply.blocks
    shown = tuple(one for one in blocks if not isinstance(one, QuickReplies))
    quick = next((one.actions for one in reversed(blocks) if isinstance(one, QuickReplies)), ())
    offered: tuple[Block, ...] = (*shown, *said(text), QuickReplies(actions=(*quick, action)))
    return msgspec.structs.replace(
        answer,
        reply=Reply(offered, answer.reply.native),
        state=msgspec.structs.replace(answer.state, help_offered=answer.state.turn),
        flags=(*answer.flags, "high_value"),
    )


def _at_stake(answer: Answer, shop: Shop) -> int:
    """What is spoken of in this turn is worth so much, in minor units."""
    order_id = answer.state.order_id if answer.order is not None else None
    order = None if order_id is None else shop.order(order_id, answer.state)
    worth = 0 if order is None else order.totals.total_minor
    if _OF_CARTS.isdisjoint(answer.acts) or shop.cart is None:
        return worth
    return max(worth, shop.cart.totals.total_minor)
