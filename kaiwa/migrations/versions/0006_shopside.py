"""Creates stores with what was synced of them, and abandoned carts; new tables, locks nothing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables around the shop."""
    _abandoned_carts()
    _stores()


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _id() -> sa.Column[Any]:
    return sa.Column("id", Id, primary_key=True)


def _of(table: str, name: str | None = None, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)


def _abandoned_carts() -> None:
    op.create_table(
        "abandoned_cart",
        _id(),
        _of("merchant", "merchant_id"),
        _of("cart"),
        _col("version", sa.Integer),
        _of("customer", null=True),
        _of("conversation", null=True),
        _of("checkout", null=True),
        _col("channel", sa.Text),
        _col("total_minor", sa.BigInteger),
        _col("currency", sa.Text),
        _col("lines", sa.Text),
        _col("left_at", Micros),
        _col("recorded_at", Micros),
        sa.UniqueConstraint("cart_id", "version"),
    )
    op.create_index("abandoned_cart_merchant", "abandoned_cart", ["merchant_id", "id"])


def _stores() -> None:
    op.create_table(
        "store",
        _id(),
        _of("merchant", "merchant_id"),
        _col("kind", sa.Text),
        _col("key", sa.Text, unique=True),
        _col("name", sa.Text),
        _col("sealed_credentials", sa.LargeBinary, null=True),
        _col("api_base", sa.Text, null=True),
        _col("settings", sa.Text, server_default="{}"),
        _col("created_at", Micros),
        _col("disabled_at", Micros, null=True),
        sa.UniqueConstraint("merchant_id", "name"),
    )
    op.create_table(
        "store_pull",
        _id(),
        _of("merchant", "merchant_id"),
        _of("store"),
        _col("what", sa.Text),
        _col("run", sa.Integer),
        _col("whole", sa.SmallInteger),
        _col("cursor", sa.Text, null=True),
        _col("since", sa.Text, null=True),
        _col("taken", sa.Integer),
        _col("refused", sa.Integer),
        _col("trouble", sa.Text, null=True),
        _col("begun_at", Micros, null=True),
        _col("ended_at", Micros, null=True),
        _col("whole_at", Micros, null=True),
        sa.UniqueConstraint("store_id", "what"),
    )
    op.create_table(
        "store_link",
        _id(),
        _of("merchant", "merchant_id"),
        _of("store"),
        _col("what", sa.Text),
        _col("external_id", sa.Text),
        _col("local_id", Id),
        _col("version", Micros),
        _col("run", sa.Integer),
        sa.UniqueConstraint("store_id", "what", "external_id"),
    )
    op.create_index("store_link_run", "store_link", ["store_id", "what", "run"])
    op.create_index("store_link_local", "store_link", ["merchant_id", "what", "local_id"])
    op.create_table(
        "store_event",
        _id(),
        _of("merchant", "merchant_id"),
        _of("store"),
        _col("external_id", sa.Text),
        _col("topic", sa.Text),
        _col("body", sa.LargeBinary),
        _col("received_at", Micros),
        _col("taken_at", Micros, null=True),
        _col("outcome", sa.Text, null=True),
        sa.UniqueConstraint("store_id", "external_id"),
    )
