"""What every payment provider promises, as types.

A provider is called between transactions. It may answer twice, late or never: so a charge carries
a key, the same key is one payment however often it is asked for, and `look_up` tells what became
of it.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, Protocol, TypeAlias, get_args

import msgspec

from kaiwa.engines.http import Http
from kaiwa.vocabulary.money import Money

OutcomeState: TypeAlias = Literal[
    "paid", "pending", "needs_buyer", "needs_auth", "failed", "not_seen"
]
# Why something was not paid, as a shopper may hear it: `payment_failed.…` among the strings.
FailReason: TypeAlias = Literal[
    "declined",
    "no_funds",
    "card_expired",
    "wrong_details",
    "not_confirmed",
    "too_late",
    "amount_not_taken",
    "needs_email",
    "try_again",
    "cancelled",
    "unavailable",
    "no_answer",
    "sold_out",
]
FAIL_REASONS: Final[tuple[str, ...]] = get_args(FailReason)


class Account(msgspec.Struct, frozen=True):
    """A merchant's account with a provider, unsealed."""

    credentials: Mapping[str, str] = {}
    api_base: str | None = None
    settings: Mapping[str, str] = {}


class Charge(msgspec.Struct, frozen=True):
    """Money to ask for. `instrument` is a provider's token, never a card number.

    A buyer who is sent away comes back to `return_url` when done, to `cancel_url` without paying.
    Of two charges with one key nothing differs, so a provider may compare them.
    """

    key: str
    amount: Money
    instrument: str | None = None
    email: str | None = None
    name: str | None = None
    return_url: str | None = None
    reference: str | None = None
    cancel_url: str | None = None
    language: str = ""
    asked_at: datetime | None = None


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a charge.

    `pending`: the order stands and the money comes later (bank transfer, at the door).
    `needs_buyer` and `needs_auth`: the buyer goes to `url` first. `not_seen`: never heard of it.
    """

    state: OutcomeState
    reference: str | None = None
    url: str | None = None
    reason: str = ""
    instructions: dict[str, str] = {}
    expires_at: datetime | None = None


class Heard(msgspec.Struct, frozen=True):
    """What a provider told by itself: the charge it means, and the outcome."""

    key: str | None
    reference: str | None
    outcome: Outcome
    amount: Money | None = None


class HeardRefund(msgspec.Struct, frozen=True):
    """What a provider told of the refund with this key of ours."""

    key: str
    back: "GivenBack"


class HeardRefunded(msgspec.Struct, frozen=True):
    """How much of a payment went back in all, by us or by somebody in the provider's own pages."""

    reference: str
    total: Money


class HeardDispute(msgspec.Struct, frozen=True):
    """The buyer asked the bank for the money of a payment; the merchant has to answer there."""

    reference: str
    dispute: str
    amount: Money
    reason: str = ""


Told: TypeAlias = Heard | HeardRefund | HeardRefunded | HeardDispute


class GiveBack(msgspec.Struct, frozen=True):
    """Money to give back from a payment; the same key is one refund."""

    key: str
    reference: str
    amount: Money
    reason: str = ""


class GivenBack(msgspec.Struct, frozen=True):
    """`by_hand`: a person has to do it and say so; `pending`: the provider will tell."""

    state: Literal["completed", "pending", "failed", "by_hand"]
    reference: str | None = None
    reason: str = ""


class Ability(StrEnum):
    """What a provider is beyond the contract's core."""

    AT_THE_DOOR = "at_the_door"
    BY_HAND = "by_hand"
    FOR_TESTS = "for_tests"


class Provider(Protocol):
    """A translator between one payment provider and our words.

    Raises `Unreachable` when no answer came: nobody knows then, and `look_up` is asked later; and
    `Refused`, with a `reason` for the shopper if there is one, when nothing was asked for.
    """

    kind: str
    name: str
    abilities: frozenset[Ability]
    credential_names: tuple[str, ...]

    def check(self, account: Account) -> None:
        """`Invalid` names the credential or setting that cannot be."""

    def most_minor(self, account: Account) -> int | None:
        """The largest amount this way to pay takes, in minor units; None: there is no limit."""

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        """Ask for the money. The same key again returns what the first call led to."""

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        """What became of a charge that may or may not have been asked for."""

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        """Give money back. The same key again returns what the first call led to."""

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        """Verify, then read a webhook (header names in lower case); `NotAuthentic`, `Invalid`.

        What is of no interest is told as nothing.
        """
