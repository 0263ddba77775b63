"""Indexes for best sellers and for the newest of all; locks writes to both tables for seconds."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Only purchases: looks and carts are most of the events, and nobody asks for theirs so."""
    op.execute(
        """CREATE INDEX shopping_event_bought ON shopping_event (merchant_id, product_id, at)
        WHERE kind = 'purchase'"""
    )
    op.create_index("product_newest", "product", ["merchant_id", "id"])
