"""Files that are broken, hostile or huge: each bad row is refused by line, the rest is taken."""

import json
from pathlib import Path
from typing import Any

import pytest

from kaiwa.catalog.importing import RefusedRow, Shop
from kaiwa.catalog.importing.taking import Import, Progress, import_products
from kaiwa.catalog.product import product_by_handle
from kaiwa.engines.db import Database
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from tests.orders.shop import NOW

GOOD = {"handle": "good", "title": "Good", "price": "100"}
HEAD = (
    "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,"
    "Variant Inventory Qty,Variant Grams\n"
)


def taken(db: Database, path: Path) -> tuple[Progress, list[RefusedRow], list[str]]:
    """Import the file for a new merchant: how far it came, what was refused, the handles."""
    slug = f"m{path.name}"
    owner = db.write_now(lambda s: create_merchant(s, NewMerchant("M", slug), NOW)).id
    refused: list[RefusedRow] = []
    one = Import(owner, Shop("JPY", "ja"), NOW, refused.append, lambda _: None)
    done = import_products(db, path, one)

    def look(s: Any) -> list[str]:
        rows = s.all("SELECT handle FROM product WHERE merchant_id = :m ORDER BY id", m=owner)
        return [str(row[0]) for row in rows]

    return done, refused, db.read_now(look)


@pytest.mark.parametrize(
    "row",
    [
        {"handle": "a\0b"},
        {"sku": "a\0b"},
        {"brand": "a\0b"},
        {"category": "\0"},
        {"attributes": {"a\0": "b"}},
        {"tags": ["a\0"]},
        {"images": ["https://x.example/\0"]},
        {"stock": 10**12},
        {"stock": -(10**12)},
        {"stock": 10**30},
        {"price": 10**30},
        {"price": -1},
        {"price": "1e3"},
        {"price": "NaN"},
        {"price": 1.5},
        {"price": True},
        {"price": None},
        {"variants": [{"price": "1", "barcode": "\0"}]},
        {"variants": [{"price": "1", "options": {"a": "\0"}}]},
        {
            "variants": [
                {"price": "1", "sku": "A"},
                {"price": "2", "sku": "A", "options": {"a": "b"}},
            ]
        },
        {"variants": []},
        {"title": "<script>alert(1)</script>"},
        {"title": ""},
        {"handle": " "},
        {"title": None},
        {"status": "sold"},
        {"language": "xx"},
    ],
)
def test_a_hostile_line_of_json_is_refused_alone(
    database: Database, tmp_path: Path, row: dict[str, Any]
) -> None:
    bad = {"handle": "bad", "title": "Bad", "price": "1"} | row
    if "variants" in row:
        bad.pop("price")
    file = tmp_path / "products.jsonl"
    file.write_text(f"{json.dumps(bad)}\n{json.dumps(GOOD)}\n", "utf-8")
    done, refused, handles = taken(database, file)
    assert [one.line for one in refused] == [1], refused
    assert (done.products, handles) == (1, ["good"])


@pytest.mark.parametrize("weight_g", [10**12, -5, 0])
def test_a_weight_that_makes_no_sense_is_as_if_not_told(
    database: Database, tmp_path: Path, weight_g: int
) -> None:
    file = tmp_path / "products.jsonl"
    one = {"handle": "good", "title": "Good", "variants": [{"price": 1, "weight_g": weight_g}]}
    file.write_text(json.dumps(one), "utf-8")
    assert taken(database, file)[1:] == ([], ["good"])


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "null", '"x"', "1", '{"handle":"\\ud800","title":"x","price":1}', "[" * 9999],
)
def test_a_line_that_is_no_product_is_refused_alone(
    database: Database, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "products.jsonl"
    file.write_text(f"{line}\n{json.dumps(GOOD)}\n", "utf-8")
    _, refused, handles = taken(database, file)
    assert [one.line for one in refused] == ([1] if line else [])
    assert handles == ["good"]


@pytest.mark.parametrize(
    "row",
    [
        "a\0b,T,V,,,S,1,1,1",
        "bad,T,V\0,,,S,1,1,1",
        "bad,T,V,Size,M\0,S,1,1,1",
        "bad,T,V,,,S\0,1,1,1",
        "bad,T,V,,,S,-1,1,1",
        "bad,T,V,,,S,9999999999999999999999,1,1",
        "bad,T,V,,,S,cheap,1,1",
        "bad,T,V,,,S,1,1.5,1",
        "bad,T,V,,,S,1,99999999999,1",
        "bad,,V,,,S,1,1,1",
        "bad,T,V,,,S,,1,1",
        'bad,"T,V,,,S,1,1,1',
    ],
)
def test_a_hostile_row_of_a_csv_is_refused_and_the_rest_is_taken(
    database: Database, tmp_path: Path, row: str
) -> None:
    file = tmp_path / "products.csv"
    file.write_text(f"{HEAD}good,Good,V,,,G,100,1,1\n{row}\n", "utf-8")
    _, refused, handles = taken(database, file)
    assert [one.line for one in refused] == [3], refused
    assert handles == ["good"]


def test_a_handle_that_comes_again_is_refused_with_its_first_line(
    database: Database, tmp_path: Path
) -> None:
    rows = ["a,A,V,,,1,1,1,1", "b,B,V,,,2,1,1,1", "a,Again,V,,,3,1,1,1", "A,Again,V,,,4,1,1,1"]
    file = tmp_path / "products.csv"
    file.write_text(HEAD + "\n".join(rows), "utf-8")
    _, refused, handles = taken(database, file)
    assert [(one.line, one.reason) for one in refused] == [
        (4, "The handle 'a' is already in line 2."),
        (5, "The handle 'a' is already in line 2."),
    ]
    assert handles == ["a", "b"]


def test_html_with_scripts_is_plain_text_in_a_shift_jis_file(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "products.csv"
    body = "<p onclick=x>綿100%</p><script>盗む()</script><iframe src=//x></iframe>"
    text = f'Handle,Title,Body (HTML),Variant Price\nshirt,<b>シャツ</b>,"{body}",１９８０円\n'
    file.write_bytes(text.encode("cp932"))
    done, refused, _ = taken(database, file)
    assert (done.products, refused) == (1, [])
    found = database.read_now(lambda s: product_by_handle(s, 1, "shirt"))
    assert found is not None
    assert (found.title, found.body) == ("シャツ", "綿100%")
