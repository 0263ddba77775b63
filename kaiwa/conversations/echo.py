"""What was written from the shop's account, as the provider tells it back.

Our own messages come back, too. They are known by their id, by the key they were sent with, or,
where the provider repeats no key, by what they say. Such an echo is the provider's word that the
message was taken, even when its answer was lost. What is not ours was written by a person outside:
it stands in the timeline, and the bot is quiet from then on.
"""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.conversations.conversation import Opening, current, held
from kaiwa.conversations.delivery import wire_key
from kaiwa.conversations.handoff import answered_outside
from kaiwa.conversations.message import COLUMNS, Message, by_external_id, changed, from_row
from kaiwa.conversations.preparing import Dispatch
from kaiwa.conversations.recording import Recording, record
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Content, Media, Text, plain
from kaiwa.vocabulary.event import Answered, InboundEvent
from kaiwa.vocabulary.reply import (
    AudioBlock,
    Block,
    FileBlock,
    ImageBlock,
    Reply,
    TextBlock,
    VideoBlock,
)

# How far back a message may lie whose echo still comes.
_RECENT: Final = timedelta(days=1)
_MOST: Final = 50
_BLOCKS: Final = {"image": ImageBlock, "video": VideoBlock, "audio": AudioBlock}


class _Sent(msgspec.Struct, frozen=True):
    """One of our recent messages with what it was sent as."""

    message: Message
    retry_key: str | None
    dispatch: Dispatch | None


def hear_back(
    session: Session,
    merchant: Merchant,
    identity: Identity,
    event: InboundEvent,
    echo: Answered,
    now: datetime,
) -> str:
    """Our own message confirmed, or an answer from outside recorded; the outcome in a word."""
    if by_external_id(session, merchant.id, identity.inbox_id, echo.external_id) is not None:
        return "known"
    for sent in _recent(session, identity, now):
        at = _call_of(sent, echo)
        if at is not None:
            _confirm(session, sent, at, echo.external_id)
            return "ours"
    return _from_outside(session, merchant, identity, event, echo, now)


def _recent(session: Session, identity: Identity, now: datetime) -> list[_Sent]:
    rows = session.all(
        f"""SELECT {COLUMNS}, retry_key FROM message WHERE identity_id = :identity
        AND merchant_id = :merchant_id AND direction = 'out' AND recorded_at >= :since
        AND sent_as IS NOT NULL ORDER BY id DESC LIMIT {_MOST}""",
        identity=identity.id,
        merchant_id=identity.merchant_id,
        since=now - _RECENT,
    )
    return [_sent(from_row(row[:-1]), row[-1]) for row in rows]


def _sent(found: Message, retry_key: str | None) -> _Sent:
    as_sent = msgspec.json.decode(found.sent_as, type=Dispatch) if found.sent_as else None
    return _Sent(found, retry_key, as_sent)


def _call_of(sent: _Sent, echo: Answered) -> int | None:
    """Which call of the message the echo is of; None when it is of none."""
    wires = sent.dispatch.wires if sent.dispatch else ()
    if echo.key is not None:
        keys = (wire_key(sent.retry_key, at) for at in range(len(wires)) if sent.retry_key)
        return next((at for at, key in enumerate(keys) if key == echo.key), None)
    words = plain(echo.content)
    if words:
        return next((at for at, wire in enumerate(wires) if words in _strings(wire.body)), None)
    # Pictures and cards come back without words of ours: whatever we sent besides texts may be it.
    rich = any(not isinstance(block, TextBlock) for block in sent.message.reply.blocks)
    return len(wires) - 1 if wires and rich else None


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for one in value.values() for text in _strings(one)]
        case list() | tuple():
            return [text for one in value for text in _strings(one)]
        case _:
            return []


def _confirm(session: Session, sent: _Sent, at: int, external_id: str) -> None:
    """The last call has arrived, so the whole message has been taken: nobody need wonder."""
    if sent.dispatch is None or at + 1 < len(sent.dispatch.wires):
        return
    moved = session.run(
        """UPDATE message SET state = 'accepted', error = NULL,
        external_id = COALESCE(external_id, CAST(:external AS text))
        WHERE id = :id AND merchant_id = :merchant_id AND state IN ('sending', 'unknown')""",
        external=external_id,
        id=sent.message.id,
        merchant_id=sent.message.merchant_id,
    )
    if moved:
        changed(session, sent.message)


def _from_outside(
    session: Session,
    merchant: Merchant,
    identity: Identity,
    event: InboundEvent,
    echo: Answered,
    now: datetime,
) -> str:
    conv = current(session, identity, Opening(merchant.language, "nobody"), now)
    new = Recording(
        direction="out",
        sender="agent",
        state="accepted",
        text=plain(echo.content),
        body=msgspec.json.encode(_reply(echo.content)).decode(),
        external_id=echo.external_id,
        occurred_at=event.occurred_at,
    )
    if record(session, conv, identity, new, now) is None:
        return "known"
    answered_outside(session, held(session, conv.merchant_id, conv.id), now)
    return "answered outside"


def _reply(content: Content) -> Reply:
    """What was written, as we would have said it. Media stay at the provider."""
    blocks: list[Block] = []
    if isinstance(content, Media):
        block = _BLOCKS.get(content.kind, FileBlock)
        url = content.source.url if content.source else None
        blocks.append(block(alt_text=content.text or content.kind, url=url))
    elif isinstance(content, Text):
        blocks.append(TextBlock(text=content.text))
    else:
        blocks.append(TextBlock(text=plain(content) or "…"))
    return Reply(tuple(blocks))
