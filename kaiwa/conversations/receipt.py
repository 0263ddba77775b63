"""What providers tell of our messages afterwards. Late and repeated receipts change nothing."""

from datetime import datetime

from kaiwa.conversations.conversation import open_of
from kaiwa.conversations.fallback import fall_back
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.message import COLUMNS as MESSAGE_COLUMNS
from kaiwa.conversations.message import Message, State, advance, by_external_id, from_row
from kaiwa.customers.consent import ConsentGiven, record_consent, refused_here
from kaiwa.customers.identity import Identity, identity
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.event import Delivered, Failed, Read

_IN_THE_NEWEST = """conversation_id = (SELECT max(id) FROM conversation
    WHERE customer_id = :customer AND merchant_id = :merchant_id)"""


def note_delivered(
    session: Session, inbox: Inbox, identity: Identity | None, heard: Delivered
) -> str:
    """One message, or everything up to a seq or time, has arrived."""
    found = _meant(session, inbox, identity, heard)
    return _advance_all(session, found, "delivered")


def note_read(session: Session, inbox: Inbox, identity: Identity | None, heard: Read) -> str:
    """One message, or everything up to a seq or time, has been read."""
    found = _meant(session, inbox, identity, heard)
    return _advance_all(session, found, "read")


def note_failed(session: Session, inbox: Inbox, heard: Failed, now: datetime) -> str:
    """The provider says later that a message did not arrive: it may go another way."""
    found = _ours(session, inbox, heard.external_id)
    if found is None:
        return "unknown message"
    if heard.declined:
        who = identity(session, found.merchant_id, found.identity_id)
        opted_out(session, who, "declined", now, heard.reason)
    if advance(session, found, "failed", heard.reason, final=heard.permanent) and heard.permanent:
        fall_back(session, found, heard.reason, now)
    return "failed"


def note_complaint(session: Session, inbox: Inbox, external_id: str, now: datetime) -> str:
    """Who got our message called it unwanted: no more advertising. Only for messages of ours."""
    found = _ours(session, inbox, external_id)
    if found is None:
        return "unknown message"
    who = identity(session, found.merchant_id, found.identity_id)
    return opted_out(session, who, "complaint", now)


def opted_in(session: Session, who: Identity, words: str, now: datetime) -> str:
    """The customer agreed to advertising where the provider asked them."""
    given = ConsentGiven("granted", f"{who.channel}:agreed", wording=words or None)
    record_consent(session, who.merchant_id, who.id, given, now)
    conv = open_of(session, who.merchant_id, who.customer_id)
    if conv is not None:
        note_happening(session, conv, "opted_in", now, reason=who.channel)
    return "opted in"


def opted_out(session: Session, who: Identity, how: str, now: datetime, words: str = "") -> str:
    """Advertising to this address ends; what they ask is still answered.

    Said in words, it may have been heard already.
    """
    if refused_here(session, who.merchant_id, who.id):
        return "known"
    refused = ConsentGiven("refused", f"{who.channel}:{how}", wording=words or None)
    record_consent(session, who.merchant_id, who.id, refused, now)
    conv = open_of(session, who.merchant_id, who.customer_id)
    if conv is not None:
        told = how if how == "complaint" else who.channel
        note_happening(session, conv, "opted_out", now, reason=told)
    return "opted out"


def _advance_all(session: Session, found: list[Message], state: State) -> str:
    moved = sum(advance(session, one, state) for one in found)
    return f"{state} {moved}"


def _meant(
    session: Session, inbox: Inbox, identity: Identity | None, heard: Delivered | Read
) -> list[Message]:
    if heard.external_id is not None:
        found = _ours(session, inbox, heard.external_id)
        return [] if found is None else [found]
    if identity is None:
        return []
    return _up_to(session, identity, heard.up_to_seq, heard.up_to_at)


def _ours(session: Session, inbox: Inbox, external_id: str) -> Message | None:
    found = by_external_id(session, inbox.merchant_id, inbox.id, external_id)
    return found if found is not None and found.direction == "out" else None


def _up_to(
    session: Session, identity: Identity, seq: int | None, at: datetime | None
) -> list[Message]:
    if seq is None and at is None:
        return []
    where = "recorded_at <= :limit" if seq is None else f"seq <= :limit AND {_IN_THE_NEWEST}"
    # What the provider has not accepted yet cannot have arrived, however late the mark. The first
    # list of states names the index.
    rows = session.all(
        f"""SELECT {MESSAGE_COLUMNS} FROM message WHERE identity_id = :identity
        AND merchant_id = :merchant_id AND direction = 'out'
        AND state IN ('queued', 'sending', 'accepted', 'delivered')
        AND state NOT IN ('queued', 'sending') AND {where} ORDER BY seq DESC LIMIT 500""",
        identity=identity.id,
        merchant_id=identity.merchant_id,
        limit=at if seq is None else seq,
        **({} if seq is None else {"customer": identity.customer_id}),
    )
    return [from_row(row) for row in rows]
