"""Gives products words in other languages: one column more; locks product for an instant."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; every product there is has no translation."""
    column = sa.Column("translations", sa.Text, nullable=False, server_default="{}")
    op.add_column("product", column)
