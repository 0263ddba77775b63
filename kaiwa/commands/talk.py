"""try: talk to the bot from the command line, one line or thousands."""

import argparse
import sys
import time
from typing import Any

import msgspec

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
        shop, index = house.db.read_now(lambda s: _load(s, chosen))
    start = Snapshot(
        shop_name=shop.name,
        bot_name=shop.settings.bot_name,
        popular=tuple(
            entry
            for language in LANGUAGES
            for entry in [e for e in index.entries if e.language == language][:4]
        ),
    )
    talk = Talk(shop, index, start)
    if chosen.json:
        return _lines(talk)
    _print(*talk.turn("try", chosen.text))
    return 0


def _load(session: Session, chosen: argparse.Namespace) -> tuple[Merchant, FaqIndex]:
    shop = the_merchant(session, chosen)
    return shop, FaqIndex(entries(session, shop.id))


class Talk:
    """Shoppers by session, each with what the bot remembers of them."""

    def __init__(self, shop: Merchant, index: FaqIndex, start: Snapshot) -> None:
        self._shop = shop
        self._index = index
        self._start = start
        self._sessions: dict[str | int, Snapshot] = {}

    def turn(self, session: str | int, text: str) -> tuple[Answer, float]:
        """The answer and the milliseconds it took."""
        begun = time.perf_counter()
        snapshot = self._sessions.get(session, self._start)
        answer = respond(turn_of(Text(text), self._shop.language, snapshot), self._index)
        self._sessions[session] = carried(snapshot, answer)
        return answer, (time.perf_counter() - begun) * 1000


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
        answer, took_ms = talk.turn(line.session, line.say)
        shape = _shape(line.session, answer, took_ms)
        sys.stdout.buffer.write(msgspec.json.encode(shape) + b"\n")
        sys.stdout.buffer.flush()
    return status


def _shape(session: str | int, answer: Answer, took_ms: float) -> dict[str, Any]:
    return {
        "session": session,
        "acts": list(answer.acts),
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


def _print(answer: Answer, took_ms: float) -> None:
    print(f"acts   {', '.join(answer.acts)}  ({answer.confidence:.2f})")
    print(f"skill  {answer.skill}  {took_ms:.1f} ms")
    if answer.handoff is not None:
        print(f"hands off: {answer.handoff.reason} - {answer.handoff.summary}")
    for text in visible(answer.reply.blocks):
        print(f"  {text}")
