"""What agents write: answers, notes, and the sign that one is being written."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, post
from litestar.params import JSONBody

from kaiwa.channels import Ability, channel
from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.message import message as message_of
from kaiwa.conversations.note import NewNote, write_note
from kaiwa.conversations.outbox import cancel_message, send_again
from kaiwa.conversations.rating import ask_rating_now
from kaiwa.desk.answering import Answer, answer
from kaiwa.desk.card import MOST_CARDS, Card
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.vocabulary.errors import NotFound
from kaiwa.web.desk_cards import composed
from kaiwa.web.desk_door import (
    BodyId,
    ClientId,
    Count,
    Desk,
    FileKey,
    Id,
    MessageSaid,
    Words,
)
from kaiwa.web.errors import refusals
from kaiwa.web.message_shape import DeskMessageShape
from kaiwa.web.row_shape import MovedShape, NoteShape
from kaiwa.web.shapes import note_shape

Asking = Request[Any, Any, Any]
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)


class Saying(msgspec.Struct, frozen=True):
    """An answer and what the agent saw when it was written."""

    client_id: ClientId
    epoch: Count
    last_seq: Count
    text: Words = ""
    file: FileKey | None = None
    identity: BodyId | None = None
    cards: Annotated[tuple[Card, ...], msgspec.Meta(max_length=MOST_CARDS)] = ()


class Noting(msgspec.Struct, frozen=True):
    """A note for colleagues."""

    client_id: ClientId
    text: Words


class Again(msgspec.Struct, frozen=True):
    """Whether a message may arrive twice."""

    may_double: bool = False


class MessageKept(TypedDict):
    """The message as it is now."""

    message: DeskMessageShape


@post("/conversations/{conversation_id:int}/messages", responses=_ACT)
async def say_it(request: Asking, conversation_id: Id, data: JSONBody[Saying]) -> MessageSaid:
    """Answer the customer; the first answer takes the conversation over."""
    desk = await Desk.of(request)
    said = Answer(
        conversation_id,
        desk.agent.id,
        data.client_id,
        data.epoch,
        data.last_seq,
        text=data.text,
        file=data.file,
        identity_id=data.identity,
    )

    own = desk.context.public_url or str(request.base_url).rstrip("/")
    compose = composed(desk, data.cards, data.client_id, own) if data.cards else None

    def speak(session: Session) -> MessageSaid:
        found = answer(session, desk.merchant_id, said, desk.now, compose)
        row = desk.row(session, conversation_id)
        return {"message": desk.message(session, found), "conversation": row}

    return await desk.act(conversation_id, speak)


@post("/conversations/{conversation_id:int}/notes", responses=_ACT)
async def note_it(request: Asking, conversation_id: Id, data: JSONBody[Noting]) -> NoteShape:
    """Write a note; the same client_id again is the same note."""
    desk = await Desk.of(request)
    # Two agents whose browsers chose the same id mean two notes.
    once = f"{desk.agent.id}:{data.client_id}"
    new = NewNote(conversation_id, desk.agent.id, once, data.text)
    note = await desk.context.db.write(lambda s: write_note(s, desk.merchant_id, new, desk.now))
    return note_shape(note)


@post("/conversations/{conversation_id:int}/rating", status_code=200, responses=_ACT)
async def ask_how(request: Asking, conversation_id: Id) -> MovedShape:
    """Ask the customer now how it was: once, and closing asks no more."""
    desk = await Desk.of(request)

    def ask(session: Session) -> Conversation:
        conv = held(session, desk.merchant_id, conversation_id)
        ask_rating_now(session, conv, desk.agent.id, desk.now)
        return conv

    return await desk.moved(conversation_id, ask)


@post("/conversations/{conversation_id:int}/typing", status_code=204, responses=_ACT)
async def typing(request: Asking, conversation_id: Id) -> None:
    """The agent is writing: colleagues, the widget and the channel are told."""
    desk = await Desk.of(request)

    def tell(session: Session) -> None:
        conv = conversation_of(session, desk.merchant_id, conversation_id)
        words = f"agent {desk.agent.name}"
        session.nudge(Nudge("typing", desk.merchant_id, conversation_id, note=words[:200]))
        if Ability.TYPING in channel(conv.channel).abilities:
            job = NewJob(
                "courtesy",
                "show_typing",
                payload=f"{desk.merchant_id} {conversation_id}",
                key=f"typing:{conversation_id}",
            )
            enqueue(session, job, desk.now)

    await desk.context.db.write(tell)


@post(
    "/conversations/{conversation_id:int}/messages/{message_id:int}/cancel",
    status_code=200,
    responses=_ACT,
)
async def cancel_it(request: Asking, conversation_id: Id, message_id: Id) -> MessageKept:
    """Take back a message that nobody has begun to send."""
    desk = await Desk.of(request)

    def undo(session: Session) -> MessageKept:
        _require_here(session, desk, conversation_id, message_id)
        found = cancel_message(session, desk.merchant_id, message_id)
        return {"message": desk.message(session, found)}

    return await desk.act(conversation_id, undo)


@post(
    "/conversations/{conversation_id:int}/messages/{message_id:int}/retry",
    status_code=200,
    responses=_ACT,
)
async def retry_it(
    request: Asking, conversation_id: Id, message_id: Id, data: JSONBody[Again]
) -> MessageKept:
    """Send a failed message again; one whose fate is unknown only when it may arrive twice."""
    desk = await Desk.of(request)

    def again(session: Session) -> MessageKept:
        _require_here(session, desk, conversation_id, message_id)
        found = send_again(
            session, desk.merchant_id, message_id, may_double=data.may_double, now=desk.now
        )
        return {"message": desk.message(session, found)}

    return await desk.act(conversation_id, again)


def _require_here(session: Session, desk: Desk, conversation_id: int, message_id: int) -> None:
    conversation_of(session, desk.merchant_id, conversation_id)
    if message_of(session, desk.merchant_id, message_id).conversation_id != conversation_id:
        raise NotFound("There is no such message.")


HANDLERS = [say_it, note_it, ask_how, typing, cancel_it, retry_it]
