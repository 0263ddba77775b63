"""Opting in and out: what it changes, and the one answer the shop owes where it is done by a word.

Who wrote STOP is written to once more, to say so. That answer is on its way before the address is
closed: how it is sent is settled in the same transaction, and no way is looked for afterwards.
"""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.channels import Standing, channel
from kaiwa.conversations.conversation import Opening, current, open_of
from kaiwa.conversations.fact import Announce, CustomerFollowed
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.preparing import Dispatch
from kaiwa.customers.consent import ConsentGiven, record_consent, restore_consent
from kaiwa.customers.identity import Identity, heard_from, set_blocked
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say as words_for
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.event import Followed, HelpAsked, Unfollowed
from kaiwa.vocabulary.language import Language, detect, is_language
from kaiwa.vocabulary.reply import Reply, TextBlock

Owed: TypeAlias = Literal["stopped", "started", "help"]


class Wished(msgspec.Struct, frozen=True):
    """Whose wish it is, to which shop, by which event; `language` is what the channel tells."""

    shop: Merchant
    identity: Identity
    event_id: str
    language: str | None = None


def grant(
    session: Session,
    by: Wished,
    wish: Followed | Unfollowed | HelpAsked,
    announce: Announce,
    now: datetime,
) -> str:
    """Let the wish take effect; what happened, in a word."""
    match wish:
        case Followed():
            return _followed(session, by, wish, announce, now)
        case Unfollowed():
            return _unfollowed(session, by, wish, now)
        case HelpAsked(words=words):
            if words:
                _owe(session, by, "help", words, now)
            return "help asked"


def _followed(
    session: Session, by: Wished, wish: Followed, announce: Announce, now: datetime
) -> str:
    who = by.identity
    set_blocked(session, who, None)
    if wish.opens:
        heard_from(session, who, now)
    if not wish.words:
        announce(session, CustomerFollowed(who.merchant_id, who.id, wish.again))
        return "followed"
    given = ConsentGiven("granted", f"{who.channel}:start", wording=wish.words)
    restore_consent(session, who.merchant_id, who.id, given, now)
    if wish.confirm:
        _owe(session, by, "started", wish.words, now)
    return "followed"


def _unfollowed(session: Session, by: Wished, wish: Unfollowed, now: datetime) -> str:
    who = by.identity
    wording = wish.words or None
    refused = ConsentGiven("refused", f"{who.channel}:unfollow", wording=wording)
    record_consent(session, who.merchant_id, who.id, refused, now)
    if wish.confirm and who.blocked_at is None:
        _owe(session, by, "stopped", wish.words, now)
    set_blocked(session, who, now)
    conv = open_of(session, who.merchant_id, who.customer_id)
    if conv is not None:
        note_happening(session, conv, "unfollowed", now, reason=wording)
    return "unfollowed"


def _owe(session: Session, by: Wished, what: Owed, written: str, now: datetime) -> None:
    who = by.identity
    # As it stands towards who has just written, whatever was wished before.
    routes = channel(who.channel).routes(Standing(who.address, last_inbound_at=now), now)
    if not routes:
        return
    conv = current(session, who, _opening(by), now)
    language: Language = "ja" if detect(written) == "ja" else conv.language
    reply = Reply((TextBlock(text=words_for(f"opting.{what}", language, shop=by.shop.name)),))
    key = f"opting:{what}:{who.id}:{by.event_id}"
    said = say(session, conv, Outgoing(reply, "bot", key, identity_id=who.id), now)
    rendered = channel(who.channel).render(reply, routes[0])
    dispatch = Dispatch(routes[0], rendered.wires, rendered.degradations)
    session.run(
        """UPDATE message SET sent_as = :sent_as
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'queued'""",
        sent_as=msgspec.json.encode(dispatch).decode(),
        id=said.id,
        merchant_id=said.merchant_id,
    )


def _opening(by: Wished) -> Opening:
    told: Language = by.language if is_language(by.language) else by.shop.language
    return Opening(told, "bot" if by.shop.settings.bot_answers else "nobody")
