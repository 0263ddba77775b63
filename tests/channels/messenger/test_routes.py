"""A day for everybody, a week for people, and nothing beyond or to who blocked us."""

from datetime import datetime, timedelta

import pytest

from kaiwa.channels import Route, Standing
from kaiwa.channels.messenger import CHANNEL
from kaiwa.vocabulary.address import Address
from tests.channels.messenger.conftest import NOW
from tests.fakes.meta_samples import USER

WHERE = Address(1, "messenger_user", USER)


def routes(
    after_s: float, *, person: bool = False, blocked_at: datetime | None = None
) -> list[Route]:
    standing = Standing(WHERE, last_inbound_at=NOW, by_person=person, blocked_at=blocked_at)
    return CHANNEL.routes(standing, NOW + timedelta(seconds=after_s))


def test_for_a_day_anybody_answers_free() -> None:
    closes_at = NOW + timedelta(hours=23, minutes=59)
    for person in (True, False):
        assert routes(86_339, person=person) == [Route("response", USER, expires_at=closes_at)]


@pytest.mark.parametrize("after_s", [86_340, 604_739])
def test_then_for_a_week_a_person_and_nobody_else(after_s: float) -> None:
    closes_at = NOW + timedelta(days=7) - timedelta(minutes=1)
    assert routes(after_s, person=True) == [Route("human_agent", USER, expires_at=closes_at)]
    assert routes(after_s) == []


def test_after_the_week_and_to_who_blocked_us_there_is_no_way() -> None:
    assert routes(604_740, person=True) == []
    assert routes(1, person=True, blocked_at=NOW) == []
    assert CHANNEL.routes(Standing(WHERE, by_person=True), NOW) == []
