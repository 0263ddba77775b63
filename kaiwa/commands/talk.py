"""try: talk to the bot from the command line, one line or thousands."""

import argparse
import sys
import time
from datetime import UTC, datetime
from typing import Any

import msgspec

from kaiwa.bot.nlu.command import CorrectSlot, Reading, SetSlot
from kaiwa.bot.nlu.gazetteer import Gazetteer
from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.slot import name_of
from kaiwa.bot.nlu.slots_of import Words
from kaiwa.bot.nlu.understander import Context, Understander
from kaiwa.bot.respond import respond
from kaiwa.bot.turn import Answer, Snapshot, carried, turn_of
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import entries
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import LANGUAGES
from kaiwa.vocabulary.reply import visible


class Line(msgspec.Struct, frozen=True):
    """One input line of `try --json`."""

    session: str | int
    say: str
    email: str | None = None
    name: str | None = None
    at: str | None = None


def add(commands: Commands) -> None:
    """Add the group."""
    one = command(commands, "try", _try, "say something to the bot and see its turn", merchant=True)
    one.add_argument("text", nargs="?")
    one.add_argument("--json", action="store_true", help="JSON lines in, JSON lines out")


def _try(chosen: argparse.Namespace) -> int:
    if not chosen.json and chosen.text is None:
        raise Invalid("Say something: kaiwa try TEXT, or --json with lines on standard input.")
    with opened(chosen) as house:
        shop, index, names = house.db.read_now(lambda s: _load(s, chosen))
        understander = Understander(Models(house.settings.data / "nlu"))
    start = Snapshot(
        shop_name=shop.name,
        bot_name=shop.settings.bot_name,
        popular=tuple(
            entry
            for language in LANGUAGES
            for entry in [e for e in index.entries if e.language == language][:4]
        ),
    )
    talk = Talk(shop, index, start, Reader(understander, names))
    if chosen.json:
        return _lines(talk)
    _print(*talk.turn("try", chosen.text))
    return 0


def _load(session: Session, chosen: argparse.Namespace) -> tuple[Merchant, FaqIndex, Gazetteer]:
    shop = the_merchant(session, chosen)
    names = Gazetteer(shop.id)
    names.catch_up(session)
    return shop, FaqIndex(entries(session, shop.id)), names


class Reader:
    """Understands beside the skills, which do not serve every act yet: tells what was wanted."""

    def __init__(self, understander: Understander, names: Gazetteer) -> None:
        self._understander = understander
        self._names = names

    def read(self, text: str, shop: Merchant) -> Reading:
        """The commands of one text; nothing was shown before it, for no skill shows products."""
        words = Words(currency=shop.currency)
        today = datetime.now(UTC).date()
        context = Context(language=shop.language, today=today, words=words, names=self._names.find)
        return self._understander.read(text, context)


class Talk:
    """Shoppers by session, each with what the bot remembers of them."""

    def __init__(self, shop: Merchant, index: FaqIndex, start: Snapshot, reader: Reader) -> None:
        self._reader = reader
        self._shop = shop
        self._index = index
        self._start = start
        self._sessions: dict[str | int, Snapshot] = {}

    def turn(self, session: str | int, text: str) -> tuple[Answer, Reading, float]:
        """The answer, what was understood, and the milliseconds it took."""
        begun = time.perf_counter()
        snapshot = self._sessions.get(session, self._start)
        answer = respond(turn_of(Text(text), self._shop.language, snapshot), self._index)
        self._sessions[session] = carried(snapshot, answer)
        reading = self._reader.read(text, self._shop)
        return answer, reading, (time.perf_counter() - begun) * 1000


def _lines(talk: Talk) -> int:
    status = 0
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            sys.stderr.write(f"line {number}: {error}\n")
            status = 1
            continue
        answer, reading, took_ms = talk.turn(line.session, line.say)
        shape = _shape(line.session, answer, reading, took_ms)
        sys.stdout.buffer.write(msgspec.json.encode(shape) + b"\n")
        sys.stdout.buffer.flush()
    return status


def acts_of(answer: Answer, reading: Reading) -> list[str]:
    """What the bot answered to; where it had no answer, what the shopper wanted all the same."""
    if "out_of_scope" not in answer.acts:
        return list(answer.acts)
    wanted = [act for act in reading.acts if act not in ("faq", "out_of_scope")]
    kept = [act for act in answer.acts if act != "out_of_scope"]
    return list(dict.fromkeys([*kept, *wanted])) if wanted else list(answer.acts)


def _shape(session: str | int, answer: Answer, reading: Reading, took_ms: float) -> dict[str, Any]:
    return {
        "session": session,
        "acts": acts_of(answer, reading),
        "confidence": round(answer.confidence, 3),
        "skill": answer.skill,
        "texts": visible(answer.reply.blocks),
        "products": [],
        "cart": [],
        "faq": list(answer.faq),
        "answered": answer.answered,
        "asks_for": list(answer.asks_for),
        "handoff": answer.handoff is not None,
        "order": None,
        "ms": round(took_ms, 3),
    }


def _print(answer: Answer, reading: Reading, took_ms: float) -> None:
    print(f"acts   {', '.join(acts_of(answer, reading))}  ({answer.confidence:.2f})")
    for one in reading.commands:
        if isinstance(one, SetSlot | CorrectSlot):
            print(f"slot   {name_of(one.slot)}  {msgspec.to_builtins(one.slot)}")
    print(f"skill  {answer.skill}  {took_ms:.1f} ms")
    if answer.handoff is not None:
        print(f"hands off: {answer.handoff.reason} - {answer.handoff.summary}")
    for text in visible(answer.reply.blocks):
        print(f"  {text}")
