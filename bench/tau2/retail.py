"""What the benchmark's files hold, and its rules in plain Python: the end state to compare with.

The rules are written from the published policy. Amounts are kept in cents; the files have floats.
One known quirk of the original is kept here on purpose: after pending items are modified, every
changed line carries the price and the options of the last new variant.
"""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

Data = dict[str, Any]
REASONS = ("no longer needed", "ordered by mistake")


class NoWay(Exception):
    """The policy forbids it."""


def read(folder: Path) -> tuple[Data, list[Data]]:
    """The database and the tasks of a folder."""
    with gzip.open(folder / "db.json.gz", "rt", encoding="utf-8") as file:
        data = json.load(file)
    with gzip.open(folder / "tasks_train.json.gz", "rt", encoding="utf-8") as file:
        tasks = json.load(file)
    return _cents(data), tasks


def _cents(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _cents(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_cents(one) for one in value]
    return round(value * 100) if name in ("price", "amount", "balance") else value


def variants(data: Data) -> dict[str, Data]:
    """Every variant by its id, with the id of its product."""
    return {
        item_id: one | {"product_id": product["product_id"]}
        for product in data["products"].values()
        for item_id, one in product["variants"].items()
    }


class Retail:
    """The benchmark's shop; each tool is a method, and what is forbidden raises `NoWay`."""

    def __init__(self, data: Data) -> None:
        self.data = copy.deepcopy(data)
        self.variants = variants(self.data)

    def run(self, name: str, arguments: Data) -> None:
        """Use a tool; those that only read check that what they ask for is there."""
        getattr(self, f"do_{name}", lambda **_: None)(**arguments)

    def do_find_user_id_by_email(self, email: str) -> None:
        emails = {one["email"].casefold() for one in self.data["users"].values()}
        self._need(email.casefold() in emails)

    def do_find_user_id_by_name_zip(self, first_name: str, last_name: str, zip: str) -> None:
        asked = (f"{first_name} {last_name}".casefold(), zip)
        self._need(asked in {(name_of(u).casefold(), u["address"]["zip"]) for u in self._users()})

    def do_get_user_details(self, user_id: str) -> None:
        self._need(user_id in self.data["users"])

    def do_get_order_details(self, order_id: str) -> None:
        self._need(order_id in self.data["orders"])

    def do_get_product_details(self, product_id: str) -> None:
        self._need(product_id in self.data["products"])

    def do_get_item_details(self, item_id: str) -> None:
        self._need(item_id in self.variants)

    def do_cancel_pending_order(self, order_id: str, reason: str) -> None:
        order = self._order(order_id, "pending")
        self._need(reason in REASONS)
        for paid in list(order["payment_history"]):
            self._enter(order, "refund", paid["amount"], paid["payment_method_id"])
        order |= {"status": "cancelled", "cancel_reason": reason}

    def do_modify_pending_order_address(self, order_id: str, **address: str) -> None:
        order = self.data["orders"].get(order_id)
        self._need(order is not None and "pending" in order["status"])
        order["address"] = address

    def do_modify_user_address(self, user_id: str, **address: str) -> None:
        self._need(user_id in self.data["users"])
        self.data["users"][user_id]["address"] = address

    def do_modify_pending_order_payment(self, order_id: str, payment_method_id: str) -> None:
        order = self._order(order_id, "pending")
        way = self._way(order, payment_method_id)
        history = order["payment_history"]
        self._need(len(history) == 1 and history[0]["payment_method_id"] != payment_method_id)
        amount = history[0]["amount"]
        self._need(way["source"] != "gift_card" or way["balance"] >= amount)
        self._enter(order, "payment", amount, payment_method_id)
        self._enter(order, "refund", amount, history[0]["payment_method_id"])

    def do_modify_pending_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._order(order_id, "pending")
        difference = self._difference(order, item_ids, new_item_ids, payment_method_id)
        if difference:
            kind = "payment" if difference > 0 else "refund"
            self._enter(order, kind, abs(difference), payment_method_id)
        last = self.variants[new_item_ids[-1]]
        for old, new in zip(item_ids, new_item_ids, strict=True):
            item = next(one for one in order["items"] if one["item_id"] == old)
            item |= {"item_id": new, "price": last["price"], "options": last["options"]}
        order["status"] = "pending (item modified)"

    def do_exchange_delivered_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._order(order_id, "delivered")
        difference = self._difference(order, item_ids, new_item_ids, payment_method_id)
        order |= {
            "status": "exchange requested",
            "exchange_items": sorted(item_ids),
            "exchange_new_items": sorted(new_item_ids),
            "exchange_payment_method_id": payment_method_id,
            "exchange_price_difference": difference,
        }

    def do_return_delivered_order_items(
        self, order_id: str, item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._order(order_id, "delivered")
        way = self._way(order, payment_method_id)
        original = order["payment_history"][0]["payment_method_id"]
        self._need(payment_method_id == original or way["source"] == "gift_card")
        self._has(order, item_ids)
        order |= {
            "status": "return requested",
            "return_items": sorted(item_ids),
            "return_payment_method_id": payment_method_id,
        }

    def _users(self) -> list[Data]:
        return list(self.data["users"].values())

    def _need(self, it_is_so: bool) -> None:
        if not it_is_so:
            raise NoWay

    def _order(self, order_id: str, status: str) -> Data:
        order = self.data["orders"].get(order_id)
        self._need(order is not None and order["status"] == status)
        found: Data = order
        return found

    def _way(self, order: Data, method_id: str) -> Data:
        ways = self.data["users"][order["user_id"]]["payment_methods"]
        self._need(method_id in ways)
        found: Data = ways[method_id]
        return found

    def _has(self, order: Data, item_ids: list[str]) -> None:
        there = [one["item_id"] for one in order["items"]]
        self._need(all(item_ids.count(one) <= there.count(one) for one in item_ids))

    def _difference(self, order: Data, old: list[str], new: list[str], method_id: str) -> int:
        self._has(order, old)
        self._need(len(old) == len(new))
        total = 0
        for one, other in zip(old, new, strict=True):
            item = next(item for item in order["items"] if item["item_id"] == one)
            variant = self.data["products"][item["product_id"]]["variants"].get(other)
            self._need(variant is not None and variant["available"])
            total += variant["price"] - item["price"]
        way = self._way(order, method_id)
        self._need(way["source"] != "gift_card" or way["balance"] >= total)
        return total

    def _enter(self, order: Data, kind: str, amount: int, method_id: str) -> None:
        entry = {"transaction_type": kind, "amount": amount, "payment_method_id": method_id}
        order["payment_history"].append(entry)
        way = self._way(order, method_id)
        if way["source"] == "gift_card":
            way["balance"] += amount if kind == "refund" else -amount


def name_of(user: Data) -> str:
    """First and last name."""
    return f"{user['name']['first_name']} {user['name']['last_name']}"
