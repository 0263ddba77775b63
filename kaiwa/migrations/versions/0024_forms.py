"""Adds the forms a shop keeps, those it sent and their answers; locks nothing that is in use."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables of forms."""
    op.create_table(
        "form",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("changed_at", Micros, nullable=False),
        sa.Column("removed_at", Micros),
    )
    op.create_index("form_merchant", "form", ["merchant_id", "id"])
    op.create_table(
        "form_asking",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("form_id", Id, sa.ForeignKey("form.id"), nullable=False),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("identity_id", Id, sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("asked_at", Micros, nullable=False),
        sa.Column("expires_at", Micros, nullable=False),
        sa.Column("answer_key", sa.Text),
        sa.Column("answered_at", Micros),
        sa.Column("answers", sa.Text),
    )
    op.create_index("form_asking_merchant", "form_asking", ["merchant_id", "id"])
