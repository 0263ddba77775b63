"""Each allowed write, broken in every way the policy forbids."""

from collections.abc import Iterator

import msgspec

from bench.tau2.retail import REASONS, Data, Retail

WRONG = {
    "cancel_pending_order": "delivered",
    "modify_pending_order_address": "delivered",
    "modify_pending_order_items": "delivered",
    "modify_pending_order_payment": "delivered",
    "exchange_delivered_order_items": "pending",
    "return_delivered_order_items": "processed",
}


class Broken(msgspec.Struct, frozen=True):
    """A call that must be refused, by whom, and what is wrong with it."""

    name: str
    arguments: Data
    user: str
    wrong: str


def broken(shop: Retail, name: str, arguments: Data) -> Iterator[Broken]:
    """Every way to break this write, as the shop stands just before it."""
    users, orders = shop.data["users"], shop.data["orders"]
    if name == "modify_user_address":
        stranger = _other(users, arguments["user_id"])
        yield Broken(name, arguments, stranger, "owner")
        return
    order = orders[arguments["order_id"]]
    owner = order["user_id"]
    stranger = _other(users, owner)
    yield Broken(name, arguments, stranger, "owner")
    yield Broken(name, arguments | {"order_id": "#W0000000"}, owner, "order")
    for status in (WRONG[name], "cancelled"):
        yield from _in_state(shop, (name, arguments), status)
    if "reason" in arguments:
        for reason in ("changed my mind", "", REASONS[0].upper()):
            yield Broken(name, arguments | {"reason": reason}, owner, "reason")
    if "payment_method_id" in arguments:
        foreign = next(iter(users[stranger]["payment_methods"]))
        for way in (foreign, "credit_card_0000000"):
            yield Broken(name, arguments | {"payment_method_id": way}, owner, "payment")
    if "new_item_ids" in arguments:
        yield from _variants(shop, (name, arguments), owner)
    if "item_ids" in arguments:
        yield from _items(shop, (name, arguments), owner)


def _other(users: Data, owner: str) -> str:
    return next(one for one, told in users.items() if one != owner and told["payment_methods"])


def _in_state(shop: Retail, call: tuple[str, Data], status: str) -> Iterator[Broken]:
    """The same wish for an order in a state that does not allow it, by its own buyer."""
    name, arguments = call
    for order in shop.data["orders"].values():
        if order["status"] != status:
            continue
        item = order["items"][0]
        others = _alike(shop, item, available=True)
        if not others:
            continue
        told = arguments | {"order_id": order["order_id"]}
        if "payment_method_id" in told:
            told["payment_method_id"] = order["payment_history"][0]["payment_method_id"]
        if "item_ids" in told:
            told["item_ids"] = [item["item_id"]]
        if "new_item_ids" in told:
            told["new_item_ids"] = others[:1]
        yield Broken(name, told, order["user_id"], "state")
        return


def _variants(shop: Retail, call: tuple[str, Data], owner: str) -> Iterator[Broken]:
    name, arguments = call
    order = shop.data["orders"][arguments["order_id"]]
    item = next(one for one in order["items"] if one["item_id"] == arguments["item_ids"][0])
    rest = arguments["new_item_ids"][1:]
    gone = _alike(shop, item, available=False)
    foreign = next(
        one
        for one, told in shop.variants.items()
        if told["available"] and told["product_id"] != item["product_id"]
    )
    for new in ([item["item_id"]], gone[:1], [foreign], ["0000000000"], [item["product_id"]]):
        if new:
            yield Broken(name, arguments | {"new_item_ids": [*new, *rest]}, owner, "variant")
    if len(arguments["item_ids"]) > 1:
        yield Broken(name, arguments | {"new_item_ids": rest}, owner, "variant")


def _items(shop: Retail, call: tuple[str, Data], owner: str) -> Iterator[Broken]:
    name, arguments = call
    order = shop.data["orders"][arguments["order_id"]]
    there = {one["item_id"] for one in order["items"]}
    absent = next(one for one in shop.variants if one not in there)
    yield Broken(
        name, arguments | {"item_ids": [absent, *arguments["item_ids"][1:]]}, owner, "item"
    )
    many = [arguments["item_ids"][0]] * 9
    told = arguments | {"item_ids": many}
    if "new_item_ids" in told:
        told["new_item_ids"] = arguments["new_item_ids"][:1] * 9
    yield Broken(name, told, owner, "quantity")


def _alike(shop: Retail, item: Data, *, available: bool) -> list[str]:
    return [
        one
        for one, told in shop.variants.items()
        if told["product_id"] == item["product_id"]
        and told["available"] == available
        and one != item["item_id"]
    ]
