"""A form put to one customer, and its one answer.

What was asked is kept as it was asked: a form that the shop changes later changes nothing here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from kaiwa.conversations.conversation import Conversation, Opening, current
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.form import ShopForm
from kaiwa.conversations.form_filling import filled_in
from kaiwa.conversations.form_flows import flow_for
from kaiwa.conversations.handoff import request_handoff
from kaiwa.conversations.recording import Recording, record
from kaiwa.customers.identity import Identity
from kaiwa.customers.identity import identity as identity_of
from kaiwa.engines.db import Row, Session
from kaiwa.languages.strings import say
from kaiwa.vocabulary.content import Filled, FormAnswer, plain
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Form
from kaiwa.vocabulary.time import from_micros, iso, optional_micros

OPEN_FOR: Final = timedelta(days=14)
PAGE: Final = 2_000
_BLOCK: Final = msgspec.json.Decoder(Form)
_FILLED: Final = msgspec.json.Decoder(tuple[Filled, ...])


class Asking(msgspec.Struct, frozen=True):
    """One asking: to whom, in what words, until when, and whether it was answered."""

    id: int
    merchant_id: int
    identity_id: int
    language: Language
    form: Form
    expires_at: datetime
    answer_key: str | None
    answered_at: datetime | None


class Told(msgspec.Struct, frozen=True):
    """A message of a provider: its id there, and the token by which it is marked as read."""

    external_id: str
    mark_read_token: str | None = None


class Given(msgspec.Struct, frozen=True):
    """What was written, by the names of the fields. The same `key` again is the same answer.

    `at` is where it was written: in a chat, or at None on the form's page. `told` is the message
    that the chat's provider calls it, if it is one of a provider.
    """

    key: str
    values: Mapping[str, Sequence[str]]
    at: Identity | None = None
    told: Told | None = None


def block_of(form: ShopForm, language: Language) -> Form:
    """The form as it is asked in a language."""
    title = form.wanted.title.said(language)
    return Form(
        title=title,
        fields=form.fields(language),
        submit_label=say("form.submit", language),
        intro=form.wanted.intro.said(language),
        thanks=form.wanted.thanks.said(language) or say("form.thanks", language),
        alt_text=title,
        speech=title,
    )


def ask_form(
    session: Session,
    conv: Conversation,
    where: Identity,
    form: ShopForm,
    agent: tuple[int, datetime],
) -> Asking:
    """Put the form to the customer at this address, in the conversation's language."""
    agent_id, now = agent
    language = conv.language
    flow = flow_for(form, where.inbox_id, language)
    block = msgspec.structs.replace(block_of(form, language), flow=flow)
    row = session.one(
        """INSERT INTO form_asking (merchant_id, form_id, conversation_id, identity_id, agent_id,
          language, body, asked_at, expires_at)
        VALUES (:merchant_id, :form, :conversation, :identity, :agent, :language, :body, :now,
          :until) RETURNING id""",
        merchant_id=conv.merchant_id,
        form=form.id,
        conversation=conv.id,
        identity=where.id,
        agent=agent_id,
        language=language,
        body=msgspec.json.encode(block).decode(),
        now=now,
        until=now + OPEN_FOR,
    )
    assert row is not None
    return asking(session, conv.merchant_id, row[0])


def asking(session: Session, merchant_id: int, asking_id: int, lock: str = "") -> Asking:
    """One asking; `NotFound`."""
    row = session.one(
        f"""SELECT id, merchant_id, identity_id, language, body, expires_at, answer_key, answered_at
        FROM form_asking WHERE id = :id AND merchant_id = :merchant_id{lock}""",
        id=asking_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such form.", reason="form_gone")
    return _asking(row)


def answer_form(
    session: Session, ids: tuple[int, int], given: Given, announce: Announce, now: datetime
) -> Asking:
    """Take the one answer into the customer's open conversation, for people to read.

    `ids` are merchant and asking. `Invalid` names the fields to mend; `NotFound` when its time is
    over; `Conflict` when it was answered before, unless by this same answer.
    """
    found = asking(session, *ids, lock=session.lock)
    if found.answered_at is not None:
        if found.answer_key == given.key:
            return found
        raise Conflict("This form was answered before.", reason="form_answered")
    if now >= found.expires_at:
        raise NotFound("This form can no longer be answered.", reason="form_gone")
    filled = filled_in(found.form.fields, given.values)
    content = FormAnswer(found.id, found.form.title, filled)
    where = given.at or identity_of(session, found.merchant_id, found.identity_id)
    conv = current(session, where, Opening(found.language, "nobody"), now)
    recording = Recording(
        direction="in",
        sender="customer",
        state="accepted",
        text=plain(content),
        body=msgspec.json.encode(content).decode(),
        external_id=given.told.external_id if given.told else f"form:{found.id}",
        client_id=given.key if given.at is not None and given.told is None else None,
        occurred_at=now,
        mark_read_token=given.told.mark_read_token if given.told else None,
    )
    record(session, conv, where, recording, now)
    # A person asked: a person reads the answer, whoever has been talking since.
    request_handoff(session, conv, "form_answered", announce, now)
    session.run(
        """UPDATE form_asking SET answer_key = :key, answered_at = :now, answers = :answers
        WHERE id = :id AND merchant_id = :merchant_id""",
        key=given.key,
        now=now,
        answers=msgspec.json.encode(filled).decode(),
        id=found.id,
        merchant_id=found.merchant_id,
    )
    return asking(session, *ids)


def exported_form_answers(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every form that was sent, with its answers once they came."""
    rows = session.all(
        """SELECT f.id, f.form_id, f.conversation_id, c.customer_id, f.agent_id, f.body,
          f.asked_at, f.answered_at, f.answers
        FROM form_asking f JOIN conversation c ON c.id = f.conversation_id
          AND c.merchant_id = f.merchant_id
        WHERE f.merchant_id = :merchant_id AND f.id > :after ORDER BY f.id LIMIT :page""",
        merchant_id=merchant_id,
        after=after,
        page=PAGE,
    )
    for row in rows:
        answered = optional_micros(row[7])
        yield (
            row[0],
            {
                "fact": "form_asked",
                "asking": row[0],
                "form": row[1],
                "conversation": row[2],
                "customer": row[3],
                "agent": row[4],
                "title": _BLOCK.decode(row[5]).title,
                "occurred_at": iso(from_micros(row[6])),
                "answered_at": None if answered is None else iso(answered),
                "answers": [
                    {"label": one.label, "kind": one.kind, "values": list(one.values)}
                    for one in (() if row[8] is None else _FILLED.decode(row[8]))
                ],
            },
        )


def _asking(row: Row) -> Asking:
    values: list[Any] = list(row)
    values[4] = msgspec.structs.replace(_BLOCK.decode(row[4]), asked=row[0])
    values[5], values[7] = from_micros(row[5]), optional_micros(row[7])
    return Asking(*values)
