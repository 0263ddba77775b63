"""Adds labels, teams, priority, snooze and saved views; new columns and indexes on conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create what conversations are sorted by. PostgreSQL locks `conversation` for the indexes."""
    _teams()
    _labels()
    _conversation()
    op.create_table(
        "saved_view",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("filter", sa.Text, nullable=False),
        sa.Column("created_at", Micros, nullable=False),
    )
    op.create_index("saved_view_agent", "saved_view", ["agent_id", "id"])


def _teams() -> None:
    op.create_table(
        "team",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", Micros, nullable=False),
        sa.Column("removed_at", Micros),
    )
    op.create_index("team_merchant", "team", ["merchant_id", "name"])
    op.create_table(
        "team_member",
        sa.Column("team_id", Id, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("agent_id", Id, sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
    )
    op.create_index("team_member_agent", "team_member", ["agent_id"])


def _labels() -> None:
    op.create_table(
        "label",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", Micros, nullable=False),
        sa.UniqueConstraint("merchant_id", "name"),
    )
    op.create_table(
        "conversation_label",
        sa.Column("conversation_id", Id, sa.ForeignKey("conversation.id"), primary_key=True),
        sa.Column("label_id", Id, sa.ForeignKey("label.id"), primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
    )
    op.create_index("conversation_label_label", "conversation_label", ["label_id"])


def _conversation() -> None:
    # No foreign key: SQLite would copy the whole table for it.
    op.add_column(
        "conversation", sa.Column("priority", sa.Integer, nullable=False, server_default="2")
    )
    op.add_column("conversation", sa.Column("snoozed_until", Micros))
    op.add_column("conversation", sa.Column("team_id", sa.BigInteger))
    waiting = sa.text("waiting_since IS NOT NULL")
    op.create_index(
        "conversation_urgency",
        "conversation",
        ["merchant_id", "priority", "waiting_since", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    snoozed = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        "conversation_snoozed",
        "conversation",
        ["merchant_id", "snoozed_until", "id"],
        sqlite_where=snoozed,
        postgresql_where=snoozed,
    )
