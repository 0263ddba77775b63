"""reviews: what buyers say of products, and which of it is shown."""

import argparse
import sys
from typing import get_args

import msgspec

from kaiwa.catalog.review import Review, ReviewState, decide_review, reviews
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import iso


def add(commands: Commands) -> None:
    """Add the command."""
    words = "what buyers say of products; show it or do not"
    one = command(commands, "reviews", _reviews, words, merchant=True)
    states = get_args(ReviewState)
    one.add_argument("--state", choices=states, default="waiting", help="which ones (waiting)")
    one.add_argument("--publish", type=int, nargs="+", metavar="ID", help="show these")
    one.add_argument("--decline", type=int, nargs="+", metavar="ID", help="do not show these")
    one.add_argument("--json", action="store_true", help="one JSON object a line")


def _reviews(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def work(session: Session) -> list[Review]:
            shop = the_merchant(session, chosen).id
            given: dict[ReviewState, list[int]] = {
                "published": chosen.publish or [],
                "declined": chosen.decline or [],
            }
            done = [
                decide_review(session, shop, review_id, to, now)
                for to, ids in given.items()
                for review_id in ids
            ]
            return done or reviews(session, shop, chosen.state, 1_000)

        found = house.db.write_now(work)
    for one in found:
        _print(one, as_json=chosen.json)
    if not found and not chosen.json:
        sys.stderr.write("Nothing waits.\n" if chosen.state == "waiting" else "Nothing here.\n")
    return 0


def _print(one: Review, *, as_json: bool) -> None:
    if as_json:
        told = msgspec.structs.asdict(one) | {"created_at": iso(one.created_at)}
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
        return
    words = " ".join(one.words.split())
    print(f"{one.id:6}  {one.state:9}  {'*' * one.rating:5}  {one.product}  {words}")
