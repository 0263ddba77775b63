"""A conversation as the desk shows it: words, notes, what happened, whose it is, how to answer."""

from datetime import datetime

import msgspec

from kaiwa.conversations.conversation import Conversation, all_of, conversation
from kaiwa.conversations.happening import Happening, happenings
from kaiwa.conversations.message import Message, messages_before
from kaiwa.conversations.note import Note, notes
from kaiwa.conversations.rating import Rating, ratings_of
from kaiwa.conversations.reach import Reach, reach
from kaiwa.customers.customer import Customer, customer
from kaiwa.engines.db import Session

PAST = 20
_END = 2**31 - 1


class Asked(msgspec.Struct, frozen=True):
    """Which conversation, and the messages before which seq (None: the newest)."""

    conversation_id: int
    before_seq: int | None = None
    limit: int = 50


class ConversationView(msgspec.Struct, frozen=True):
    """Everything one page of the desk shows; `addresses` best first."""

    conversation: Conversation
    customer: Customer
    addresses: list[Reach]
    past: list[Conversation]
    messages: list[Message]
    notes: list[Note]
    happenings: list[Happening]
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
    before = _END if asked.before_seq is None else asked.before_seq
    past = [one for one in all_of(session, merchant_id, conv.customer_id) if one.id != conv.id]
    return ConversationView(
        conversation=conv,
        customer=customer(session, merchant_id, conv.customer_id),
        addresses=reach(
            session, merchant_id, conv.customer_id, now, conv.identity_id, by_person=True
        ),
        past=past[:PAST],
        messages=messages_before(session, merchant_id, conv.id, before, asked.limit),
        notes=notes(session, merchant_id, conv.id),
        happenings=happenings(session, merchant_id, conv.id),
        ratings=ratings_of(session, merchant_id, conv.customer_id),
    )
