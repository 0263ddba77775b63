"""Adds to a form its twins at providers (flows); locks the table of forms for a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Create the column."""
    op.add_column("form", sa.Column("flows", sa.Text))
