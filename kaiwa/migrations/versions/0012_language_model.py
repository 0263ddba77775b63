"""Creates the merchants' language models and what was spent on them; new tables, locks nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "language_model",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("base_url", sa.Text, nullable=True),
        sa.Column("sealed_key", sa.LargeBinary, nullable=True),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("changed_at", Micros, nullable=False),
    )
    op.create_table(
        "language_model_day",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
            for name in (
                "tokens", "cost_micro", "calls", "tokens_in", "tokens_out",
                "taken", "untrue", "unusable", "unreachable", "exhausted",
            )
        ),
    )  # fmt: skip
