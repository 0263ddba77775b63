"""tau2's retail tasks by talking: a scripted shopper and the bot, end states compared.

    python -m bench.tau2.dialogue DATA [--only ID,ID] [--language ja|en] [--twice]

Each task's gold writes become wishes that a shopper has (`shopper.py`), in Japanese and in
English, signed in or as a guest. Prints how many tasks end as the benchmark has them, and with
`--twice` whether a repetition says the same words.
"""

import argparse
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import get_args

from bench import _measure
from bench.tau2.acting import WRITES
from bench.tau2.replay import Floor, Replayed, _copy, _stocked
from bench.tau2.retail import Data, NoWay, read
from bench.tau2.shopper import PATIENCE, Goal, Shopper
from bench.tau2.stocking import NOW, Stocked, announce
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.known import Tools, open_tools
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene, Shop
from kaiwa.bot.turn import Answer, Turn
from kaiwa.catalog.finder.finder import Finder
from kaiwa.customers.customer import new_customer
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.reply import visible


class Talk:
    """One conversation with the bot in a copy of the shop."""

    def __init__(self, floor: Floor, tools: Tools, who: Person, language: Language) -> None:
        self._floor, self._tools, self._who = floor, tools, who
        self._language: Language = language
        self._state = Dialogue()
        self.said: list[str] = []

    def say(self, text: str) -> Answer:
        """What the bot answers."""

        def work(session: Session) -> Answer:
            shop = Shop(
                session,
                merchant(session, self._floor.it.merchant_id),
                self._tools,
                Scene(self._who, NOW),
                Gateway(session, announce, writing=True),
            )
            return respond(Turn(text, self._language, Text(text), self._state), shop)

        answer = self._floor.db.write_now(work)
        self._state = answer.state
        self.said += [f"> {text}", *visible(answer.reply.blocks)]
        return answer


def play(floor: Floor, tools: Tools, task: Data, language: Language) -> tuple[Replayed, list[str]]:
    """Talk until every wish is served or given up; what differs at the end, and what was said."""
    told, said = Replayed(), []
    for place, action in enumerate(task["evaluation_criteria"]["actions"]):
        name, arguments = action["name"], action["arguments"]
        if name in WRITES:
            goal = _goal(floor, name, arguments)
            seed = f"{task['id']} {place} {language}"
            said += _served(
                floor, tools, Shopper(goal, floor.reference, language, seed), (goal, language)
            )
            floor.settle()
        try:
            floor.reference.run(name, arguments)
        except NoWay:
            told.failed_in_both += 1
    floor.compare(told)
    return told, said


def _goal(floor: Floor, name: str, arguments: Data) -> Goal:
    order = floor.reference.data["orders"].get(arguments.get("order_id"))
    user_id = order["user_id"] if order else arguments["user_id"]
    return Goal(name, arguments, floor.reference.data["users"][user_id], order)


def _served(
    floor: Floor, tools: Tools, shopper: Shopper, about: tuple[Goal, Language]
) -> list[str]:
    goal, language = about
    talk = Talk(floor, tools, _who(floor, goal), language)
    text: str | None = shopper.opening()
    for _ in range(PATIENCE):
        if text is None:
            break
        text = shopper.reply(talk.say(text))
    return talk.said


def _who(floor: Floor, goal: Goal) -> Person:
    """Signed in for the own account, and every other time; else a guest who has to show it."""
    user = goal.user
    guest = goal.order is not None and int(goal.order["order_id"][-1]) % 2 == 0
    if guest:
        customer = floor.db.write_now(lambda s: new_customer(s, floor.it.merchant_id, NOW))
        return Person(customer, "bench")
    known = floor.it.customers[user["user_id"]]
    return Person(known, "bench", "", (user["email"].casefold(),), signed_in=True)


def _task(
    whole: Path, shop: tuple[Stocked, Data], task: Data, language: Language
) -> tuple[Replayed, list[str]]:
    it, data = shop
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "task.db"
        shutil.copyfile(whole, path)
        with closing(open_database(f"sqlite:///{path}")) as db:
            return play(Floor(db, _copy(it), data), _tools(db, Path(folder)), task, language)


def _tools(db: Database, folder: Path) -> Tools:
    clock = SetClock(NOW)
    return open_tools(db, Finder(db, None, clock), clock, folder, "https://shop.example")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", metavar="ID,ID", help="these tasks, with what was said")
    parser.add_argument("--language", choices=get_args(Language))
    parser.add_argument("--twice", action="store_true")
    given = parser.parse_args()
    data, tasks = read(given.data)
    only = given.only.split(",") if given.only else [one["id"] for one in tasks]
    chosen = [one for one in tasks if one["id"] in only]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.db"
        shop = (_stocked(whole, data), data)
        for language in LANGUAGES:
            if given.language not in (None, language):
                continue
            _run(whole, shop, chosen, (language, given))


def _run(
    whole: Path,
    shop: tuple[Stocked, Data],
    tasks: list[Data],
    how: tuple[Language, argparse.Namespace],
) -> None:
    language, given = how
    equal = same = 0
    for task in tasks:
        told, said = _task(whole, shop, task, language)
        equal += not told.different
        if told.different or given.only:
            print(f"task {task['id']} {language}: {[one[:160] for one in told.different[:2]]}")
        if given.only:
            print("\n".join(said))
        if given.twice:
            same += _task(whole, shop, task, language)[1] == said
    count = len(tasks)
    _measure.say(f"tasks with equal end state, {language}", equal, f"of {count}", "67 of 74")
    if given.twice:
        _measure.say(f"tasks with the same words again, {language}", same, f"of {count}", "all")


if __name__ == "__main__":
    main()
