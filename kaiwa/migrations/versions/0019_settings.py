"""Creates one-time log-in links and ratings, adds when an inbox was checked; locks nothing long."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table and the columns."""
    op.create_table(
        "agent_link",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "rating",
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("score", sa.SmallInteger),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("words_until", sa.BigInteger),
    )
    op.create_index("rating_merchant", "rating", ["merchant_id", "asked_at"])
    op.add_column("inbox", sa.Column("checked_at", sa.BigInteger))
