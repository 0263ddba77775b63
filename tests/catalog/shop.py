"""A merchant with a few products, for the tests of the catalog."""

from datetime import UTC, datetime

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.money import Money

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def merchant(session: Session, name: str = "Hana", currency: str = "JPY") -> int:
    """A new merchant's id."""
    return create_merchant(session, NewMerchant(name, currency=currency), NOW).id


def on_sale(session: Session, merchant_id: int, handle: str, stock: int = 10) -> int:
    """A product with one variant; the variant's id."""
    change = next_change(session, merchant_id)
    product_id = put_product(session, merchant_id, ProductText(handle, handle), NOW, change)
    told = [VariantText(Money(1_980, "JPY"), sku=handle.upper())]
    (variant_id,) = put_variants(session, merchant_id, product_id, told, NOW)
    set_stock(session, merchant_id, variant_id, Level(stock), change)
    return variant_id
