"""The desk's queue of questions the bot could not answer: seen, answered for good, dismissed."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from kaiwa.bot.nlu.act import ACTS
from kaiwa.engines.db import Session
from kaiwa.knowledge.cluster import Cluster, Status, cluster, clusters, dismiss
from kaiwa.knowledge.teaching import Lesson, Means, NewAnswer, SameAs, teach
from kaiwa.knowledge.unanswered import unanswered, wordings
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language, is_language
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import BodyId, Desk, Id, Words
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)
_WORDINGS = 10
_EXAMPLES = 5


class Answering(msgspec.Struct, frozen=True):
    """One of: an `answer` (with a better `question`, if any), an entry `faq`, an `act`."""

    answer: Words | None = None
    question: Words | None = None
    faq: BodyId | None = None
    act: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class MissedShape(TypedDict):
    """One time that it was asked."""

    conversation: int
    message: int
    text: str


class ClusterShape(TypedDict):
    """A question that nobody answered: its wordings, how often, and what became of it."""

    id: int
    language: Language
    text: str
    wordings: list[str]
    asked: int
    status: Status
    outcome: str | None
    first_at: str
    last_at: str
    examples: list[MissedShape]


class Unanswered(TypedDict):
    """Questions that nobody answered."""

    unanswered: list[ClusterShape]


class Settled(TypedDict):
    """The question as it is now."""

    unanswered: ClusterShape


class Taught(Settled):
    """The question as it is now, and what it became."""

    faq: int | None
    phrase: int | None
    regression: int


@get("/unanswered", responses=_READ)
async def waiting(
    request: Asking,
    status: FromQuery[Status] = "open",
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> Unanswered:
    """Clusters of questions, those asked most often first."""
    desk = await Desk.of(request)

    def look(session: Session) -> list[ClusterShape]:
        found = clusters(session, desk.merchant_id, status, limit)
        return [_shape(session, desk, one) for one in found]

    return {"unanswered": await desk.read(look)}


@post("/unanswered/{cluster_id:int}/answer", status_code=200, responses=_ACT)
async def answer_it(request: Asking, cluster_id: Id, data: JSONBody[Answering]) -> Taught:
    """Make the question known, and expect it to stay known. Owners and admins only."""
    desk = await Desk.of(request, "teach")
    lesson = _lesson(data)

    def learn(session: Session) -> Taught:
        taught = teach(session, desk.merchant_id, cluster_id, lesson, desk.now)
        done = cluster(session, desk.merchant_id, cluster_id)
        _write_down(session, desk, done, "answered")
        return {
            "unanswered": _shape(session, desk, done),
            "faq": taught.faq_id,
            "phrase": taught.phrase_id,
            "regression": taught.regression_id,
        }

    return await desk.context.db.write(learn)


@post("/unanswered/{cluster_id:int}/dismiss", status_code=200, responses=_ACT)
async def dismiss_it(request: Asking, cluster_id: Id) -> Settled:
    """Nobody is to answer this. Owners and admins only."""
    desk = await Desk.of(request, "teach")

    def drop(session: Session) -> Settled:
        done = dismiss(session, desk.merchant_id, cluster_id, desk.now)
        _write_down(session, desk, done, "dismissed")
        return {"unanswered": _shape(session, desk, done)}

    return await desk.context.db.write(drop)


def _lesson(told: Answering) -> Lesson:
    if sum(one is not None for one in (told.answer, told.faq, told.act)) != 1:
        raise Invalid("Send exactly one of answer, faq and act.")
    if told.answer is not None:
        return NewAnswer(told.answer, told.question)
    if told.faq is not None:
        return SameAs(told.faq)
    if told.act not in ACTS:
        raise Invalid(f"There is no act {told.act!r}.")
    return Means(told.act)


def _write_down(session: Session, desk: Desk, done: Cluster, action: str) -> None:
    deed = Deed(
        f"agent:{desk.agent.id}", action, f"unanswered:{done.id}", {"outcome": done.outcome}
    )
    write_down(session, desk.merchant_id, deed, desk.now)


def _shape(session: Session, desk: Desk, one: Cluster) -> ClusterShape:
    examples = unanswered(session, desk.merchant_id, _EXAMPLES, one.id)
    return {
        "id": one.id,
        "language": one.language if is_language(one.language) else DEFAULT_LANGUAGE,
        "text": one.text,
        "wordings": wordings(session, desk.merchant_id, one.id, _WORDINGS),
        "asked": one.asked,
        "status": one.status,
        "outcome": one.outcome,
        "first_at": iso(one.first_at),
        "last_at": iso(one.last_at),
        "examples": [
            {"conversation": said.conversation_id, "message": said.message_id, "text": said.text}
            for said in examples
        ],
    }


HANDLERS = [waiting, answer_it, dismiss_it]
