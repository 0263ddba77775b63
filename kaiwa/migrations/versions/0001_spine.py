"""Creates the spine, from merchants to messages; new tables only, locks nothing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Micros = sa.BigInteger


def upgrade() -> None:
    """Create every table of the spine."""
    _queue()
    _merchants()
    _customers()
    _conversations()
    _messages()
    _search()
    _knowledge()


def _col(name: str, kind: Any, *args: Any, null: bool = False, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *args, nullable=null, **kwargs)


def _id() -> sa.Column[Any]:
    return sa.Column("id", Id, primary_key=True)


def _of(table: str, name: str | None = None, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=null)


def _queue() -> None:
    op.create_table(
        "job",
        _id(),
        _col("pool", sa.Text),
        _col("kind", sa.Text),
        _col("key", sa.Text, unique=True, null=True),
        _col("lane", sa.Text, null=True),
        _col("payload", sa.Text),
        _col("state", sa.SmallInteger),
        _col("due_at", Micros),
        _col("attempts", sa.Integer),
        _col("losses", sa.Integer, server_default="0"),
        _col("owner", sa.Text, null=True),
        _col("lease_until", Micros, null=True),
        _col("error", sa.Text, null=True),
        _col("created_at", Micros),
        sqlite_autoincrement=True,
    )
    ready, claimed, unfinished = sa.text("state = 0"), sa.text("state = 1"), sa.text("state < 3")
    for name, columns, where in (
        ("job_ready", ["pool", "due_at", "id"], ready),
        ("job_claimed", ["owner"], claimed),
        ("job_lane", ["lane", "id"], unfinished),
        ("job_dead", ["created_at"], sa.text("state = 3")),
    ):
        op.create_index(name, "job", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "rate",
        sa.Column("key", sa.Text, primary_key=True),
        _col("tokens", sa.Double),
        _col("at", Micros),
    )
    op.create_table(
        "schedule",
        sa.Column("name", sa.Text, primary_key=True),
        _col("cron", sa.Text),
        _col("last_run_at", Micros, null=True),
    )


def _merchants() -> None:
    op.create_table(
        "merchant",
        _id(),
        _col("name", sa.Text),
        _col("slug", sa.Text, unique=True),
        _col("language", sa.Text),
        _col("currency", sa.Text),
        _col("timezone", sa.Text),
        _col("settings", sa.Text, server_default="{}"),
        _col("created_at", Micros),
    )
    op.create_table(
        "agent",
        _id(),
        _of("merchant", "merchant_id"),
        _col("email", sa.Text, unique=True),
        _col("name", sa.Text),
        _col("role", sa.Text),
        _col("language", sa.Text),
        _col("password_hash", sa.Text),
        _col("created_at", Micros),
        _col("disabled_at", Micros, null=True),
    )
    op.create_table(
        "agent_session",
        sa.Column("token_hash", sa.Text, primary_key=True),
        _of("merchant", "merchant_id"),
        _of("agent"),
        _col("csrf", sa.Text),
        _col("created_at", Micros),
        _col("expires_at", Micros),
    )
    op.create_table(
        "inbox",
        _id(),
        _of("merchant", "merchant_id"),
        _col("channel", sa.Text),
        _col("key", sa.Text, unique=True),
        _col("name", sa.Text),
        _col("sealed_credentials", sa.LargeBinary, null=True),
        _col("api_base", sa.Text, null=True),
        _col("settings", sa.Text, server_default="{}"),
        _col("trouble", sa.Text, null=True),
        _col("quota_left", sa.Integer, null=True),
        _col("created_at", Micros),
        _col("disabled_at", Micros, null=True),
    )
    op.create_table(
        "audit",
        _id(),
        _of("merchant", "merchant_id"),
        _col("at", Micros),
        _col("actor", sa.Text),
        _col("action", sa.Text),
        _col("subject", sa.Text),
        _col("detail", sa.Text, server_default="{}"),
    )
    op.create_index("audit_merchant", "audit", ["merchant_id", "id"])


def _customers() -> None:
    op.create_table(
        "customer",
        _id(),
        _of("merchant", "merchant_id"),
        _col("name", sa.Text, null=True),
        _col("language", sa.Text, null=True),
        _col("created_at", Micros),
    )
    op.create_index("customer_merchant", "customer", ["merchant_id", "id"])
    op.create_table(
        "identity",
        _id(),
        _of("merchant", "merchant_id"),
        _of("inbox"),
        _col("kind", sa.Text),
        _col("value", sa.Text),
        _col("label", sa.Text, null=True),
        _col("created_at", Micros),
        _col("blocked_at", Micros, null=True),
        _col("last_inbound_at", Micros, null=True),
        sa.UniqueConstraint("inbox_id", "kind", "value"),
    )
    op.create_table(
        "identity_link",
        _id(),
        _of("merchant", "merchant_id"),
        _of("identity"),
        _of("customer"),
        _col("grade", sa.Text),
        _col("evidence", sa.Text),
        _col("linked_at", Micros),
        _col("linked_by", sa.Text),
        _col("ended_at", Micros, null=True),
        _col("ended_by", sa.Text, null=True),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "identity_link_live",
        "identity_link",
        ["identity_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_index("identity_link_customer", "identity_link", ["customer_id"])
    op.create_table(
        "customer_merge",
        _id(),
        _of("merchant", "merchant_id"),
        _of("customer", "kept_id"),
        _of("customer", "absorbed_id"),
        _col("evidence", sa.Text),
        _col("grade", sa.Text),
        _col("moved", sa.Text),
        _col("merged_at", Micros),
        _col("merged_by", sa.Text),
        _col("undone_at", Micros, null=True),
        _col("undone_by", sa.Text, null=True),
    )
    op.create_index("customer_merge_kept", "customer_merge", ["merchant_id", "kept_id"])
    op.create_index("customer_merge_absorbed", "customer_merge", ["merchant_id", "absorbed_id"])
    op.create_table(
        "consent",
        _id(),
        _of("merchant", "merchant_id"),
        _of("identity"),
        _col("purpose", sa.Text),
        _col("state", sa.Text),
        _col("source", sa.Text),
        _col("wording", sa.Text, null=True),
        _col("evidence", sa.Text, null=True),
        _col("at", Micros),
    )
    op.create_index("consent_identity", "consent", ["identity_id", "purpose", "id"])


def _conversations() -> None:
    op.create_table(
        "conversation",
        _id(),
        _of("merchant", "merchant_id"),
        _of("customer"),
        _of("identity", null=True),
        _col("channel", sa.Text),
        _col("status", sa.Text),
        _col("answered_by", sa.Text),
        _col("epoch", sa.Integer),
        _of("agent", "assignee_id", null=True),
        _col("language", sa.Text),
        _col("last_seq", sa.Integer),
        _col("last_in_seq", sa.Integer),
        _col("last_out_seq", sa.Integer),
        _col("read_seq", sa.Integer),
        _col("unread", sa.Integer),
        _col("misunderstood", sa.Integer),
        _col("preview", sa.Text),
        _col("preview_sender", sa.Text),
        _col("waiting_since", Micros, null=True),
        _col("opened_at", Micros),
        _col("updated_at", Micros),
        _col("closed_at", Micros, null=True),
    )
    is_open = sa.text("status = 'open'")
    op.create_index(
        "conversation_open",
        "conversation",
        ["customer_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("conversation_customer", "conversation", ["customer_id", "id"])
    op.create_index(
        "conversation_list", "conversation", ["merchant_id", "status", "updated_at", "id"]
    )
    op.create_index(
        "conversation_side",
        "conversation",
        ["merchant_id", "answered_by", "assignee_id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    waiting = sa.text("waiting_since IS NOT NULL")
    op.create_index(
        "conversation_waiting",
        "conversation",
        ["merchant_id", "waiting_since"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "happening",
        _id(),
        _of("merchant", "merchant_id"),
        _of("conversation"),
        _col("after_seq", sa.Integer),
        _col("kind", sa.Text),
        _of("agent", null=True),
        _col("reason", sa.Text, null=True),
        _col("at", Micros),
    )
    op.create_index("happening_conversation", "happening", ["conversation_id", "id"])
    op.create_table(
        "note",
        _id(),
        _of("merchant", "merchant_id"),
        _of("conversation"),
        _of("agent"),
        _col("client_id", sa.Text),
        _col("after_seq", sa.Integer),
        _col("text", sa.Text),
        _col("at", Micros),
        sa.UniqueConstraint("conversation_id", "client_id"),
    )
    op.create_table(
        "visit",
        _id(),
        _of("merchant", "merchant_id"),
        _of("identity"),
        _col("kind", sa.Text),
        _col("body", sa.Text),
        _col("at", Micros),
    )
    op.create_index("visit_identity", "visit", ["identity_id", "kind", "id"])
    op.create_table(
        "reply_handle",
        _id(),
        _of("merchant", "merchant_id"),
        _of("identity"),
        _col("token", sa.Text, unique=True),
        _col("expires_at", Micros),
        _col("max_messages", sa.Integer),
        _col("spent_by", Id, null=True),
    )
    op.create_index("reply_handle_identity", "reply_handle", ["identity_id", "id"])


def _messages() -> None:
    op.create_table(
        "inbound_event",
        _id(),
        _of("merchant", "merchant_id"),
        _of("inbox"),
        _col("external_id", sa.Text),
        _col("body", sa.LargeBinary),
        _col("received_at", Micros),
        _col("taken_in_at", Micros, null=True),
        _col("outcome", sa.Text, null=True),
        sa.UniqueConstraint("inbox_id", "external_id"),
    )
    op.create_table(
        "message",
        _id(),
        _of("merchant", "merchant_id"),
        _of("conversation"),
        _col("seq", sa.Integer),
        _col("direction", sa.Text),
        _col("sender", sa.Text),
        _of("agent", null=True),
        _of("inbox"),
        _of("identity"),
        _col("external_id", sa.Text, null=True),
        _col("client_id", sa.Text, null=True),
        _col("dedupe_key", sa.Text, null=True),
        _col("state", sa.Text),
        _col("error", sa.Text, null=True),
        _col("permanent", sa.SmallInteger, server_default="0"),
        _col("text", sa.Text),
        _col("body", sa.Text),
        _col("degradations", sa.Text, null=True),
        _col("sent_as", sa.Text, null=True),
        _col("attempts", sa.Integer, server_default="0"),
        _col("retry_key", sa.Text, null=True),
        _col("sent_wires", sa.Integer, server_default="0"),
        _col("mark_read_token", sa.Text, null=True),
        _col("occurred_at", Micros, null=True),
        _col("recorded_at", Micros),
        _col("edited_at", Micros, null=True),
        _col("unsent_at", Micros, null=True),
        sa.UniqueConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("merchant_id", "dedupe_key"),
    )
    known = sa.text("external_id IS NOT NULL")
    op.create_index(
        "message_external",
        "message",
        ["inbox_id", "external_id"],
        unique=True,
        sqlite_where=known,
        postgresql_where=known,
    )
    on_its_way = sa.text("state IN ('queued', 'sending', 'accepted', 'delivered')")
    op.create_index(
        "message_on_its_way",
        "message",
        ["identity_id", "seq"],
        sqlite_where=on_its_way,
        postgresql_where=on_its_way,
    )
    op.create_table(
        "early_unsend",
        _id(),
        _of("merchant", "merchant_id"),
        _of("inbox"),
        _col("external_id", sa.Text),
        sa.UniqueConstraint("inbox_id", "external_id"),
    )
    op.create_table(
        "file",
        sa.Column("key", sa.Text, primary_key=True),
        _of("merchant", "merchant_id"),
        _col("name", sa.Text),
        _col("type", sa.Text),
        _col("size_bytes", sa.BigInteger),
        _col("owner", sa.Text),
        _col("created_at", Micros),
    )


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE message_search USING fts5("
            "grams, tokenize='ascii', detail=none, columnsize=0)"
        )
        return
    op.execute(
        "CREATE TABLE message_search (merchant_id bigint NOT NULL, message_id bigint NOT NULL,"
        " grams integer[] NOT NULL, PRIMARY KEY (merchant_id, message_id))"
    )
    op.execute("CREATE INDEX message_search_grams ON message_search USING gin (grams)")


def _knowledge() -> None:
    op.create_table(
        "faq",
        _id(),
        _of("merchant", "merchant_id"),
        _col("question", sa.Text),
        _col("answer", sa.Text),
        _col("language", sa.Text),
        _col("tags", sa.Text, server_default="[]"),
        _col("alternatives", sa.Text, server_default="[]"),
        _col("dedupe_key", sa.Text),
        _col("asked", sa.Integer, server_default="0"),
        _col("updated_at", Micros),
        sa.UniqueConstraint("merchant_id", "language", "dedupe_key"),
    )
    op.create_table(
        "unanswered",
        _id(),
        _of("merchant", "merchant_id"),
        _of("conversation"),
        _of("message"),
        _col("language", sa.Text),
        _col("text", sa.Text),
        _col("at", Micros),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("unanswered_merchant", "unanswered", ["merchant_id", "id"])
