"""An answer as it would leave on every channel, before it is sent, and what would be lost."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, post
from litestar.params import JSONBody

from kaiwa.channels import Ability, channel
from kaiwa.channels.preview import Preview, previews
from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.links import FileLinks, PublicLinks
from kaiwa.desk.answering import Answer, drafted
from kaiwa.desk.card import MOST_CARDS, Card
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox, inboxes
from kaiwa.vocabulary.reply import Degradation, Reply
from kaiwa.web.desk_cards import composed
from kaiwa.web.desk_door import BodyId, Desk, FileKey, Id, Words
from kaiwa.web.errors import refusals
from kaiwa.web.origin import own_address

Asking = Request[Any, Any, Any]
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)


class Draft(msgspec.Struct, frozen=True):
    """What is in the composer."""

    text: Words = ""
    file: FileKey | None = None
    identity: BodyId | None = None
    cards: Annotated[tuple[Card, ...], msgspec.Meta(max_length=MOST_CARDS)] = ()


class PreviewShape(TypedDict):
    """The draft on one channel: in how many messages, what is read, and what is lost."""

    channel: str
    connected: bool
    messages: int
    seen: list[str]
    degradations: tuple[Degradation, ...]


class Previews(TypedDict):
    """The draft on every channel."""

    previews: list[PreviewShape]


class _Undone(Exception):
    """No error: it takes back what filling in the cards has written."""

    def __init__(self, reply: Reply, conv: Conversation, boxes: list[Inbox]) -> None:
        super().__init__()
        self.found = reply, conv, boxes


@post("/conversations/{conversation_id:int}/preview", status_code=200, responses=_ACT)
async def preview_it(request: Asking, conversation_id: Id, data: JSONBody[Draft]) -> Previews:
    """What every channel would make of the draft; nothing is sent or kept."""
    desk = await Desk.of(request)
    reply, conv, boxes = await _reply(desk, request, conversation_id, data)
    connected = frozenset(box.channel for box in boxes)
    found = previews(reply, desk.now, (), _catalogues(desk, boxes))
    # The channel of the conversation first, then those of the shop.
    found.sort(key=lambda one: (one.channel != conv.channel, one.channel not in connected))
    return {"previews": [_shape(one, connected) for one in found]}


async def _reply(
    desk: Desk, request: Asking, conversation_id: int, data: Draft
) -> tuple[Reply, Conversation, list[Inbox]]:
    own = own_address(request, desk.context.public_url)
    compose = composed(desk, data.cards, "preview", own) if data.cards else None
    said = Answer(
        conversation_id, desk.agent.id, "preview", 0, 0, data.text, data.file, data.identity
    )

    def fill_in(session: Session) -> None:
        conv, reply = drafted(session, desk.merchant_id, said, compose)
        opened = PublicLinks(FileLinks(desk.context.secrets), own)
        boxes = inboxes(session, desk.merchant_id)
        raise _Undone(opened.opened(reply, desk.merchant_id, desk.now), conv, boxes)

    try:
        await desk.act(conversation_id, fill_in)
    except _Undone as undone:
        return undone.found
    raise AssertionError("A preview is always taken back.")


def _catalogues(desk: Desk, boxes: list[Inbox]) -> dict[str, str]:
    """By channel: the catalogue that the shop has connected there."""
    return {
        box.channel: box.account(desk.context.secrets).credentials.get("catalog_id", "").strip()
        for box in boxes
        if Ability.CATALOGUE in channel(box.channel).abilities
    }


def _shape(found: Preview, connected: frozenset[str]) -> PreviewShape:
    return {
        "channel": found.channel,
        "connected": found.channel in connected,
        "messages": found.messages,
        "seen": found.seen,
        "degradations": found.degradations,
    }


HANDLERS = [preview_it]
