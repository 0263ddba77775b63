"""Handles `turn` and `greet` jobs: read a snapshot, think, commit only if it still holds.

Thinking happens between transactions. When the customer has spoken again meanwhile the bot thinks
again; when a person has taken over it says nothing. The reply, what follows from it and the end of
the job commit together, so a turn has its effect exactly once.
"""

import asyncio
from datetime import datetime

import msgspec

from kaiwa.bot.respond import respond
from kaiwa.bot.turn import Answer, Snapshot, turn_of
from kaiwa.conversations.conversation import (
    Conversation,
    Opening,
    conversation,
    current,
    held,
    set_misunderstood,
)
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.handoff import request_handoff
from kaiwa.conversations.message import Message, message
from kaiwa.conversations.outbox import Outgoing, mark_read, say
from kaiwa.customers.identity import identity
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, finish
from kaiwa.knowledge.entries import Version, entries, version
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.knowledge.unanswered import Unanswered, keep_unanswered
from kaiwa.merchants.inbox import inbox
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.reply import Reply, TextBlock

RETHINKS = 3
POPULAR = 4


class Scene(msgspec.Struct, frozen=True):
    """What the bot saw when it began to think."""

    merchant: Merchant
    conversation: Conversation
    message: Message
    version: Version


class Answering:
    """The bot's side of the worker."""

    def __init__(self, db: Database, clock: Clock, announce: Announce) -> None:
        self._db = db
        self._clock = clock
        self._announce = announce
        self._indexes: dict[int, tuple[Version, FaqIndex]] = {}

    async def turn(self, job: Job) -> None:
        """Answer one message of the customer."""
        merchant_id, conversation_id, message_id = map(int, job.payload.split())
        for rethink in range(RETHINKS + 1):
            scene = await self._db.read(
                lambda s: _see(s, merchant_id, (conversation_id, message_id))
            )
            if not _bot_answers(scene.conversation) or scene.message.unsent_at is not None:
                await self._db.write(lambda s: finish(s, job))
                return
            answer = await self.think(scene)
            last = rethink == RETHINKS
            if await self._db.write(lambda s: self._commit(s, job, (scene, answer), last)):  # noqa: B023
                return

    async def think(self, scene: Scene) -> Answer:
        """What to say; no database is touched but to learn new knowledge."""
        index = await self._index(scene.merchant.id, scene.version)
        conv = scene.conversation
        snapshot = Snapshot(
            shop_name=scene.merchant.name,
            bot_name=scene.merchant.settings.bot_name,
            greeted=conv.last_out_seq > 0,
            misunderstood_in_a_row=conv.misunderstood,
            popular=_popular(index),
        )
        return respond(turn_of(scene.message.content, conv.language, snapshot), index)

    async def _index(self, merchant_id: int, wanted: Version) -> FaqIndex:
        known = self._indexes.get(merchant_id)
        if known is None or known[0] != wanted:
            found = await self._db.read(lambda s: entries(s, merchant_id))
            known = (wanted, await asyncio.to_thread(FaqIndex, found))
            self._indexes[merchant_id] = known
        return known[1]

    def _commit(
        self, session: Session, job: Job, thought: tuple[Scene, Answer], last: bool
    ) -> bool:
        scene, answer = thought
        conv = held(session, scene.merchant.id, scene.conversation.id)
        if not _bot_answers(conv) or conv.epoch != scene.conversation.epoch:
            finish(session, job)
            return True
        if conv.last_in_seq != scene.conversation.last_in_seq and not last:
            return False
        now = self._clock.now()
        self._speak(session, conv, (scene, answer), now)
        finish(session, job)
        return True

    def _speak(
        self, session: Session, conv: Conversation, thought: tuple[Scene, Answer], now: datetime
    ) -> None:
        scene, answer = thought
        mark_read(session, conv, scene.message.seq, by_agent=False, now=now)
        out = Outgoing(
            answer.reply,
            "bot",
            f"turn:{scene.message.id}",
            identity_id=scene.message.identity_id,
        )
        say(session, conv, out, now)
        missed = conv.misunderstood + 1 if answer.misunderstood else 0
        set_misunderstood(session, conv, missed)
        if not answer.answered:
            keep_unanswered(
                session,
                conv.merchant_id,
                Unanswered(scene.message.id, conv.id, answer.language, scene.message.text, now),
            )
        if answer.handoff is not None:
            request_handoff(session, conv, answer.handoff.reason, self._announce, now)

    async def greeting(self, shop: Merchant, language: Language) -> Reply:
        """What the shop says before the customer has said anything."""
        found = await self._db.read(lambda s: version(s, shop.id))
        return greeting(shop, language, await self._index(shop.id, found))

    async def greet(self, job: Job) -> None:
        """Welcome somebody who followed the shop's account."""
        merchant_id, identity_id = map(int, job.payload.split())
        shop = await self._db.read(lambda s: merchant(s, merchant_id))
        reply = await self.greeting(shop, shop.language)
        await self._db.write(lambda s: self._greet(s, job, (shop, identity_id), reply))

    def _greet(self, session: Session, job: Job, whom: tuple[Merchant, int], reply: Reply) -> None:
        shop, identity_id = whom
        merchant_id = shop.id
        where = identity(session, merchant_id, identity_id)
        box = inbox(session, merchant_id, where.inbox_id)
        if box.settings.greet_on_follow and where.blocked_at is None:
            now = self._clock.now()
            opening = Opening(shop.language, "bot" if shop.settings.bot_answers else "nobody")
            conv = current(session, where, opening, now)
            out = Outgoing(reply, "bot", f"greet:{job.id}", identity_id=where.id)
            say(session, conv, out, now)
        finish(session, job)


def greeting(shop: Merchant, language: Language, index: FaqIndex) -> Reply:
    """The shop's opening words, its own or ours, with the questions asked most."""
    hello = Text("こんにちは" if language == "ja" else "Hello")
    snapshot = Snapshot(
        shop_name=shop.name, bot_name=shop.settings.bot_name, popular=_popular(index)
    )
    answer = respond(turn_of(hello, language, snapshot), index)
    own = shop.settings.greeting.get(language)
    if own is None:
        return answer.reply
    rest = (block for block in answer.reply.blocks if not isinstance(block, TextBlock))
    return Reply((TextBlock(text=own), *rest))


def _see(session: Session, merchant_id: int, ids: tuple[int, int]) -> Scene:
    return Scene(
        merchant(session, merchant_id),
        conversation(session, merchant_id, ids[0]),
        message(session, merchant_id, ids[1]),
        version(session, merchant_id),
    )


def _bot_answers(conv: Conversation) -> bool:
    return conv.answered_by == "bot" and conv.status == "open"


def _popular(index: FaqIndex) -> tuple[FaqEntry, ...]:
    return tuple(
        entry
        for language in LANGUAGES
        for entry in [e for e in index.entries if e.language == language][:POPULAR]
    )
