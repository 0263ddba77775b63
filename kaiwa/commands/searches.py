"""searches: what shoppers searched for, above all what they did not find."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec

from kaiwa.catalog.finder.search_log import Asked, most_frequent, without_choice, without_hit
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import iso

_LISTS: Final = (
    ("without_hit", "Nothing found as it was asked", without_hit),
    ("abandoned", "Found, but nothing was opened", without_choice),
    ("frequent", "Most frequent", most_frequent),
)


def add(commands: Commands) -> None:
    """Add the command."""
    words = "what shoppers searched for and did not find"
    one = command(commands, "searches", _searches, words, merchant=True)
    one.add_argument("--days", type=int, default=30, metavar="N", help="how far back (30)")
    one.add_argument("--limit", type=int, default=20, metavar="N", help="of each list (20)")
    one.add_argument("--json", action="store_true", help="one JSON object")


def _searches(chosen: argparse.Namespace) -> int:
    days, limit = max(1, min(chosen.days, 36_500)), max(1, min(chosen.limit, 1_000))
    with opened(chosen) as house:
        since = house.clock.now() - timedelta(days=days)

        def read(session: Session) -> dict[str, list[Asked]]:
            shop = the_merchant(session, chosen).id
            return {name: question(session, shop, since, limit) for name, _, question in _LISTS}

        found = house.db.read_now(read)
    if chosen.json:
        told = {name: [_shape(one) for one in some] for name, some in found.items()}
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
        return 0
    for name, title, _ in _LISTS:
        _print(title, found[name])
    return 0


def _shape(one: Asked) -> dict[str, str | int]:
    return {"query": one.query, "times": one.times, "last_at": iso(one.last_at)}


def _print(title: str, asked: Sequence[Asked]) -> None:
    print(title)
    for one in asked:
        print(f"{one.times:6}  {one.last_at:%Y-%m-%d}  {' '.join(one.query.split())}")
    if not asked:
        print("     -")
