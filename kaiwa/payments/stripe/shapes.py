"""What Stripe's objects hold of what we read. Everything else in them is ignored.

Any part may be absent, for a webhook comes in the version that its endpoint was made with.
"""

from typing import Any

import msgspec


class Store(msgspec.Struct, frozen=True):
    """What is typed in at the machine of one chain of shops."""

    payment_code: str = ""
    confirmation_number: str | None = None


class Konbini(msgspec.Struct, frozen=True):
    """A voucher to be paid at a convenience store."""

    expires_at: int | None = None
    hosted_voucher_url: str | None = None
    stores: dict[str, Store | None] = {}


class Zengin(msgspec.Struct, frozen=True):
    """A Japanese bank account."""

    account_holder_name: str | None = None
    account_number: str | None = None
    account_type: str | None = None
    bank_code: str | None = None
    bank_name: str | None = None
    branch_code: str | None = None
    branch_name: str | None = None


class FinancialAddress(msgspec.Struct, frozen=True):
    """Where money can be sent to; `zengin` for Japan."""

    type: str = ""
    zengin: Zengin | None = None


class Transfer(msgspec.Struct, frozen=True):
    """How a bank transfer is to be made."""

    amount_remaining: int | None = None
    currency: str | None = None
    reference: str | None = None
    hosted_instructions_url: str | None = None
    financial_addresses: list[FinancialAddress] = []


class Redirect(msgspec.Struct, frozen=True):
    """The bank's page that confirms a card payment."""

    url: str | None = None


class NextAction(msgspec.Struct, frozen=True):
    """What the buyer has to do; `type` names the field that says how."""

    type: str = ""
    konbini_display_details: Konbini | None = None
    display_bank_transfer_instructions: Transfer | None = None
    redirect_to_url: Redirect | None = None


class Trouble(msgspec.Struct, frozen=True):
    """An error: of a call, or the last one of an intent."""

    type: str = ""
    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    payment_intent: "Intent | None" = None


class Intent(msgspec.Struct, frozen=True):
    """A PaymentIntent."""

    id: str
    status: str = ""
    amount: int = 0
    amount_received: int = 0
    currency: str = ""
    metadata: dict[str, str] = {}
    next_action: NextAction | None = None
    last_payment_error: Trouble | None = None
    cancellation_reason: str | None = None
    created: int = 0


class Session(msgspec.Struct, frozen=True):
    """A Checkout Session: Stripe's page with the card fields."""

    id: str
    status: str | None = None
    payment_status: str = ""
    url: str | None = None
    payment_intent: Any = None
    amount_total: int | None = None
    currency: str | None = None
    expires_at: int | None = None
    metadata: dict[str, str] | None = None

    @property
    def intent_id(self) -> str | None:
        """The id of its PaymentIntent, which may be there as a whole."""
        found = self.payment_intent
        if isinstance(found, dict):
            found = found.get("id")
        return found if isinstance(found, str) else None


class Refund(msgspec.Struct, frozen=True):
    """Money that goes back."""

    id: str
    status: str | None = None
    metadata: dict[str, str] | None = None
    failure_reason: str | None = None


class Charge(msgspec.Struct, frozen=True):
    """A charge, with how much of it went back so far."""

    id: str
    payment_intent: str | None = None
    amount_refunded: int = 0
    currency: str = ""


class Dispute(msgspec.Struct, frozen=True):
    """A cardholder asks the bank for the money."""

    id: str
    payment_intent: str | None = None
    amount: int = 0
    currency: str = ""
    reason: str = ""


class Customer(msgspec.Struct, frozen=True):
    """Somebody who pays."""

    id: str


class Found(msgspec.Struct, frozen=True):
    """The answer to a search."""

    data: list[Intent] = []


class Failure(msgspec.Struct, frozen=True):
    """The body of every answer that is no success."""

    error: Trouble


class Inside(msgspec.Struct, frozen=True):
    """What an event is about, as it came."""

    object: msgspec.Raw


class Event(msgspec.Struct, frozen=True):
    """What a webhook brings."""

    id: str
    type: str
    data: Inside
