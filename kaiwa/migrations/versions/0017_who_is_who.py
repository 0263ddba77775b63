"""Indexes customers by name and address, orders by phone; locks these tables while it builds."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the indexes by which the desk finds who may be the same person."""
    op.create_index("customer_called", "customer", ["merchant_id", sa.text("lower(name)")])
    op.create_index("identity_called", "identity", ["merchant_id", sa.text("lower(value)")])
    op.create_index("shop_order_phone", "shop_order", ["merchant_id", "phone"])
