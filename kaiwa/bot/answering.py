"""Handles `turn` and `greet` jobs: read a snapshot, think, commit only if it still holds.

Thinking happens between transactions. When the customer has spoken again meanwhile the bot thinks
again; when a person has taken over it says nothing. The reply, what it remembers, what follows
from it and the end of the job commit together, so a turn has its effect exactly once. A turn that
writes is thought through once more in the transaction that commits it, and says it in the shop's
own words: a model is asked between transactions only.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import structlog

from kaiwa.bot.assisting import in_freer_words, is_lost, second_reading
from kaiwa.bot.coming_back import called_back, here_again, may_come_back
from kaiwa.bot.dialogue.memory import dialogue, keep_dialogue
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.hearing import Heard, ToBeWritten, heard_as
from kaiwa.bot.known import Known, Tools
from kaiwa.bot.model.aloud import Shown
from kaiwa.bot.model.models import Models as LanguageModels
from kaiwa.bot.model.turn import ModelTurn
from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.opening import POPULAR, opening_words
from kaiwa.bot.person import Person, person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene, Shop
from kaiwa.bot.skills.contract import offer, said, suggestions
from kaiwa.bot.skills.handoff import plainly
from kaiwa.bot.thinking_aloud import ThinkingAloud, Thought, is_the_bots
from kaiwa.bot.turn import Answer, Turn, turn_of
from kaiwa.channels import Ability, channel
from kaiwa.conversations.conversation import (
    Conversation,
    Opening,
    conversation,
    current,
    held,
    set_misunderstood,
)
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.handoff import come_back, request_handoff
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.message import Message, message
from kaiwa.conversations.note import write_bot_note
from kaiwa.conversations.outbox import Outgoing, mark_read, say
from kaiwa.customers.identity import identity
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.queue import Job, finish
from kaiwa.knowledge.unanswered import Unanswered, keep_unanswered
from kaiwa.merchants.attendance import anyone_present
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import inbox
from kaiwa.merchants.language_model import language_model
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Reply

log = structlog.get_logger()

RETHINKS = 3


class Seen(msgspec.Struct, frozen=True):
    """What the bot saw when it began to think.

    `reading` is a model's, where rules were lost; `heard` is of a turn that has yet to be written.
    `aloud`: what a model says may be shown while it is being made.
    """

    merchant: Merchant
    conversation: Conversation
    message: Message
    person: Person
    state: Dialogue
    has_model: bool = False
    aloud: bool = False
    agents_available: bool | None = None
    reading: Reading | None = None
    heard: Heard | None = None


class Answering:
    """The bot's side of the worker."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        announce: tuple[Announce, AnnounceOrders],
        tools: Tools,
        models: LanguageModels | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._announce, self._announce_orders = announce
        self._tools = tools
        self._models = models
        self._aloud = ThinkingAloud(db)

    def hear(self, nudges: Sequence[Nudge]) -> None:
        """What was committed, by any process: an answer may no longer be wanted."""
        self._aloud.hear(nudges)

    async def turn(self, job: Job) -> None:
        """Answer one message of the customer."""
        merchant_id, _, message_id = map(int, job.payload.split())
        for rethink in range(RETHINKS + 1):
            seen, answer = await self._db.read(lambda s: self._thought(s, merchant_id, message_id))
            if _called_back(seen) is not None:
                await self._come_back(job, seen)
                return
            if not is_the_bots(seen.conversation) or seen.message.unsent_at is not None:
                await self._db.write(lambda s: finish(s, job))
                return
            seen, answer = await self._assisted(seen, answer)
            last = rethink == RETHINKS
            if await self._committed(job, seen, answer, last=last):
                return

    def _thought(
        self, session: Session, merchant_id: int, message_id: int
    ) -> tuple[Seen, Answer | None]:
        """What was seen, and what to say; None when saying it takes writing."""
        seen = _see(session, merchant_id, message_id, self._clock.now())
        if not is_the_bots(seen.conversation) or seen.message.unsent_at is not None:
            return seen, None
        return self._thought_of(session, seen)

    def _thought_of(self, session: Session, seen: Seen) -> tuple[Seen, Answer | None]:
        try:
            return seen, self._answer(session, seen, writing=False)
        except ToBeWritten as wanted:
            return msgspec.structs.replace(seen, heard=wanted.heard), None
        except Exception:  # a turn that cannot be thought through goes to a person
            log.exception("turn_failed", message=seen.message.id)
            return seen, _given_up(seen)

    async def _assisted(self, seen: Seen, answer: Answer | None) -> tuple[Seen, Answer | None]:
        """With the language model's help, where the merchant has connected one."""
        model = None
        if answer is not None and answer.left_alone is not None:
            # What the shop does not speak about, no model gets to read.
            return seen, answer
        if self._models is not None and seen.has_model:
            model = await self._models.turn(seen.merchant)
        if model is None:
            return seen, answer
        turn = _turn(seen)
        if is_lost(answer):
            today = self._clock.now().astimezone(ZoneInfo(seen.merchant.timezone)).date()
            reading = await second_reading(model, turn, seen.merchant, (seen.person, today))
            if reading is not None:
                told = msgspec.structs.replace(seen, reading=reading, heard=None)
                seen, answer = await self._db.read(lambda s: self._thought_of(s, told))
        if answer is not None:
            answer = await self._freely(model, seen, answer, turn)
        return seen, answer

    async def _freely(self, model: ModelTurn, seen: Seen, answer: Answer, turn: Turn) -> Answer:
        """The answer in freer words, seen as they are made where that is possible."""

        async def said(shown: Shown | None) -> Answer:
            return await in_freer_words(model, answer, turn, seen.person, shown)

        if not seen.aloud:
            return await said(None)
        return await self._aloud.while_it_stands(_thought_in(seen), said) or answer

    async def _committed(self, job: Job, seen: Seen, answer: Answer | None, *, last: bool) -> bool:
        try:
            return await self._db.write(lambda s: self._commit(s, job, (seen, answer), last))
        except Exception:
            if answer is not None:
                raise
            log.exception("turn_failed", message=seen.message.id)
            sorry = _given_up(seen)
            return await self._db.write(lambda s: self._commit(s, job, (seen, sorry), last))

    async def _come_back(self, job: Job, seen: Seen) -> None:
        """The bot is called back by who waits for a person: it says so, and answers the rest."""
        try:
            await self._db.write(lambda s: self._back(s, job, seen, _called_back(seen) or ""))
        except Exception:  # what else was said cannot be answered: the way back still is
            log.exception("turn_failed", message=seen.message.id)
            await self._db.write(lambda s: self._back(s, job, seen, ""))

    def _back(self, session: Session, job: Job, seen: Seen, rest: str) -> None:
        conv = held(session, seen.merchant.id, seen.conversation.id)
        if may_come_back(seen.merchant, conv) and conv.epoch == seen.conversation.epoch:
            conv = come_back(session, conv, self._clock.now())
            back = here_again(_turn(seen), seen.merchant)
            if rest:
                body = msgspec.json.encode(Text(rest)).decode()
                said = msgspec.structs.replace(seen.message, text=rest, body=body)
                left = msgspec.structs.replace(seen, message=said, heard=None)
                answer = self._answer(session, left, writing=True)
                blocks = (*back.reply.blocks, *answer.reply.blocks)
                back = msgspec.structs.replace(answer, reply=Reply(blocks, answer.reply.native))
            self._speak(session, conv, (seen, back), self._clock.now())
        finish(session, job)

    def _answer(self, session: Session, seen: Seen, *, writing: bool) -> Answer:
        gateway = Gateway(session, self._announce_orders, writing=writing)
        scene = Scene(seen.person, self._clock.now(), f"turn:{seen.message.id}")
        shop = Shop(session, seen.merchant, self._tools, scene, gateway)
        turn = _turn(seen)
        understood = seen.heard
        if understood is None and seen.reading is not None:
            understood = heard_as(seen.reading, turn, shop)
        return respond(turn, shop, understood)

    def _commit(
        self, session: Session, job: Job, thought: tuple[Seen, Answer | None], last: bool
    ) -> bool:
        scene, answer = thought
        conv = held(session, scene.merchant.id, scene.conversation.id)
        if not is_the_bots(conv) or conv.epoch != scene.conversation.epoch:
            _forget(session, scene)
            finish(session, job)
            return True
        if conv.last_in_seq != scene.conversation.last_in_seq and not last:
            _forget(session, scene)
            return False
        if answer is None:
            answer = self._answer(session, scene, writing=True)
        self._speak(session, conv, (scene, answer), self._clock.now())
        finish(session, job)
        return True

    def _speak(
        self, session: Session, conv: Conversation, thought: tuple[Seen, Answer], now: datetime
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
        keep_dialogue(session, conv.merchant_id, conv.id, answer.state, now)
        if not answer.answered:
            keep_unanswered(
                session,
                conv.merchant_id,
                Unanswered(scene.message.id, conv.id, answer.language, scene.message.text, now),
            )
        for flag in answer.flags:
            note_happening(session, conv, "flagged", now, reason=flag)
        if answer.left_alone is not None:
            detail = {"reason": "policy", "topic": answer.left_alone, "message": scene.message.id}
            deed = Deed("bot", "left_alone", f"conversation:{conv.id}", detail)
            write_down(session, conv.merchant_id, deed, now)
        if answer.handoff is not None:
            told = (f"handoff:{scene.message.id}", answer.handoff.summary)
            write_bot_note(session, conv, told, now)
            request_handoff(session, conv, answer.handoff.reason, self._announce, now)

    async def greeting(self, shop: Merchant, language: Language) -> Reply:
        """What the shop says before the customer has said anything."""
        known = await self._db.read(lambda s: self._tools.known(s, shop))
        return greeting(shop, language, known)

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


def greeting(shop: Merchant, language: Language, known: Known) -> Reply:
    """The shop's opening words, its own or ours, with the questions asked most."""
    popular = [one for one in known.faq.entries if one.language == language][:POPULAR]
    return Reply((*said(opening_words(shop, language)), *offer(suggestions(popular))))


def _called_back(seen: Seen) -> str | None:
    if seen.message.unsent_at is not None:
        return None
    return called_back(seen.merchant, seen.conversation, seen.message.content)


def _see(session: Session, merchant_id: int, message_id: int, now: datetime) -> Seen:
    found = message(session, merchant_id, message_id)
    # Where it stands now: two people who had shared a conversation may be two again.
    conv = conversation(session, merchant_id, found.conversation_id)
    has_model = language_model(session, merchant_id) is not None
    return Seen(
        merchant(session, merchant_id),
        conv,
        found,
        person(session, merchant_id, conv.customer_id, conv.channel),
        dialogue(session, merchant_id, conv.id),
        has_model,
        has_model and _shows_so_far(session, found),
        anyone_present(session, merchant_id, now),
    )


def _turn(seen: Seen) -> Turn:
    conv = seen.conversation
    turn = turn_of(seen.message.content, conv.language, seen.state)
    return msgspec.structs.replace(
        turn,
        greeted=conv.last_out_seq > 0,
        misunderstood_in_a_row=conv.misunderstood,
        agents_available=seen.agents_available,
    )


def _given_up(seen: Seen) -> Answer:
    """An apology and a person, when the bot itself is at fault."""
    return plainly(_turn(seen), seen.merchant, "unsure")


def _thought_in(seen: Seen) -> Thought:
    return Thought(seen.conversation, seen.message.identity_id)


def _forget(session: Session, seen: Seen) -> None:
    """What was seen of an answer that is not said disappears."""
    if seen.aloud:
        _thought_in(seen).forget(session)


def _shows_so_far(session: Session, found: Message) -> bool:
    where = identity(session, found.merchant_id, found.identity_id)
    return Ability.SO_FAR in channel(where.channel).abilities
