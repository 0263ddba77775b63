"""Adds message templates, account links and short links; locks nothing that is in use."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "message_template",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("fills", sa.Text, nullable=False),
        sa.Column("as_of", Micros, nullable=False),
    )
    op.create_index(
        "message_template_name", "message_template", ["inbox_id", "name", "language"], unique=True
    )
    op.create_index("message_template_merchant", "message_template", ["merchant_id", "status"])
    _account_links()
    _short_links()


def _account_links() -> None:
    op.create_table(
        "account_link",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("identity_id", Id, sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("key_hash", sa.Text, nullable=False),
        sa.Column("nonce_hash", sa.Text),
        sa.Column("proven_identity_id", Id, sa.ForeignKey("identity.id")),
        sa.Column("proof", sa.Text),
        sa.Column("code_identity_id", Id, sa.ForeignKey("identity.id")),
        sa.Column("code_salt", sa.Text),
        sa.Column("code_hash", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("merge_id", Id, sa.ForeignKey("customer_merge.id")),
        sa.Column("made_at", Micros, nullable=False),
        sa.Column("expires_at", Micros, nullable=False),
        sa.Column("used_at", Micros),
    )
    op.create_index("account_link_key", "account_link", ["key_hash"], unique=True)
    op.create_index("account_link_nonce", "account_link", ["nonce_hash"])
    op.create_index("account_link_identity", "account_link", ["identity_id", "made_at"])


def _short_links() -> None:
    op.create_table(
        "short_link",
        sa.Column("id", Id, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("message_id", Id, sa.ForeignKey("message.id")),
        sa.Column("made_at", Micros, nullable=False),
        sa.Column("expires_at", Micros, nullable=False),
        sa.Column("clicks", sa.Integer, nullable=False),
        sa.Column("first_click_at", Micros),
        sa.Column("last_click_at", Micros),
    )
    op.create_index("short_link_code", "short_link", ["code"], unique=True)
    op.create_index("short_link_message", "short_link", ["merchant_id", "message_id", "url"])
    op.create_table(
        "short_link_click",
        sa.Column("short_link_id", Id, sa.ForeignKey("short_link.id"), primary_key=True),
        sa.Column("visitor", sa.Text, primary_key=True),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        sa.Column("at", Micros, nullable=False),
    )
