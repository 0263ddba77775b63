"""What the stories of the skills stand on."""

from pathlib import Path

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.aftersale import AfterSale


@pytest.fixture
def place(database: Database, tmp_path: Path) -> AfterSale:
    """A shop with a till and a bot."""
    return AfterSale(database, tmp_path)
