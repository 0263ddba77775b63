"""One person or two: who may be the same, making them one, and taking that back."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody, QueryParameter

from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.merge import GoesBack, goes_back, merge_customers, merges, undo_merge
from kaiwa.customers.grade import Grade
from kaiwa.customers.identity import Evidence
from kaiwa.desk.same_person import Candidate, PastMerge, Sign, called, candidates, past_merges
from kaiwa.engines.db import Session
from kaiwa.merchants.agent import agents
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import BodyId, Desk, Id, Name
from kaiwa.web.errors import refusals
from kaiwa.web.row_shape import ShopperShape
from kaiwa.web.shapes import optional

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)


class Merging(msgspec.Struct, frozen=True):
    """Who becomes part of the customer, and why the agent believes it."""

    other: BodyId
    words: Name


class PlaceShape(TypedDict):
    """An address, by which people recognise somebody."""

    channel: str
    label: str
    grade: Grade


class CandidateShape(TypedDict):
    """Who may be the same person, and the signs of it, strongest first."""

    customer: ShopperShape
    signs: list[Sign]
    addresses: list[PlaceShape]


class GoesBackShape(TypedDict):
    """What taking it back would move; the messages are those said since in one conversation."""

    addresses: int
    conversations: int
    messages: int


class PastMergeShape(TypedDict):
    """Who was made part of the customer, why, by whom, and when that was taken back.

    `goes_back` is what would move if it were taken back now.
    """

    id: int
    customer: ShopperShape
    words: str
    by: str | None
    at: str
    undone_at: str | None
    goes_back: GoesBackShape | None


class SamePerson(TypedDict):
    """Who may be the same person, and who was said to be."""

    candidates: list[CandidateShape]
    merges: list[PastMergeShape]


class MergeDone(TypedDict):
    """The number of the merge."""

    merge: int


@get("/conversations/{conversation_id:int}/same-person", responses=_READ)
async def who_else(
    request: Asking,
    conversation_id: Id,
    name: Annotated[str, QueryParameter(max_length=100)] = "",
) -> SamePerson:
    """Customers who may be the same person, with the signs of it, or those of a name."""
    desk = await Desk.of(request)
    wanted = name.replace("\0", "").strip()

    def look(session: Session) -> SamePerson:
        shop = desk.merchant_id
        own = conversation_of(session, shop, conversation_id).customer_id
        found = called(session, shop, wanted, own) if wanted else candidates(session, shop, own)
        standing = {
            one.id: goes_back(session, one)
            for one in merges(session, shop, own)
            if one.kept_id == own and not one.undone
        }
        names = {f"agent:{one.id}": one.name for one in agents(session, shop)}
        return {
            "candidates": [_candidate(one) for one in found],
            "merges": [
                _merge(one, names, standing.get(one.id)) for one in past_merges(session, shop, own)
            ],
        }

    return await desk.read(look)


@post("/customers/{customer_id:int}/merge", status_code=200, responses=_ACT)
async def make_one(request: Asking, customer_id: Id, data: JSONBody[Merging]) -> MergeDone:
    """Make another customer part of this one; it can be taken back at any time."""
    desk = await Desk.of(request)
    words = " ".join(data.words.split())
    if not words:
        raise Invalid("Say why you believe that they are one person.", reason="why")

    def merge(session: Session) -> MergeDone:
        by = f"agent:{desk.agent.id}"
        evidence = Evidence("claimed", words, by)
        pair = (customer_id, data.other)
        made = merge_customers(session, desk.merchant_id, pair, evidence, desk.now)
        detail: dict[str, object] = {"absorbed": data.other, "words": words}
        deed = Deed(by, "customers_merged", f"customer:{customer_id}", detail)
        write_down(session, desk.merchant_id, deed, desk.now)
        return {"merge": made.id}

    return await desk.context.db.write(merge)


@post("/merges/{merge_id:int}/undo", status_code=200, responses=_ACT)
async def make_two(request: Asking, merge_id: Id) -> MergeDone:
    """Take a merge back: what it moved goes back to where it was."""
    desk = await Desk.of(request)

    def undo(session: Session) -> MergeDone:
        by = f"agent:{desk.agent.id}"
        tell = desk.context.announce
        done = undo_merge(session, desk.merchant_id, merge_id, by, desk.now, tell)
        deed = Deed(by, "merge_undone", f"customer:{done.kept_id}", {"merge": merge_id})
        write_down(session, desk.merchant_id, deed, desk.now)
        return {"merge": done.id}

    return await desk.context.db.write(undo)


def _candidate(one: Candidate) -> CandidateShape:
    return {
        "customer": {"id": one.id, "name": one.name},
        "signs": list(one.signs),
        "addresses": [
            {"channel": where.channel, "label": where.label or where.value, "grade": where.grade}
            for where in one.addresses
        ],
    }


def _merge(one: PastMerge, names: dict[str, str], back: GoesBack | None) -> PastMergeShape:
    return {
        "id": one.id,
        "customer": {"id": one.absorbed_id, "name": one.absorbed_name},
        "words": one.words,
        "by": names.get(one.by),
        "at": iso(one.at),
        "undone_at": optional(one.undone_at),
        "goes_back": None if back is None else _goes_back(back),
    }


def _goes_back(back: GoesBack) -> GoesBackShape:
    return {
        "addresses": back.addresses,
        "conversations": back.conversations,
        "messages": back.messages,
    }


HANDLERS = [who_else, make_one, make_two]
