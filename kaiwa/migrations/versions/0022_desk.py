"""Adds second factors, mentions and mail to agents; new tables, nothing is locked."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables."""
    _second_factor()
    op.create_table(
        "mention",
        sa.Column("note_id", Id, sa.ForeignKey("note.id"), primary_key=True),
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("at", Micros, nullable=False),
        sa.Column("seen_at", Micros),
    )
    op.create_index("mention_agent", "mention", ["agent_id", "conversation_id"])
    op.create_index("mention_conversation", "mention", ["conversation_id"])
    op.create_table(
        "mail_choice",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True, autoincrement=False),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("after_minutes", sa.Integer, nullable=False),
        sa.Column("every_minutes", sa.Integer, nullable=False),
        sa.Column("mailed_at", Micros),
    )
    op.create_table(
        "mail_told",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("at", Micros, nullable=False),
    )
    op.create_index("mail_told_at", "mail_told", ["at"])


def _second_factor() -> None:
    op.create_table(
        "second_factor",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True, autoincrement=False),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("begun_at", Micros, nullable=False),
        sa.Column("on_since", Micros),
    )
    op.create_table(
        "recovery_code",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("code_hash", sa.Text, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
    )
