"""Shoppers in a small shop: what they look at, put into the cart and buy."""

from collections.abc import Sequence
from datetime import timedelta

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.recommendation.shopping_event import (
    Purchase,
    Shopper,
    note_bought,
    note_in_cart,
    note_seen,
)
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import TaxClass, VariantText, put_variants, variants_of
from kaiwa.engines.db import Session
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant


class Street:
    """One shop's articles by handle, and people who walk by; an hour passes between visits."""

    def __init__(self, session: Session, name: str = "Hana") -> None:
        self.s = session
        self.shop = merchant(session, name)
        self.now = NOW
        self.ids: dict[str, int] = {}
        self._orders = 0

    def article(
        self, handle: str, category: str = "", stock: int = 5, tax_class: TaxClass = "standard"
    ) -> int:
        change = next_change(self.s, self.shop)
        text = ProductText(handle, handle.title(), category=category)
        product_id = put_product(self.s, self.shop, text, NOW, change)
        told = [VariantText(Money(1_000, "JPY"), sku=handle.upper(), tax_class=tax_class)]
        (variant_id,) = put_variants(self.s, self.shop, product_id, told, NOW)
        set_stock(self.s, self.shop, variant_id, Level(stock), change)
        self.ids[handle] = product_id
        return product_id

    def visit(self, handles: str, visitor: str = "", customer: int | None = None) -> str:
        """Somebody looks at these, a minute each."""
        visitor = visitor or f"v{self.now:%j%H%M}"
        for handle in handles.split():
            who = Shopper(visitor, customer)
            note_seen(self.s, self.shop, who, self.ids[handle], self.now)
            self.now += timedelta(minutes=1)
        self.now += timedelta(hours=1)
        return visitor

    def cart(self, handles: str, visitor: str) -> None:
        ids = [self.ids[one] for one in handles.split()]
        note_in_cart(self.s, self.shop, Shopper(visitor), ids, self.now)

    def order(self, handles: str, customer: int | None = None) -> None:
        self._orders += 1
        variants = tuple(
            variants_of(self.s, self.shop, self.ids[one])[0].id for one in handles.split()
        )
        note_bought(self.s, self.shop, Purchase(self._orders, variants, customer, self.now))

    def names(self, ids: Sequence[int]) -> list[str]:
        back = {product_id: handle for handle, product_id in self.ids.items()}
        return [back[one] for one in ids]

    def events(self) -> list[tuple[str, str, int]]:
        """Handle, kind and the number of the visit by order of appearance."""
        rows = self.s.all(
            """SELECT product_id, kind, visit FROM shopping_event
            WHERE merchant_id = :m ORDER BY id""",
            m=self.shop,
        )
        visits = list(dict.fromkeys(row[2] for row in rows))
        back = {product_id: handle for handle, product_id in self.ids.items()}
        return [(back[row[0]], row[1], visits.index(row[2])) for row in rows]
