"""What the conversation makes likelier: "more" is a refinement only after something was shown."""

from collections.abc import Set
from typing import Final

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.chance import Chance

_NOTHING_SHOWN: Final[dict[Act, float]] = {"refine": 0.5, "compare": 0.7}
_SHOWN: Final[dict[Act, float]] = {"refine": 1.6, "add_to_cart": 1.3, "product_question": 1.3}
# Who tells an order's number wants something with that order.
_OF_A_NUMBER: Final[dict[Act, float]] = dict.fromkeys(OF_ORDERS, 3.0) | {
    "faq": 0.4,
    "find_product": 0.3,
    "refine": 0.3,
    "product_question": 0.5,
    "view_cart": 0.3,
    "apply_coupon": 0.5,
}
# A day or a time, while a delivery is spoken of, is one for it.
_OF_A_DAY: Final = frozenset({"date", "time"})
_DELIVERED_THEN: Final = 3.0
_PENDING: Final[dict[Act, float]] = {"affirm": 3.0, "decline": 3.0, "change_quantity": 1.5}
# By what was done last: what is likelier to be said next than by itself.
_AFTER: Final[dict[Act, dict[Act, float]]] = {
    "wishlist_add": {"wishlist_view": 3.0, "wishlist_remove": 2.0, "wishlist_add": 1.5},
    "wishlist_view": {"wishlist_view": 3.0, "wishlist_remove": 3.0, "wishlist_add": 1.5},
    "wishlist_remove": {"wishlist_view": 4.0, "wishlist_remove": 3.0, "wishlist_add": 1.5},
    "account_data": {"account_data": 4.0},
    "apply_coupon": {"apply_coupon": 2.0},
    "remove_from_cart": {"view_cart": 2.0, "remove_from_cart": 1.3},
    "change_quantity": {"view_cart": 1.5, "change_quantity": 1.3},
    "add_to_cart": {"view_cart": 1.5, "checkout": 1.3, "change_quantity": 1.2},
    "order_status": {"order_status": 1.5, "delivery_request": 1.3},
    "cancel_order": {"order_status": 2.0},
    "complaint": {"complaint": 1.5, "human_handoff": 1.5},
    "compare": {"compare": 1.3, "recommend": 1.3, "product_question": 1.3},
}


def weighed(
    chances: tuple[Chance, ...], state: Dialogue, kinds: Set[str] = frozenset()
) -> tuple[Chance, ...]:
    """The chances in the light of the state, and of the `kinds` of things that were named.

    They add up to 1 again, likeliest first.
    """
    factors = dict(_SHOWN if state.showings else _NOTHING_SHOWN)
    if "order" in kinds:
        factors |= _OF_A_NUMBER
    if "code" in kinds:
        factors["apply_coupon"] = 3.0
    if state.pending is not None:
        factors |= _PENDING
    if state.last_act is not None:
        for act, factor in _AFTER.get(state.last_act, {}).items():
            factors[act] = factors.get(act, 1.0) * factor
    if kinds & _OF_A_DAY and state.last_act in ("delivery_request", "order_status"):
        factors["delivery_request"] = _DELIVERED_THEN
    if state.top is not None:
        factors[state.top.act] = factors.get(state.top.act, 1.0) * 1.2
    raw = [one.chance * factors.get(one.act, 1.0) for one in chances]
    total = sum(raw)
    found = [Chance(one.act, chance / total) for one, chance in zip(chances, raw, strict=True)]
    return tuple(sorted(found, key=_less_likely))


def _less_likely(one: Chance) -> float:
    return -one.chance
