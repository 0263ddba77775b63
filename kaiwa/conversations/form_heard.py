"""A form that was filled in at the provider: checked as any other answer, and never lost."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.conversations.conversation import Opening, current
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.form_asking import Asking, Given, Told, answer_form, asking
from kaiwa.conversations.form_filling import YES
from kaiwa.conversations.handoff import request_handoff
from kaiwa.conversations.recording import Recording, record
from kaiwa.customers.identity import Identity, heard_from, identity
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import FORM_FILLED, Postback, Text
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.event import InboundEvent, Said
from kaiwa.vocabulary.reply import FormField


def hear_form(
    session: Session,
    shop: Merchant,
    who: Identity,
    heard: tuple[InboundEvent, Said],
    announce: Announce,
    now: datetime,
) -> bool:
    """Take an answer in, or its words where it does not fit; False when it is none.

    Whoever answers has to be the person who was asked: the token that names the asking was given
    to their telephone, which may say another one.
    """
    event, said = heard
    content = said.content
    if not isinstance(content, Postback) or not content.payload.startswith(FORM_FILLED):
        return False
    found = _asked(session, who, content.payload.removeprefix(FORM_FILLED))
    try:
        if found is None:
            raise NotFound("This person was not asked.")
        values = {one.name: _values(one, content.params) for one in found.form.fields}
        told = Told(said.external_id, event.mark_read_token)
        given = Given(f"told:{said.external_id}", values, who, told)
        answer_form(session, (found.merchant_id, found.id), given, announce, now)
    except (Conflict, Invalid, NotFound):
        # Answered before, too late, or not by these questions: a person reads what was written.
        language = shop.language if found is None else found.language
        conv = current(session, who, Opening(language, "nobody"), now)
        if record(session, conv, who, _as_words(heard, content, found), now) is not None:
            request_handoff(session, conv, "form_answered", announce, now)
    heard_from(session, who, now)
    return True


def _as_words(
    heard: tuple[InboundEvent, Said], content: Postback, found: Asking | None
) -> Recording:
    """The answer as a text: a line for each field, by its label where we know it."""
    event, said = heard
    labels = {one.name: one.label for one in found.form.fields} if found is not None else {}
    lines = [content.label]
    lines += [
        f"{labels.get(name, name)}: {value}"
        for name, value in content.params.items()
        if name != "flow_token" and value.strip()
    ]
    text = "\n".join(line for line in lines if line.strip())
    return Recording(
        direction="in",
        sender="customer",
        state="accepted",
        text=text,
        body=msgspec.json.encode(Text(text)).decode(),
        external_id=said.external_id,
        occurred_at=event.occurred_at,
        mark_read_token=event.mark_read_token,
    )


def _asked(session: Session, who: Identity, digits: str) -> Asking | None:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    try:
        found = asking(session, who.merchant_id, int(digits))
    except NotFound:
        return None
    person = identity(session, who.merchant_id, found.identity_id)
    return found if person.customer_id == who.customer_id else None


def _values(field: FormField, params: dict[str, str]) -> Sequence[str]:
    """A field's answer: lists and ticks come as JSON, everything else as it was written."""
    written = params.get(field.name, "")
    if field.kind == "consent":
        return [YES] if written.strip().lower() == "true" else []
    if field.kind == "choices":
        return _list(written)
    return [written]


def _list(written: str) -> list[str]:
    try:
        found: Any = json.loads(written)
    except (ValueError, RecursionError):
        return [written]
    return [str(one) for one in found] if isinstance(found, list) else [written]
