"""Reviews, a new table, locks nothing; notes of the bot: on SQLite the notes are copied once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table, and let a note be nobody's."""
    op.create_table(
        "review",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("product_id", Id, sa.ForeignKey("product.id"), nullable=False),
        sa.Column("customer_id", Id, sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("order_id", Id, nullable=True),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger, nullable=True),
        sa.UniqueConstraint("merchant_id", "product_id", "customer_id"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5"),
    )
    op.create_index("review_waiting", "review", ["merchant_id", "state", "id"])
    with op.batch_alter_table("note") as note:
        note.alter_column("agent_id", existing_type=Id, nullable=True)
