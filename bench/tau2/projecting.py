"""Our tables as the benchmark's database would say it, to be compared field by field.

Three things are brought to its form: "USA" for "US"; one status for what are several facts with
us; and, for orders whose pending items were modified, the price and options of the last new
variant on every changed line (a known quirk of the original: our own bill has each line's own).
Whether a variant is available is not compared: we count stock where it has a flag.
"""

from bench.tau2.retail import Data, variants
from bench.tau2.stocking import Stocked
from kaiwa.engines.db import Session
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.default_address import default_address
from kaiwa.orders.gift_card import gift_card
from kaiwa.orders.order import Order, OrderLine, events, order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.refund import refunds_of
from kaiwa.orders.replacing import Swap
from kaiwa.orders.return_request import ReturnRequest, returns_of


class Projection:
    """Reads our tables, with the benchmark's words for our ids."""

    def __init__(self, it: Stocked, data: Data) -> None:
        self._it = it
        self._variants = variants(data)
        self._codes = {saved: code for code, saved in it.saved.items()}
        self._data = data

    def users(self, session: Session) -> Data:
        """Every user: address and what is on the gift cards."""
        found = {}
        for user_id, told in self._data["users"].items():
            home = default_address(session, self._it.merchant_id, self._it.customers[user_id])
            assert home is not None
            ways = {
                code: way | self._balance(session, code)
                for code, way in told["payment_methods"].items()
            }
            found[user_id] = told | {"address": _address(home), "payment_methods": ways}
        return found

    def order(self, session: Session, order_id: str) -> Data:
        """One order."""
        found = order(session, self._it.merchant_id, self._it.orders[order_id])
        told = self._data["orders"][order_id]
        assert found.body.address is not None
        replaced = [
            one.lines
            for one in adjustments(session, self._it.merchant_id, found)
            if one.reason == "replaced"
        ]
        items = self._items(found, replaced[-1] if replaced else {})
        asked = returns_of(session, self._it.merchant_id, found.id)
        return {
            "order_id": order_id,
            "user_id": told["user_id"],
            "address": _address(found.body.address),
            "items": items,
            "status": _status(found, bool(replaced), asked),
            "fulfillments": told["fulfillments"],
            "payment_history": self._history(session, found),
            **self._cancelled(session, found, told),
            **(self._asked(asked[-1], found) if asked else {}),
        }

    def _balance(self, session: Session, code: str) -> Data:
        if code not in self._it.cards:
            return {}
        card = gift_card(session, self._it.merchant_id, self._it.cards[code])
        return {"balance": card.balance.amount_minor}

    def _items(self, found: Order, replaced: dict[str, int]) -> list[Data]:
        standing = {line.part: line for line in found.lines}
        items, new = [], {}
        for line in found.lines:
            if "~" in line.part:
                continue
            now = _standing(found, standing, line)
            if now is not line:
                new[line.part] = now.sku
            variant = self._variants[now.sku or ""]
            items.append(
                {
                    "name": line.title,
                    "product_id": variant["product_id"],
                    "item_id": now.sku,
                    "price": now.unit_minor,
                    "options": variant["options"],
                }
            )
        if replaced:
            last = self._variants[new[list(replaced)[-1]] or ""]
            changed = set(new.values())
            for item in items:
                if item["item_id"] in changed:
                    item |= {"price": last["price"], "options": last["options"]}
        return items

    def _history(self, session: Session, found: Order) -> list[Data]:
        paid = payments_of(session, self._it.merchant_id, found.id)
        ways = {one.id: self._codes[one.saved_method_id or 0] for one in paid}
        entries = [
            _entry("payment", one.amount.amount_minor, ways[one.id])
            for one in paid
            if one.state == "paid"
        ]
        for one in refunds_of(session, self._it.merchant_id, found.id):
            assert one.state == "completed"
            way = ways[one.payment_id]
            card = session.one("SELECT gift_card_id FROM refund WHERE id = :id", id=one.id)
            if card is not None and card[0] is not None:
                way = next(code for code, number in self._it.cards.items() if number == card[0])
            entries.append(_entry("refund", one.amount.amount_minor, way))
        return entries

    def _cancelled(self, session: Session, found: Order, told: Data) -> Data:
        if found.cancelled_at is None or told["status"] == "cancelled":
            return {}
        happened = events(session, self._it.merchant_id, found.id)
        reason = next(one.detail["reason"] for one in happened if one.kind == "cancel")
        return {"cancel_reason": reason}

    def _asked(self, asked: ReturnRequest, found: Order) -> Data:
        sku = {line.part: line.sku for line in found.lines}
        items = sorted(sku[part] or "" for part in asked.lines)
        way = self._codes[asked.saved_method_id or 0]
        if not asked.wants:
            return {"return_items": items, "return_payment_method_id": way}
        return {
            "exchange_items": items,
            "exchange_new_items": sorted(one.sku for one in asked.wants),
            "exchange_payment_method_id": way,
            "exchange_price_difference": sum(_difference(found, one) for one in asked.wants),
        }


def _standing(found: Order, lines: dict[str, OrderLine], line: OrderLine) -> OrderLine:
    while not found.left(line.part):
        after = next((one for part, one in lines.items() if part.startswith(f"{line.part}~")), None)
        if after is None:
            return line
        line = after
    return line


def _status(found: Order, replaced: bool, asked: list[ReturnRequest]) -> str:
    if asked:
        return "exchange requested" if asked[-1].wants else "return requested"
    known = {"cancelled": "cancelled", "shipped": "processed", "delivered": "delivered"}
    return known.get(found.state, "pending (item modified)" if replaced else "pending")


def _difference(found: Order, one: Swap) -> int:
    part = found.bill.part(one.part)
    assert part is not None
    return (one.unit_minor - part.unit_minor) * one.quantity


def _entry(kind: str, amount_minor: int, way: str) -> Data:
    return {"transaction_type": kind, "amount": amount_minor, "payment_method_id": way}


def _address(one: PostalAddress) -> Data:
    return {
        "address1": one.line1,
        "address2": one.line2,
        "city": one.city,
        "state": one.region,
        "zip": one.postal_code,
        "country": "USA" if one.country == "US" else one.country,
    }
