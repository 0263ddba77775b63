"""Continuing a conversation at another address of the same customer, in one click.

The next answers go there; the customer is told where they were, if that costs nothing, and reads at
the new place what it continues. It stays one conversation in one timeline, and when the customer
writes from elsewhere, it goes on from there.
"""

from datetime import datetime
from typing import Final

import msgspec

from kaiwa.conversations.conversation import Conversation, changed, held
from kaiwa.conversations.handoff import require_epoch
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.message import Message, by_dedupe_key, messages_before
from kaiwa.conversations.naming import channel_name, hint
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.reach import Reach, reach
from kaiwa.desk.answering import taken
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.reply import Reply, TextBlock

_LOOKED_BACK: Final = 40
_LONGEST_QUOTE: Final = 80


class Continuing(msgspec.Struct, frozen=True):
    """Where to go on, and the lease the agent saw. The same `client_id` again changes nothing."""

    conversation_id: int
    agent_id: int
    client_id: str
    epoch: int
    identity_id: int


def continue_at(
    session: Session, merchant_id: int, asked: Continuing, now: datetime
) -> Conversation:
    """Go on at another address; the agent answers from now on.

    `NotFound` when the customer has no such address. `Conflict` when the lease moved, nothing may
    be sent there now, or it is not proven that this address (or the one spoken from) is the
    customer's: nobody else may read what was said.
    """
    conv = held(session, merchant_id, asked.conversation_id)
    once = f"continue:{asked.agent_id}:{asked.client_id}"
    known = by_dedupe_key(session, merchant_id, once)
    if known is not None and known.conversation_id == conv.id:
        return conv
    require_epoch(conv, asked.epoch)
    if conv.identity_id == asked.identity_id:
        return conv
    found = {one.identity.id: one for one in reach(session, merchant_id, conv.customer_id, now)}
    target, source = found.get(asked.identity_id), found.get(conv.identity_id or 0)
    if target is None:
        raise NotFound("The customer has no such address.")
    _require_safe(source, target)
    conv = taken(session, conv, asked.agent_id, now)
    shop = merchant(session, merchant_id)
    quoted = _quoted(session, conv, [one.identity.id for one in found.values() if one.carries])
    if source is not None:
        _tell_there(session, (shop, conv), (source, target), f"{once}:left", now)
    opener = _opener(shop, conv, quoted)
    say(session, conv, Outgoing(opener, "bot", once, identity_id=target.identity.id), now)
    _move(session, conv, (source, target), asked.agent_id, now)
    return held(session, merchant_id, conv.id)


def _require_safe(source: Reach | None, target: Reach) -> None:
    if not target.carries:
        raise Conflict(
            "It is not proven that this address is the customer's. Have it confirmed first.",
            reason="not_proven",
        )
    if source is not None and not source.carries:
        raise Conflict(
            "It is not proven that who writes here is this customer. Have it confirmed first.",
            reason="not_proven",
        )
    if target.route is None:
        raise Conflict("Nothing can be sent to this address now.", reason=str(target.closed))


def _tell_there(
    session: Session,
    where: tuple[Merchant, Conversation],
    way: tuple[Reach, Reach],
    once: str,
    now: datetime,
) -> None:
    (shop, conv), (source, target) = where, way
    if source.route is None or source.route.cost != "free":
        return
    address = hint(target.identity)
    words = say_as(
        shop.settings.voice.manner,
        "router.left_to" if address else "router.left",
        conv.language,
        channel=channel_name(target.identity.channel, conv.language),
        address=address,
    )
    out = Outgoing(_text(words), "bot", once, identity_id=source.identity.id, only_free=True)
    say(session, conv, out, now)


def _opener(shop: Merchant, conv: Conversation, quoted: list[Message]) -> Reply:
    manner, language = shop.settings.voice.manner, conv.language
    came_from = channel_name(conv.channel, language)
    lines = [say_as(manner, "router.opened", language, shop=shop.name, channel=came_from)]
    for one in quoted:
        key = "router.you_said" if one.direction == "in" else "router.we_said"
        words = clip(" ".join(one.text.split()), _LONGEST_QUOTE)
        lines.append(say_as(manner, key, language, words=words))
    return _text("\n".join(lines))


def _quoted(session: Session, conv: Conversation, own: list[int]) -> list[Message]:
    """The customer's last words and our last answer before or after them, in their order."""
    said = [
        one
        for one in messages_before(
            session, conv.merchant_id, conv.id, conv.last_seq + 1, _LOOKED_BACK
        )
        if one.text.strip() and one.identity_id in own and one.unsent_at is None
    ]
    last = {one.direction: one for one in said if one.state not in ("failed", "cancelled")}
    return sorted(last.values(), key=lambda one: one.seq)


def _move(
    session: Session,
    conv: Conversation,
    way: tuple[Reach | None, Reach],
    agent_id: int,
    now: datetime,
) -> None:
    to = way[1].identity
    session.run(
        """UPDATE conversation SET identity_id = :identity, channel = :channel
        WHERE id = :id AND merchant_id = :merchant_id""",
        identity=to.id,
        channel=to.channel,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    told = f"{conv.channel} {to.channel}"
    note_happening(session, conv, "continued", now, agent_id=agent_id, reason=told)
    detail: dict[str, object] = {"from": conv.identity_id, "to": to.id}
    deed = Deed(f"agent:{agent_id}", "continued_elsewhere", f"conversation:{conv.id}", detail)
    write_down(session, conv.merchant_id, deed, now)
    changed(session, conv)


def _text(words: str) -> Reply:
    return Reply((TextBlock(text=words),))
