"""What an order's verbs refuse, in the shopper's words: why, and what can be done instead."""

from typing import Final

from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.orders.order import Order
from kaiwa.orders.shipment import shipments_of
from kaiwa.orders.terms import terms
from kaiwa.vocabulary.errors import KaiwaError
from kaiwa.vocabulary.reply import TextBlock

# Refusals for which there is a sentence of their own.
_REASONS: Final = frozenset(
    {
        "too_late",
        "too_early",
        "no_returns",
        "quantity",
        "out_of_stock",
        "item_unavailable",
        "same_method",
        "balance",
    }
)
_STATES: Final = frozenset({"cancelled", "shipped", "partly_shipped", "delivered"})


def refusal(case: Case, found: Order, error: KaiwaError) -> Outcome:
    """Why it is not possible; what only a person can settle goes to one."""
    reason = error.detail.get("reason")
    if error.detail.get("action") == "ask":
        return hand_off(case, "policy")
    if reason in _REASONS:
        days = terms(case.shop.session, case.shop.merchant.id).return_days
        return Outcome(
            said(case.say(f"aftersale.refused_{reason}", number=found.number, days=days))
        )
    if error.detail.get("state") in _STATES:
        return too_late(case, found)
    return Outcome(said(case.say("aftersale.refused", number=found.number)))


def too_late(case: Case, found: Order) -> Outcome:
    """The order's state does not allow it: told with the parcel's link where there is one."""
    act, state = case.frame.act, found.state
    if act == "return_request" and state in ("awaiting_payment", "processing", "partly_shipped"):
        text = case.say("aftersale.return_before_arrival", number=found.number)
        return Outcome(said(text))
    text = case.say(f"aftersale.late_{state}", number=found.number)
    if state != "cancelled" and act != "return_request":
        text = "\n".join([text, *_tracking(case, found), _instead(case, state)])
    return Outcome(said(text.strip()))


def _instead(case: Case, state: str) -> str:
    act = case.frame.act
    if act in ("cancel_order", "change_order", "change_payment"):
        return case.say("aftersale.instead_return")
    return case.say("aftersale.instead_carrier") if state != "delivered" else ""


def _tracking(case: Case, found: Order) -> list[str]:
    parcels = shipments_of(case.shop.session, case.shop.merchant.id, found.id)
    return [
        case.say("aftersale.track", number=one.tracking_number, link=one.link or "").strip()
        for one in parcels
        if one.tracking_number
    ]


def lines_of(*lines: str) -> tuple[TextBlock, ...]:
    """Sentences one below the other; empty ones left out."""
    return said("\n".join(line for line in lines if line))
