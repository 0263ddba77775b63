"""A turn of the bot at 50,000 products, database and finder included, without embeddings.

`--products N`, `--keep DIR` as in `bench/finder_speed.py`. Shoppers search, refine, ask, fill a
cart, ask the FAQ and chat, in both languages. A turn is what a worker does for it: read, think,
and where it writes think again and commit. Times are CPU of the whole process. `flat` compares the
turns of a conversation's last tenth with those of its first, 200 turns long. `cold_start` and
`memory` are of a fresh process that opens the shop and answers once.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from bench import _catalogue, _measure
from bench.finder_speed import PRODUCTS, SHOP, run
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.hearing import Heard, ToBeWritten
from kaiwa.bot.known import Tools, open_tools
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene, Shop
from kaiwa.bot.turn import Answer, turn_of
from kaiwa.catalog.finder.finder import Finder
from kaiwa.customers.customer import new_customer
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.listeners import announce_orders
from kaiwa.merchants.merchant import merchant
from kaiwa.migrations import migrate
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import Language

TALKS = 120
LONG = 200
SAID: dict[Language, tuple[str, ...]] = {
    "ja": (
        "こんにちは",
        "{query}を探しています",
        "もっと安いのはありますか",
        "2番目のは在庫ありますか",
        "それを2個かごに入れて",
        "やっぱり3個で",
        "送料はいくらですか",
        "かごを見せて",
        "返品はできますか",
        "一番安いのをください",
        "赤はありますか",
        "おすすめはありますか",
        "ありがとう",
    ),
    "en": (
        "hello",
        "i'm looking for {query}",
        "anything cheaper?",
        "is the second one in stock?",
        "add it to my cart, two please",
        "make it three",
        "how much is shipping?",
        "show my cart",
        "can i return things?",
        "the cheapest one please",
        "do you have it in red?",
        "what do you recommend?",
        "thanks",
    ),
}
FAQ = (
    FaqEntry(0, "送料はいくらですか", "全国一律660円です。", "ja"),
    FaqEntry(0, "返品はできますか", "到着から14日以内にお受けします。", "ja"),
    FaqEntry(0, "How much is shipping?", "660 yen anywhere in Japan.", "en"),
    FaqEntry(0, "Can I return an item?", "Yes, within 14 days.", "en"),
)


class Shopper:
    """A conversation, and the CPU of its turns."""

    def __init__(self, db: Database, tools: Tools, language: Language) -> None:
        self._db, self._tools, self._language = db, tools, language
        self._customer = db.write_now(lambda s: new_customer(s, SHOP, _catalogue.NOW))
        self._merchant = db.read_now(lambda s: merchant(s, SHOP))
        self._state = Dialogue()
        self._greeted = False

    def say(self, text: str) -> float:
        """The milliseconds of CPU that the answer took."""
        begun = time.process_time()
        try:
            answer = self._db.read_now(lambda s: self._answer(s, text, writing=False))
        except ToBeWritten as wanted:
            told = wanted.heard
            answer = self._db.write_now(lambda s: self._answer(s, text, told, writing=True))
        spent_ms = (time.process_time() - begun) * 1000
        self._state, self._greeted = answer.state, True
        return spent_ms

    def _answer(
        self, session: Session, text: str, heard: Heard | None = None, *, writing: bool
    ) -> Answer:
        gateway = Gateway(session, announce_orders, writing=writing)
        who = Person(self._customer, "web_chat")
        now = SystemClock().now()
        shop = Shop(session, self._merchant, self._tools, Scene(who, now), gateway)
        turn = turn_of(Text(text), self._language, self._state)
        return respond(msgspec.structs.replace(turn, greeted=self._greeted), shop, heard)


@contextmanager
def opened_catalog(given: argparse.Namespace) -> Iterator[tuple[Database, Path]]:
    """The shop, made in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        data: Path = given.keep or Path(folder)
        url = f"sqlite:///{data}/kaiwa.db"
        if not (data / "kaiwa.db").exists():
            migrate(url)
            run("build", url, data, given.products)
        with closing(open_database(url)) as db:
            yield db, data


def opened_tools(db: Database, folder: Path) -> Tools:
    clock = SystemClock()
    finder = Finder(db, folder, clock)
    return open_tools(db, finder, clock, folder, "https://shop.example")


def measure_turns(db: Database, tools: Tools) -> None:
    luck = random.Random(5)
    queries = list(_catalogue.queries(TALKS * 2))
    Shopper(db, tools, "ja").say("こんにちは")
    Shopper(db, tools, "en").say("hello")
    spent: list[float] = []
    for number in range(TALKS):
        language: Language = "ja" if number % 2 else "en"
        shopper = Shopper(db, tools, language)
        for line in SAID[language]:
            spent.append(shopper.say(line.replace("{query}", luck.choice(queries))))
    spent.sort()
    _measure.say("turn p50", spent[len(spent) // 2], "ms CPU", "5")
    _measure.say("turn p99", spent[int(len(spent) * 0.99)], "ms CPU", "25")


def measure_flatness(db: Database, tools: Tools) -> None:
    shopper, lines = Shopper(db, tools, "ja"), SAID["ja"]
    spent = [shopper.say(lines[at % len(lines)].replace("{query}", "急須")) for at in range(LONG)]
    tenth = LONG // 10
    first, last = sorted(spent[:tenth]), sorted(spent[-tenth:])
    _measure.say("flat", last[tenth // 2] / first[tenth // 2], "x", "1.2")


def cold(folder: Path) -> None:
    """In a process of its own: how long until the first answer, and how large it is then."""
    begun = time.perf_counter()
    with closing(open_database(f"sqlite:///{folder}/kaiwa.db")) as db:
        tools = opened_tools(db, folder)
        Shopper(db, tools, "ja").say("急須を探しています")
        took_s = time.perf_counter() - begun
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(took_s, _measure.rss_mb(), peak_mb)
        tools.finder.close()


def main() -> None:
    os.environ.setdefault("KAIWA_EMBEDDINGS", "off")
    parser = _measure.parser()
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--cold", type=Path, help="only the first answer from this folder")
    given = parser.parse_args()
    if given.cold:
        cold(given.cold)
        return
    with opened_catalog(given) as (db, folder):
        db.write_now(lambda s: put_entries(s, SHOP, FAQ, _catalogue.NOW))
        tools = opened_tools(db, folder)
        _measure.collect_rarely()
        measure_turns(db, tools)
        measure_flatness(db, tools)
        tools.finder.close()
        command = [sys.executable, "-m", "bench.bot_turn", "--cold", str(folder)]
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        whole_s = time.perf_counter() - begun
        _, now_mb, _ = map(float, done.stdout.split())
        _measure.say("cold_start", whole_s, "s", "3")
        _measure.say("memory", now_mb, "MB", "300")


if __name__ == "__main__":
    main()
