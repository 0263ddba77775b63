"""A small shop to talk to: the bot on a database of its own, one shopper at a time."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.hearing import Heard, heard_as
from kaiwa.bot.known import open_tools
from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene, Shop
from kaiwa.bot.turn import Answer, turn_of
from kaiwa.catalog.finder.finder import Finder
from kaiwa.customers.customer import new_customer
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Session, open_database
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.importing import read_faq
from kaiwa.listeners import announce_orders
from kaiwa.merchants.merchant import NewMerchant, ShopSettings, create_merchant
from kaiwa.migrations import migrate
from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import visible
from tests.bot.thinking import thought
from tests.knowledge.lines import DEMO

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


@cache
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="kaiwa-talk-")) / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@cache
def demo_faq() -> tuple[FaqEntry, ...]:
    """The demo shop's FAQ."""
    return tuple(read_faq(DEMO.read_bytes()).taken)


class Counter:
    """A shop with its bot; `talk()` begins a conversation with a new shopper.

    `url` is a fresh database at the newest schema; without one it has a SQLite file of its own.
    """

    def __init__(
        self,
        faq: Sequence[FaqEntry] | None = None,
        name: str = "木立道具店",
        bot_name: str = "",
        url: str | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kaiwa-talk-"))
        if url is None:
            shutil.copyfile(_template(), self.folder / "kaiwa.db")
            url = f"sqlite:///{self.folder / 'kaiwa.db'}"
        self.db = open_database(url)
        self.clock = SetClock(NOW)
        settings = ShopSettings(bot_name=bot_name)
        self.merchant = self.db.write_now(
            lambda s: create_merchant(s, NewMerchant(name, settings=settings), NOW)
        )
        entries = demo_faq() if faq is None else faq
        self.db.write_now(lambda s: put_entries(s, self.merchant.id, entries, NOW))
        finder = Finder(self.db, None, self.clock)
        self.tools = open_tools(self.db, finder, self.clock, self.folder, "https://shop.example")

    def talk(self, email: str | None = None, *, language: Language = "ja") -> "Talk":
        """A shopper; signed in when there is an address."""
        customer = self.db.write_now(lambda s: new_customer(s, self.merchant.id, NOW))
        emails = (email,) if email else ()
        who = Person(customer, "web_chat", "", emails, signed_in=bool(email))
        return Talk(self, who, language)


class Talk:
    """One conversation."""

    def __init__(self, counter: Counter, who: Person, language: Language) -> None:
        self.counter = counter
        self.who = who
        self.language = language
        self.state = Dialogue()
        self.greeted = False
        self.missed = 0
        self.agents_available: bool | None = None
        self.reading: Reading | None = None

    def say(self, said: str | Content) -> Answer:
        """What the bot answers; remembered for the next."""
        answer = self.ask(said)
        self.state, self.greeted = answer.state, True
        self.missed = self.missed + 1 if answer.misunderstood else 0
        return answer

    def ask(self, said: str | Content) -> Answer:
        """What the bot would answer."""
        content = Text(said) if isinstance(said, str) else said
        turn = msgspec.structs.replace(
            turn_of(content, self.language, self.state),
            greeted=self.greeted,
            misunderstood_in_a_row=self.missed,
            agents_available=self.agents_available,
        )
        shop = self.counter

        def answered(session: Session, writing: bool, heard: Heard | None) -> Answer:
            gateway = Gateway(session, announce_orders, writing=writing)
            scene = Scene(self.who, shop.clock.now())
            view = Shop(session, shop.merchant, shop.tools, scene, gateway)
            if heard is None and self.reading is not None:
                heard = heard_as(self.reading, turn, view)
            return respond(turn, view, heard)

        return thought(shop.db, answered)


def texts(answer: Answer) -> list[str]:
    """Everything the shopper reads."""
    return visible(answer.reply.blocks)
