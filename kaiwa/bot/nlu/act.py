"""Acts: what a shopper can want in a turn, by the names that `kaiwa try --json` prints."""

from typing import Final, Literal, TypeAlias, TypeGuard, get_args

Act: TypeAlias = Literal[
    "greet",
    "find_product",
    "refine",
    "product_question",
    "compare",
    "recommend",
    "add_to_cart",
    "change_quantity",
    "remove_from_cart",
    "view_cart",
    "checkout",
    "apply_coupon",
    "order_status",
    "cancel_order",
    "change_address",
    "delivery_request",
    "return_request",
    "change_order",
    "change_payment",
    "faq",
    "wishlist_add",
    "wishlist_remove",
    "wishlist_view",
    "restock_alert",
    "price_alert",
    "review",
    "account_data",
    "human_handoff",
    "complaint",
    "thanks",
    "goodbye",
    "affirm",
    "decline",
    "about_bot",
    "out_of_scope",
]

ACTS: Final[tuple[Act, ...]] = get_args(Act)

ChitChatKind: TypeAlias = Literal[
    "greet", "thanks", "goodbye", "complaint", "about_bot", "affirm", "decline", "out_of_scope"
]

# An act that writes is never started on a guess: see `kaiwa/bot/nlu/decision.py`.
WRITING: Final[frozenset[Act]] = frozenset(
    {
        "add_to_cart",
        "change_quantity",
        "remove_from_cart",
        "checkout",
        "apply_coupon",
        "cancel_order",
        "change_address",
        "delivery_request",
        "return_request",
        "change_order",
        "change_payment",
        "wishlist_add",
        "wishlist_remove",
        "restock_alert",
        "price_alert",
        "review",
    }
)

# What is done with an order that was placed.
OF_ORDERS: Final[frozenset[Act]] = frozenset(
    {
        "order_status",
        "cancel_order",
        "change_address",
        "delivery_request",
        "return_request",
        "change_order",
        "change_payment",
    }
)


def is_act(name: str) -> TypeGuard[Act]:
    """Whether there is an act of this name."""
    return name in ACTS
