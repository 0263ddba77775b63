"""A message: what was said, its place in the order, and the truth about where it is.

States of an outbound message: queued → sending → accepted → delivered → read, or failed, unknown,
cancelled. They move forward only, and past `sending` only on the provider's word. An inbound one is
accepted, and read once the bot or a person has taken it in.
"""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.content import Content
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.reply import Degradation, Reply
from kaiwa.vocabulary.template import Category
from kaiwa.vocabulary.time import from_micros, optional_micros

State: TypeAlias = Literal[
    "queued", "sending", "accepted", "delivered", "read", "failed", "unknown", "cancelled"
]
Sender: TypeAlias = Literal["customer", "bot", "agent", "campaign"]

_CONTENT = msgspec.json.Decoder(Content)
_REPLY = msgspec.json.Decoder(Reply)
_DEGRADATIONS = msgspec.json.Decoder(tuple[Degradation, ...])


class Message(msgspec.Struct, frozen=True):
    """One row. `content` is set on inbound messages, `reply` on outbound ones."""

    id: int
    merchant_id: int
    conversation_id: int
    seq: int
    direction: Literal["in", "out"]
    sender: Sender
    agent_id: int | None
    inbox_id: int
    identity_id: int
    external_id: str | None
    client_id: str | None
    state: State
    error: str | None
    permanent: int
    text: str
    body: str
    raw_degradations: str | None
    sent_as: str | None
    attempts: int
    occurred_at: datetime | None
    recorded_at: datetime
    edited_at: datetime | None
    unsent_at: datetime | None

    @property
    def content(self) -> Content:
        """What the customer sent."""
        content: Content = _CONTENT.decode(self.body)
        return content

    @property
    def reply(self) -> Reply:
        """What the shop says."""
        return _REPLY.decode(self.body)

    @property
    def has_template(self) -> bool:
        """Whether it may use a message template: asked before the whole body is read."""
        return self.direction == "out" and '"template":{' in self.body

    @property
    def promised(self) -> Category | None:
        """What the template it uses was when it was chosen; None without one."""
        use = self.reply.template if self.has_template else None
        return None if use is None else use.category

    @property
    def degradations(self) -> tuple[Degradation, ...]:
        """What the channel could not show as it was meant."""
        return _DEGRADATIONS.decode(self.raw_degradations) if self.raw_degradations else ()


COLUMNS = (
    "id, merchant_id, conversation_id, seq, direction, sender, agent_id, inbox_id, identity_id,"
    " external_id, client_id, state, error, permanent, text, body, degradations, sent_as, attempts,"
    " occurred_at, recorded_at, edited_at, unsent_at"
)
_RANK = (
    "CASE state WHEN 'queued' THEN 0 WHEN 'sending' THEN 1 WHEN 'accepted' THEN 2"
    " WHEN 'unknown' THEN 2 WHEN 'delivered' THEN 3 WHEN 'read' THEN 4 ELSE 9 END"
)

# A failure is believed until the message has arrived.
_REACHED: Final[dict[State, int]] = {
    "queued": 0, "sending": 1, "accepted": 2, "unknown": 2,
    "delivered": 3, "failed": 3, "read": 4, "cancelled": 1,
}  # fmt: skip


def message(session: Session, merchant_id: int, message_id: int) -> Message:
    """One message; `NotFound`."""
    return _one(session, merchant_id, message_id, "")


def held_message(session: Session, merchant_id: int, message_id: int) -> Message:
    """One message, held for this transaction; `NotFound`."""
    return _one(session, merchant_id, message_id, session.lock)


def by_dedupe_key(session: Session, merchant_id: int, dedupe_key: str) -> Message | None:
    """The message that was recorded under this key, or None."""
    row = session.one(
        f"""SELECT {COLUMNS} FROM message
        WHERE merchant_id = :merchant_id AND dedupe_key = :key""",
        merchant_id=merchant_id,
        key=dedupe_key,
    )
    return None if row is None else from_row(row)


def by_external_id(
    session: Session, merchant_id: int, inbox_id: int, external_id: str
) -> Message | None:
    """The message the provider calls by this id, or None."""
    row = session.one(
        f"""SELECT {COLUMNS} FROM message
        WHERE inbox_id = :inbox AND external_id = :external AND merchant_id = :merchant_id""",
        inbox=inbox_id,
        external=external_id,
        merchant_id=merchant_id,
    )
    return None if row is None else from_row(row)


def messages_after(
    session: Session, merchant_id: int, conversation_id: int, seq: int, limit: int = 200
) -> list[Message]:
    """Messages with a higher seq, oldest first."""
    rows = session.all(
        f"""SELECT {COLUMNS} FROM message WHERE conversation_id = :conversation
        AND merchant_id = :merchant_id AND seq > :seq ORDER BY seq LIMIT :limit""",
        conversation=conversation_id,
        merchant_id=merchant_id,
        seq=seq,
        limit=limit,
    )
    return [from_row(row) for row in rows]


def messages_before(
    session: Session, merchant_id: int, conversation_id: int, seq: int, limit: int = 50
) -> list[Message]:
    """The last messages with a lower seq, oldest first."""
    rows = session.all(
        f"""SELECT {COLUMNS} FROM message WHERE conversation_id = :conversation
        AND merchant_id = :merchant_id AND seq < :seq ORDER BY seq DESC LIMIT :limit""",
        conversation=conversation_id,
        merchant_id=merchant_id,
        seq=seq,
        limit=limit,
    )
    return [from_row(row) for row in reversed(rows)]


def messages_by_id(session: Session, merchant_id: int, ids: list[int]) -> list[Message]:
    """These messages of the merchant, in no order; at most 500 are read."""
    if not ids:
        return []
    marks = ", ".join(f":id{n}" for n in range(len(ids[:500])))
    # `+`: SQLite would rather walk all of the merchant's messages than look these up.
    rows = session.all(
        f"SELECT {COLUMNS} FROM message WHERE +merchant_id = :merchant_id AND id IN ({marks})",
        merchant_id=merchant_id,
        **{f"id{n}": value for n, value in enumerate(ids[:500])},
    )
    return [from_row(row) for row in rows]


def advance(
    session: Session, found: Message, state: State, error: str | None = None, *, final: bool = False
) -> bool:
    """Move the state forward; False when it is there or further already (late receipts)."""
    done = session.run(
        f"""UPDATE message SET state = :state, error = :error, permanent = :final
        WHERE id = :id AND merchant_id = :merchant_id AND {_RANK} < :rank""",
        state=state,
        error=error,
        final=int(final),
        id=found.id,
        merchant_id=found.merchant_id,
        rank=_REACHED[state],
    )
    if done:
        changed(session, found)
    return bool(done)


def changed(session: Session, found: Message) -> None:
    """Tell whoever watches that this message looks different now."""
    session.nudge(Nudge("message", found.merchant_id, found.conversation_id, found.id))


def from_row(row: Row) -> Message:
    """Read a row of `COLUMNS`."""
    values: list[Any] = [
        *row[:19],
        optional_micros(row[19]),
        from_micros(row[20]),
        optional_micros(row[21]),
        optional_micros(row[22]),
    ]
    return Message(*values)


def _one(session: Session, merchant_id: int, message_id: int, lock: str) -> Message:
    row = session.one(
        f"SELECT {COLUMNS} FROM message WHERE id = :id AND merchant_id = :merchant_id{lock}",
        id=message_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such message.")
    return from_row(row)
