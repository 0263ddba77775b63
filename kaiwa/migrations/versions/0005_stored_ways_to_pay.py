"""Creates gift cards, saved ways to pay and addresses; adds columns, locks two tables briefly."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger
Minor = sa.BigInteger


def upgrade() -> None:
    """Create the tables and the columns that point to them."""
    op.create_table(
        "gift_card",
        _col("id", Id, primary_key=True),
        _of("merchant"),
        _of("customer", null=True),
        _col("code", sa.Text),
        _col("currency", sa.Text),
        _col("balance_minor", Minor),
        _col("expires_at", Micros, null=True),
        _col("created_at", Micros),
        sa.UniqueConstraint("merchant_id", "code"),
        sa.CheckConstraint("balance_minor >= 0"),
    )
    op.create_index("gift_card_customer", "gift_card", ["merchant_id", "customer_id"])
    op.create_table(
        "gift_card_entry",
        _col("id", Id, primary_key=True),
        _of("merchant"),
        _of("gift_card"),
        _col("kind", sa.Text),
        _col("amount_minor", Minor),
        _col("source", sa.Text),
        _col("at", Micros),
        sa.UniqueConstraint("gift_card_id", "source"),
    )
    op.create_index("gift_card_entry_source", "gift_card_entry", ["merchant_id", "source"])
    op.create_table(
        "saved_method",
        _col("id", Id, primary_key=True),
        _of("merchant"),
        _of("customer"),
        _of("payment_method"),
        _col("title", sa.Text),
        _col("instrument", sa.Text, null=True),
        _of("gift_card", null=True),
        _col("created_at", Micros),
        _col("ended_at", Micros, null=True),
    )
    op.create_index("saved_method_customer", "saved_method", ["merchant_id", "customer_id"])
    op.create_table(
        "default_address",
        sa.Column("customer_id", Id, sa.ForeignKey("customer.id"), primary_key=True),
        _of("merchant"),
        _col("body", sa.Text),
        _col("updated_at", Micros),
    )
    op.add_column("payment", _col("saved_method_id", Id, null=True))
    op.add_column("payment", _col("replaces_id", Id, null=True))
    op.add_column("refund", _col("gift_card_id", Id, null=True))
    op.add_column("return_request", _col("wants", sa.Text, server_default="[]"))
    op.add_column("return_request", _col("saved_method_id", Id, null=True))


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _of(table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)
