"""A counter on both kinds of database."""

import pytest

from tests.web.doors import Doors
from tests.web.hosted.counter import Counter


@pytest.fixture
def counter(doors: Doors) -> Counter:
    return Counter(doors)
