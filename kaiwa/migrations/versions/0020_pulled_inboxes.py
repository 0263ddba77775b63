"""Adds where each inbox that is pulled goes on; a new table, nothing is locked."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table; one row for each inbox that was pulled once."""
    op.create_table(
        "inbox_pull",
        sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id"), primary_key=True, autoincrement=False),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("trouble", sa.Text),
        sa.Column("pulled_at", sa.BigInteger, nullable=False),
    )
