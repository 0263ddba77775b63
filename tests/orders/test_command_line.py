"""`kaiwa import orders|coupons` and `kaiwa export orders`, as a merchant runs them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kaiwa.cli import main
from kaiwa.engines.db import Database
from tests.orders.shop import Shop

LINE = {
    "placed_at": "2026-10-01T10:00:00Z",
    "lines": [{"sku": "TEA", "quantity": 1, "price": "1080"}],
    "status": "shipped",
    "carrier": "yamato",
    "tracking_number": "123456789013",
}


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The command line sends logs to a standard error that is this test's only."""
    yield
    structlog.reset_defaults()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main([*arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_orders_go_in_and_out(
    database: Database,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = Shop(database)
    where = ["--merchant", str(shop.merchant_id), "--database-url", database_url]
    where += ["--data", str(tmp_path / "data")]
    file = tmp_path / "orders.jsonl"
    rows = [json.dumps({**LINE, "number": n, "name": "花子"}, ensure_ascii=False) for n in range(3)]
    file.write_text("\n".join([*rows, "{", "", rows[0]]), encoding="cp932")
    status, out, err = run(capsys, "import", "orders", str(file), *where)
    assert (status, out) == (0, "taken: 4 (3 new), refused: 1\n")
    assert err.startswith("line 4: This is not an order")
    news = tmp_path / "news.csv"
    news.write_text(
        "伝票番号,状態,日時\n123456789013,配達完了,2026/10/02 12:00\n9,配達完了,2026/10/02\n",
        encoding="cp932",
    )
    status, out, err = run(capsys, "import", "parcels", str(news), *where)
    assert (status, out) == (0, "taken: 1 (1 new), refused: 1\n")
    assert err == "line 3: No parcel of this shop has the number '9'.\n"
    status, out, _ = run(capsys, "export", "orders", *where)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(one["number"], one["name"], one["status"]) for one in lines] == [
        ("0", "花子", "shipped"),
        ("1", "花子", "shipped"),
        ("2", "花子", "delivered"),
    ]


def test_coupons_go_in(
    database: Database,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = Shop(database)
    file = tmp_path / "coupons.csv"
    file.write_text(
        "code,percent,amount,min_subtotal,starts_at,ends_at\n"
        "SALE10,10,,3000,2026-11-01,2026-11-30\nBAD,,,,,\noff500,,500,,,\n",
        encoding="utf-8-sig",
    )
    status, out, err = run(
        capsys, "import", "coupons", str(file), "--merchant", str(shop.merchant_id),
        "--database-url", database_url, "--data", str(tmp_path / "data"),
    )  # fmt: skip
    assert (status, out) == (0, "taken: 2 (2 new), refused: 1\n")
    assert err == "line 3: A coupon has a percent or an amount.\n"
    codes = database.read_now(lambda s: s.all("SELECT code FROM coupon ORDER BY id"))
    assert [row[0] for row in codes] == ["SALE10", "OFF500"]
