"""Creates shopping events, filled from orders; an index locks product writes for seconds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger

FILL = """INSERT INTO shopping_event
        (merchant_id, visitor, customer_id, product_id, kind, visit, source, at)
        SELECT l.merchant_id, 'order:' || CAST(o.id AS TEXT), o.customer_id, v.product_id,
        'purchase', -o.id, 'order:' || CAST(o.id AS TEXT) || ':' || CAST(v.product_id AS TEXT),
        o.placed_at FROM order_line l JOIN shop_order o ON o.id = l.order_id
        JOIN variant v ON v.id = l.variant_id WHERE o.cancelled_at IS NULL
        ORDER BY o.placed_at, o.id, l.id ON CONFLICT DO NOTHING"""


def upgrade() -> None:
    """Create the tables, and count the orders there are as what was bought."""
    op.create_table(
        "shopping_event",
        _col("id", Id, primary_key=True),
        _of("merchant"),
        _col("visitor", sa.Text),
        _of("customer", null=True),
        _of("product"),
        _col("kind", sa.Text),
        _col("visit", sa.BigInteger),
        _col("source", sa.Text, null=True),
        _col("at", Micros),
        sa.UniqueConstraint("merchant_id", "source"),
    )
    op.create_index("shopping_event_id", "shopping_event", ["merchant_id", "id"])
    op.create_index("shopping_event_visitor", "shopping_event", ["merchant_id", "visitor", "id"])
    op.create_index(
        "shopping_event_customer", "shopping_event", ["merchant_id", "customer_id", "id"]
    )
    op.create_index("product_category", "product", ["merchant_id", "category", "id"])
    op.create_table(
        "recommendation_choice",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        _col("method", sa.Text),
        _col("scores", sa.Text),
        _col("questions", sa.Integer),
        _col("events", sa.Integer),
        _col("at", Micros),
    )
    op.create_table(
        "recommendation_exclusion",
        sa.Column("product_id", Id, sa.ForeignKey("product.id"), primary_key=True),
        _of("merchant"),
        _col("at", Micros),
    )
    op.execute(FILL)


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _of(table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)
