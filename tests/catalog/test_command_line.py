"""`kaiwa import products` and `kaiwa find`, through the door a merchant takes."""

import json
from pathlib import Path

import pytest

from kaiwa.cli import main
from kaiwa.engines.db import open_database
from tests.catalog.importing.test_shopify import OLD
from tests.catalog.shop import merchant


def test_what_is_imported_is_found_and_told_as_json(
    database_url: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    db = open_database(database_url)
    db.write_now(merchant)
    db.close()
    where = ["--data", str(tmp_path), "--database-url", database_url, "--merchant", "hana"]
    (tmp_path / "goods.csv").write_text(f"{OLD}bad,,,,,\n", "cp932", errors="ignore")
    assert main(["import", "products", str(tmp_path / "goods.csv"), *where]) == 0
    told = capsysbinary.readouterr()
    assert told.out == b"taken: 3 rows (1 products, 1 new), refused: 1\n"
    assert told.err == b"line 5: The title is empty.\n"
    (tmp_path / "queries.jsonl").write_text(
        '{"id":"a","query":"赤いシャツ 3000円以下"}\n{"id":"b","query":"しゃつ 在庫あり"}\n',
        "utf-8",
    )
    queries = ["--queries", str(tmp_path / "queries.jsonl")]
    assert main(["find", *where, *queries, "--limit", "5", "--json"]) == 0
    one, two = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert one["understood"] == {
        "language": "ja",
        "terms": ["シャツ"],
        "price_max": 3000,
        "colour": "red",
    }
    assert (one["id"], one["relaxed"], one["ms"] > 0) == ("a", [], True)
    (result,) = one["results"]
    assert result.pop("score") > 0
    assert result == {
        "handle": "shirt",
        "sku": "R1",
        "title": "綿のシャツ",
        "price": {"amount": 1980, "currency": "JPY"},
        "in_stock": True,
    }
    assert two["understood"]["in_stock"] is True
    assert [one["handle"] for one in two["results"]] == ["shirt"]
    assert main(["find", "シャツ", *where]) == 0
    assert "綿のシャツ" in capsysbinary.readouterr().out.decode()
