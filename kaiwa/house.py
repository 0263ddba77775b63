"""The engines of one process and its finder, opened from its settings. Light: no web, no bot."""

import msgspec

from kaiwa.catalog.finder.finder import Finder
from kaiwa.engines.clock import Clock, SystemClock
from kaiwa.engines.db import Database, open_database
from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.engines.secrets import Secrets, load_master_key
from kaiwa.settings import Settings


class House(msgspec.Struct, frozen=True):
    """The engines of one process."""

    settings: Settings
    db: Database
    secrets: Secrets
    clock: Clock
    files: DirectoryStore
    finder: Finder

    def close(self) -> None:
        """Let go of everything; the last that is called."""
        self.finder.close()
        self.db.close()


def build(settings: Settings) -> House:
    """Open the engines. The database must be migrated."""
    settings.data.mkdir(parents=True, exist_ok=True)
    secrets = Secrets(load_master_key(settings.data, settings.key))
    files = DirectoryStore(settings.data / "files")
    db, clock = open_database(settings.database_url), SystemClock()
    finder = Finder(db, settings.data, clock)
    return House(settings, db, secrets, clock, files, finder)
