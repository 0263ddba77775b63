"""Creates an index of hand-offs by merchant: locks the table for as long as it is read once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the index."""
    asked = sa.text("kind = 'handoff_requested'")
    op.create_index(
        "happening_handoff",
        "happening",
        ["merchant_id", "id"],
        sqlite_where=asked,
        postgresql_where=asked,
    )
