"""The worker learns a shop's events and chooses its method."""

import asyncio

from kaiwa.catalog.recommendation.choosing import choice_of
from kaiwa.catalog.recommendation.learning import SHOPS, Learning
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim, claim
from tests.catalog.recommendation.visits import Street
from tests.catalog.shop import NOW


def test_the_job_learns_chooses_and_is_done(database: Database) -> None:
    def story(s):
        street = Street(s)
        for number in range(30):
            street.article(f"a{number}")
        for visit in range(300):
            street.visit(f"a{visit % 29} a{visit % 29 + 1}", f"v{visit}")
        return street

    street = database.write_now(story)
    learning = Learning(database, SetClock(street.now))
    (job,) = database.write_now(lambda s: claim(s, Claim("catalog", "test", 5), street.now))
    asyncio.run(learning.learn(job))
    choice = database.read_now(lambda s: choice_of(s, street.shop))
    assert choice is not None
    assert (choice.events, choice.questions, choice.at) == (600, 30, street.now)
    assert choice.scores[choice.method].hits >= choice.scores["popular"].hits
    found = learning.learned(street.shop)
    assert street.names(found.next_after([street.ids["a3"]], 1)) == ["a4"]
    assert database.read_now(lambda s: s.one("SELECT count(*) FROM job")) == (0,)


def test_shops_nobody_asks_for_are_forgotten(database: Database) -> None:
    learning = Learning(database, SetClock(NOW))
    first = learning.learned(1)
    for number in range(2, SHOPS + 1):
        learning.learned(number)
    assert learning.learned(1) is first
    learning.learned(SHOPS + 1)
    assert learning.learned(1) is first
    assert len(learning._learned) == SHOPS
