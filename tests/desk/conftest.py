"""Every story has a world and a shop in it; passwords cost nothing."""

import pytest
from argon2 import PasswordHasher

from kaiwa.merchants import agent
from tests.world import shop, world

__all__ = ["shop", "world"]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that protect nothing: these stories are not about log-in."""
    monkeypatch.setattr(agent, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
