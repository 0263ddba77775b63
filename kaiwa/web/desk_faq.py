"""The shop's questions and answers at the desk: found by everybody, written by those who teach."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import add_entry, entry, remove_entry
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.handwriting import Wanted, change_entry, looked_through, possible
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.language import Language
from kaiwa.web.desk_door import Desk, Id, Name, Words
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 503)
_WRITE = refusals(400, 401, 403, 404, 409, 413, 503)


class FaqBody(msgspec.Struct, frozen=True):
    """An entry as it is to be."""

    question: Words
    answer: Words
    language: Language
    tags: Annotated[list[Name], msgspec.Meta(max_length=50)] = []
    alternatives: Annotated[list[Words], msgspec.Meta(max_length=200)] = []

    def entry(self, faq_id: int = 0) -> FaqEntry:
        """The same as an entry."""
        told = (self.question, self.answer, self.language)
        return FaqEntry(faq_id, *told, tuple(self.tags), tuple(self.alternatives))


class FaqEntryShape(TypedDict):
    """A question and its answer."""

    id: int
    question: str
    answer: str
    language: Language
    tags: list[str]
    alternatives: list[str]


class FaqPageShape(TypedDict):
    """Some of the entries; how many were `found` of how many there are; every tag."""

    faq: list[FaqEntryShape]
    next: int | None
    found: int
    total: int
    tags: list[str]


class FaqKept(TypedDict):
    """The entry as it is now."""

    entry: FaqEntryShape


@get("/faq", responses=_READ)
async def all_entries(
    request: Asking,
    q: Annotated[str, QueryParameter(max_length=200)] = "",
    language: FromQuery[Language | None] = None,
    tag: Annotated[str | None, QueryParameter(max_length=100)] = None,
    after: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> FaqPageShape:
    """Entries that contain the words, newest first, and every tag there is."""
    desk = await Desk.of(request)
    wanted = Wanted(q, language, tag or None)
    page = await desk.read(lambda s: looked_through(s, desk.merchant_id, wanted, after, limit))
    return {
        "faq": [_shape(one) for one in page.entries],
        "next": page.entries[-1].id if len(page.entries) == limit else None,
        "found": page.found,
        "total": page.total,
        "tags": page.tags,
    }


@post("/faq", responses=_WRITE)
async def new_entry(request: Asking, data: JSONBody[FaqBody]) -> FaqKept:
    """Answer a question for good. Owners and admins only."""
    desk = await Desk.of(request, "teach")
    new = possible(data.entry())

    def add(session: Session) -> FaqEntry:
        faq_id = add_entry(session, desk.merchant_id, new, desk.now)
        _tell(session, desk, "created", faq_id)
        return entry(session, desk.merchant_id, faq_id)

    return {"entry": _shape(await desk.context.db.write(add))}


@put("/faq/{faq_id:int}", responses=_WRITE)
async def other_entry(request: Asking, faq_id: Id, data: JSONBody[FaqBody]) -> FaqKept:
    """Write an entry anew. Owners and admins only."""
    desk = await Desk.of(request, "teach")

    def change(session: Session) -> FaqEntry:
        done = change_entry(session, desk.merchant_id, data.entry(faq_id), desk.now)
        _tell(session, desk, "changed", faq_id)
        return done

    return {"entry": _shape(await desk.context.db.write(change))}


@delete("/faq/{faq_id:int}", responses=refusals(400, 401, 403, 404, 503))
async def no_entry(request: Asking, faq_id: Id) -> None:
    """Forget an entry and what was expected of it. Owners and admins only."""
    desk = await Desk.of(request, "teach")

    def remove(session: Session) -> None:
        remove_entry(session, desk.merchant_id, faq_id)
        _tell(session, desk, "removed", faq_id)

    await desk.context.db.write(remove)


def _tell(session: Session, desk: Desk, action: str, faq_id: int) -> None:
    deed = Deed(f"agent:{desk.agent.id}", action, f"faq:{faq_id}")
    write_down(session, desk.merchant_id, deed, desk.now)


def _shape(one: FaqEntry) -> FaqEntryShape:
    return {
        "id": one.id,
        "question": one.question,
        "answer": one.answer,
        "language": one.language,
        "tags": list(one.tags),
        "alternatives": list(one.alternatives),
    }


HANDLERS = [all_entries, new_entry, other_entry, no_entry]
