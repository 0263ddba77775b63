"""Stripe: cards on Stripe's own page, convenience stores (konbini), bank transfers in Japan.

No card number ever comes to us. Settings: `kind` is card, konbini or bank_transfer; `days` is how
long a voucher can be paid (1 to 60, 3 without). Credentials: `secret_key`, and `webhook_secret`
once the webhook's address has been given to Stripe.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from kaiwa.engines.http import Http
from kaiwa.payments.contract import (
    Ability,
    Account,
    Charge,
    GiveBack,
    GivenBack,
    Outcome,
    Provider,
    Told,
)
from kaiwa.payments.stripe.amounts import chargeable, to_stripe
from kaiwa.payments.stripe.calls import Declined, Form, Stripe
from kaiwa.payments.stripe.hearing import KEY, PAGE, REFUND_KEY, told_by, verify
from kaiwa.payments.stripe.outcomes import of_intent, of_refund, of_session, reason_of
from kaiwa.payments.stripe.shapes import Customer, Found, Intent, Refund, Session
from kaiwa.vocabulary.errors import Invalid, Refused

KINDS: Final = ("card", "konbini", "bank_transfer")
# A buyer who has not paid on Stripe's page by then begins again; the goods are held as long.
ON_THE_PAGE: Final = timedelta(hours=2)
_MOST_KONBINI_YEN: Final = 300_000
_TITLES: Final = {"ja": "ご注文", "en": "Your order"}


class _StripeProvider:
    kind = "stripe"
    name = "Stripe"
    abilities: frozenset[Ability] = frozenset()
    credential_names: tuple[str, ...] = ("secret_key",)

    def check(self, account: Account) -> None:
        if stray := sorted(set(account.credentials) - {"secret_key", "webhook_secret"}):
            raise Invalid(f"Stripe does not know: {', '.join(stray)}.")
        if not account.credentials.get("secret_key", "").startswith(("sk_", "rk_")):
            raise Invalid("A secret_key of Stripe begins with sk_ or rk_.")
        if stray := sorted(set(account.settings) - {"kind", "days"}):
            raise Invalid(f"Stripe has no setting: {', '.join(stray)}.")
        if account.settings.get("kind") not in KINDS:
            raise Invalid(f"Set the kind to one of: {', '.join(KINDS)}.")
        days = account.settings.get("days", "3")
        if not days.isdecimal() or not 1 <= int(days) <= 60:
            raise Invalid("The days in which a voucher can be paid are 1 to 60.")

    def most_minor(self, account: Account) -> int | None:
        return _MOST_KONBINI_YEN if account.settings.get("kind") == "konbini" else None

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        stripe, kind = Stripe(account, http), account.settings.get("kind", "card")
        if kind == "card" and charge.instrument is None:
            form = _page(charge)
            return of_session(await stripe.post("/v1/checkout/sessions", form, Session, charge.key))
        if kind != "card" and not (charge.email and charge.name):
            return Outcome("failed", reason="needs_email")
        form = {**_intent(charge), **await _way(stripe, kind, charge, account)}
        try:
            made = await stripe.post("/v1/payment_intents", form, Intent, charge.key)
        except Declined as error:
            intent = error.trouble.payment_intent
            return Outcome("failed", intent.id if intent else None, reason=reason_of(error.trouble))
        return of_intent(made)

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        stripe, known = Stripe(account, http), charge.reference or ""
        if known.startswith("cs_"):
            return of_session(await stripe.get(f"/v1/checkout/sessions/{known}", {}, Session))
        if known.startswith("pi_"):
            return of_intent(await stripe.get(f"/v1/payment_intents/{known}", {}, Intent))
        if account.settings.get("kind", "card") == "card" and charge.instrument is None:
            # Sessions cannot be searched for. Asking with the same key gives the first one again.
            return Outcome("not_seen")
        query = {"query": f"metadata['{KEY}']:'{charge.key}'"}
        found = await stripe.get("/v1/payment_intents/search", query, Found)
        return of_intent(found.data[0]) if found.data else Outcome("not_seen")

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        form = {
            "payment_intent": back.reference,
            "amount": to_stripe(back.amount),
            "metadata": {REFUND_KEY: back.key},
        }
        try:
            made = await Stripe(account, http).post("/v1/refunds", form, Refund, back.key)
        except Declined as error:
            return GivenBack("failed", reason=error.trouble.message or "")
        return of_refund(made)

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        secret = account.credentials.get("webhook_secret", "")
        verify(body, headers.get("stripe-signature", ""), secret, now)
        return told_by(body)


def _page(charge: Charge) -> Form:
    """Stripe's page with the card fields, which comes back to ours."""
    back = charge.return_url or ""
    if not back.startswith(("https://", "http://")):
        raise Refused("Set KAIWA_PUBLIC_URL: Stripe must know where the buyer comes back to.")
    marks = {KEY: charge.key}
    until = charge.asked_at and int((charge.asked_at + ON_THE_PAGE).timestamp())
    title = _TITLES["ja" if charge.language == "ja" else "en"]
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "client_reference_id": charge.key,
        "customer_email": charge.email,
        "locale": charge.language or "auto",
        "success_url": back,
        "cancel_url": charge.cancel_url or back,
        "expires_at": until,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": charge.amount.currency.lower(),
                    "unit_amount": chargeable(charge.amount),
                    "product_data": {"name": title},
                },
            }
        ],
        "metadata": marks,
        "payment_intent_data": {"metadata": {**marks, PAGE: "1"}},
    }


def _intent(charge: Charge) -> Form:
    return {
        "amount": chargeable(charge.amount),
        "currency": charge.amount.currency.lower(),
        "confirm": "true",
        "metadata": {KEY: charge.key},
    }


async def _way(stripe: Stripe, kind: str, charge: Charge, account: Account) -> Form:
    """What the intent needs for this way to pay."""
    buyer = {"name": charge.name, "email": charge.email}
    match kind:
        case "konbini":
            return {
                "payment_method_types": ["konbini"],
                "payment_method_data": {"type": "konbini", "billing_details": buyer},
                "payment_method_options": {
                    "konbini": {"expires_after_days": account.settings.get("days", "3")}
                },
            }
        case "bank_transfer":
            # A customer a payment: each has a bank account of its own, so that the money for one
            # order never pays another.
            someone = {**buyer, "metadata": {KEY: charge.key}}
            made = await stripe.post("/v1/customers", someone, Customer, f"{charge.key}-customer")
            how = {"funding_type": "bank_transfer", "bank_transfer": {"type": "jp_bank_transfer"}}
            return {
                "customer": made.id,
                "payment_method_types": ["customer_balance"],
                "payment_method_data": {"type": "customer_balance"},
                "payment_method_options": {"customer_balance": how},
            }
        case _:
            return {
                "payment_method": charge.instrument,
                "payment_method_types": ["card"],
                "return_url": charge.return_url,
            }


PROVIDER: Provider = _StripeProvider()
