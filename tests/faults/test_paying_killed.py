"""Who asks for money is killed between the asking and the answer: everybody pays exactly once."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session
from kaiwa.orders.completing import CompleteCheckout, complete
from tests.fakes.line_http import served
from tests.orders.counter import Counter
from tests.orders.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
BUYERS = 60
KILLS = 6
WITHIN_S = 60


def started(db: Database) -> int:
    sql = "SELECT count(*) FROM payment WHERE state = 'started'"
    return int(db.read_now(lambda s: s.all(sql))[0][0])


def test_killing_whoever_asks_for_money_charges_nobody_twice(
    database: Database, database_url: str
) -> None:
    shop = Shop(database)
    shop.now = SystemClock().now()
    counter = Counter(shop)
    cup = shop.article("CUP", stock=BUYERS)
    ready = [counter.ready(counter.cart((cup, 1)).id, "page") for _ in range(BUYERS)]

    def begin(s: Session) -> None:
        for one in ready:
            request = CompleteCheckout(one.checkout.id, "pm_card_visa")
            complete(s, shop.command(), request, counter.announce)

    at_kill = []
    with served(counter.fake) as base:
        database.write_now(lambda s: s.run("UPDATE payment_method SET api_base = :b", b=base))
        database.write_now(begin)
        end = time.monotonic() + WITHIN_S
        while started(database) and time.monotonic() < end:
            command = [sys.executable, "-m", "tests.faults.pay", database_url]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                asked = counter.fake.posts
                while counter.fake.posts < asked + BUYERS // KILLS and started(database):
                    time.sleep(0.001)
                time.sleep(random.uniform(0, 0.01))
                process.kill()
            at_kill.append((counter.fake.posts, BUYERS - started(database)))

    assert started(database) == 0
    assert any(asked > answered for asked, answered in at_kill), "no kill came in between"
    assert len(counter.fake.platform.intents) == counter.paid_at_stripe() == BUYERS
    assert [counter.show(one.checkout.id).state for one in ready] == ["completed"] * BUYERS
    assert shop.stock(cup) == (0, 0)
