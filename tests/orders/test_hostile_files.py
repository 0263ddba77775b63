"""Orders, coupons and parcel news from broken files: bad rows are refused, the rest is taken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from kaiwa.cli import main
from kaiwa.engines.db import Database
from tests.orders.shop import Shop

ORDER = {
    "number": "good",
    "placed_at": "2026-10-01T10:00:00Z",
    "lines": [{"sku": "TEA", "quantity": 1, "price": "1080"}],
}
CODES = "code,percent,amount,min_subtotal,starts_at,ends_at,most_uses,per_customer\n"


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.fixture
def take(
    database: Database,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Any:
    """Imports a file for a new shop: (standard output, standard error)."""

    def run(what: str, content: str | bytes) -> tuple[str, str]:
        shop = Shop(database)
        file = tmp_path / f"{what}.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        where = ["--merchant", str(shop.merchant_id), "--database-url", database_url]
        main(["import", what, str(file), *where, "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return said.out, said.err

    return run


@pytest.mark.parametrize(
    "other",
    [
        {"lines": [{"sku": "TEA", "quantity": 10**12, "price": "0"}]},
        {"lines": [{"sku": "TEA", "quantity": 10**30, "price": "0"}]},
        {"lines": [{"sku": "TEA", "quantity": 1, "price": "9" * 30}]},
        {"lines": [{"sku": "TEA", "quantity": 1, "price": "-1"}]},
        {"lines": [{"sku": "TEA", "quantity": 1, "price": "NaN"}]},
        {"lines": [{"sku": "TEA\0", "quantity": 1, "price": "1"}]},
        {"lines": [{"sku": "TEA", "quantity": 1, "price": "1"}] * 20_000},
        {"placed_at": "0001-01-01T00:00:00+23:59"},
        {"placed_at": "9999-12-31T23:59:59-23:59"},
        {"name": "\ud800"},
        {"email": "a\0"},
        {"address": {"name": "\0"}},
        {"status": "lost"},
        {"number": " "},
        {"number": "x" * 10_000},
    ],
)
def test_a_hostile_order_is_refused_alone(take: Any, other: dict[str, Any]) -> None:
    bad = json.dumps(ORDER | {"number": "bad"} | other)
    out, err = take("orders", f"{bad}\n{json.dumps(ORDER)}\n")
    assert out == "taken: 1 (1 new), refused: 1\n", err
    assert err.startswith("line 1: ")


def test_a_line_that_never_ends_is_refused_without_being_read_whole(take: Any) -> None:
    out, err = take("orders", b"x" * 12_000_000 + b"\n" + json.dumps(ORDER).encode())
    assert (out, err) == ("taken: 1 (1 new), refused: 1\n", "line 1: The line is too long.\n")


@pytest.mark.parametrize(
    "row",
    [
        "A\0B,10,,,,,,",
        "X,1e9,,,,,,",
        "X,101,,,,,,",
        "X,-5,,,,,,",
        "X,NaN,,,,,,",
        "X,Infinity,,,,,,",
        "X,,99999999999999999999999,,,,,",
        "X,,-1,,,,,",
        "X,10,,99999999999999999999999,,,,",
        "X,10,,,0001-01-01,,,",
        "X,10,,,,9999-12-31,,",
        "X,10,,,2026-13-01,,,",
        "X,10,,,,,99999999999,",
        "X,10,,,,,,0",
        ",10,,,,,,",
        "X,,,,,,,",
        "X" * 5_000 + ",10,,,,,,",
    ],
)
def test_a_hostile_coupon_is_refused_alone(take: Any, row: str) -> None:
    out, err = take("coupons", f"{CODES}{row}\nGOOD,10,,,,,,\n")
    assert out == "taken: 1 (1 new), refused: 1\n", err
    assert err.startswith("line 2: ")


@pytest.mark.parametrize(
    "row", ["1\0,配達完了,2026/10/02", "9" * 5_000 + ",配達完了,2026/10/02", "x,,"]
)
def test_hostile_parcel_news_are_refused_alone(take: Any, row: str) -> None:
    out, err = take("parcels", f"伝票番号,状態,日時\n{row}\n")
    assert out == "taken: 0 (0 new), refused: 1\n", err
    assert err.startswith("line 2: ")


@pytest.mark.parametrize("what", ["orders", "coupons", "parcels"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xff\xfe",
        b"\xff\xff\xff",
        b"\0" * 100,
        b'code\n"',
        b"PK\x03\x04\x00\x00",
        b"{}",
    ],
)
def test_a_file_of_something_else_ends_with_words(take: Any, what: str, content: bytes) -> None:
    out, err = take(what, content)
    assert out or err
