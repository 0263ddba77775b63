"""Creates articles, phrases, clusters, regressions; a column for unanswered: locks an instant."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create the tables and give every question that waits a cluster of its own wording."""
    _written()
    _clusters()
    _regressions()
    _gather()


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _id() -> sa.Column[Any]:
    return sa.Column("id", Id, primary_key=True)


def _of(table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)


def _written() -> None:
    op.create_table(
        "article",
        _id(),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        _col("title", sa.Text),
        _col("language", sa.Text),
        _col("tags", sa.Text, server_default="[]"),
        _col("source", sa.Text),
        _col("sections", sa.Text),
        _col("version", sa.Integer, server_default="1"),
        _col("updated_at", Micros),
        sa.UniqueConstraint("merchant_id", "source"),
    )
    op.create_table(
        "phrase",
        _id(),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        _col("act", sa.Text),
        _col("language", sa.Text),
        _col("text", sa.Text),
        _col("dedupe_key", sa.Text),
        _col("updated_at", Micros),
        sa.UniqueConstraint("merchant_id", "language", "dedupe_key"),
    )


def _clusters() -> None:
    op.create_table(
        "unanswered_cluster",
        _id(),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        _col("language", sa.Text),
        _col("text", sa.Text),
        _col("dedupe_key", sa.Text),
        _col("asked", sa.Integer),
        _col("status", sa.Text),
        _col("outcome", sa.Text, null=True),
        _col("first_at", Micros),
        _col("last_at", Micros),
        _col("settled_at", Micros, null=True),
    )
    op.create_index(
        "unanswered_cluster_list", "unanswered_cluster", ["merchant_id", "status", "asked", "id"]
    )
    # What is answered and yet asked again begins a new cluster.
    unsettled = sa.text("status <> 'answered'")
    op.create_index(
        "unanswered_cluster_key",
        "unanswered_cluster",
        ["merchant_id", "language", "dedupe_key"],
        unique=True,
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    op.create_table(
        "unanswered_word",
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("cluster_id", Id, sa.ForeignKey("unanswered_cluster.id"), primary_key=True),
    )
    op.create_index("unanswered_word_of", "unanswered_word", ["merchant_id", "cluster_id"])
    op.add_column("unanswered", sa.Column("cluster_id", Id, nullable=True))
    op.create_index("unanswered_cluster_of", "unanswered", ["merchant_id", "cluster_id"])


def _regressions() -> None:
    op.create_table(
        "regression",
        _id(),
        sa.Column("merchant_id", Id, sa.ForeignKey("merchant.id"), nullable=False),
        _col("text", sa.Text),
        _col("language", sa.Text),
        _col("dedupe_key", sa.Text),
        _col("act", sa.Text),
        _of("faq", null=True),
        _col("created_at", Micros),
        sa.UniqueConstraint("merchant_id", "language", "dedupe_key"),
    )


def _gather() -> None:
    op.execute(
        """INSERT INTO unanswered_cluster
        (merchant_id, language, text, dedupe_key, asked, status, first_at, last_at)
        SELECT merchant_id, language, text, text, count(*), 'open', min(at), max(at)
        FROM unanswered GROUP BY merchant_id, language, text"""
    )
    op.execute(
        """UPDATE unanswered SET cluster_id = (SELECT c.id FROM unanswered_cluster c
        WHERE c.merchant_id = unanswered.merchant_id AND c.language = unanswered.language
        AND c.text = unanswered.text)"""
    )
