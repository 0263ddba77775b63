"""Creates the alerts shoppers asked for (back in stock, cheaper); a new table, locks nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "alert",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("customer_id", Id, sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("variant_id", Id, sa.ForeignKey("variant.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seen_minor", sa.BigInteger, nullable=False),
        sa.Column("below_minor", sa.BigInteger),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
    )
    op.create_index(
        "alert_open",
        "alert",
        ["customer_id", "variant_id", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("alert_variant", "alert", ["variant_id", "kind"])
