"""What a shopper must be told about a cart or a checkout: a code with its facts, no prose.

The bot, the desk and the pages put it into words of their language.
"""

from typing import Literal, TypeAlias

import msgspec

NoticeCode: TypeAlias = Literal[
    "quantity_adjusted",
    "out_of_stock",
    "item_unavailable",
    "price_changed",
    "total_changed",
    "coupon_invalid",
    "coupon_not_started",
    "coupon_expired",
    "coupon_used_up",
    "coupon_already_used",
    "coupon_minimum",
    "coupon_not_for_these",
    "coupon_already_applied",
    "address_undeliverable",
    "slot_unavailable",
    "date_unavailable",
    "payment_unavailable",
    "payment_failed",
    "cart_changed",
]


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """`about` is a SKU, a coupon code or a reason; `was` and `now` are quantities or amounts."""

    code: NoticeCode
    about: str = ""
    was: int | None = None
    now: int | None = None
