"""Talks to the bot as many shoppers, on the merchant's own data, and undoes all of it at the end.

Each line is understood by letters alone, so that the same lines always get the same answers. On
SQLite a copy of the database is talked to, so that a server on the same file goes on writing;
on PostgreSQL one transaction that is rolled back.
"""

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.known import Tools, open_tools
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene, Shop
from kaiwa.bot.turn import Answer, Turn
from kaiwa.catalog.finder.finder import Finder
from kaiwa.customers.customer import learn_name, new_customer
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.house import House
from kaiwa.listeners import announce_orders
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import parse_iso

T = TypeVar("T")

CHANNEL = "web_chat"


class Line(msgspec.Struct, frozen=True):
    """One thing a shopper says; `email` means signed in, `at` sets the clock of the turn."""

    session: str | int
    say: str
    email: str | None = None
    name: str | None = None
    at: str | None = None


class _Shopper(msgspec.Struct):
    """A session: who, and what the conversation remembers."""

    customer_id: int
    state: Dialogue = Dialogue()
    greeted: bool = False
    misunderstood: int = 0


class Rehearsal:
    """Shoppers by session, all in one transaction."""

    def __init__(self, session: Session, shop: Merchant, tools: Tools, clock: Clock) -> None:
        self._session = session
        self._shop = shop
        self._tools = tools
        self._clock = clock
        self._shoppers: dict[str | int, _Shopper] = {}
        self._members: dict[str, int] = {}
        self._turns = 0
        self._session.run("SAVEPOINT rehearsal")

    def begin_anew(self) -> None:
        """Forget every shopper and undo what they did."""
        self._session.run("ROLLBACK TO SAVEPOINT rehearsal")
        self._shoppers.clear()
        self._members.clear()

    def turn(self, line: Line) -> Answer:
        """The bot's answer to one line; `Invalid` when the line's time is none."""
        now = _time(line.at) or self._clock.now()
        who = self._shopper(line, now)
        self._turns += 1
        scene = Scene(self._person(line, who), now, f"try:{self._turns}")
        turn = Turn(
            line.say, self._shop.language, Text(line.say), who.state, who.greeted, who.misunderstood
        )
        self._session.run("SAVEPOINT turn")
        try:
            answer = respond(turn, self._seen(scene))
        except BaseException:
            self._session.run("ROLLBACK TO SAVEPOINT turn")
            raise
        finally:
            self._session.run("RELEASE SAVEPOINT turn")
        who.state, who.greeted = answer.state, True
        who.misunderstood = who.misunderstood + 1 if answer.misunderstood else 0
        return answer

    def cart(self, line: Line) -> list[tuple[str, int]]:
        """What the session's shopper has in the cart now: SKU and quantity."""
        now = _time(line.at) or self._clock.now()
        who = self._shopper(line, now)
        cart = self._seen(Scene(self._person(line, who), now)).cart
        return [(one.sku, one.quantity) for one in cart.lines] if cart else []

    def _seen(self, scene: Scene) -> Shop:
        gateway = Gateway(self._session, announce_orders, writing=True)
        return Shop(self._session, self._shop, self._tools, scene, gateway)

    def _person(self, line: Line, who: _Shopper) -> Person:
        email = (line.email or "").strip().casefold()
        emails = (email,) if email else ()
        return Person(who.customer_id, CHANNEL, line.name or "", emails, bool(email))

    def _shopper(self, line: Line, now: datetime) -> _Shopper:
        found = self._shoppers.get(line.session)
        if found is None:
            found = self._shoppers[line.session] = _Shopper(self._customer(line, now))
        elif line.email:
            member = self._members.setdefault(line.email.casefold(), found.customer_id)
            found.customer_id = member
        return found

    def _customer(self, line: Line, now: datetime) -> int:
        known = self._members.get((line.email or "").casefold())
        if known is not None:
            return known
        made = new_customer(self._session, self._shop.id, now)
        if line.name:
            learn_name(self._session, self._shop.id, made, line.name)
        if line.email:
            self._members[line.email.casefold()] = made
        return made


class _Undone(Exception):
    """Carries the result out of the transaction that it ends."""

    def __init__(self, result: object) -> None:
        self.result = result


def rehearsed(house: House, shop: Merchant, talking: Callable[[Rehearsal], T]) -> T:
    """What `talking` returns; nothing that was written meanwhile stays."""
    with _copied(house) as db:
        finder = Finder(db, house.settings.data, house.clock, keeps=False)
        settings = house.settings
        where = (house.clock, settings.data, settings.origin)
        tools = open_tools(db, finder, *where, by_letters=True)
        db.read_now(tools.learning.learned(shop.id).catch_up)

        def talk(session: Session) -> None:
            raise _Undone(talking(Rehearsal(session, shop, tools, house.clock)))

        try:
            db.write_now(talk)
        except _Undone as undone:
            return undone.result  # type: ignore[return-value]
        finally:
            finder.close()
    raise AssertionError


@contextlib.contextmanager
def _copied(house: House) -> Iterator[Database]:
    if house.db.dialect != "sqlite":
        yield house.db
        return
    source = house.settings.database_url.removeprefix("sqlite:///")
    with tempfile.TemporaryDirectory(prefix="kaiwa-try-") as folder:
        path = Path(folder) / "kaiwa.db"
        with (
            contextlib.closing(sqlite3.connect(source)) as whole,
            contextlib.closing(sqlite3.connect(path)) as copy,
        ):
            whole.backup(copy)
        db = open_database(f"sqlite:///{path}")
        try:
            yield db
        finally:
            db.close()


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_iso(text)
    except (ValueError, OverflowError) as error:
        raise Invalid(f"at is no ISO time: {text!r}.") from error
