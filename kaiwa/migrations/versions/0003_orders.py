"""Creates carts, coupons, checkouts, orders, payments, shipments; new tables, locks nothing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger
Minor = sa.BigInteger


def upgrade() -> None:
    """Create every table of the shop."""
    _commands()
    _terms()
    _carts()
    _coupons()
    _checkouts()
    _orders()
    _payments()
    _shipments()
    _returns()


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _id() -> sa.Column[Any]:
    return sa.Column("id", Id, primary_key=True)


def _of(table: str, name: str | None = None, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)


def _commands() -> None:
    op.create_table(
        "idempotency",
        _id(),
        _of("merchant", "merchant_id"),
        _col("principal", sa.Text),
        _col("operation", sa.Text),
        _col("key", sa.Text),
        _col("digest", sa.Text),
        _col("response", sa.Text, null=True),
        _col("expires_at", Micros),
        sa.UniqueConstraint("merchant_id", "principal", "operation", "key"),
    )
    op.create_index("idempotency_expires", "idempotency", ["expires_at"])


def _terms() -> None:
    op.create_table(
        "shop_terms",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        _col("body", sa.Text),
    )
    op.create_table(
        "shipping_rate",
        _id(),
        _of("merchant", "merchant_id"),
        _col("name", sa.Text),
        _col("carrier", sa.Text),
        _col("country", sa.Text),
        _col("regions", sa.Text),
        _col("over_g", sa.Integer),
        _col("up_to_g", sa.Integer, null=True),
        _col("amount_minor", Minor),
        _col("free_from_minor", Minor, null=True),
        _col("tax_class", sa.Text),
        _col("tax_included", sa.SmallInteger),
        _col("days", sa.Integer),
        _col("position", sa.Integer),
        _col("ended_at", Micros, null=True),
    )
    op.create_index("shipping_rate_merchant", "shipping_rate", ["merchant_id", "position"])
    op.create_table(
        "payment_method",
        _id(),
        _of("merchant", "merchant_id"),
        _col("code", sa.Text),
        _col("provider", sa.Text),
        _col("title", sa.Text),
        _col("fee_minor", Minor),
        _col("most_minor", Minor, null=True),
        _col("sealed_credentials", sa.LargeBinary, null=True),
        _col("api_base", sa.Text, null=True),
        _col("settings", sa.Text),
        _col("position", sa.Integer),
        _col("ended_at", Micros, null=True),
        sa.UniqueConstraint("merchant_id", "code"),
    )


def _carts() -> None:
    op.create_table(
        "cart",
        _id(),
        _of("merchant", "merchant_id"),
        _col("key", sa.Text, unique=True),
        _of("customer", null=True),
        _col("conversation_id", Id, null=True),
        _col("channel", sa.Text),
        _col("currency", sa.Text),
        _col("state", sa.Text),
        _col("version", sa.Integer),
        _col("codes", sa.Text),
        _col("created_at", Micros),
        _col("updated_at", Micros),
    )
    active = sa.text("state = 'active'")
    op.create_index(
        "cart_active",
        "cart",
        ["customer_id"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_index("cart_touched", "cart", ["merchant_id", "state", "updated_at"])
    op.create_table(
        "cart_line",
        _id(),
        _of("merchant", "merchant_id"),
        _of("cart"),
        _of("variant"),
        _col("quantity", sa.Integer),
        _col("seen_minor", Minor),
        _col("added_at", Micros),
        sa.UniqueConstraint("cart_id", "variant_id"),
    )
    op.create_table(
        "wishlist_item",
        _id(),
        _of("merchant", "merchant_id"),
        _of("customer"),
        _of("variant"),
        _col("added_at", Micros),
        sa.UniqueConstraint("customer_id", "variant_id"),
    )
    op.create_index("wishlist_item_variant", "wishlist_item", ["variant_id"])


def _coupons() -> None:
    op.create_table(
        "coupon",
        _id(),
        _of("merchant", "merchant_id"),
        _col("code", sa.Text),
        _col("kind", sa.Text),
        _col("percent_hundredths", sa.Integer),
        _col("amount_minor", Minor),
        _col("min_subtotal_minor", Minor),
        _col("handles", sa.Text),
        _col("starts_at", Micros, null=True),
        _col("ends_at", Micros, null=True),
        _col("per_customer", sa.Integer, null=True),
        _col("most_uses", sa.Integer, null=True),
        _col("used", sa.Integer, server_default="0"),
        _col("created_at", Micros),
        sa.UniqueConstraint("merchant_id", "code"),
    )
    op.create_table(
        "coupon_use",
        _id(),
        _of("merchant", "merchant_id"),
        _of("coupon"),
        _col("checkout_id", Id),
        _of("customer", null=True),
        _col("email", sa.Text, null=True),
        _col("at", Micros),
        sa.UniqueConstraint("coupon_id", "checkout_id"),
    )
    op.create_index("coupon_use_checkout", "coupon_use", ["checkout_id"])


def _checkouts() -> None:
    op.create_table(
        "checkout",
        _id(),
        _of("merchant", "merchant_id"),
        _col("key", sa.Text, unique=True),
        _of("cart"),
        _of("customer", null=True),
        _col("channel", sa.Text),
        _col("principal", sa.Text),
        _col("state", sa.Text),
        _col("version", sa.Integer),
        _col("body", sa.Text),
        _col("order_id", Id, null=True),
        _col("expires_at", Micros),
        _col("created_at", Micros),
        _col("updated_at", Micros),
    )
    living = sa.text("state NOT IN ('completed', 'canceled', 'expired')")
    op.create_index(
        "checkout_living",
        "checkout",
        ["cart_id"],
        unique=True,
        sqlite_where=living,
        postgresql_where=living,
    )
    op.create_index("checkout_touched", "checkout", ["merchant_id", "state", "updated_at"])


def _orders() -> None:
    op.create_table(
        "order_number",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        _col("last", sa.BigInteger),
    )
    op.create_table(
        "shop_order",
        _id(),
        _of("merchant", "merchant_id"),
        _col("number", sa.Text),
        _col("key", sa.Text, unique=True),
        _col("checkout_id", Id, unique=True, null=True),
        _of("customer", null=True),
        _col("channel", sa.Text),
        _col("principal", sa.Text),
        _col("name", sa.Text),
        _col("email", sa.Text, null=True),
        _col("phone", sa.Text, null=True),
        _col("body", sa.Text),
        _col("currency", sa.Text),
        _col("bill", sa.Text),
        _col("totals", sa.Text),
        _col("total_minor", Minor),
        _col("pays", sa.Text),
        _col("paid_minor", Minor, server_default="0"),
        _col("refunded_minor", Minor, server_default="0"),
        _col("version", sa.Integer),
        _col("placed_at", Micros),
        _col("paid_at", Micros, null=True),
        _col("cancelled_at", Micros, null=True),
        sa.UniqueConstraint("merchant_id", "number"),
    )
    op.create_index("shop_order_customer", "shop_order", ["customer_id", "id"])
    op.create_index("shop_order_email", "shop_order", ["merchant_id", "email"])
    op.create_index("shop_order_placed", "shop_order", ["merchant_id", "placed_at"])
    op.create_table(
        "order_line",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shop_order", "order_id"),
        _of("variant", null=True),
        _col("part", sa.Text),
        _col("sku", sa.Text, null=True),
        _col("title", sa.Text),
        _col("quantity", sa.Integer),
        _col("unit_minor", Minor),
        _col("tax_class", sa.Text),
        _col("tax_included", sa.SmallInteger),
        sa.UniqueConstraint("order_id", "part"),
    )
    op.create_index("order_line_variant", "order_line", ["variant_id"])
    op.create_table(
        "order_event",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shop_order", "order_id"),
        _col("kind", sa.Text),
        _col("principal", sa.Text),
        _col("detail", sa.Text),
        _col("at", Micros),
    )
    op.create_index("order_event_order", "order_event", ["order_id", "id"])
    op.create_table(
        "adjustment",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shop_order", "order_id"),
        _col("kind", sa.Text),
        _col("reason", sa.Text),
        _col("lines", sa.Text),
        _col("bill", sa.Text),
        _col("totals", sa.Text),
        _col("total_minor", Minor),
        _col("refund_minor", Minor),
        _col("state", sa.Text),
        _col("principal", sa.Text),
        _col("at", Micros),
    )
    op.create_index("adjustment_order", "adjustment", ["order_id", "id"])


def _payments() -> None:
    op.create_table(
        "payment",
        _id(),
        _of("merchant", "merchant_id"),
        _of("checkout"),
        _of("payment_method"),
        _of("shop_order", "order_id", null=True),
        _col("attempt", sa.Integer),
        _col("key", sa.Text, unique=True),
        _col("amount_minor", Minor),
        _col("currency", sa.Text),
        _col("state", sa.Text),
        _col("instrument", sa.Text, null=True),
        _col("reference", sa.Text, null=True),
        _col("detail", sa.Text),
        _col("created_at", Micros),
        _col("updated_at", Micros),
        sa.UniqueConstraint("checkout_id", "attempt"),
    )
    op.create_index("payment_order", "payment", ["order_id"])
    op.create_index("payment_reference", "payment", ["merchant_id", "reference"])
    op.create_table(
        "refund",
        _id(),
        _of("merchant", "merchant_id"),
        _of("payment"),
        _of("adjustment", null=True),
        _col("key", sa.Text, unique=True),
        _col("amount_minor", Minor),
        _col("currency", sa.Text),
        _col("state", sa.Text),
        _col("reference", sa.Text, null=True),
        _col("reason", sa.Text),
        _col("created_at", Micros),
        _col("updated_at", Micros),
    )
    op.create_index("refund_payment", "refund", ["payment_id"])
    op.create_index("refund_adjustment", "refund", ["adjustment_id"])


def _shipments() -> None:
    op.create_table(
        "shipment",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shop_order", "order_id"),
        _col("carrier", sa.Text),
        _col("tracking_number", sa.Text, null=True),
        _col("lines", sa.Text),
        _col("state", sa.Text),
        _col("state_at", Micros),
        _col("created_at", Micros),
    )
    op.create_index("shipment_order", "shipment", ["order_id"])
    op.create_index("shipment_tracking", "shipment", ["merchant_id", "tracking_number"])
    op.create_table(
        "shipment_event",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shipment"),
        _col("state", sa.Text),
        _col("words", sa.Text),
        _col("occurred_at", Micros),
        _col("recorded_at", Micros),
        sa.UniqueConstraint("shipment_id", "state", "occurred_at"),
    )


def _returns() -> None:
    op.create_table(
        "return_request",
        _id(),
        _of("merchant", "merchant_id"),
        _of("shop_order", "order_id"),
        _col("state", sa.Text),
        _col("reason", sa.Text),
        _col("lines", sa.Text),
        _col("version", sa.Integer),
        _of("adjustment", null=True),
        _col("created_at", Micros),
        _col("updated_at", Micros),
    )
    op.create_index("return_request_order", "return_request", ["order_id"])
    op.create_index("return_request_state", "return_request", ["merchant_id", "state", "id"])
