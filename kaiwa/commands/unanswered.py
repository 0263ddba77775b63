"""unanswered, answer: the questions the bot missed, and one step from each to knowledge."""

import argparse
import sys
from typing import Any

import msgspec

from kaiwa.bot.nlu.act import ACTS
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.knowledge.cluster import Cluster, cluster, clusters, dismiss
from kaiwa.knowledge.teaching import Lesson, Means, NewAnswer, SameAs, teach
from kaiwa.knowledge.unanswered import wordings
from kaiwa.vocabulary.time import iso


def add(commands: Commands) -> None:
    """Add the commands."""
    words = "questions the bot could not answer, those asked most first"
    one = command(commands, "unanswered", _unanswered, words, merchant=True)
    one.add_argument("--status", choices=["open", "answered", "dismissed"], default="open")
    one.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (50)")
    one.add_argument("--json", action="store_true", help="one JSON object a line")
    words = "answer an unanswered question once and for all"
    one = command(commands, "answer", _answer, words, merchant=True)
    one.add_argument("id", type=int, help="as `kaiwa unanswered` prints it")
    how = one.add_mutually_exclusive_group(required=True)
    how.add_argument("--answer", metavar="TEXT", help="a new FAQ entry")
    how.add_argument("--faq", type=int, metavar="ID", help="another wording of this FAQ entry")
    how.add_argument("--phrase", metavar="ACT", choices=ACTS, help="what shoppers say for an act")
    how.add_argument("--dismiss", action="store_true", help="nobody is to answer it")
    one.add_argument("--question", metavar="TEXT", help="with --answer: a better wording")


def _unanswered(chosen: argparse.Namespace) -> int:
    limit = max(1, min(chosen.limit, 1_000))

    def look(session: Session) -> list[tuple[Cluster, list[str]]]:
        shop = the_merchant(session, chosen).id
        found = clusters(session, shop, chosen.status, limit)
        return [(one, wordings(session, shop, one.id)) for one in found]

    with opened(chosen) as house:
        found = house.db.read_now(look)
    for one, said in found:
        if chosen.json:
            sys.stdout.buffer.write(msgspec.json.encode(_shape(one, said)) + b"\n")
        else:
            text = " ".join(one.text.split())
            print(f"{one.id} {one.asked}x {one.last_at:%Y-%m-%d} {one.language} {text}")
    if not found and not chosen.json:
        sys.stderr.write("Nothing waits.\n" if chosen.status == "open" else "Nothing here.\n")
    return 0


def _shape(one: Cluster, said: list[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "language": one.language,
        "text": one.text,
        "wordings": said,
        "asked": one.asked,
        "status": one.status,
        "outcome": one.outcome,
        "first_at": iso(one.first_at),
        "last_at": iso(one.last_at),
    }


def _answer(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def learn(session: Session) -> Cluster:
            shop = the_merchant(session, chosen).id
            if chosen.dismiss:
                return dismiss(session, shop, chosen.id, now)
            teach(session, shop, chosen.id, _lesson(chosen), now)
            return cluster(session, shop, chosen.id)

        done = house.db.write_now(learn)
    print(f"{done.status}: {done.id}" + (f" {done.outcome}" if done.outcome else ""))
    return 0


def _lesson(chosen: argparse.Namespace) -> Lesson:
    if chosen.answer is not None:
        return NewAnswer(chosen.answer, chosen.question)
    if chosen.faq is not None:
        return SameAs(chosen.faq)
    return Means(chosen.phrase)
