"""Adds routing, presence and reply clocks; new columns and indexes on conversation, which locks."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger
NEVER = "9000000000000000"


def upgrade() -> None:
    """Create who gets what and until when. PostgreSQL locks `conversation` for the indexes."""
    _settings()
    _attendance()
    _clock()
    _conversation()
    # No foreign key: SQLite would copy the whole table for it.
    op.add_column("note", sa.Column("to_agent_id", sa.BigInteger))


def _settings() -> None:
    op.create_table(
        "routing",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("changed_at", Micros, nullable=False),
    )
    op.create_table(
        "ability",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("skills", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("capacity", sa.Integer),
    )
    op.create_index("ability_merchant", "ability", ["merchant_id"])


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("since", Micros, nullable=False),
        sa.Column("seen_at", Micros, nullable=False),
        sa.Column("given_at", Micros, nullable=False),
    )
    op.create_index("attendance_merchant", "attendance", ["merchant_id"])


def _clock() -> None:
    op.create_table(
        "reply_clock",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("started_at", Micros, nullable=False),
        sa.Column("due_at", Micros),
        sa.Column("late_at", Micros),
        sa.Column("ended_at", Micros),
        sa.Column("outcome", sa.Text),
    )
    runs = sa.text("ended_at IS NULL")
    op.create_index(
        "reply_clock_runs",
        "reply_clock",
        ["conversation_id", "kind"],
        unique=True,
        sqlite_where=runs,
        postgresql_where=runs,
    )
    op.create_index("reply_clock_ended", "reply_clock", ["merchant_id", "kind", "ended_at"])


def _conversation() -> None:
    op.add_column(
        "conversation", sa.Column("urgency", sa.Integer, nullable=False, server_default="3")
    )
    op.add_column("conversation", sa.Column("due_at", Micros, nullable=False, server_default=NEVER))
    op.add_column("conversation", sa.Column("due_kind", sa.Text))
    op.add_column("conversation", sa.Column("late", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE conversation SET urgency = priority + 1")
    op.drop_index("conversation_urgency", "conversation")
    waiting = sa.text("waiting_since IS NOT NULL")
    op.create_index(
        "conversation_urgency",
        "conversation",
        ["merchant_id", "urgency", "due_at", "waiting_since", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    has_due = sa.text("due_kind IS NOT NULL")
    op.create_index(
        "conversation_due",
        "conversation",
        ["merchant_id", "due_at", "id"],
        sqlite_where=has_due,
        postgresql_where=has_due,
    )
