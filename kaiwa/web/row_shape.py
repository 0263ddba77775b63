"""What the desk says of a conversation: its row, its notes, its happenings, and who they name."""

from typing import Literal, TypedDict

from kaiwa.conversations.conversation import AnsweredBy
from kaiwa.conversations.happening import Kind
from kaiwa.conversations.message import Sender
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.priority import Priority


class PersonShape(TypedDict):
    """An agent by name."""

    id: int
    name: str


class ShopperShape(TypedDict):
    """A customer; who has not said a name has none."""

    id: int
    name: str | None


class LabelShape(TypedDict):
    """A label, or a team, by name."""

    id: int
    name: str


class SnoozedShape(TypedDict):
    """Put aside; without a time until the customer writes."""

    until: str | None


class DueShape(TypedDict):
    """Until when something is to be done for a conversation; `late`: that time was over."""

    at: str
    kind: str
    late: bool


class RowShape(TypedDict):
    """A row of the desk's list."""

    id: int
    customer: ShopperShape
    channel: str
    status: Literal["open", "closed"]
    answered_by: AnsweredBy
    assignee: PersonShape | None
    team: LabelShape | None
    priority: Priority
    labels: list[LabelShape]
    snoozed: SnoozedShape | None
    due: DueShape | None
    epoch: int
    last_seq: int
    unread: int
    waiting_since: str | None
    language: Language
    preview: str
    preview_sender: Sender
    updated_at: str


class MovedShape(TypedDict):
    """A conversation as it is after what was done to it."""

    conversation: RowShape


class NoteShape(TypedDict):
    """A note; without an agent it is the bot's, with `to` it is whispered."""

    id: int
    client_id: str
    after_seq: int
    agent: PersonShape | None
    text: str
    to: PersonShape | None
    mentions: list[PersonShape]
    at: str


class HappeningShape(TypedDict):
    """A line of the desk's timeline."""

    id: int
    after_seq: int
    kind: Kind
    by: PersonShape | None
    reason: str | None
    at: str
