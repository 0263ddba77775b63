"""A shop whose bot answers what is written to it: intake, turns and all, on either database."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.catalog.finder.finder import Finder
from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.handoff import Act, hand_back, take
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.listeners import announce_orders, announcer
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.merchant import change_settings
from kaiwa.merchants.voice import Voice
from kaiwa.vocabulary.event import Heard
from tests.fakes.echo_channel import texts
from tests.world import World

FAQ = (
    FaqEntry(1, "送料はいくらですか", "全国一律660円です。", "ja"),
    FaqEntry(2, "How much is shipping?", "660 yen, anywhere in Japan.", "en"),
    FaqEntry(3, "薬の飲み合わせは大丈夫ですか", "はい、大丈夫です。", "ja"),
)


@cache
def _models() -> Path:
    # What the shipped examples teach is learnt once for all tests of a process.
    return Path(tempfile.mkdtemp(prefix="kaiwa-models-"))


class Answered:
    """A shop with a bot and an agent; `hears` is one customer's next message."""

    def __init__(self, world: World, *, voice: Voice | None = None, bot_answers: bool = True):
        self.world = world
        self.shop = world.shop(voice=voice or Voice(), bot_answers=bot_answers)
        world.write(lambda s: put_entries(s, self.shop.id, FAQ, world.now))
        finder = Finder(world.db, None, world.clock)
        tools = open_tools(world.db, finder, world.clock, _models(), "https://shop.example")
        announce = announcer(world.clock)
        self._intake = TakingIn(world.db, world.clock, announce)
        told = (announce, announce_orders)
        self._answering = Answering(world.db, world.clock, told, tools)
        self._agent: Agent | None = None

    @property
    def agent(self) -> Agent:
        if self._agent is None:
            self._agent = self.shop.agent()
        return self._agent

    def speaks(self, voice: Voice) -> None:
        """Change its voice."""
        settings = msgspec.structs.replace(self.shop.merchant.settings, voice=voice)
        self.world.write(lambda s: change_settings(s, self.shop.id, settings))

    def hears(self, said: Heard | str, sender: str = "mika") -> list[str]:
        """A customer's message is taken in and answered: what the shop says to it."""
        before = self._seq(sender)
        assert self.shop.accept(self.shop.event(said, sender)) == [True]
        for job in self.world.claimed("intake"):
            asyncio.run(self._intake.take_in(job))
        for job in self.world.claimed("bot"):
            asyncio.run(self._answering.turn(job))
        said_now = self.shop.messages(self.shop.open(sender))
        return [one.text for one in said_now if one.seq > before and one.direction == "out"]

    def takes(self, sender: str = "mika") -> None:
        """The agent takes the conversation over."""
        self._acts(take, sender)

    def hands_back(self, sender: str = "mika") -> None:
        """The agent gives it back to the bot."""
        self._acts(hand_back, sender)

    def agent_says(self, words: str, sender: str = "mika") -> None:
        """The agent answers."""
        conv = self.shop.open(sender)
        key = f"agent:{conv.id}:{conv.last_seq}"
        out = Outgoing(texts(words), "agent", key, agent_id=self.agent.id)
        self.world.write(lambda s: say(s, conv, out, self.world.now))

    def happened(self, sender: str = "mika") -> Sequence[tuple[str, str | None]]:
        """What happened to the conversation, and why."""
        conv = self.shop.open(sender)
        found = self.world.read(lambda s: happenings(s, self.shop.id, conv.id))
        return [(one.kind, one.reason) for one in found]

    def _acts(self, verb: Callable[[Session, Act, datetime], Conversation], sender: str) -> None:
        conv = self.shop.open(sender)
        act = Act(self.shop.id, conv.id, self.agent.id, conv.epoch)
        self.world.write(lambda s: verb(s, act, self.world.now))

    def _seq(self, sender: str) -> int:
        try:
            return self.shop.open(sender).last_seq
        except AssertionError:
            return 0
