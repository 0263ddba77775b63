"""Replays tau2's retail tasks in our shop: gold actions by our commands, end states compared.

    python -m bench.tau2.replay --data FOLDER

FOLDER has `db.json.gz` and `tasks_train.json.gz` of the benchmark (MIT, Sierra Research). Prints
how many tasks end in the same state, and how many broken writes were refused with no row changed
in any table. With `--only ID` one task is replayed, and what differs is printed.
"""

import argparse
import asyncio
import hashlib
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from bench import _measure
from bench.tau2.acting import WRITES, Acting
from bench.tau2.breaking import Broken, broken
from bench.tau2.projecting import Projection
from bench.tau2.retail import Data, NoWay, Retail, read
from bench.tau2.stocking import NOW, Stocked, announce, stock
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.queue import Claim, claim
from kaiwa.engines.secrets import Secrets
from kaiwa.migrations import migrate
from kaiwa.orders.gift_card import IssueGiftCard, issue_gift_card
from kaiwa.orders.paying import Paying
from kaiwa.orders.saved_method import SaveMethod, save_method
from kaiwa.vocabulary.errors import KaiwaError
from kaiwa.vocabulary.money import Money


class Replayed:
    """What came of one task."""

    def __init__(self) -> None:
        self.different: list[str] = []
        self.refused: dict[str, int] = {}
        self.let_through: list[str] = []
        self.failed_in_both = 0


class Floor:
    """A copy of the stocked shop, for one task."""

    def __init__(self, db: Database, it: Stocked, data: Data) -> None:
        self.db = db
        self.it = it
        self.reference = Retail(data)
        self._data = data
        self._paying = Paying(db, SetClock(NOW), AiohttpHttp(), Secrets(b"k" * 32), announce)

    def act(self, action: Data, told: Replayed) -> None:
        """Run a gold action in both shops; both do it, or neither."""
        name, arguments = action["name"], action["arguments"]
        done, why = True, ""
        try:
            self.reference.run(name, arguments)
        except NoWay:
            done = False
        try:
            user = self._user(arguments)
            self.db.write_now(lambda s: Acting(s, self.it, user).run(name, arguments))
            ours = True
        except KaiwaError as error:
            ours, why = False, error.message
        if done != ours:
            told.different.append(f"{action['action_id']} {name}: theirs {done}, ours {ours} {why}")
        told.failed_in_both += not done and not ours
        self.settle()

    def settle(self) -> None:
        """Let the queue ask for money and give it back, until nothing is left to do."""
        while jobs := self.db.write_now(lambda s: claim(s, Claim("orders", "bench", 64), NOW)):
            for job in jobs:
                asyncio.run(getattr(self._paying, job.kind)(job))

    def compare(self, told: Replayed) -> None:
        """Note every field that is not as the benchmark has it."""
        projection = Projection(self.it, self._data)

        def work(session: Session) -> None:
            users = projection.users(session)
            for user_id, theirs in self.reference.data["users"].items():
                _differences(told, user_id, _plain(theirs), _plain(users[user_id]))
            for order_id, theirs in self.reference.data["orders"].items():
                ours = projection.order(session, order_id)
                _differences(told, order_id, _plain(theirs), _plain(ours))

        self.db.read_now(work)

    def try_broken(self, one: Broken, told: Replayed) -> None:
        """A forbidden write: refused, and no row of any table is another than before."""
        before = self.db.read_now(fingerprint)
        try:
            self.db.write_now(lambda s: Acting(s, self.it, one.user).run(one.name, one.arguments))
        except (KaiwaError, ValueError) as error:
            if isinstance(error, ValueError) and "zip()" not in str(error):
                raise
            if self.db.read_now(fingerprint) == before:
                told.refused[one.wrong] = told.refused.get(one.wrong, 0) + 1
                return
        told.let_through.append(f"{one.wrong}: {one.name} {one.arguments}")

    def thin_card(self, user_id: str) -> str:
        """A gift card of the user's with one cent on it, as a saved way to pay."""
        code = f"thin_{user_id}"
        if code not in self.it.saved:
            who = self.it.customers[user_id]

            def work(session: Session) -> int:
                request = IssueGiftCard(Money(1, "USD"), who, code)
                card = issue_gift_card(session, self.it.command(), request)
                way = SaveMethod(who, self.it.methods["gift_card"], code, None, card.id)
                return save_method(session, self.it.command(), way).id

            self.it.saved[code] = self.db.write_now(work)
        return code

    def _user(self, arguments: Data) -> str | None:
        found = self._data["orders"].get(arguments.get("order_id"))
        user: str | None = arguments.get("user_id") if found is None else found["user_id"]
        return user if user in self.it.customers else None


def fingerprint(session: Session) -> str:
    """A digest of everything in every table."""
    names = session.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    digest = hashlib.sha256()
    for (name,) in names:
        if name not in ("product", "variant", "customer", "cart"):
            digest.update(repr(session.all(f"SELECT * FROM {name}")).encode())
    return digest.hexdigest()


def play(floor: Floor, task: Data) -> Replayed:
    """The task's gold actions; what differs at the end."""
    told = Replayed()
    for action in task["evaluation_criteria"]["actions"]:
        floor.act(action, told)
    floor.compare(told)
    return told


def break_everything(floor: Floor, task: Data, told: Replayed) -> None:
    """Before each gold write every broken form of it; after it, the same again."""
    for action in task["evaluation_criteria"]["actions"]:
        name, arguments = action["name"], action["arguments"]
        before = Retail(floor.reference.data)
        quiet = Replayed()
        if name not in WRITES or not _allowed(before, name, arguments):
            floor.act(action, quiet)
            continue
        for one in broken(floor.reference, name, arguments):
            floor.try_broken(one, told)
        user = floor._user(arguments)
        assert user is not None
        if _costs_more(floor.reference, before, arguments):
            poor = arguments | {"payment_method_id": floor.thin_card(user)}
            floor.try_broken(Broken(name, poor, user, "balance"), told)
        floor.act(action, quiet)
        if not name.endswith("address"):
            floor.try_broken(Broken(name, arguments, user, "repeated"), told)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only")
    given = parser.parse_args()
    data, tasks = read(given.data)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.db"
        it = _stocked(whole, data)
        results = {}
        for task in tasks:
            if given.only in (None, task["id"]):
                results[task["id"]] = _task(whole, (it, data), task)
    equal = sum(not told.different for told in results.values())
    for task_id, told in results.items():
        for line in [*told.different[:9], *told.let_through[:9]]:
            print(f"task {task_id}: {line}")
    refused: dict[str, int] = {}
    for told in results.values():
        for wrong, count in told.refused.items():
            refused[wrong] = refused.get(wrong, 0) + count
    let_through = sum(len(told.let_through) for told in results.values())
    both = sum(told.failed_in_both for told in results.values())
    _measure.say("gold actions that fail in both", both, "actions", "13")
    print("broken by " + ", ".join(f"{wrong} {count}" for wrong, count in sorted(refused.items())))
    total = sum(refused.values())
    print(f"broken writes refused with nothing changed {total} of {total + let_through}")
    print(f"tasks with equal end state {equal} of {len(results)}")


def _stocked(whole: Path, data: Data) -> Stocked:
    url = f"sqlite:///{whole}"
    migrate(url)
    with closing(open_database(url)) as db:
        it = db.write_now(lambda s: stock(s, data))
        Floor(db, it, data).settle()
    return it


def _task(whole: Path, shop: tuple[Stocked, Data], task: Data) -> Replayed:
    it, data = shop
    told = Replayed()
    for broken_too in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.db"
            shutil.copyfile(whole, path)
            with closing(open_database(f"sqlite:///{path}")) as db:
                floor = Floor(db, _copy(it), data)
                if broken_too:
                    break_everything(floor, task, told)
                else:
                    told = play(floor, task)
    return told


def _copy(it: Stocked) -> Stocked:
    return Stocked(
        it.merchant_id, it.methods, it.variants, it.customers, dict(it.saved), it.cards, it.orders,
        it.sources,
    )  # fmt: skip


def _allowed(before: Retail, name: str, arguments: Data) -> bool:
    try:
        before.run(name, arguments)
    except NoWay:
        return False
    return True


def _costs_more(shop: Retail, after: Retail, arguments: Data) -> bool:
    if "new_item_ids" not in arguments:
        return False
    order = shop.data["orders"][arguments["order_id"]]
    old = {one["item_id"]: one["price"] for one in order["items"]}
    new = sum(after.variants[one]["price"] for one in arguments["new_item_ids"])
    return new - sum(old[one] for one in arguments["item_ids"]) > 1


def _plain(value: Data) -> Data:
    return {key: one for key, one in value.items() if one is not None}


def _differences(told: Replayed, whose: str, theirs: Data, ours: Data) -> None:
    for name in theirs.keys() | ours.keys():
        if theirs.get(name) != ours.get(name):
            told.different.append(
                f"{whose} {name}: theirs {theirs.get(name)}, ours {ours.get(name)}"
            )


if __name__ == "__main__":
    main()
