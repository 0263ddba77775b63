"""Creates the dialogue state, one row a conversation; a new table, locks nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "dialogue",
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
