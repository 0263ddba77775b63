"""The pages a buyer sees at the stand-in: card, the bank's, the voucher. Buttons, no script."""

from html import escape
from typing import Any

_CARDS = {
    "pm_card_visa": "Pay 支払う",
    "pm_card_chargeDeclined": "Pay with a card that is declined",
}


def card(session: dict[str, Any], declined: bool) -> str:
    """Stripe's page with the card fields: one button for each way it can end."""
    words = "<p role=alert>Your card was declined. Try another one.</p>" if declined else ""
    buttons = "".join(
        f"<button name=card value={value}>{label}</button> " for value, label in _CARDS.items()
    )
    back = escape(session["cancel_url"], quote=True)
    amount = f"{session['amount_total']} {session['currency'].upper()}"
    return _page(
        "Card payment", f"<p>{amount}</p>{words}{_form(buttons)}<p><a href='{back}'>Back 戻る</a>"
    )


def confirm(intent: dict[str, Any]) -> str:
    """The bank's page."""
    buttons = "<button name=answer value=yes>Confirm 認証する</button> "
    return _page("Your bank", _form(buttons + "<button name=answer value=no>Refuse</button>"))


def voucher(intent: dict[str, Any]) -> str:
    """The voucher or the account, and the buttons that stand for the shop's machine."""
    if intent["status"] != "requires_action":
        return _page("Payment", f"<p>{intent['status']}</p>")
    buttons = "<button name=answer value=paid>Paid at the shop 支払い済みにする</button> "
    return _page(
        "Konbini / transfer",
        _form(buttons + "<button name=answer value=late>Let it expire</button>"),
    )


def over() -> str:
    """Nothing more to do here."""
    return _page("Over", "<p>This page is no longer valid.</p>")


def _form(inside: str) -> str:
    return f"<form method=post>{inside}</form>"


def _page(title: str, body: str) -> str:
    return (
        "<!doctype html><html lang=ja><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{title}</title><main><h1>{title}</h1>{body}</main></html>"
    )
