"""Creates the catalog: products, variants, stock, synonyms, searches; new tables, locks nothing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables of the catalog and of its finder."""
    _products()
    _stock()
    _finder()


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _id() -> sa.Column[Any]:
    return sa.Column("id", Id, primary_key=True)


def _of(table: str, name: str | None = None, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)


def _products() -> None:
    op.create_table(
        "catalog_change",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        _col("number", sa.BigInteger),
    )
    op.create_table(
        "product",
        _id(),
        _of("merchant", "merchant_id"),
        _col("handle", sa.Text),
        _col("title", sa.Text),
        _col("body", sa.Text),
        _col("brand", sa.Text),
        _col("category", sa.Text),
        _col("tags", sa.Text),
        _col("attributes", sa.Text),
        _col("images", sa.Text),
        _col("status", sa.Text),
        _col("language", sa.Text, null=True),
        _col("updated_at", Micros),
        _col("change", sa.BigInteger),
        sa.UniqueConstraint("merchant_id", "handle"),
    )
    op.create_index("product_change", "product", ["merchant_id", "change"])
    op.create_table(
        "variant",
        _id(),
        _of("merchant", "merchant_id"),
        _of("product"),
        _col("sku", sa.Text, null=True),
        _col("barcode", sa.Text, null=True),
        _col("title", sa.Text),
        _col("options", sa.Text),
        _col("amount_minor", sa.BigInteger),
        _col("currency", sa.Text),
        _col("compare_at_minor", sa.BigInteger, null=True),
        _col("tax_class", sa.Text),
        _col("tax_included", sa.SmallInteger),
        _col("weight_g", sa.Integer, null=True),
        _col("position", sa.Integer),
        _col("retired_at", Micros, null=True),
        sa.UniqueConstraint("merchant_id", "sku"),
        sa.UniqueConstraint("merchant_id", "product_id", "title"),
    )


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("variant_id", Id, sa.ForeignKey("variant.id"), primary_key=True),
        _of("merchant", "merchant_id"),
        _col("on_hand", sa.Integer),
        _col("reserved", sa.Integer, server_default="0"),
        _col("tracked", sa.SmallInteger, server_default="1"),
        _col("oversell", sa.SmallInteger, server_default="0"),
        _col("change", sa.BigInteger),
    )
    op.create_index("stock_change", "stock", ["merchant_id", "change"])
    op.create_table(
        "stock_reservation",
        _id(),
        _of("merchant", "merchant_id"),
        _of("variant"),
        _col("holder", sa.Text),
        _col("quantity", sa.Integer),
        _col("expires_at", Micros),
        sa.UniqueConstraint("merchant_id", "holder", "variant_id"),
    )
    op.create_index("stock_reservation_due", "stock_reservation", ["merchant_id", "expires_at"])
    op.create_index("stock_reservation_variant", "stock_reservation", ["variant_id"])


def _finder() -> None:
    op.create_table(
        "synonym",
        _id(),
        _of("merchant", "merchant_id"),
        _col("word", sa.Text),
        _col("means", sa.Text),
        _col("updated_at", Micros),
        sa.UniqueConstraint("merchant_id", "word"),
    )
    op.create_table(
        "finder_query",
        _id(),
        _of("merchant", "merchant_id"),
        _col("query", sa.Text),
        _col("folded", sa.Text),
        _col("language", sa.Text, null=True),
        _col("hits", sa.Integer),
        _col("relaxed", sa.Text),
        _of("product", "chosen_id", null=True),
        _col("at", Micros),
    )
    op.create_index("finder_query_at", "finder_query", ["merchant_id", "at"])
