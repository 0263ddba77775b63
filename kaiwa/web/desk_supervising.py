"""What supervisors do: watch the shop as a whole, and whisper to whoever answers."""

from typing import Any, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.conversations.note import NewNote, whisper
from kaiwa.engines.db import Session
from kaiwa.web.boards import BoardShape, boards, topic_of_board
from kaiwa.web.desk_door import ClientId, Desk, Id, Words
from kaiwa.web.errors import refusals
from kaiwa.web.row_shape import NoteShape
from kaiwa.web.shapes import note_shape

Asking = Request[Any, Any, Any]


class Whisper(msgspec.Struct, frozen=True):
    """What only the staff sees."""

    client_id: ClientId
    text: Words


class Whispered(TypedDict):
    """The note that was left."""

    note: NoteShape


@get("/wallboard", responses=refusals(401, 403, 503))
async def wallboard(request: Asking) -> BoardShape:
    """Who waits, who answers, how long it takes: now, and from here on over the live stream."""
    desk = await Desk.of(request, "supervise")
    desk.context.hub.touch([topic_of_board(desk.merchant_id)])
    kept = boards(desk.context)
    return await desk.read(lambda s: kept.load(s, desk.merchant_id, desk.now))


@post(
    "/conversations/{conversation_id:int}/whisper",
    status_code=200,
    responses=refusals(400, 401, 403, 404, 409, 413, 503),
)
async def whisper_it(request: Asking, conversation_id: Id, data: JSONBody[Whisper]) -> Whispered:
    """Leave a note that the agent who answers is shown at once, wherever they are."""
    desk = await Desk.of(request, "supervise")
    new = NewNote(conversation_id, desk.agent.id, data.client_id, data.text)

    def tell(session: Session) -> NoteShape:
        return note_shape(whisper(session, desk.merchant_id, new, desk.now))

    return {"note": await desk.act(conversation_id, tell)}


HANDLERS = [wallboard, whisper_it]
