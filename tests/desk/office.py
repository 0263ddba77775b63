"""A shop with people at the desk, as the stories of routing see it."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.handoff import Act, close, request_handoff
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.waking import Waking
from kaiwa.desk.answering import Answer, answer
from kaiwa.desk.being_there import come, say_status
from kaiwa.desk.router import Router
from kaiwa.desk.routing import route
from kaiwa.engines.db import Session
from kaiwa.engines.queue import LostLease
from kaiwa.engines.queue.job import next_due
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.attendance import Status
from kaiwa.merchants.routing import Routing, change_routing
from kaiwa.vocabulary.time import from_micros
from tests.world import Shop, World

HEARTBEAT = timedelta(seconds=30)


class Office:
    """Routing is on; agents come and go; jobs and timers run when the story says so."""

    def __init__(self, world: World, shop: Shop, **settings: Any) -> None:
        self.world, self.shop = world, shop
        self.open_desks: list[Agent] = []
        self.set(**settings)

    def set(self, **settings: Any) -> Routing:
        wanted = Routing(**{"on": True} | settings)
        now = self.world.now
        return self.world.write(lambda s: change_routing(s, self.shop.id, wanted, "agent:1", now))

    def agent(self, name: str, *, there: bool = True) -> Agent:
        made = self.shop.agent(name)
        if there:
            self.comes(made)
        return made

    def comes(self, agent: Agent) -> None:
        if agent not in self.open_desks:
            self.open_desks.append(agent)
        self.world.write(lambda s: come(s, self.shop.id, agent.id, self.world.now))

    def is_cut_off(self, agent: Agent) -> None:
        """Nothing is heard from the browser any more."""
        self.open_desks.remove(agent)

    def says(self, agent: Agent, status: Status) -> None:
        self.world.write(lambda s: say_status(s, self.shop.id, agent.id, status, self.world.now))

    def wants_person(self, sender: str, words: str = "人と話したい", **more: Any) -> Conversation:
        """A customer is handed off by the bot."""
        self.shop.hear(words, sender, **more)
        conv = self.shop.open(sender, more.get("on", "echo"))

        def let_go(session: Session) -> None:
            found = held(session, self.shop.id, conv.id)
            request_handoff(session, found, "asked", lambda *_: None, self.world.now)

        self.world.write(let_go)
        return self.now(conv)

    def answers(self, agent: Agent, conv: Conversation) -> None:
        present = self.now(conv)
        said = Answer(conv.id, agent.id, f"c{present.last_seq}", present.epoch, 2**31 - 1, "はい")
        self.world.write(lambda s: answer(s, self.shop.id, said, self.world.now))

    def closes(self, agent: Agent, conv: Conversation) -> None:
        present = self.now(conv)
        act = Act(self.shop.id, conv.id, agent.id, present.epoch)
        self.world.write(lambda s: close(s, act, self.world.now))

    def now(self, conv: Conversation) -> Conversation:
        return self.shop.conversation(conv.id)

    def has(self, conv: Conversation) -> int | None:
        """Who has it."""
        return self.now(conv).assignee_id

    def passes(self, seconds: float) -> None:
        """Time goes by: open desks are heard from, every timer runs at its moment."""
        self.work()
        end = self.world.now + timedelta(seconds=seconds)
        while self.world.now < end:
            beat = min(end, self.world.now + HEARTBEAT)
            while self._next_timer(beat):
                self.work()
            self.world.clock.at = beat
            for one in self.open_desks:
                self.comes(one)
            self.work()

    def _next_timer(self, before: datetime) -> bool:
        due = self.world.read(lambda s: next_due(s, "desk"))
        if due is None or from_micros(due) > before:
            return False
        self.world.clock.at = max(self.world.now, from_micros(due))
        return True

    def work(self) -> int:
        """Run what is due of the desk's jobs; how many there were."""
        router, db = Router(self.world.db, self.world.clock), self.world.db
        handlers = {
            "wake": Waking(db, self.world.clock).wake,
            "route": router.route,
            "release": router.release,
            "expire": router.expire,
            "untouched": router.untouched,
            "breach": router.breach,
        }
        done = 0
        while jobs := self.world.claimed("desk"):
            for job in jobs:
                done += 1
                with contextlib.suppress(LostLease):
                    asyncio.run(handlers[job.kind](job))
        return done

    def route(self) -> int:
        return self.world.write(lambda s: route(s, self.shop.id, self.world.now))

    def lines(self, conv: Conversation) -> list[tuple[str, str | None]]:
        """What happened to it, with whom."""
        found = self.world.read(lambda s: happenings(s, self.shop.id, conv.id))
        return [(one.kind, one.agent_name) for one in found]

    def why(self, conv: Conversation) -> Any:
        """Why it went where it went last."""
        found = self.world.read(lambda s: happenings(s, self.shop.id, conv.id))
        told = [one.reason for one in found if one.kind == "routed"]
        return msgspec.json.decode(told[-1] or "")
