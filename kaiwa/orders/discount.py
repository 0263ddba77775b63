"""A discount and its exact split over what it lowers, by largest remainder."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

Level: TypeAlias = Literal["items", "order", "shipping"]


class Discount(msgspec.Struct, frozen=True):
    """What is taken off: `amount_minor` (positive) is exactly the sum of `shares` by part key.

    `level` says where it is shown: on the items, or once for the whole order.
    """

    title: str
    level: Level
    amount_minor: int
    shares: dict[str, int]


def split(amount_minor: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`amount_minor` over the keys in proportion, in whole units that sum to it exactly.

    Nobody gets more than its weight. The largest remainder gets the next unit, the first key on a
    tie. ValueError when there is more to split than the weights hold.
    """
    whole = sum(weights.values())
    if not 0 <= amount_minor <= whole or min(weights.values(), default=0) < 0:
        raise ValueError("nothing may be lowered by more than it is")
    if amount_minor == 0:
        return {}
    shares = {key: amount_minor * weight // whole for key, weight in weights.items()}
    remainders = {key: amount_minor * weight % whole for key, weight in weights.items()}
    left = amount_minor - sum(shares.values())
    for key in sorted(weights, key=lambda key: -remainders[key])[:left]:
        shares[key] += 1
    return {key: share for key, share in shares.items() if share}


def taken_off(discounts: Sequence[Discount], key: str, level: Level | None = None) -> int:
    """How much all discounts, or those of one level, take off a part."""
    return sum(d.shares.get(key, 0) for d in discounts if level in (None, d.level))
