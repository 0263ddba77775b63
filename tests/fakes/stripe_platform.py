"""A stateful Stripe: intents, Checkout Sessions, customers, refunds, and the events they cause.

Stricter than Stripe: an unknown parameter, a missing key or a step out of turn is refused. What
the buyer does (pays, is declined, confirms, pays the voucher) is done by the methods in words.
"""

import itertools
import secrets
from collections.abc import Callable
from typing import Any

from tests.fakes.stripe_rules import Refusal, amount_of, bad, only

Thing = dict[str, Any]

# Stripe's test payment methods, and what the bank says to them.
DECLINES = {
    "pm_card_chargeDeclined": ("card_declined", "generic_decline"),
    "pm_card_chargeDeclinedInsufficientFunds": ("card_declined", "insufficient_funds"),
    "pm_card_chargeDeclinedStolenCard": ("card_declined", "stolen_card"),
    "pm_card_chargeDeclinedExpiredCard": ("expired_card", None),
}
CARDS = {"pm_card_visa", "pm_card_authenticationRequired", *DECLINES}
KONBINI_LEAST, KONBINI_MOST = 120, 300_000
STORES = ("familymart", "lawson", "ministop", "seicomart")


class StripePlatform:
    """The state of one account. `tell` is called with the type and object of every event."""

    def __init__(self, now: Callable[[], float], base: str = "http://stripe.test") -> None:
        self.now = now
        self.base = base
        self.tell: Callable[[str, Thing], None] = lambda kind, thing: None
        self.intents: dict[str, Thing] = {}
        self.sessions: dict[str, Thing] = {}
        self.customers: dict[str, Thing] = {}
        self.refunds: dict[str, Thing] = {}
        self._numbers = itertools.count(1)

    def _id(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06d}{secrets.token_hex(6)}"

    # What the merchant's server asks for

    def create_customer(self, given: Thing) -> Thing:
        only(given, "name", "email", "metadata")
        made = {"id": self._id("cus"), "object": "customer", "livemode": False, **given}
        self.customers[made["id"]] = made
        return made

    def create_intent(self, given: Thing) -> Thing:
        only(
            given,
            *("amount", "currency", "confirm", "metadata", "payment_method"),
            *("payment_method_types", "payment_method_data", "payment_method_options"),
            *("customer", "return_url"),
        )
        types = given.get("payment_method_types")
        if given.get("confirm") != "true" or not isinstance(types, list) or len(types) != 1:
            raise bad("This fake takes an intent that is confirmed, of one type.")
        amount = amount_of(given)
        confirm = {
            "card": self._card,
            "konbini": self._konbini,
            "customer_balance": self._transfer,
        }.get(types[0])
        if confirm is None:
            raise bad(f"The payment method type {types[0]} is not activated.")
        made = self._intent(amount, given["currency"], given.get("metadata", {}), types)
        confirm(made, given)
        return made

    def _intent(self, amount: int, currency: str, metadata: Thing, types: list[str]) -> Thing:
        return {
            "id": self._id("pi"),
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "currency": currency,
            "metadata": metadata,
            "payment_method_types": types,
            "status": "requires_confirmation",
            "next_action": None,
            "last_payment_error": None,
            "latest_charge": None,
            "cancellation_reason": None,
            "created": int(self.now()),
            "livemode": False,
        }

    def _card(self, made: Thing, given: Thing) -> None:
        card = given.get("payment_method")
        if card not in CARDS:
            raise bad(f"No such PaymentMethod: '{card}'", "resource_missing")
        self.intents[made["id"]] = made
        if card in DECLINES:
            error = self._decline(made, *DECLINES[card])
            raise Refusal(402, **error, payment_intent=made)
        if card == "pm_card_authenticationRequired":
            url = given.get("return_url")
            if not url:
                raise bad("A return_url must be specified.")
            made["status"] = "requires_action"
            page = f"{self.base}/confirm/{made['id']}"
            made["next_action"] = {
                "type": "redirect_to_url",
                "redirect_to_url": {"url": page, "return_url": url},
            }
            self.tell("payment_intent.requires_action", made)
            return
        self.succeed(made)

    def _konbini(self, made: Thing, given: Thing) -> None:
        data = given.get("payment_method_data", {})
        buyer = data.get("billing_details", {})
        if data.get("type") != "konbini" or not buyer.get("name") or not buyer.get("email"):
            raise bad("konbini needs billing_details with a name and an email.")
        if made["currency"] != "jpy":
            raise bad("konbini supports jpy.")
        if not KONBINI_LEAST <= made["amount"] <= KONBINI_MOST:
            code = "amount_too_small" if made["amount"] < KONBINI_LEAST else "amount_too_large"
            raise bad("The amount is out of range for konbini.", code)
        options = given.get("payment_method_options", {}).get("konbini", {})
        days = options.get("expires_after_days", "3")
        if not days.isdecimal() or not 1 <= int(days) <= 60:
            raise bad("expires_after_days is 1 to 60.")
        made["status"] = "requires_action"
        made["next_action"] = {
            "type": "konbini_display_details",
            "konbini_display_details": {
                "expires_at": _end_of_day_in_japan(self.now(), int(days)),
                "hosted_voucher_url": f"{self.base}/voucher/{made['id']}",
                "stores": {
                    name: {
                        "payment_code": f"{place}{made['amount']:07d}",
                        "confirmation_number": None if name == "lawson" else f"0120{place}55443",
                    }
                    for place, name in enumerate(STORES)
                },
            },
        }
        self.intents[made["id"]] = made
        self.tell("payment_intent.requires_action", made)

    def _transfer(self, made: Thing, given: Thing) -> None:
        options = given.get("payment_method_options", {}).get("customer_balance", {})
        right = {"funding_type": "bank_transfer", "bank_transfer": {"type": "jp_bank_transfer"}}
        if given.get("customer") not in self.customers:
            raise bad("customer_balance needs a customer.", "resource_missing")
        if given.get("payment_method_data") != {"type": "customer_balance"} or options != right:
            raise bad("Say how the customer's balance is funded.")
        if made["currency"] != "jpy":
            raise bad("jp_bank_transfer supports jpy.")
        made["status"] = "requires_action"
        made["next_action"] = {
            "type": "display_bank_transfer_instructions",
            "display_bank_transfer_instructions": {
                "type": "jp_bank_transfer",
                "amount_remaining": made["amount"],
                "currency": "jpy",
                "reference": made["id"][-8:].upper(),
                "hosted_instructions_url": f"{self.base}/transfer/{made['id']}",
                "financial_addresses": [
                    {
                        "type": "zengin",
                        "supported_networks": ["zengin"],
                        "zengin": {
                            "account_holder_name": "ストライプジャパン(カ",
                            "account_number": f"{len(self.customers):07d}",
                            "account_type": "futsu",
                            "bank_code": "0009",
                            "bank_name": "三井住友銀行",
                            "branch_code": "961",
                            "branch_name": "デモ支店",
                        },
                    }
                ],
            },
        }
        self.intents[made["id"]] = made
        self.tell("payment_intent.requires_action", made)

    def create_session(self, given: Thing) -> Thing:
        only(
            given,
            *("mode", "payment_method_types", "client_reference_id", "customer_email", "locale"),
            *("success_url", "cancel_url", "expires_at", "line_items", "metadata"),
            "payment_intent_data",
        )
        if given.get("mode") != "payment" or given.get("payment_method_types") != ["card"]:
            raise bad("This fake takes card payments.")
        for name in ("success_url", "cancel_url"):
            if not str(given.get(name, "")).startswith(("http://", "https://")):
                raise bad(f"{name}: Not a valid URL", "url_invalid")
        until = int(given.get("expires_at", self.now() + 86_400))
        if not 1800 <= until - self.now() <= 86_400:
            raise bad("expires_at must be between 30 minutes and 24 hours from now.")
        (item,) = given["line_items"]
        price = item["price_data"]
        if item["quantity"] != "1" or not price["product_data"]["name"]:
            raise bad("One article, once.")
        amount = amount_of(price, "unit_amount")
        data = given.get("payment_intent_data", {})
        only(data, "metadata")
        made: Thing = {
            "id": self._id("cs_test"),
            "object": "checkout.session",
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": price["currency"],
            "client_reference_id": given.get("client_reference_id"),
            "customer_email": given.get("customer_email"),
            "metadata": given.get("metadata", {}),
            "payment_intent": None,
            "success_url": given["success_url"],
            "cancel_url": given["cancel_url"],
            "expires_at": until,
            "livemode": False,
            "intent_metadata": data.get("metadata", {}),
        }
        made["url"] = f"{self.base}/pay/{made['id']}"
        self.sessions[made["id"]] = made
        return made

    def create_refund(self, given: Thing) -> Thing:
        only(given, "payment_intent", "amount", "metadata")
        intent = self.intents.get(given.get("payment_intent", ""))
        if intent is None or intent["status"] != "succeeded":
            raise bad("This PaymentIntent does not have a successful charge.")
        if not str(given.get("amount", "")).isdecimal() or int(given["amount"]) < 1:
            raise bad("Invalid positive integer", "parameter_invalid_integer")
        amount = int(given["amount"])
        back = sum(
            one["amount"]
            for one in self.refunds.values()
            if one["payment_intent"] == intent["id"] and one["status"] != "failed"
        )
        if back + amount > intent["amount_received"]:
            raise bad("Refund amount is greater than unrefunded amount.", "charge_already_refunded")
        card = intent["payment_method_types"] == ["card"]
        made = {
            "id": self._id("re"),
            "object": "refund",
            "payment_intent": intent["id"],
            "charge": intent["latest_charge"],
            "amount": amount,
            "currency": intent["currency"],
            "metadata": given.get("metadata", {}),
            "status": "succeeded" if card else "requires_action",
        }
        self.refunds[made["id"]] = made
        self.tell("refund.created", made)
        self.tell("charge.refunded", self._charge(intent, back + amount))
        return made

    def search(self, query: str) -> Thing:
        name, _, value = query.partition(":")
        if not name.startswith("metadata['"):
            raise bad("This fake searches by metadata.")
        key = name.removeprefix("metadata['").removesuffix("']")
        found = [
            one for one in self.intents.values() if one["metadata"].get(key) == value.strip("'")
        ]
        return {"object": "search_result", "data": found[::-1], "has_more": False}

    # What the buyer and the banks do

    def succeed(self, intent: Thing) -> None:
        """The money is there."""
        if intent["status"] in ("succeeded", "canceled"):
            raise bad("This payment has ended.", "payment_intent_unexpected_state")
        intent["status"], intent["next_action"] = "succeeded", None
        intent["amount_received"] = intent["amount"]
        intent["latest_charge"] = self._id("ch")
        self.tell("payment_intent.succeeded", intent)

    def fail(self, intent: Thing, code: str) -> None:
        """Time ran out, or the bank did not confirm."""
        self._decline(intent, code, None)

    def pay_on_page(self, session: Thing, card: str) -> Thing | None:
        """The buyer types a card into the page; the intent when it was paid."""
        if session["status"] != "open":
            raise bad("This Checkout Session is no longer open.")
        intent = self.intents.get(session["payment_intent"] or "")
        if intent is None:
            intent = self._intent(
                session["amount_total"], session["currency"], session["intent_metadata"], ["card"]
            )
            self.intents[intent["id"]] = intent
            session["payment_intent"] = intent["id"]
        if card in DECLINES:
            self._decline(intent, *DECLINES[card])
            return None
        session["status"], session["payment_status"] = "complete", "paid"
        self.succeed(intent)
        self.tell("checkout.session.completed", session)
        return intent

    def expire(self, session: Thing) -> None:
        """The buyer never came."""
        session["status"] = "expired"
        self.tell("checkout.session.expired", session)

    def dispute(self, intent: Thing, reason: str = "fraudulent") -> None:
        """The cardholder asks the bank for the money."""
        made = {
            "id": self._id("dp"),
            "object": "dispute",
            "payment_intent": intent["id"],
            "amount": intent["amount"],
            "currency": intent["currency"],
            "reason": reason,
        }
        self.tell("charge.dispute.created", made)

    def settle_refund(self, refund: Thing, status: str) -> None:
        """The bank has paid it out, or could not."""
        refund["status"] = status
        self.tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def _decline(self, intent: Thing, code: str, decline: str | None) -> Thing:
        error = {"kind": "card_error", "code": code, "message": f"Your card: {code}."}
        if decline:
            error["decline_code"] = decline
        intent["status"], intent["next_action"] = "requires_payment_method", None
        intent["last_payment_error"] = {"type": "card_error", "code": code, "decline_code": decline}
        self.tell("payment_intent.payment_failed", intent)
        return error

    def _charge(self, intent: Thing, back: int) -> Thing:
        return {
            "id": intent["latest_charge"],
            "object": "charge",
            "payment_intent": intent["id"],
            "amount": intent["amount"],
            "amount_refunded": back,
            "currency": intent["currency"],
        }


def _end_of_day_in_japan(now: float, days: int) -> int:
    today = int((now + 9 * 3600) // 86_400)
    return (today + days + 1) * 86_400 - 9 * 3600 - 1
