"""Linking the account of a channel with the customer that the shop knows.

A link is sent to the customer where they write. On the page behind it they prove who they are: by
the shop's own log-in, or by a code sent to an address the shop knows. What was proven gets a nonce,
with which the channel asks the person itself: only when it tells that nonce back are the two one.
So a link that somebody else follows, or sends on, connects nothing.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.channels import Ability, Standing, channel
from kaiwa.conversations.conversation import Opening, current, open_of
from kaiwa.conversations.naming import channel_name
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.signing_in import SIGNED_IN
from kaiwa.customers.identity import Identity, identity, relink, resolve
from kaiwa.engines.db import Row, Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.inbox import Inbox, inboxes
from kaiwa.merchants.log_in_page import log_in_page
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Reply, TextBlock
from kaiwa.vocabulary.time import from_micros

LIFE: Final = timedelta(minutes=30)
CODE_LIFE: Final = timedelta(minutes=10)
MOST_TRIES: Final = 5
MOST_A_DAY: Final = 10
Proof: TypeAlias = Literal["signed_in", "one_time_code"]
# Channels to which a code can be sent without anybody having written from there.
_BY_ADDRESS: Final = ("email", "sms")


class AccountLink(msgspec.Struct, frozen=True):
    """A link on its way: for the address `identity_id`, until `expires_at`."""

    id: int
    merchant_id: int
    identity_id: int
    code_identity_id: int | None
    code_salt: str | None
    code_hash: str | None
    tries: int
    made_at: datetime


_COLUMNS = "id, merchant_id, identity_id, code_identity_id, code_salt, code_hash, tries, made_at"


def may_link(where: Identity) -> bool:
    """Whether the channel of this address links accounts."""
    return Ability.ACCOUNT_LINK in channel(where.channel).abilities


def can_prove(session: Session, shop: Merchant) -> bool:
    """Whether the shop has a way to find out who somebody is: mail, text messages, a log-in."""
    return any(
        box.channel.partition("_")[0] in _BY_ADDRESS or log_in_page(box) for box in
        inboxes(session, shop.id)
    )  # fmt: skip


def spoken(session: Session, shop: Merchant, where: Identity) -> Language:
    """The language in which the person at this address speaks with the shop."""
    conv = open_of(session, shop.id, where.customer_id)
    return shop.language if conv is None else conv.language


def begin_link(session: Session, where: Identity, now: datetime) -> str:
    """The key of a new link for the person at this address; `Conflict` after ten in a day."""
    row = session.one(
        """SELECT count(*) FROM account_link WHERE identity_id = :identity
        AND merchant_id = :merchant_id AND made_at > :yesterday""",
        identity=where.id,
        merchant_id=where.merchant_id,
        yesterday=now - timedelta(days=1),
    )
    assert row is not None
    if row[0] >= MOST_A_DAY:
        raise Conflict("This customer got too many links today.", reason="too_many")
    key = secrets.token_urlsafe(18)
    session.run(
        """INSERT INTO account_link
        (merchant_id, identity_id, key_hash, tries, made_at, expires_at)
        VALUES (:merchant_id, :identity, :hash, 0, :now, :until)""",
        merchant_id=where.merchant_id,
        identity=where.id,
        hash=_hash(key),
        now=now,
        until=now + LIFE,
    )
    return key


def link_behind(session: Session, key: str, now: datetime) -> AccountLink:
    """The link of this key; `NotFound` when there is none, it was used or has ended."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM account_link WHERE key_hash = :hash
        AND used_at IS NULL AND expires_at > :now{session.lock}""",  # every merchant: by its secret
        hash=_hash(key),
        now=now,
    )
    if row is None:
        raise NotFound("This link has ended.", reason="link_ended")
    return _link(row)


def address_called(session: Session, shop: Merchant, told: str, now: datetime) -> list[Address]:
    """Where a code to this e-mail address or number would be sent: an inbox that can, else none.

    `told` is an e-mail address in lower case, or a number as +81….
    """
    family = "email" if "@" in told else "sms"
    boxes = [box for box in inboxes(session, shop.id) if box.channel.partition("_")[0] == family]
    found = [Address(box.id, channel(box.channel).address_kind, told) for box in boxes]
    kinds = {box.id: channel(box.channel) for box in boxes}
    return [one for one in found if kinds[one.inbox_id].routes(Standing(one), now)]


def send_code(
    session: Session, shop: Merchant, link: AccountLink, to: Address, now: datetime
) -> None:
    """Send six digits to an address; told on the page, they prove that it is the person's."""
    target = resolve(session, shop.id, to, now)
    source = identity(session, shop.id, link.identity_id)
    code, salt = f"{secrets.randbelow(1_000_000):06d}", secrets.token_hex(8)
    session.run(
        """UPDATE account_link SET code_identity_id = :target, code_salt = :salt,
        code_hash = :hash, tries = 0, expires_at = CASE WHEN expires_at < :until THEN :until
          ELSE expires_at END WHERE id = :id AND merchant_id = :merchant_id""",
        target=target.id,
        salt=salt,
        hash=_hash(f"{salt}:{code}"),
        until=now + CODE_LIFE,
        id=link.id,
        merchant_id=shop.id,
    )
    language = spoken(session, shop, source)
    opening = Opening(language, "bot" if shop.settings.bot_answers else "nobody")
    conv = current(session, target, opening, now)
    words = say_as(
        shop.settings.voice.manner,
        "linking.code",
        language,
        shop=shop.name,
        code=code,
        channel=channel_name(source.channel, language),
    )
    once = f"link-code:{link.id}:{salt}"
    out = Outgoing(Reply((TextBlock(text=words),)), "bot", once, identity_id=target.id)
    say(session, conv, out, now)


def tell_code(session: Session, link: AccountLink, told: str) -> str | None:
    """The nonce, when `told` is the code that was sent; None when not, and it counts as a try."""
    if link.code_hash is None or link.code_identity_id is None or link.tries >= MOST_TRIES:
        return None
    right = hmac.compare_digest(_hash(f"{link.code_salt}:{told}"), link.code_hash)
    session.run(
        """UPDATE account_link SET tries = tries + 1
        WHERE id = :id AND merchant_id = :merchant_id""",
        id=link.id,
        merchant_id=link.merchant_id,
    )
    return _proven(session, link, link.code_identity_id, "one_time_code") if right else None


def vouch(session: Session, link: AccountLink, who: tuple[Inbox, str], now: datetime) -> str:
    """The nonce for somebody whom the shop's log-in vouches for: `who` is the chat and their name.

    Each proof makes another nonce, and ends the one before: only the browser that proved has it.
    """
    box, member = who
    person = resolve(session, link.merchant_id, Address(box.id, "member", member), now)
    if person.grade != "signed_in":
        relink(session, person, person.customer_id, SIGNED_IN, now)
    return _proven(session, link, person.id, "signed_in")


def _proven(session: Session, link: AccountLink, identity_id: int, proof: Proof) -> str:
    nonce = secrets.token_urlsafe(24)
    session.run(
        """UPDATE account_link SET nonce_hash = :hash, proven_identity_id = :identity,
        proof = :proof WHERE id = :id AND merchant_id = :merchant_id""",
        hash=_hash(nonce),
        identity=identity_id,
        proof=proof,
        id=link.id,
        merchant_id=link.merchant_id,
    )
    return nonce


def _link(row: Row) -> AccountLink:
    values: list[Any] = [*row[:7], from_micros(row[7])]
    return AccountLink(*values)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
