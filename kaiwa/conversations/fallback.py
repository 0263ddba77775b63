"""A message that cannot go out by its address goes through the shop's chain of channels, once.

Only what certainly did not arrive is moved: what is in doubt (`unknown`), or of which a part was
accepted, stays for a person to decide.
"""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.message import Message
from kaiwa.conversations.naming import channel_name
from kaiwa.conversations.outbox import Outgoing, moved_key, say
from kaiwa.conversations.reach import Reach, reach
from kaiwa.customers.identity import Identity, identity
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.fallback import after, is_meant
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.reply import Reply, TextBlock

# A mail may bounce after days: by then nobody waits for what it said.
STALE: Final = timedelta(hours=24)
# What a person has to mend (credentials) or what passes (unreachable) is tried here again.
_FOR_LATER: Final = ("credentials", "unreachable", "no_consent")


def fall_back(session: Session, failed: Message, reason: str, now: datetime) -> Message | None:
    """Say what failed once more at the next legal address of the chain; None when there is none.

    Called in the transaction in which the message became `failed`. Its own record stays as it is;
    the conversation tells where it went and why.
    """
    why = reason.partition(":")[0].strip()
    if why in _FOR_LATER or now - failed.recorded_at > STALE or _stays(session, failed):
        return None
    shop = merchant(session, failed.merchant_id)
    source = identity(session, shop.id, failed.identity_id)
    rest = after(shop.settings.fallback, source.channel)
    if not rest:
        return None
    conv = held(session, shop.id, failed.conversation_id)
    # Since it was said they may have become two people again: nobody gets what the other was told.
    if source.customer_id != conv.customer_id or not source.permits("carry"):
        return None
    by_person = failed.sender == "agent"
    places = reach(session, shop.id, conv.customer_id, now, by_person=by_person)
    found = _next(places, rest, failed)
    return None if found is None else _moved(session, (shop, conv), failed, (source, found), now)


def _stays(session: Session, failed: Message) -> bool:
    """Sent in part, free or not at all, a word on opting out, or a code: it proves one address."""
    row = session.one(
        """SELECT 1 FROM message WHERE id = :id AND merchant_id = :merchant_id
        AND (state <> 'failed' OR only_free = 1 OR sent_wires > 0
          OR dedupe_key LIKE 'opting:%' OR dedupe_key LIKE 'code:%'
          OR dedupe_key LIKE 'link-code:%')""",
        id=failed.id,
        merchant_id=failed.merchant_id,
    )
    return row is not None


def _next(found: list[Reach], rest: tuple[str, ...], failed: Message) -> Reach | None:
    for entry in rest:
        for one in found:
            open_there = one.route is not None and one.identity.id != failed.identity_id
            agreed = not _advertises(failed) or one.consent == "granted"
            if is_meant(entry, one.identity.channel) and open_there and one.carries and agreed:
                return one
    return None


def _advertises(failed: Message) -> bool:
    return failed.sender == "campaign" or failed.promised == "marketing"


def _moved(
    session: Session,
    where: tuple[Merchant, Conversation],
    failed: Message,
    way: tuple[Identity, Reach],
    now: datetime,
) -> Message:
    (shop, conv), (source, target) = where, way
    out = Outgoing(
        _reply(shop, conv, failed, source),
        failed.sender,
        moved_key(failed.id),
        identity_id=target.identity.id,
        agent_id=failed.agent_id,
    )
    told = f"{source.channel} {target.identity.channel}"
    note_happening(session, conv, "rerouted", now, reason=told)
    return say(session, conv, out, now)


def _reply(shop: Merchant, conv: Conversation, failed: Message, source: Identity) -> Reply:
    # A template is approved for one account; elsewhere its words are said.
    reply = msgspec.structs.replace(failed.reply, template=None)
    if _advertises(failed):
        return reply
    words = say_as(
        shop.settings.voice.manner,
        "router.moved",
        conv.language,
        channel=channel_name(source.channel, conv.language),
    )
    return msgspec.structs.replace(reply, blocks=(TextBlock(text=words), *reply.blocks))
