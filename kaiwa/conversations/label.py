"""Labels: the merchant's own words for what conversations are about."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.conversations.conversation import Conversation, changed, held
from kaiwa.conversations.happening import Kind, note_happening
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound

LONGEST_NAME = 40
MOST_LABELS = 500
MOST_ON_ONE = 20


class Label(msgspec.Struct, frozen=True):
    """One word of the merchant."""

    id: int
    name: str


class Labelling(msgspec.Struct, frozen=True):
    """Which labels (ids) are put on and which are taken off."""

    add: tuple[int, ...] = ()
    remove: tuple[int, ...] = ()


def labels(session: Session, merchant_id: int) -> list[Label]:
    """The merchant's labels, by name."""
    rows = session.all(
        "SELECT id, name FROM label WHERE merchant_id = :merchant_id ORDER BY name, id",
        merchant_id=merchant_id,
    )
    return [Label(*row) for row in rows]


def create_label(session: Session, merchant_id: int, name: str, now: datetime) -> Label:
    """Add a label; `Conflict` when there is one of this name."""
    if len(labels(session, merchant_id)) >= MOST_LABELS:
        raise Invalid(f"A shop may have at most {MOST_LABELS} labels.")
    row = session.one(
        """INSERT INTO label (merchant_id, name, created_at) VALUES (:merchant_id, :name, :now)
        ON CONFLICT (merchant_id, name) DO NOTHING RETURNING id, name""",
        merchant_id=merchant_id,
        name=_name(name),
        now=now,
    )
    if row is None:
        raise Conflict("There is a label of this name already.", reason="name_taken")
    return Label(*row)


def rename_label(session: Session, merchant_id: int, label_id: int, name: str) -> Label:
    """Give a label another name, wherever it stands; `NotFound`, `Conflict`."""
    wanted = _name(name)
    known = labels(session, merchant_id)
    if all(one.id != label_id for one in known):
        raise NotFound("There is no such label.")
    if any(one.name == wanted and one.id != label_id for one in known):
        raise Conflict("There is a label of this name already.", reason="name_taken")
    session.run(
        "UPDATE label SET name = :name WHERE id = :id AND merchant_id = :merchant_id",
        name=wanted,
        id=label_id,
        merchant_id=merchant_id,
    )
    return Label(label_id, wanted)


def remove_label(session: Session, merchant_id: int, label_id: int) -> None:
    """Take a label off everything and forget it; `NotFound`."""
    session.run(
        "DELETE FROM conversation_label WHERE label_id = :id AND merchant_id = :merchant_id",
        id=label_id,
        merchant_id=merchant_id,
    )
    gone = session.run(
        "DELETE FROM label WHERE id = :id AND merchant_id = :merchant_id",
        id=label_id,
        merchant_id=merchant_id,
    )
    if not gone:
        raise NotFound("There is no such label.")


def labels_of(
    session: Session, merchant_id: int, conversation_ids: Sequence[int]
) -> dict[int, list[Label]]:
    """The labels of each of these conversations, by name; those without any are left out."""
    if not conversation_ids:
        return {}
    marks = ", ".join(f":id{n}" for n in range(len(conversation_ids)))
    rows = session.all(
        f"""SELECT c.conversation_id, l.id, l.name FROM conversation_label c
        JOIN label l ON l.id = c.label_id AND l.merchant_id = c.merchant_id
        WHERE +c.merchant_id = :merchant_id AND c.conversation_id IN ({marks})
        ORDER BY l.name, l.id""",
        merchant_id=merchant_id,
        **{f"id{n}": value for n, value in enumerate(conversation_ids)},
    )
    found: dict[int, list[Label]] = {}
    for conversation_id, label_id, name in rows:
        found.setdefault(conversation_id, []).append(Label(label_id, name))
    return found


def change_labels(
    session: Session, merchant_id: int, ids: tuple[int, int], wanted: Labelling, now: datetime
) -> Conversation:
    """Put labels on conversation `ids[0]` and take others off, for agent `ids[1]`.

    `NotFound` for a label that is not there. What is on already, or off, makes no line.
    """
    conv = held(session, merchant_id, ids[0])
    known = {one.id: one for one in labels(session, merchant_id)}
    if not known.keys() >= {*wanted.add, *wanted.remove}:
        raise NotFound("There is no such label.")
    present = {one.id for one in labels_of(session, merchant_id, [conv.id]).get(conv.id, [])}
    after = (present | set(wanted.add)) - set(wanted.remove)
    if len(after) > MOST_ON_ONE:
        raise Invalid(f"A conversation may have at most {MOST_ON_ONE} labels.")
    for label_id in sorted(after ^ present):
        kind: Kind = "labelled" if label_id in after else "unlabelled"
        (_put if label_id in after else _take)(session, conv, label_id)
        note_happening(session, conv, kind, now, agent_id=ids[1], reason=known[label_id].name)
    if after != present:
        changed(session, conv)
    return conv


def _put(session: Session, conv: Conversation, label_id: int) -> None:
    session.run(
        """INSERT INTO conversation_label (conversation_id, label_id, merchant_id)
        VALUES (:conversation, :label, :merchant_id) ON CONFLICT DO NOTHING""",
        conversation=conv.id,
        label=label_id,
        merchant_id=conv.merchant_id,
    )


def _take(session: Session, conv: Conversation, label_id: int) -> None:
    session.run(
        """DELETE FROM conversation_label WHERE conversation_id = :conversation
        AND label_id = :label AND merchant_id = :merchant_id""",
        conversation=conv.id,
        label=label_id,
        merchant_id=conv.merchant_id,
    )


def _name(wanted: str) -> str:
    name = " ".join(wanted.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A label needs 1 to {LONGEST_NAME} characters.")
    return name
