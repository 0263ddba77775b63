"""kaiwa store as a merchant types it, on both databases."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kaiwa.cli import main
from kaiwa.stores import store_kinds
from tests.fakes.little_store import LittleStore

Kaiwa = Callable[..., tuple[int, str, str]]
LITTLE = ("store", "add", "little", "--api-key", "k", "--api-base", "http://127.0.0.1:9/")


@pytest.fixture
def kodachi(
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Kaiwa:
    """Runs a command on one shop: (status, standard output, standard error)."""
    monkeypatch.setitem(store_kinds(), "little", LittleStore())
    where = ["--data", str(tmp_path), "--database-url", database_url]
    new = ["merchant", "create", "木立道具店", "--slug", "kodachi", "--email", "a@kodachi.example"]
    assert main([*new, *where]) == 0

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([*words, "--merchant", "kodachi", *where])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_without_a_store_the_shop_is_here(kodachi: Kaiwa) -> None:
    assert kodachi("store", "list")[1] == "No store is connected: the shop is here (embedded).\n"
    added = kodachi("store", "add", "embedded")
    assert added == (0, "store: 1 embedded Kaiwa\n  the shop is here: nothing to pull\n", "")
    assert kodachi("store", "list") == added
    refused = "kaiwa: The shop is here: there is nothing to pull.\n"
    assert kodachi("store", "sync", "1") == (1, "", refused)


def test_a_store_is_connected_listed_and_removed(kodachi: Kaiwa) -> None:
    status, out, _ = kodachi(*LITTLE, "--signing-secret", "s")
    assert status == 0
    assert re.fullmatch(
        r"store: 1 little Little Shop\n  webhook: /webhooks/stores/[\w-]{24}\n", out
    )
    going = "".join(
        f"  {what}: going on, 0 taken, 0 refused\n" for what in ("products", "stock", "orders")
    )
    assert kodachi("store", "list")[1] == out + going
    assert kodachi("store", "sync", "1")[1] == "begun: products, stock, orders\n"
    assert kodachi("store", "remove", "1") == (0, "removed: 1\n", "")
    assert kodachi("store", "list")[1].startswith("No store is connected")
    assert kodachi("store", "remove", "1") == (1, "", "kaiwa: There is no such store.\n")
    assert kodachi(*LITTLE, "--signing-secret", "s")[0] == 0


def test_what_is_missing_is_named_and_nothing_is_connected(kodachi: Kaiwa) -> None:
    assert kodachi(*LITTLE) == (1, "", "kaiwa: Little Shop needs: signing_secret.\n")
    assert kodachi("store", "list")[1].startswith("No store is connected")


def test_two_stores_need_two_names(kodachi: Kaiwa) -> None:
    kodachi(*LITTLE, "--signing-secret", "s")
    again = "kaiwa: There is a store 'Little Shop' already. Give it another name.\n"
    assert kodachi(*LITTLE, "--signing-secret", "s") == (1, "", again)
    assert kodachi(*LITTLE, "--signing-secret", "s", "--name", "Outlet")[0] == 0
