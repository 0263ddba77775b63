from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kaiwa.engines.db import Database
from kaiwa.merchants import agent
from tests.web.desk.world import World


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with World(database, tmp_path).serving() as served:
        yield served


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that protect nothing: these tests check doors, not argon2."""
    monkeypatch.setattr(agent, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
