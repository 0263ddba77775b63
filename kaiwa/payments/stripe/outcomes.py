"""What Stripe's objects mean in our words: outcomes, instructions, and reasons without codes."""

from datetime import UTC, datetime
from typing import Final

from kaiwa.payments.contract import FailReason, GivenBack, Outcome
from kaiwa.payments.stripe.amounts import from_stripe
from kaiwa.payments.stripe.shapes import Intent, Konbini, Refund, Session, Transfer, Trouble

# What a shopper may hear of Stripe's codes. A card that is stolen or looks like fraud is
# `declined` like any other: nobody is to learn that from us.
_REASONS: Final[dict[str, FailReason]] = {
    **dict.fromkeys(("insufficient_funds", "card_velocity_exceeded"), "no_funds"),
    **dict.fromkeys(
        ("expired_card", "invalid_expiry_month", "invalid_expiry_year"), "card_expired"
    ),
    **dict.fromkeys(
        (
            "incorrect_number",
            "invalid_number",
            "incorrect_cvc",
            "invalid_cvc",
            "incorrect_zip",
            "incorrect_address",
        ),
        "wrong_details",
    ),
    **dict.fromkeys(
        ("authentication_required", "payment_intent_authentication_failure"), "not_confirmed"
    ),
    **dict.fromkeys(
        ("payment_intent_payment_attempt_expired", "expired_payment_method"), "too_late"
    ),
    **dict.fromkeys(("amount_too_small", "amount_too_large", "invalid_amount"), "amount_not_taken"),
    **dict.fromkeys(("processing_error", "try_again_later", "issuer_not_available"), "try_again"),
}
_BACK: Final = {"succeeded": "completed", "failed": "failed", "canceled": "failed"}
_ACCOUNT_KINDS: Final = {"futsu": "普通", "toza": "当座", "chochiku": "貯蓄"}


def of_intent(intent: Intent) -> Outcome:
    """What became of a payment."""
    match intent.status:
        case "succeeded":
            return Outcome("paid", intent.id)
        case "processing" | "requires_capture":
            return Outcome("pending", intent.id)
        case "requires_action":
            return _to_do(intent)
        case "canceled":
            late = intent.cancellation_reason in ("expired", "automatic", "abandoned")
            return Outcome("failed", intent.id, reason="too_late" if late else "cancelled")
        case "requires_payment_method":
            return Outcome("failed", intent.id, reason=reason_of(intent.last_payment_error))
        case _:
            return Outcome("not_seen")


def of_session(session: Session) -> Outcome:
    """What became of a visit to Stripe's page. A declined card there is not the end of it."""
    if session.payment_status in ("paid", "no_payment_required"):
        return Outcome("paid", session.intent_id or session.id)
    if session.status == "expired":
        return Outcome("failed", session.id, reason="too_late")
    if session.status == "complete":
        return Outcome("pending", session.intent_id or session.id)
    return Outcome(
        "needs_buyer", session.id, url=session.url, expires_at=_moment(session.expires_at)
    )


def of_refund(refund: Refund) -> GivenBack:
    """What became of money that goes back. A buyer who still has to name a bank is `pending`."""
    match _BACK.get(refund.status or ""):
        case "completed":
            return GivenBack("completed", refund.id)
        case "failed":
            return GivenBack("failed", refund.id, refund.failure_reason or "")
        case _:
            return GivenBack("pending", refund.id)


def reason_of(trouble: Trouble | None) -> FailReason:
    """Why it was not paid, as a shopper may hear it."""
    for code in (trouble.decline_code, trouble.code) if trouble else ():
        if code in _REASONS:
            return _REASONS[code]
    return "declined"


def _to_do(intent: Intent) -> Outcome:
    todo = intent.next_action
    if todo and todo.konbini_display_details:
        return _voucher(intent, todo.konbini_display_details)
    if todo and todo.display_bank_transfer_instructions:
        return _transfer(intent, todo.display_bank_transfer_instructions)
    if todo and todo.redirect_to_url and todo.redirect_to_url.url:
        return Outcome("needs_auth", intent.id, url=todo.redirect_to_url.url)
    # What needs Stripe's script in the browser cannot be done through us.
    return Outcome("failed", intent.id, reason="not_confirmed")


def _voucher(intent: Intent, konbini: Konbini) -> Outcome:
    told = {"voucher_url": konbini.hosted_voucher_url}
    for name, store in sorted(konbini.stores.items()):
        if store is not None:
            told[f"{name}_payment_code"] = store.payment_code
            told[f"{name}_confirmation_number"] = store.confirmation_number
    told["amount"] = from_stripe(intent.amount, intent.currency).label()
    return _pending(intent, told, konbini.expires_at)


def _transfer(intent: Intent, transfer: Transfer) -> Outcome:
    account = next((one.zengin for one in transfer.financial_addresses if one.zengin), None)
    left = intent.amount if transfer.amount_remaining is None else transfer.amount_remaining
    told = {
        "amount": from_stripe(left, transfer.currency or intent.currency).label(),
        "reference": transfer.reference,
        "instructions_url": transfer.hosted_instructions_url,
    }
    if account is not None:
        told |= {
            "bank": account.bank_name,
            "bank_code": account.bank_code,
            "branch": account.branch_name,
            "branch_code": account.branch_code,
            "kind": _ACCOUNT_KINDS.get(account.account_type or "", account.account_type),
            "number": account.account_number,
            "holder": account.account_holder_name,
        }
    return _pending(intent, told, None)


def _pending(intent: Intent, told: dict[str, str | None], until: int | None) -> Outcome:
    said = {name: value for name, value in told.items() if value}
    return Outcome("pending", intent.id, instructions=said, expires_at=_moment(until))


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
