"""What has happened in the demo shop before anybody looks: told through the real functions.

`demo/conversations.jsonl` has one conversation a line, each with its steps. The clock is set to
each step in turn, and the bot answers as it answers anybody.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.channels.web_chat import CHANNEL, Frame, content_of, raw_frame
from kaiwa.conversations.conversation import Conversation, newest_of
from kaiwa.conversations.form import forms
from kaiwa.conversations.form_asking import Given, answer_form, ask_form
from kaiwa.conversations.handoff import Act, close, hand_back, take
from kaiwa.conversations.intake import Arrival, Place, accept, take_in
from kaiwa.conversations.label import Labelling, change_labels, labels
from kaiwa.conversations.media import checked, keep_file, kind_of, new_key
from kaiwa.conversations.note import NewNote, write_note
from kaiwa.conversations.outbox import mark_read
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.identity import Identity, at_address
from kaiwa.demo.forms import FORMS
from kaiwa.desk.answering import Answer, answer
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Session
from kaiwa.engines.queue.job import Claim, claim
from kaiwa.house import House
from kaiwa.listeners import announce_orders, announcer
from kaiwa.merchants.agent import agents
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import File, Media
from kaiwa.vocabulary.event import CartChanged, CartItem, InboundEvent, PageViewed, Read, Sender
from kaiwa.vocabulary.reply import Block
from kaiwa.web.form_link import form_link

_ACTS = {"take": take, "hand_back": hand_back, "close": close}


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happens, `after_s` seconds after the one before it.

    A shopper says, sends a file, looks at a page, changes the cart or fills in the form that was
    put to them; the agent named by `by` replies, with one of the shop's forms or without, notes
    or acts.
    """

    after_s: int = 20
    say: str | None = None
    file: str | None = None
    page: tuple[str, str] | None = None
    cart: tuple[CartItem, ...] | None = None
    filled: dict[str, tuple[str, ...]] | None = None
    by: str | None = None
    reply: str | None = None
    form: str | None = None
    note: str | None = None
    act: Literal["take", "hand_back", "close"] | None = None
    labels: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One shopper's conversation, begun so many minutes ago; a shopper may stay unnamed."""

    shopper: str
    began_minutes_ago: int
    steps: tuple[Step, ...]
    name: str | None = None
    language: str = "ja"


def read_story(path: Path, spoken_of: Mapping[str, str] | None = None) -> list[Told]:
    """The conversations of a file; `{order.sasaki}` in it becomes the number of that order."""
    text = path.read_text("utf-8")
    for who, number in (spoken_of or {}).items():
        text = text.replace(f"{{order.{who}}}", number)
    return [msgspec.json.decode(line, type=Told) for line in text.splitlines() if line.strip()]


class Storyteller:
    """Lets the steps happen in the order of their times."""

    def __init__(self, house: House, place: Place, folder: Path) -> None:
        self._house, self._place, self._folder = house, place, folder
        self._end = house.clock.now()
        self._clock = SetClock(self._end)
        self._announce = announcer(self._clock)
        settings = house.settings
        tools = open_tools(house.db, house.finder, self._clock, settings.data, settings.origin)
        announce = (self._announce, announce_orders)
        self._answering = Answering(house.db, self._clock, announce, tools)
        self._taking_in = TakingIn(house.db, self._clock, self._announce)
        found = house.db.read_now(lambda s: agents(s, place.merchant.id))
        self._asked: dict[str, int] = {}
        self._agents = {one.email.partition("@")[0]: one.id for one in found}

    async def tell(self, story: list[Told]) -> None:
        """All of it, up to now."""
        steps = [one for told in story for one in self._dated(told)]
        for number, (at, told, step) in enumerate(sorted(steps, key=lambda one: one[0])):
            self._clock.at = at
            if step.by is None:
                await self._shopper(told, step, f"told-{number}")
            else:
                self._agent(told, step, f"told-{number}")

    def _dated(self, told: Told) -> list[tuple[datetime, Told, Step]]:
        at = self._end - timedelta(minutes=told.began_minutes_ago)
        dated = []
        for step in told.steps:
            at += timedelta(seconds=step.after_s)
            dated.append((at, told, step))
        return dated

    async def _shopper(self, told: Told, step: Step, client_id: str) -> None:
        if step.page is not None:
            self._hear(told, PageViewed(*step.page))
        if step.cart is not None:
            self._hear(told, CartChanged(step.cart))
        if step.filled is not None:
            self._fill(told, step.filled, client_id)
        if step.say is None and step.file is None:
            return
        conv = self._house.db.read_now(lambda s: self._conversation(s, told))
        if conv is not None:
            self._hear(told, Read(up_to_seq=conv.last_seq))
        self._say(told, step, client_id)
        await self._work()

    def _hear(self, told: Told, heard: PageViewed | CartChanged | Read) -> None:
        now, announce = self._clock.now(), self._announce
        event = InboundEvent("", heard, Sender("visitor", _visitor(told)), now)
        self._house.db.write_now(lambda s: take_in(s, self._place, event, announce, now))

    def _fill(self, told: Told, values: Mapping[str, tuple[str, ...]], client_id: str) -> None:
        shop, now = self._place.merchant.id, self._clock.now()
        ids = (shop, self._asked[told.shopper])

        def take_answer(session: Session) -> None:
            where = at_address(session, shop, self._address(told))
            answer_form(session, ids, Given(client_id, values, where), self._announce, now)

        self._house.db.write_now(take_answer)

    def _say(self, told: Told, step: Step, client_id: str) -> None:
        now = self._clock.now()
        frame = Frame(
            client_id=client_id,
            visitor=_visitor(told),
            content=content_of(step.say or "", None, self._media(told, step)),
            at=now,
            language=told.language,
            name=told.name,
        )
        raw = raw_frame(frame)
        arrival = Arrival(raw, CHANNEL.parse_one(raw, now))
        self._house.db.write_now(lambda s: accept(s, self._place.inbox, [arrival], now))

    def _media(self, told: Told, step: Step) -> Media | None:
        if step.file is None:
            return None
        body, now = (self._folder / step.file).read_bytes(), self._clock.now()
        name, kind = checked(step.file, "image/png", body)
        merchant_id = self._place.merchant.id
        kept = File(new_key(merchant_id), name, kind, len(body))
        self._house.files.put(kept.key, body)
        owner = f"visitor:{_visitor(told)}"
        self._house.db.write_now(lambda s: keep_file(s, merchant_id, kept, owner, now))
        return Media(kind_of(kind), file=kept, text=step.say or "")

    async def _work(self) -> None:
        """Intake, then the bot: as the worker would, on the clock that is set."""
        for pool, handle in (("intake", self._taking_in.take_in), ("bot", self._answering.turn)):
            wanted, now = Claim(pool, "demo", 10), self._clock.now()
            for job in self._house.db.write_now(lambda s, w=wanted, t=now: claim(s, w, t)):  # type: ignore[misc]
                await handle(job)
            # The bot does not answer in the same instant.
            self._clock.move(1)

    def _agent(self, told: Told, step: Step, client_id: str) -> None:
        agent_id = self._agents[step.by or ""]

        def act(session: Session) -> None:
            conv = self._conversation(session, told)
            assert conv is not None, f"{told.shopper} has said nothing yet"
            self._act(session, conv, step, (agent_id, client_id))
            if step.reply is not None:
                self._reply(session, told, step, (agent_id, client_id))

        self._house.db.write_now(act)

    def _act(self, session: Session, conv: Conversation, step: Step, who: tuple[int, str]) -> None:
        merchant_id, now = conv.merchant_id, self._clock.now()
        mark_read(session, conv, conv.last_seq, by_agent=True, now=now)
        if step.act is not None:
            _ACTS[step.act](session, Act(merchant_id, conv.id, who[0], conv.epoch), now)
        if step.labels:
            known = {one.name: one.id for one in labels(session, merchant_id)}
            put = Labelling(add=tuple(known[name] for name in step.labels))
            change_labels(session, merchant_id, (conv.id, who[0]), put, now)
        if step.note is not None:
            write_note(session, merchant_id, NewNote(conv.id, *who, step.note), now)

    def _reply(self, session: Session, told: Told, step: Step, who: tuple[int, str]) -> None:
        conv, now = self._conversation(session, told), self._clock.now()
        assert conv is not None, f"{told.shopper} has said nothing yet"

        def form(session: Session, conv: Conversation, where: Identity) -> list[Block]:
            wanted = FORMS[step.form or ""]
            known = next(one for one in forms(session, conv.merchant_id) if one.wanted == wanted)
            asked = ask_form(session, conv, where, known, (who[0], now))
            self._asked[told.shopper] = asked.id
            url = form_link(self._house.secrets, self._house.settings.origin, asked)
            return [msgspec.structs.replace(asked.form, url=url)]

        said = Answer(conv.id, *who, conv.epoch, conv.last_seq, text=step.reply or "")
        answer(session, conv.merchant_id, said, now, form if step.form else None)

    def _address(self, told: Told) -> Address:
        return Address(self._place.inbox.id, "visitor", _visitor(told))

    def _conversation(self, session: Session, told: Told) -> Conversation | None:
        known = at_address(session, self._place.merchant.id, self._address(told))
        return None if known is None else newest_of(session, known.merchant_id, known.customer_id)


def _visitor(told: Told) -> str:
    return "v-" + hashlib.sha256(told.shopper.encode()).hexdigest()[:32]
