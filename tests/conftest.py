"""Options of the test run."""

import gc
import os
from collections.abc import Generator, Iterator

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
        "--channel-data",
        action="append",
        default=[],
        metavar="DIR",
        help="also hold the channels against the platforms' own descriptions and examples in DIR:"
        " all three above, and Telegram's, Twilio's, Vonage's and Meta's",
    )
    parser.addoption(
        "--samples",
        action="append",
        default=[],
        metavar="DIR",
        help="where tests/every finds the samples of channels that other packages bring",
    )


# Where in such a folder the three kinds of examples are.
EXAMPLES = {
    "--line-fixtures": ("line/sdk-tests",),
    "--whatsapp-fixtures": ("meta", "whatsapp/updates"),
}


def pytest_configure(config: pytest.Config) -> None:
    """One folder of data stands for all."""
    for folder in config.getoption("--channel-data"):
        for option, places in EXAMPLES.items():
            config.getoption(option).extend(f"{folder}/{place}" for place in places)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting leaves is there to the end: no collector goes through it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With the real engine of vectors, as an installation with the extra has it."""
    monkeypatch.setenv("KAIWA_EMBEDDINGS", "on")
    open_embedder.cache_clear()
    yield
    open_embedder.cache_clear()
