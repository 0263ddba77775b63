"""What a store's promises are tried with: a file for each kind, with `SAMPLES`."""

import importlib
from collections.abc import Callable, Mapping

import msgspec
import pytest

from kaiwa.engines.http import Http
from kaiwa.stores import Account


class StoreSamples(msgspec.Struct, frozen=True):
    """An account, authentic webhooks, and a stand-in for the store's API.

    `api` gives calls that are answered as the store does when it is well and sells something.
    """

    account: Account
    hooks: tuple[tuple[bytes, Mapping[str, str]], ...] = ()
    api: Callable[[], Http] | None = None


def samples_of_store(kind: str) -> StoreSamples:
    """The samples of that store; the test fails and says what to add when there are none."""
    try:
        module = importlib.import_module(f"{__name__}.{kind}")
    except ModuleNotFoundError:
        pytest.fail(f"Add tests/every/store_samples/{kind}.py with SAMPLES.")
    found: StoreSamples = module.SAMPLES
    return found
