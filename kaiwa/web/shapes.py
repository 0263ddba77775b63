"""How records look on the wire: the shapes of docs/en/reference/web-protocol.md."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.happening import Happening
from kaiwa.conversations.label import Label
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.media import kind_of
from kaiwa.conversations.message import Message
from kaiwa.conversations.note import Note
from kaiwa.conversations.snooze import UNTIL_REPLY
from kaiwa.vocabulary.content import (
    Content,
    File,
    FormAnswer,
    Location,
    Media,
    Postback,
    Sticker,
    Text,
    Unsent,
)
from kaiwa.vocabulary.priority import PRIORITIES
from kaiwa.vocabulary.reply import AudioBlock, Block, FileBlock, ImageBlock, VideoBlock
from kaiwa.vocabulary.time import iso
from kaiwa.web.message_shape import (
    FILE_KINDS,
    BlockShape,
    ContentShape,
    DeskMessageShape,
    FileBlockShape,
    FileShape,
    LetterShape,
    MessageShape,
    PictureShape,
    RecordingShape,
    StickerShape,
)
from kaiwa.web.row_shape import DueShape, HappeningShape, NoteShape, PersonShape, RowShape
from kaiwa.web.sticker import PACKAGE

Json = dict[str, Any]


class Names(msgspec.Struct, frozen=True):
    """Names that stand in messages and rows."""

    customer: str | None
    bot: str
    shop: str
    agents: dict[int, str] = {}
    teams: dict[int, str] = {}


class Shaper:
    """Shapes the records of one merchant at one moment."""

    def __init__(self, names: Names, links: FileLinks, now: datetime) -> None:
        self._names = names
        self._links = links
        self._now = now

    def message(self, found: Message, channel: str) -> MessageShape:
        """A message as the shopper may see it."""
        inbound = found.direction == "in"
        return {
            "id": found.id,
            "conversation": found.conversation_id,
            "seq": found.seq,
            "direction": found.direction,
            "sender": found.sender,
            "name": self._name(found),
            "agent": found.agent_id,
            "channel": channel,
            "state": found.state,
            "error": found.error,
            "content": self.content(found.content, found.merchant_id) if inbound else None,
            "blocks": [] if inbound else self.blocks(found),
            "client_id": found.client_id,
            "degradations": found.degradations,
            "occurred_at": iso(found.occurred_at or found.recorded_at),
            "recorded_at": iso(found.recorded_at),
            "edited_at": optional(found.edited_at),
            "unsent_at": optional(found.unsent_at),
        }

    def desk_message(self, found: Message, channel: str) -> DeskMessageShape:
        """A message as an agent may see it."""
        degraded = found.degradations
        sent_as = msgspec.json.decode(found.sent_as) if found.sent_as and degraded else None
        return {
            **self.message(found, channel),
            "attempts": found.attempts,
            "permanent": bool(found.permanent),
            "identity": found.identity_id,
            "letter": _letter(found),
            "sent_as": None if sent_as is None else [w["body"] for w in sent_as["wires"]],
        }

    def content(self, content: Content, merchant_id: int) -> ContentShape:
        """What a customer sent."""
        match content:
            case Text(text=text):
                return {"type": "text", "text": text}
            case Media(kind=kind, file=file, text=text, lost=lost):
                shown = None if file is None else self.file(file, merchant_id)
                named = FILE_KINDS.get(kind, "file")
                return {"type": named, "file": shown, "text": text, "lost": lost}
            case Sticker(package=package, sticker=name, keywords=keywords, text=text):
                shape: StickerShape = {"type": "sticker", "keywords": list(keywords), "text": text}
                if package == PACKAGE:
                    shape["sticker"] = name
                return shape
            case Location() | FormAnswer():
                return content
            case Postback(label=label):
                return {"type": "postback", "label": label}
            case Unsent(parted=parted):
                return {"type": "unsent", "parted": parted}
            case _:
                return {"type": "unknown"}

    def blocks(self, found: Message) -> list[BlockShape]:
        """What the shop says."""
        return [self._block(block, found.merchant_id) for block in found.reply.blocks]

    def file(self, file: File, merchant_id: int) -> FileShape:
        """A kept file with a link to it."""
        return {
            "url": self._links.url(merchant_id, file.key, self._now),
            "name": file.name,
            "type": file.type,
            "size_bytes": file.size_bytes,
        }

    def _block(self, block: Block, merchant_id: int) -> BlockShape:
        if not isinstance(block, ImageBlock | VideoBlock | AudioBlock | FileBlock):
            return block
        shape: FileBlockShape | PictureShape | RecordingShape = msgspec.to_builtins(block)
        kept = block.file
        shape["file"] = (
            self.file(kept, merchant_id)
            if kept is not None
            else {"url": block.url, "name": block.alt_text, "type": "", "size_bytes": 0}
        )
        return shape

    def _name(self, found: Message) -> str | None:
        match found.sender:
            case "customer":
                return self._names.customer
            case "agent":
                return self._names.agents.get(found.agent_id or 0, self._names.shop)
            case _:
                return self._names.bot

    def row(self, conv: Conversation, labels: Sequence[Label]) -> RowShape:
        """A row of the desk's list."""
        assignee, team, until = conv.assignee_id, conv.team_id, conv.snoozed_until
        return {
            "id": conv.id,
            "customer": {"id": conv.customer_id, "name": self._names.customer},
            "channel": conv.channel,
            "status": conv.status,
            "answered_by": conv.answered_by,
            "assignee": self._agent(assignee),
            "team": None if team is None else {"id": team, "name": self._names.teams.get(team, "")},
            "priority": PRIORITIES[conv.priority],
            "labels": [{"id": one.id, "name": one.name} for one in labels],
            "snoozed": None if until is None else {"until": _until(until)},
            "due": _due(conv),
            "epoch": conv.epoch,
            "last_seq": conv.last_seq,
            "unread": conv.unread,
            "waiting_since": optional(conv.waiting_since),
            "language": conv.language,
            "preview": conv.preview,
            "preview_sender": conv.preview_sender,
            "updated_at": iso(conv.updated_at),
        }

    def shopper_conversation(self, conv: Conversation) -> Json:
        """A conversation as the shopper may see it, without messages."""
        agent = self._agent(conv.assignee_id) if conv.answered_by == "agent" else None
        return {
            "id": conv.id,
            "status": conv.status,
            "answered_by": conv.answered_by,
            "waiting": conv.answered_by != "bot" and conv.waiting_since is not None,
            "agent": None if agent is None else {"name": agent["name"]},
            "last_seq": conv.last_seq,
        }

    def _agent(self, agent_id: int | None) -> PersonShape | None:
        if agent_id is None:
            return None
        return {"id": agent_id, "name": self._names.agents.get(agent_id, self._names.shop)}


def _due(conv: Conversation) -> DueShape | None:
    if conv.due_at is None or conv.status == "closed":
        return None
    return {"at": iso(conv.due_at), "kind": conv.due_kind or "", "late": conv.late}


def _until(at: datetime) -> str | None:
    return None if at == UNTIL_REPLY else iso(at)


def note_shape(note: Note) -> NoteShape:
    """A note of the desk."""
    return {
        "id": note.id,
        "client_id": note.client_id.removeprefix(f"{note.agent_id}:"),
        "after_seq": note.after_seq,
        "agent": _person(note.agent_id, note.agent_name),
        "text": note.text,
        "to": _person(note.to_id, note.to_name),
        "mentions": [{"id": agent_id, "name": name} for agent_id, name in note.mentions],
        "at": iso(note.at),
    }


def happening_shape(line: Happening) -> HappeningShape:
    """A line of the desk's timeline."""
    return {
        "id": line.id,
        "after_seq": line.after_seq,
        "kind": line.kind,
        "by": _person(line.agent_id, line.agent_name),
        "reason": line.reason,
        "at": iso(line.at),
    }


def _person(agent_id: int | None, name: str | None) -> PersonShape | None:
    return None if agent_id is None else {"id": agent_id, "name": name or ""}


def _letter(found: Message) -> LetterShape | None:
    """What a mail was besides its words."""
    if found.direction != "in" or '"letter"' not in found.body:
        return None
    content = found.content
    if not isinstance(content, Text) or content.letter is None:
        return None
    return {"subject": content.letter.subject, "original": content.letter.original}


def media_content(file: File, text: str = "") -> Media:
    """What a customer's upload becomes."""
    return Media(kind_of(file.type), file=file, text=text)


def optional(at: datetime | None) -> str | None:
    """ISO time or None."""
    return None if at is None else iso(at)
