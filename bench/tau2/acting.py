"""The benchmark's tools as our commands. What cannot be done raises one of our errors."""

from collections.abc import Callable, Sequence

import msgspec

from bench.tau2.retail import Data
from bench.tau2.stocking import Stocked, address_of, announce
from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.variant import variant_by_sku
from kaiwa.engines.db import Session
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.change import ChangeOrder, change_order
from kaiwa.orders.changing_payment import ChangePayment, change_payment
from kaiwa.orders.command import Command
from kaiwa.orders.default_address import SetDefaultAddress, default_address, set_default_address
from kaiwa.orders.exchange import AskExchange, ask_exchange
from kaiwa.orders.order import Order, order, order_by_number
from kaiwa.orders.replacing import ReplaceItems, replace_items
from kaiwa.orders.return_request import AskReturn, ask_return
from kaiwa.vocabulary.errors import NotFound

WRITES = (
    "cancel_pending_order", "modify_pending_order_address", "modify_pending_order_items",
    "modify_pending_order_payment", "exchange_delivered_order_items",
    "return_delivered_order_items", "modify_user_address",
)  # fmt: skip


class Acting(msgspec.Struct, frozen=True):
    """Somebody at work in the shop: `user` is who was authenticated."""

    session: Session
    it: Stocked
    user: str | None = None

    def run(self, name: str, arguments: Data) -> None:
        """Use a tool."""
        tool: Callable[..., None] = getattr(self, f"do_{name}", lambda **_: None)
        tool(**arguments)

    def do_find_user_id_by_email(self, email: str) -> None:
        self._one(
            "SELECT 1 FROM shop_order WHERE merchant_id = :m AND email = :email",
            email=email.casefold(),
        )

    def do_find_user_id_by_name_zip(self, first_name: str, last_name: str, zip: str) -> None:
        found = self.session.all(
            "SELECT id FROM customer WHERE merchant_id = :m AND lower(name) = :name",
            m=self.it.merchant_id,
            name=f"{first_name} {last_name}".lower(),
        )
        homes = [default_address(self.session, self.it.merchant_id, row[0]) for row in found]
        if not any(home is not None and home.postal_code == zip for home in homes):
            raise NotFound("There is nobody of this name there.")

    def do_get_user_details(self, user_id: str) -> None:
        self._known(self.it.customers, user_id)

    def do_get_order_details(self, order_id: str) -> None:
        self._order(order_id)

    def do_get_product_details(self, product_id: str) -> None:
        if product_by_handle(self.session, self.it.merchant_id, product_id) is None:
            raise NotFound("There is no such product.")

    def do_get_item_details(self, item_id: str) -> None:
        self._variant(item_id)

    def do_cancel_pending_order(self, order_id: str, reason: str) -> None:
        request = CancelOrder(self._order(order_id).id, reason)
        cancel_order(self.session, self._command(), request, announce)

    def do_modify_pending_order_address(self, order_id: str, **told: str) -> None:
        found = self._order(order_id)
        request = ChangeOrder(found.id, address_of(told, found.name))
        change_order(self.session, self._command(), request, announce)

    def do_modify_user_address(self, user_id: str, **told: str) -> None:
        who = self._known(self.it.customers, user_id)
        home = default_address(self.session, self.it.merchant_id, who)
        assert home is not None
        request = SetDefaultAddress(who, address_of(told, home.name))
        set_default_address(self.session, self._command(), request)

    def do_modify_pending_order_payment(self, order_id: str, payment_method_id: str) -> None:
        way = self._known(self.it.saved, payment_method_id)
        request = ChangePayment(self._order(order_id).id, way)
        change_payment(self.session, self._command(), request, announce)

    def do_modify_pending_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        found = self._order(order_id)
        lines = self._swaps(found, item_ids, new_item_ids)
        way = self._known(self.it.saved, payment_method_id)
        replace_items(self.session, self._command(), ReplaceItems(found.id, lines, way), announce)

    def do_exchange_delivered_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        found = self._order(order_id)
        lines = self._swaps(found, item_ids, new_item_ids)
        way = self._known(self.it.saved, payment_method_id)
        ask_exchange(self.session, self._command(), AskExchange(found.id, lines, way), announce)

    def do_return_delivered_order_items(
        self, order_id: str, item_ids: list[str], payment_method_id: str
    ) -> None:
        found = self._order(order_id)
        lines = dict.fromkeys(self._parts(found, item_ids), 1)
        way = self._known(self.it.saved, payment_method_id)
        request = AskReturn(found.id, lines, "", way)
        ask_return(self.session, self._command(), request, announce)

    def _command(self) -> Command:
        if self.user is None:
            return self.it.command()
        return self.it.command(f"customer:{self.it.customers[self.user]}")

    def _order(self, order_id: str) -> Order:
        found = order_by_number(self.session, self.it.merchant_id, order_id)
        if found is None:
            raise NotFound("There is no such order.")
        return order(self.session, self.it.merchant_id, found)

    def _variant(self, item_id: str) -> int:
        found = variant_by_sku(self.session, self.it.merchant_id, item_id)
        if found is None:
            raise NotFound("There is no such article.")
        return found.id

    def _parts(self, found: Order, item_ids: Sequence[str]) -> list[str]:
        """The order's parts that are meant, each once."""
        left = [line for line in found.lines if found.left(line.part)]
        parts = []
        for item_id in item_ids:
            one = next((line for line in left if line.sku == item_id), None)
            if one is None:
                raise NotFound("There is no such article in the order.")
            left.remove(one)
            parts.append(one.part)
        return parts

    def _swaps(self, found: Order, old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
        variants = [self._variant(one) for one in new]
        return dict(zip(self._parts(found, old), variants, strict=True))

    def _known(self, ids: dict[str, int], name: str) -> int:
        if name not in ids:
            raise NotFound(f"There is no {name}.")
        return ids[name]

    def _one(self, sql: str, **values: str) -> None:
        if self.session.one(sql, m=self.it.merchant_id, **values) is None:
            raise NotFound("There is no such person.")
