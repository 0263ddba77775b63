"""An agent's answer: said once, and only if nobody else has answered what the agent saw."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import msgspec

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.handoff import Act, reopen, require_epoch, take
from kaiwa.conversations.media import kept_file, kind_of
from kaiwa.conversations.message import Message, by_dedupe_key
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.identity import Identity, identity
from kaiwa.desk.blank import require_filled
from kaiwa.desk.template_choice import TemplateChoice, chosen
from kaiwa.engines.db import Session
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.reply import (
    AudioBlock,
    Block,
    FileBlock,
    ImageBlock,
    Reply,
    TextBlock,
    VideoBlock,
)

LONGEST_TEXT = 10_000
# The blocks that come with the words, filled in for this conversation and this address.
Compose: TypeAlias = Callable[[Session, Conversation, Identity], list[Block]]


class Answer(msgspec.Struct, frozen=True):
    """What the agent says and what they saw when they said it (`epoch`, `last_seq`).

    Without `identity_id` it goes where the customer spoke from last. A `template` says all of it.
    """

    conversation_id: int
    agent_id: int
    client_id: str
    epoch: int
    last_seq: int
    text: str = ""
    file: str | None = None
    identity_id: int | None = None
    template: TemplateChoice | None = None


def answer(
    session: Session,
    merchant_id: int,
    said: Answer,
    now: datetime,
    compose: Compose | None = None,
) -> Message:
    """Say it and take the conversation over; the same `client_id` again gives the first message.

    `Conflict` when the lease moved, unless to nobody but this agent, or the bot or a colleague
    spoke after `last_seq`; what the customer wrote meanwhile is no conflict. A closed conversation
    is opened again first. What `compose` adds is asked for once, when nothing stands against the
    answer any more.
    """
    conv = held(session, merchant_id, said.conversation_id)
    key = f"agent:{said.agent_id}:{said.client_id}"
    known = by_dedupe_key(session, merchant_id, key)
    if known is not None:
        if known.conversation_id != conv.id:
            raise Invalid("This client_id belongs to a message of another conversation.")
        return known
    blocks = _blocks(session, merchant_id, said)
    if not blocks and compose is None and said.template is None:
        raise Invalid("Write something or attach a file.", reason="empty")
    if not _came_to_them(conv, said):
        require_epoch(conv, said.epoch)
    _require_unanswered(session, conv, said)
    where = _address(session, conv, said.identity_id)
    blocks += [] if compose is None else compose(session, conv, where)
    use = None if said.template is None else chosen(session, where, said.template, now)
    blocks += [] if use is None else [TextBlock(text=use.text)]
    conv = taken(session, conv, said.agent_id, now)
    out = Outgoing(
        Reply(tuple(blocks), template=use),
        "agent",
        key,
        identity_id=where.id,
        agent_id=said.agent_id,
        client_id=said.client_id,
    )
    return say(session, conv, out, now)


def drafted(
    session: Session, merchant_id: int, said: Answer, compose: Compose | None = None
) -> tuple[Conversation, Reply]:
    """The answer as it would be said now, whoever has the conversation; nothing is said.

    `Invalid` when there is nothing in it. What `compose` writes is for the caller to take back.
    """
    conv = held(session, merchant_id, said.conversation_id)
    blocks = _blocks(session, merchant_id, said)
    if compose is not None:
        blocks += compose(session, conv, _address(session, conv, said.identity_id))
    if not blocks:
        raise Invalid("Write something or attach a file.", reason="empty")
    return conv, Reply(tuple(blocks))


def _blocks(session: Session, merchant_id: int, said: Answer) -> list[Block]:
    if len(said.text) > LONGEST_TEXT:
        raise Invalid(f"A message may have at most {LONGEST_TEXT} characters.", reason="too_long")
    require_filled(said.text)
    blocks: list[Block] = []
    if said.text.strip():
        blocks.append(TextBlock(text=said.text.strip()))
    if said.file is not None:
        blocks.append(_shown(kept_file(session, merchant_id, said.file)))
    return blocks


def _shown(file: File) -> Block:
    match kind_of(file.type):
        case "image":
            return ImageBlock(file=file, alt_text=file.name)
        case "video":
            return VideoBlock(file=file, alt_text=file.name)
        case "audio":
            return AudioBlock(file=file, alt_text=file.name)
        case _:
            return FileBlock(file=file, alt_text=file.name)


def _came_to_them(conv: Conversation, said: Answer) -> bool:
    """Whether all that happened to the lease is that this agent has it now.

    So it is when they took it over in another tab, or on another device, while this was on its way.
    """
    theirs = conv.answered_by == "agent" and conv.assignee_id == said.agent_id
    return theirs and conv.status == "open" and conv.epoch == said.epoch + 1


def _require_unanswered(session: Session, conv: Conversation, said: Answer) -> None:
    row = session.one(
        """SELECT 1 FROM message WHERE conversation_id = :id AND merchant_id = :merchant_id
        AND seq > :seq AND direction = 'out' AND (sender = 'bot'
          OR (sender = 'agent' AND agent_id <> :agent)) LIMIT 1""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        seq=said.last_seq,
        agent=said.agent_id,
    )
    if row is not None:
        raise Conflict("Somebody else has answered meanwhile.", reason="answered")


def taken(session: Session, conv: Conversation, agent_id: int, now: datetime) -> Conversation:
    """The conversation with the agent answering; a closed one is opened again first."""
    if conv.status == "closed":
        conv = reopen(session, conv.merchant_id, (conv.id, agent_id), now)
    return take(session, Act(conv.merchant_id, conv.id, agent_id, conv.epoch), now)


def _address(session: Session, conv: Conversation, wanted: int | None) -> Identity:
    chosen = wanted or conv.identity_id
    if chosen is None:
        raise Conflict("The customer has no address to answer to.", reason="no_address")
    # Addresses move between customers when a merge is taken back: what was once theirs may not be.
    found = identity(session, conv.merchant_id, chosen)
    if found.customer_id == conv.customer_id:
        return found
    if wanted is None:
        raise Conflict("Choose which address to answer to.", reason="choose_address")
    raise NotFound("The customer has no such address.")
