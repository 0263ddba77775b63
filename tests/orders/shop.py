"""A small shop to test in: one merchant, articles with stock, rates, methods, and its commands."""

import itertools
from datetime import UTC, datetime

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import TaxClass, VariantText, put_variants
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.orders.command import Command
from kaiwa.vocabulary.money import Money

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

_keys = itertools.count(1)


class Shop:
    """One merchant; `currency` decides how prices are written."""

    def __init__(self, database: Database, currency: str = "JPY", *, included: bool = True) -> None:
        self.db = database
        self.currency = currency
        self.included = included
        self.now = NOW
        number = next(_keys)
        new = NewMerchant(f"Shop {number}", currency=currency)
        self.merchant_id = database.write_now(lambda s: create_merchant(s, new, NOW)).id

    def article(
        self,
        sku: str,
        amount_minor: int = 1100,
        stock: int | None = 100,
        tax_class: TaxClass = "standard",
        weight_g: int = 200,
    ) -> int:
        """Put an article on sale, or change it; its variant's id. Stock None: nobody counts."""
        text = VariantText(
            Money(amount_minor, self.currency),
            sku=sku,
            tax_class=tax_class,
            tax_included=self.included,
            weight_g=weight_g,
        )

        def work(session: Session) -> int:
            change = next_change(session, self.merchant_id)
            title = ProductText(sku.lower(), f"Article {sku}")
            product_id = put_product(session, self.merchant_id, title, self.now, change)
            (variant_id,) = put_variants(session, self.merchant_id, product_id, [text], self.now)
            level = Level(stock or 0, tracked=stock is not None)
            set_stock(session, self.merchant_id, variant_id, level, change)
            return variant_id

        return self.db.write_now(work)

    def command(
        self, key: str | None = None, *, principal: str = "bot", version: int | None = None
    ) -> Command:
        """An envelope for now."""
        return Command(self.merchant_id, principal, "web_chat", self.now, key, version)

    def customer(self, name: str = "Hanako") -> int:
        """A customer of the shop."""

        def work(session: Session) -> int:
            row = session.one(
                """INSERT INTO customer (merchant_id, name, created_at)
                VALUES (:merchant_id, :name, 0) RETURNING id""",
                merchant_id=self.merchant_id,
                name=name,
            )
            assert row is not None
            return int(row[0])

        return self.db.write_now(work)

    def stock(self, variant_id: int) -> tuple[int, int]:
        """On hand, reserved."""
        row = self.db.read_now(
            lambda s: s.one(
                "SELECT on_hand, reserved FROM stock WHERE variant_id = :v", v=variant_id
            )
        )
        assert row is not None
        return row[0], row[1]
