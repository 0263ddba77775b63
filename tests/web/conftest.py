"""The doors on both kinds of database."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from kaiwa.engines.db import Database
from kaiwa.web import server
from kaiwa.web.asgi import App
from kaiwa.web.context import Context
from kaiwa.web.desk_app import desk_app
from tests.web.desk_doors import doors_on
from tests.web.doors import Doors


@pytest.fixture(autouse=True)
def desk_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands behind the desk's doors is another's; these tests have them beside theirs."""
    builders: list[Callable[[Context], App]] = [desk_app, doors_on]  # type: ignore[list-item]

    def built(context: Context) -> App:
        return (builders.pop() if len(builders) > 1 else builders[0])(context)

    monkeypatch.setattr(server, "desk_app", built)


@pytest.fixture
def doors(database: Database, tmp_path: Path) -> Doors:
    """The server without its worker: what a door did is still there to be counted."""
    return Doors(database, tmp_path, work=False)


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> AsyncIterator[Doors]:
    """The server at work."""
    made = Doors(database, tmp_path, work=True)
    async with made.running():
        yield made
