"""Somebody at an order's page: which order, and whether all of it may be shown."""

import re
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.command import Command
from kaiwa.orders.hosted_link import order_behind
from kaiwa.orders.order import Order, order
from kaiwa.vocabulary.language import Language
from kaiwa.web.checkout_visit import chat_of
from kaiwa.web.hosted_ask import Ask
from kaiwa.web.hosted_guard import Guard

# As many digits as two ways of writing one number share: 090-…, +81 90-….
_SHARED_DIGITS: Final = 9


class OrderVisit(msgspec.Struct, frozen=True):
    """One look at an order, `now`. `known` when the browser has proved whose it is."""

    ask: Ask
    now: datetime
    shop: Merchant
    order: Order
    language: Language
    chat: str | None
    known: bool

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/orders/{self.ask.parts[1]}"

    @property
    def page(self) -> str:
        """The name under which its forms are signed."""
        return f"order:{self.shop.id}:{self.order.id}"

    def command(self, key: str | None = None, version: int | None = None) -> Command:
        """An envelope for something the buyer does here."""
        mine = self.order.customer_id
        principal = f"customer:{mine}" if mine else "shopper"
        return Command(self.shop.id, principal, "order_page", self.now, key, version)


def order_visit(
    session: Session, ask: Ask, now: datetime, secrets: Secrets, guard: Guard
) -> OrderVisit:
    """The order this call means; `NotFound` when its link is not ours or has ended."""
    merchant_id, order_id = order_behind(secrets, ask.parts[1], now)
    found = order(session, merchant_id, order_id)
    shop = merchant(session, merchant_id)
    language = ask.language(found.body.language or shop.language)
    known = guard.proved(ask, (merchant_id, order_id))
    return OrderVisit(ask, now, shop, found, language, chat_of(session, merchant_id), known)


def is_buyers(found: Order, told: str) -> bool:
    """Whether `told` is the order's e-mail address or telephone number, however it is written."""
    if "@" in told:
        return found.email is not None and told.strip().casefold() == found.email.casefold()
    address = found.body.address
    numbers = {_tail(one) for one in (found.phone, address.phone if address else None) if one}
    return bool(_tail(told)) and _tail(told) in numbers


def masked(found: Order) -> dict[str, str]:
    """What anybody with the link may read of the buyer: an initial, and the prefecture."""
    address = found.body.address
    name = (address.name if address else "") or found.name
    return {
        "name": f"{name[:1]}＊＊" if name else "",
        "place": (address.region or address.country) if address else "",
    }


def _tail(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[-_SHARED_DIGITS:] if len(digits) >= _SHARED_DIGITS else ""
