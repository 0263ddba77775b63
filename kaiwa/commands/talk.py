"""try: talk to the bot from the command line, one line or thousands.

It is a rehearsal: carts are filled and orders cancelled as in earnest, in a transaction that is
undone at the end.
"""

import argparse
import sys
import time
from typing import Any

import msgspec

from kaiwa.bot.nlu.slot import name_of
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.commands.rehearsal import Line, Rehearsal, rehearsed
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import visible


def add(commands: Commands) -> None:
    """Add the group."""
    one = command(commands, "try", _try, "say something to the bot and see its turn", merchant=True)
    one.add_argument("text", nargs="?")
    one.add_argument("--json", action="store_true", help="JSON lines in, JSON lines out")
    one.add_argument("--email", help="the shopper is signed in with this address")


def _try(chosen: argparse.Namespace) -> int:
    if not chosen.json and chosen.text is None:
        raise Invalid("Say something: kaiwa try TEXT, or --json with lines on standard input.")
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        if chosen.json:
            return rehearsed(house, shop, _lines)
        line = Line("try", chosen.text, chosen.email)
        return rehearsed(house, shop, lambda talk: _print(talk, line))


def _lines(talk: Rehearsal) -> int:
    status = 0
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=Line)
            shape = _shape(talk, line)
        except (msgspec.DecodeError, UnicodeDecodeError, Invalid) as error:
            sys.stderr.write(f"line {number}: {error}\n")
            status = 1
            continue
        sys.stdout.buffer.write(msgspec.json.encode(shape) + b"\n")
        sys.stdout.buffer.flush()
    return status


def _shape(talk: Rehearsal, line: Line) -> dict[str, Any]:
    begun = time.perf_counter()
    answer = talk.turn(line)
    took_ms = (time.perf_counter() - begun) * 1000
    return {
        "session": line.session,
        "acts": list(answer.acts),
        "confidence": round(answer.confidence, 3),
        "skill": answer.skill,
        "texts": visible(answer.reply.blocks),
        "products": list(answer.products),
        "cart": [{"sku": sku, "qty": count} for sku, count in talk.cart(line)],
        "faq": list(answer.faq),
        "answered": answer.answered,
        "asks_for": list(answer.asks_for),
        "handoff": answer.handoff is not None,
        "order": answer.order,
        "ms": round(took_ms, 3),
    }


def _print(talk: Rehearsal, line: Line) -> int:
    begun = time.perf_counter()
    answer = talk.turn(line)
    took_ms = (time.perf_counter() - begun) * 1000
    print(f"acts   {', '.join(answer.acts)}  ({answer.confidence:.2f})")
    top = answer.state.top
    for slot in (*answer.state.search, *(top.slots if top else ())):
        print(f"slot   {name_of(slot)}  {msgspec.to_builtins(slot)}")
    print(f"skill  {answer.skill}  {took_ms:.1f} ms")
    if answer.handoff is not None:
        print(f"hands off: {answer.handoff.reason} - {answer.handoff.summary}")
    for text in visible(answer.reply.blocks):
        print(f"  {text}")
    return 0
