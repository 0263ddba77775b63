"""Evidence grades: how surely an address is a customer's, and what that allows.

The ladder, strongest first: `signed_in` (the merchant vouches), `linked` (the channel's own account
link), `one_time_code`, `click_through`, `proven` (the receiving host vouches for a mail's sender),
`order_number`, `first_seen` (a person nothing else is known of), `claimed`.
"""

from typing import Final, Literal, TypeAlias, get_args

Grade: TypeAlias = Literal[
    "signed_in",
    "linked",
    "one_time_code",
    "click_through",
    "proven",
    "order_number",
    "first_seen",
    "claimed",
]
# "link": two customers become one by it without anybody being asked.
# "carry": a conversation of the customer may be taken there, its words included.
Permit: TypeAlias = Literal["link", "carry"]

_BOTH: Final[frozenset[Permit]] = frozenset({"link", "carry"})
PERMITS: Final[dict[Grade, frozenset[Permit]]] = {
    "signed_in": _BOTH,
    "linked": _BOTH,
    "one_time_code": _BOTH,
    "click_through": _BOTH,
    "proven": _BOTH,
    # A number and an e-mail address stand on every parcel: enough for that order, not for a person.
    "order_number": frozenset(),
    # The customer's own first address: it is theirs, and says nothing of others.
    "first_seen": frozenset({"carry"}),
    "claimed": frozenset(),
}
VERIFIED: Final[frozenset[Grade]] = frozenset(
    grade for grade, permits in PERMITS.items() if "link" in permits
)
_LADDER: Final[tuple[Grade, ...]] = get_args(Grade)


def through(own: Grade, evidence: Grade) -> Grade:
    """How sure an address is once its customer became part of another one on this evidence.

    A chain is as strong as its weakest link; what was only a first sight is as sure as the merge.
    """
    return evidence if own == "first_seen" else max(own, evidence, key=_LADDER.index)
