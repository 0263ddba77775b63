"""What every test may count on: asyncio under async tests, and a real database of either kind."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from kaiwa.engines.db import Database, open_database
from kaiwa.merchants import agent
from tests.databases import KINDS, Databases, PostgresCopies, SqliteFiles, postgres_copies

# How fast a machine is today says nothing of whether the code is right: speed is for bench/.
settings.register_profile("kaiwa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kaiwa")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes that protect nothing: a test that is about them brings the real ones back."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agent, "_HASHER", quick)
        yield


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCopies]:
    with postgres_copies() as copies:
        yield copies


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds of database, each test once with either."""
    name = {"sqlite": "sqlite_files", "postgres": "postgres"}[request.param]
    made: Databases = request.getfixturevalue(name)
    return made


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of an empty database at the newest schema."""
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, open."""
    with closing(open_database(database_url)) as opened:
        yield opened


@pytest.fixture
def postgres_url(postgres: PostgresCopies) -> Iterator[str]:
    """For what PostgreSQL alone can do."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """For what SQLite alone can do."""
    url = sqlite_files.fresh()
    yield url
    sqlite_files.drop(url)
