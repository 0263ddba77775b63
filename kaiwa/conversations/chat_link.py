"""Links that lead somebody from one channel into a chat on another one and carry who they are.

A link bears a random token that is kept as a hash, works once and for half an hour. Whoever arrives
with it is held to be the person at the address it was made for, on the evidence `click_through`;
with the person come cart and pages. Taking the merge back makes two persons of them again.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.channels import Ability, Account, channel
from kaiwa.channels.ref_in_words import ref_of, without_ref
from kaiwa.conversations.conversation import newest_of, open_of
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.merge import merge_customers
from kaiwa.conversations.told_apart import told_apart
from kaiwa.customers.identity import Evidence, Identity, identity
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox, inbox
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.event import InboundEvent, Said
from kaiwa.vocabulary.language import Language

LIFE: Final = timedelta(minutes=30)
# The answer may have been lost: who asks again in this time is told the same.
AGAIN: Final = timedelta(minutes=10)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_WORDS: Final = "arrived by a link that was made for their address"


class ChatLink(msgspec.Struct, frozen=True):
    """Where it leads and until when it works."""

    url: str
    expires_at: datetime


def make_link(
    session: Session,
    where: Identity,
    to: tuple[Inbox, Account],
    by: str,
    now: datetime,
) -> ChatLink:
    """A link into a chat on an inbox for the person at this address.

    `Invalid` when that channel has no such links, or the address is there already; `Refused` when
    the account lacks what its links are made of.
    """
    box, account = to
    kind = channel(box.channel)
    if Ability.LINK not in kind.abilities:
        raise Invalid(f"{kind.name} has no links into its chat.", reason="no_link")
    if where.inbox_id == box.id:
        raise Invalid("The customer is in this chat already.", reason="same_channel")
    inbox(session, where.merchant_id, box.id)
    token = secrets.token_urlsafe(16)
    url = kind.link(account, token, _language(session, where))
    session.run(
        """INSERT INTO chat_link
        (token_hash, merchant_id, identity_id, inbox_id, made_by, made_at, expires_at)
        VALUES (:hash, :merchant_id, :identity, :inbox, :by, :now, :until)""",
        hash=_hash(token),
        merchant_id=where.merchant_id,
        identity=where.id,
        inbox=box.id,
        by=by,
        now=now,
        until=now + LIFE,
    )
    return ChatLink(url, now + LIFE)


def _language(session: Session, where: Identity) -> Language:
    """What they speak with the shop: some links bring words that they are about to send."""
    known = newest_of(session, where.merchant_id, where.customer_id)
    return merchant(session, where.merchant_id).language if known is None else known.language


def token_of(event: InboundEvent) -> str | None:
    """The token that an event brings: by the channel's own way, or in the words."""
    ref = event.referral.ref if event.referral is not None else None
    if not ref and isinstance(event.heard, Said) and isinstance(event.heard.content, Text):
        ref = ref_of(event.heard.content.text)
    return ref if ref and is_token(ref) else None


def is_token(ref: str) -> bool:
    """Whether it has the shape of a link's token."""
    return _TOKEN.fullmatch(ref) is not None


def without_token(event: InboundEvent) -> InboundEvent:
    """The event without its token: nobody has a use for it but us."""
    if event.referral is not None:
        event = msgspec.structs.replace(
            event, referral=msgspec.structs.replace(event.referral, ref="")
        )
    said = event.heard
    if not (isinstance(said, Said) and isinstance(said.content, Text)):
        return event
    content = msgspec.structs.replace(said.content, text=without_ref(said.content.text))
    return msgspec.structs.replace(event, heard=msgspec.structs.replace(said, content=content))


def arrive(session: Session, arriving: Identity, token: str, now: datetime) -> Identity:
    """Whoever arrives with a token is the person it was made for; their address as it is then.

    A token that is unknown, used, too old or for another inbox changes nothing. Neither does one
    that would make one person of two whom the merchant tells apart.
    """
    row = session.one(
        """UPDATE chat_link SET used_at = :now, used_by = :identity
        WHERE token_hash = :hash AND merchant_id = :merchant_id AND inbox_id = :inbox
        AND used_at IS NULL AND expires_at > :now RETURNING identity_id, made_by""",
        now=now,
        identity=arriving.id,
        hash=_hash(token),
        merchant_id=arriving.merchant_id,
        inbox=arriving.inbox_id,
    )
    if row is None:
        return arriving
    person = identity(session, arriving.merchant_id, row[0])
    pair = (person.customer_id, arriving.customer_id)
    if pair[0] == pair[1] or told_apart(session, arriving.merchant_id, pair):
        return arriving
    evidence = Evidence("click_through", _WORDS, row[1])
    merge_customers(session, arriving.merchant_id, pair, evidence, now)
    conv = open_of(session, arriving.merchant_id, person.customer_id)
    if conv is not None:
        told = f"{person.channel} {arriving.channel}"
        note_happening(session, conv, "arrived", now, reason=told)
    return identity(session, arriving.merchant_id, arriving.id)


def is_open_to(session: Session, box: Inbox, token: str, value: str, now: datetime) -> bool:
    """Whether whoever is at this address of the inbox may arrive with the token, or just has."""
    row = session.one(
        """SELECT 1 FROM chat_link l LEFT JOIN identity i
        ON i.id = l.used_by AND i.merchant_id = l.merchant_id
        WHERE l.token_hash = :hash AND l.merchant_id = :merchant_id AND l.inbox_id = :inbox
        AND ((l.used_at IS NULL AND l.expires_at > :now)
        OR (l.used_at > :lately AND i.value = :value))""",
        hash=_hash(token),
        merchant_id=box.merchant_id,
        inbox=box.id,
        now=now,
        lately=now - AGAIN,
        value=value,
    )
    return row is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
