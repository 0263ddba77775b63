"""A conversation as the desk shows it: words, notes, what happened, whose it is, how to answer."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.channels import channel
from kaiwa.conversations.conversation import Conversation, all_of, conversation
from kaiwa.conversations.delivery import standing
from kaiwa.conversations.happening import Happening, happenings
from kaiwa.conversations.message import Message, messages_before
from kaiwa.conversations.note import Note, notes
from kaiwa.conversations.rating import Rating, ratings_of
from kaiwa.customers.consent import ConsentState, consent_state
from kaiwa.customers.customer import Customer, customer
from kaiwa.customers.identity import Identity, identities
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inboxes
from kaiwa.vocabulary.errors import NotFound

Closed: TypeAlias = Literal["blocked", "quota", "window_closed", "inbox_off"]
PAST = 20
_END = 2**31 - 1


class Asked(msgspec.Struct, frozen=True):
    """Which conversation, and the messages before which seq (None: the newest)."""

    conversation_id: int
    before_seq: int | None = None
    limit: int = 50


class Way(msgspec.Struct, frozen=True):
    """How an address can be answered now, or why it cannot (`closed`)."""

    identity: Identity
    kind: str
    cost: str = "free"
    expires_at: datetime | None = None
    closed: Closed | None = None


class ConversationView(msgspec.Struct, frozen=True):
    """Everything one page of the desk shows."""

    conversation: Conversation
    customer: Customer
    addresses: list[tuple[Identity, ConsentState]]
    past: list[Conversation]
    messages: list[Message]
    notes: list[Note]
    happenings: list[Happening]
    ways: list[Way]
    ratings: list[Rating]

    @property
    def has_earlier(self) -> bool:
        """Whether there are messages before these; seqs have no gaps."""
        return bool(self.messages) and self.messages[0].seq > 1


def conversation_view(
    session: Session, merchant_id: int, asked: Asked, now: datetime
) -> ConversationView:
    """The page of one conversation of the merchant; `NotFound`."""
    conv = conversation(session, merchant_id, asked.conversation_id)
    own = identities(session, merchant_id, conv.customer_id)
    before = _END if asked.before_seq is None else asked.before_seq
    past = [one for one in all_of(session, merchant_id, conv.customer_id) if one.id != conv.id]
    return ConversationView(
        conversation=conv,
        customer=customer(session, merchant_id, conv.customer_id),
        addresses=[(one, consent_state(session, merchant_id, one.id)) for one in own],
        past=past[:PAST],
        messages=messages_before(session, merchant_id, conv.id, before, asked.limit),
        notes=notes(session, merchant_id, conv.id),
        happenings=happenings(session, merchant_id, conv.id),
        ways=ways(session, merchant_id, own, now),
        ratings=ratings_of(session, merchant_id, conv.customer_id),
    )


def ways(session: Session, merchant_id: int, own: list[Identity], now: datetime) -> list[Way]:
    """How each of these addresses can be answered now."""
    boxes = {box.id: box for box in inboxes(session, merchant_id)}
    found: list[Way] = []
    for one in own:
        box = boxes.get(one.inbox_id)
        try:
            kind = channel(one.channel)
        except NotFound:
            box = None
        if box is None:
            found.append(Way(one, one.kind, closed="inbox_off"))
            continue
        stands = standing(session, one, box, by_person=True)
        routes = kind.routes(stands, now)
        if routes:
            best = routes[0]
            found.append(Way(one, best.kind, best.cost, best.expires_at))
        else:
            found.append(Way(one, one.kind, closed=_why(one, stands.quota_left)))
    return found


def _why(one: Identity, quota_left: int | None) -> Closed:
    if one.blocked_at is not None:
        return "blocked"
    return "quota" if quota_left == 0 else "window_closed"
