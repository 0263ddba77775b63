"""A form filled in the shop's own chat."""

from typing import Annotated, Any

import msgspec

from kaiwa.channels.web_chat import check_client_id
from kaiwa.conversations.form_asking import Given, answer_form, asking
from kaiwa.conversations.form_filling import LONGEST_TEXT
from kaiwa.customers.identity import heard_from
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.web.context import Context
from kaiwa.web.visitor import Visitor

LARGEST_FORM_BYTES = 200_000
_Value = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT * 2, pattern=r"^[^\x00]*$")]


class FormSent(msgspec.Struct, frozen=True):
    """The answers of one form, by the names of its fields."""

    asked: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    client_id: str
    values: dict[str, Annotated[tuple[_Value, ...], msgspec.Meta(max_length=50)]]


async def take_form(context: Context, visitor: Visitor, body: bytes) -> dict[str, Any]:
    """Take the answers once; the same `client_id` again is the same answer.

    `Invalid` names the fields to mend in its detail. `NotFound` unless the visitor was asked.
    """
    try:
        sent = msgspec.json.decode(body, type=FormSent)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The body cannot be read: {error}") from error
    check_client_id(sent.client_id)
    now = context.clock.now()

    def work(session: Session) -> dict[str, Any]:
        known = visitor.identity(session)
        gone = NotFound("There is no such form.", reason="form_gone")
        if known is None:
            raise gone
        found = asking(session, known.merchant_id, sent.asked)
        if found.identity_id not in visitor.own(session, known):
            raise gone
        given = Given(sent.client_id, sent.values, known)
        answer_form(session, (known.merchant_id, sent.asked), given, context.announce, now)
        heard_from(session, known, now)
        return {"client_id": sent.client_id, "asked": sent.asked}

    return await context.db.write(work)
