"""Adds metered use, links into chats, messages that only go free; locks `message` briefly."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create what the router counts and hands out. The new column has a constant default."""
    op.add_column(
        "message", sa.Column("only_free", sa.SmallInteger, nullable=False, server_default="0")
    )
    op.create_table(
        "metered_use",
        sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id"), primary_key=True),
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
    )
    op.create_index("metered_use_merchant", "metered_use", ["merchant_id", "hour"])
    op.create_table(
        "chat_link",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("identity_id", Id, sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id"), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", Micros, nullable=False),
        sa.Column("expires_at", Micros, nullable=False),
        sa.Column("used_at", Micros),
        sa.Column("used_by", Id, sa.ForeignKey("identity.id")),
    )
    op.create_index("chat_link_ended", "chat_link", ["expires_at"])
    op.create_table(
        "address_code",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("identity_id", Id, sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("told_from", Id, sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("made_at", Micros, nullable=False),
        sa.Column("expires_at", Micros, nullable=False),
        sa.Column("used_at", Micros),
    )
    op.create_index("address_code_identity", "address_code", ["identity_id", "made_at"])
    op.create_index("address_code_told", "address_code", ["told_from", "id"])
