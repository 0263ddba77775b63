"""A draft rewritten or translated by the shop's language model, for the agent to take or leave."""

from typing import Any, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.bot.model.rewriting import WAYS, Rewriting, Way
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.customers.customer import customer
from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session
from kaiwa.merchants.agent import agents
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.errors import Refused
from kaiwa.web.desk_door import Desk, Id, Words
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_NO_MODEL = "No language model is connected to this shop."


class RewriteBody(msgspec.Struct, frozen=True):
    """What is in the composer, and how it is to be said."""

    text: Words
    way: Way


class Ways(TypedDict):
    """How drafts can be rewritten."""

    ways: list[Way]


class Rewritten(TypedDict):
    """The draft, said otherwise."""

    text: str


@get("/rewriting", responses=refusals(401, 403, 503))
async def ways(request: Asking) -> Ways:
    """The ways in which drafts can be rewritten; none where no language model is connected."""
    desk = await Desk.of(request)
    rewriter = desk.context.rewriter
    if rewriter is None:
        return {"ways": []}
    offered = await desk.read(lambda s: rewriter.is_offered(s, desk.merchant_id))
    return {"ways": list(WAYS) if offered else []}


@post(
    "/conversations/{conversation_id:int}/rewrite",
    status_code=200,
    responses=refusals(400, 401, 403, 404, 409, 413, 503),
)
async def rewrite(request: Asking, conversation_id: Id, data: JSONBody[RewriteBody]) -> Rewritten:
    """The draft in that way, every fact checked; nothing is sent or kept."""
    desk = await Desk.of(request)
    rewriter = desk.context.rewriter

    def look(session: Session) -> tuple[Merchant, tuple[str, ...], bool]:
        offered = rewriter is not None and rewriter.is_offered(session, desk.merchant_id)
        names = _personal(session, desk.merchant_id, conversation_id)
        return merchant(session, desk.merchant_id), names, offered

    shop, personal, offered = await desk.read(look)
    if rewriter is None or not offered:
        raise Refused(_NO_MODEL, reason="no_model")
    told = await rewriter.rewrite(shop, Rewriting(data.text, data.way, personal))
    return {"text": told}


def _personal(session: Session, merchant_id: int, conversation_id: int) -> tuple[str, ...]:
    """Names and addresses of the customer and the staff: they never leave as they are."""
    conv = conversation_of(session, merchant_id, conversation_id)
    whom = customer(session, merchant_id, conv.customer_id)
    known = identities(session, merchant_id, conv.customer_id)
    staff = [one.name for one in agents(session, merchant_id)]
    found = [whom.name or "", *(whom.name or "").split(), *(one.value for one in known), *staff]
    return tuple(one for one in dict.fromkeys(found) if len(one) > 1)


HANDLERS = [ways, rewrite]
