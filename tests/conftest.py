"""Options of the test run."""

import os
from collections.abc import Iterator

import pytest

from kaiwa.engines.embeddings import open_embedder

# By words alone a test is the same on every machine; what vectors add has tests that open them.
os.environ.setdefault("KAIWA_EMBEDDINGS", "off")
# The outside world of a test is this machine.
os.environ.setdefault("KAIWA_PRIVATE_NETWORKS", "127.0.0.0/8, ::1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--line-fixtures",
        action="append",
        default=[],
        metavar="DIR",
        help="also parse DIR/webhook.json, the webhook events LINE's SDKs are tested with",
    )
    parser.addoption(
        "--whatsapp-fixtures",
        action="append",
        default=[],
        metavar="DIR",
        help="also parse every webhook example in the JSON files of DIR, whoever wrote them",
    )
    parser.addoption(
        "--meta-fixtures",
        action="append",
        default=[],
        metavar="DIR",
        help="also parse every Messenger and Instagram webhook call in the JSON files of DIR",
    )
    parser.addoption(
        "--samples",
        action="append",
        default=[],
        metavar="DIR",
        help="where tests/every finds the samples of channels that other packages bring",
    )


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With the real engine of vectors, as an installation with the extra has it."""
    monkeypatch.setenv("KAIWA_EMBEDDINGS", "on")
    open_embedder.cache_clear()
    yield
    open_embedder.cache_clear()
