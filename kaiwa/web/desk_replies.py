"""Saved replies: the shop's and one's own, and the facts that fill their blanks."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import JSONBody

from kaiwa.desk.blank import BLANKS
from kaiwa.desk.reply_facts import reply_facts
from kaiwa.desk.saved_reply import (
    ReplyAs,
    SavedReply,
    change_reply,
    create_reply,
    remove_reply,
    saved_replies,
    saved_reply,
)
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.role import require
from kaiwa.vocabulary.language import Language
from kaiwa.web.desk_door import Desk, Id, Name, Words
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_WRITE = refusals(400, 401, 403, 404, 409, 413, 503)


class ReplyBody(msgspec.Struct, frozen=True):
    """A reply to keep; `shared` ones are the shop's."""

    title: Name
    text: Words
    shortcut: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")] = ""
    language: Language | None = None
    shared: bool = False


class SavedReplyShape(TypedDict):
    """A saved reply; `shared` ones are the shop's."""

    id: int
    title: str
    shortcut: str
    language: Language | None
    text: str
    shared: bool


class AllReplies(TypedDict):
    """What the agent may use, and the blanks there are."""

    replies: list[SavedReplyShape]
    blanks: list[str]


class ReplyFacts(TypedDict):
    """What fills the blanks, by their names."""

    facts: dict[str, str]


class ReplyKept(TypedDict):
    """The reply as it is now."""

    reply: SavedReplyShape


@get("/saved-replies", responses=refusals(401, 403, 503))
async def all_replies(request: Asking) -> AllReplies:
    """What the agent may use, by title, and the names of the blanks there are."""
    desk = await Desk.of(request)
    found = await desk.read(lambda s: saved_replies(s, desk.merchant_id, desk.agent.id))
    return {"replies": [_shape(one) for one in found], "blanks": list(BLANKS)}


@get("/conversations/{conversation_id:int}/reply-facts", responses=_READ)
async def facts_of(request: Asking, conversation_id: Id) -> ReplyFacts:
    """What fills the blanks in this conversation; what no record says is left out."""
    desk = await Desk.of(request)
    ids = (conversation_id, desk.agent.id)
    return {"facts": await desk.read(lambda s: reply_facts(s, desk.merchant_id, ids))}


@post("/saved-replies", responses=_WRITE)
async def keep_reply(request: Asking, data: JSONBody[ReplyBody]) -> ReplyKept:
    """Keep a reply. The shop's own are written by owners and admins."""
    desk = await Desk.of(request)
    _require_may(desk, data.shared)
    new = _wanted(desk, data)

    def keep(session: Session) -> SavedReplyShape:
        kept = create_reply(session, desk.merchant_id, desk.agent.id, new, desk.now)
        _tell(session, desk, "created", kept)
        return _shape(kept)

    return {"reply": await desk.context.db.write(keep)}


@put("/saved-replies/{reply_id:int}", responses=_WRITE)
async def say_otherwise(request: Asking, reply_id: Id, data: JSONBody[ReplyBody]) -> ReplyKept:
    """Change a reply; also whether it is the shop's."""
    desk = await Desk.of(request)
    ids = (reply_id, desk.agent.id)

    def change(session: Session) -> SavedReplyShape:
        known = saved_reply(session, desk.merchant_id, ids)
        _require_may(desk, known.agent_id is None or data.shared)
        done = change_reply(session, desk.merchant_id, ids, _wanted(desk, data), desk.now)
        _tell(session, desk, "changed", done if done.agent_id is None else known)
        return _shape(done)

    return {"reply": await desk.context.db.write(change)}


@delete("/saved-replies/{reply_id:int}", responses=_READ)
async def forget_reply(request: Asking, reply_id: Id) -> None:
    """Forget a reply."""
    desk = await Desk.of(request)
    ids = (reply_id, desk.agent.id)

    def forget(session: Session) -> None:
        known = saved_reply(session, desk.merchant_id, ids)
        _require_may(desk, known.agent_id is None)
        remove_reply(session, desk.merchant_id, ids)
        _tell(session, desk, "removed", known)

    await desk.context.db.write(forget)


def _require_may(desk: Desk, shared: bool) -> None:
    if shared:
        require(desk.agent.role, "organize")


def _tell(session: Session, desk: Desk, action: str, reply: SavedReply) -> None:
    # What an agent keeps for themselves is nobody else's matter.
    if reply.agent_id is None:
        deed = Deed(f"agent:{desk.agent.id}", action, f"saved_reply:{reply.id}")
        write_down(session, desk.merchant_id, deed, desk.now)


def _wanted(desk: Desk, told: ReplyBody) -> ReplyAs:
    owner = None if told.shared else desk.agent.id
    return ReplyAs(told.title, told.text, told.shortcut, told.language, owner)


def _shape(one: SavedReply) -> SavedReplyShape:
    return {
        "id": one.id,
        "title": one.title,
        "shortcut": one.shortcut,
        "language": one.language,
        "text": one.text,
        "shared": one.agent_id is None,
    }


HANDLERS = [all_replies, facts_of, keep_reply, say_otherwise, forget_reply]
