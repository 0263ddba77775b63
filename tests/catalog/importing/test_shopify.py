"""Shopify's product CSV, as of today, as of earlier years, and as merchants save it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.catalog.importing import RefusedRow, Shop, ToldProduct
from kaiwa.catalog.importing.shopify import read_shopify
from kaiwa.catalog.importing.text_file import open_text
from kaiwa.catalog.product import Image
from kaiwa.catalog.stock import Level
from kaiwa.vocabulary.money import Money

YEN = Shop("JPY", "ja")


def table(*columns: tuple[str, ...]) -> str:
    """A CSV from its columns: the heading, then each row's cell; rows that end early are empty."""
    rows = max(len(column) for column in columns)
    file = io.StringIO()
    padded = [[*column, *[""] * (rows - len(column))] for column in columns]
    csv.writer(file, lineterminator="\n").writerows(zip(*padded, strict=True))
    return file.getvalue()


OLD = table(
    ("Handle", "shirt", "shirt", "shirt"),
    ("Title", "綿のシャツ"),
    ("Body (HTML)", "<p>軽い。</p><script>alert(1)</script><ul><li>素材：綿100%</li></ul>"),
    ("Vendor", "花"),
    ("Product Category", "Apparel > Shirts"),
    ("Type", "トップス"),
    ("Tags", "夏物, 軽減税率"),
    ("Published", "true"),
    ("Option1 Name", "色"),
    ("Option1 Value", "赤", "青"),
    ("Variant SKU", "R1", "B1"),
    ("Variant Grams", "200", "200"),
    ("Variant Inventory Tracker", "shopify", "shopify"),
    ("Variant Inventory Qty", "3", "0"),
    ("Variant Inventory Policy", "deny", "continue"),
    ("Variant Price", "¥1,980", "1980"),
    ("Variant Compare At Price", "2980"),
    ("Variant Taxable", "true", "true"),
    ("Image Src", *(f"https://a.example/{place}.jpg" for place in (1, 2, 3))),
    ("Image Alt Text", "正面"),
    ("Color (product.metafields.shopify.color-pattern)", "red"),
    ("Status", "active"),
)
NEW = table(
    ("Title", "Tea"),
    ("URL handle", "tea"),
    ("Description", "Green tea"),
    ("Published on online store", "TRUE"),
    ("Status", "Active"),
    ("SKU", "T1"),
    ("Option1 name", "Title"),
    ("Option1 value", "Default Title"),
    ("Price", "12.50"),
    ("Charge tax", "FALSE"),
    ("Inventory tracker", ""),
    ("Inventory quantity", ""),
    ("Continue selling when out of stock", "DENY"),
    ("Weight value (grams)", "100"),
)


def read(text: str, shop: Shop = YEN) -> list[ToldProduct | RefusedRow]:
    return list(read_shopify(io.StringIO(text, newline=""), shop))


def test_many_rows_make_one_product() -> None:
    (shirt,) = read(OLD)
    assert isinstance(shirt, ToldProduct)
    assert (shirt.rows, shirt.text.title, shirt.text.category) == (3, "綿のシャツ", "トップス")
    assert shirt.text.body == "軽い。\n素材:綿100%".replace(":", "：")
    assert shirt.text.attributes == {"素材": "綿100%", "Color": "red"}
    assert shirt.text.images == (
        Image("https://a.example/1.jpg", "正面"),
        Image("https://a.example/2.jpg"),
        Image("https://a.example/3.jpg"),
    )
    red, blue = shirt.variants
    assert (red.text.title, red.text.sku, red.text.price) == ("赤", "R1", Money(1980, "JPY"))
    assert (red.text.compare_at, red.text.tax_class) == (Money(2980, "JPY"), "reduced")
    assert (red.level, blue.level) == (Level(3), Level(0, oversell=True))


def test_the_columns_of_today_are_read_in_any_order() -> None:
    (tea,) = read(NEW, Shop("USD", "en"))
    assert isinstance(tea, ToldProduct)
    (only,) = tea.variants
    assert (only.text.title, only.text.price.amount_minor) == ("", 1250)
    assert (only.text.tax_class, only.text.tax_included) == ("exempt", False)
    assert only.level == Level(tracked=False)


def test_bad_rows_are_named_by_line_and_the_rest_is_taken() -> None:
    rows = [
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price",
        "a,A,色,赤,,1980",
        "a,,,青,,12x",
        "a,,,赤,,1980",
        "b,,,,,100",
        "c,C,,,,19.80",
        "a,A again,,,,100",
        ",,,,,100",
        "d,D,,,,-5",
        "e,E,,,,",
        "f,F,,,,99999999999999999999",
        "g,G,,,,0",
    ]
    found = read("\n".join(rows))
    assert [one.text.handle for one in found if isinstance(one, ToldProduct)] == ["a", "g"]
    assert sorted((one.line, one.reason) for one in found if isinstance(one, RefusedRow)) == [
        (3, "The price '12x' is not a number. Write it as 1980."),
        (4, "The product has the variant '赤' already."),
        (5, "The title is empty."),
        (6, "The price does not fit the shop's currency: JPY has 0 decimals: '19.80'."),
        (7, "The handle 'a' is already in line 2."),
        (8, "The handle is empty."),
        (9, "The price '-5' is not a number. Write it as 1980."),
        (10, "The price is empty."),
        (11, "The price '99999999999999999999' is too high."),
    ]


def test_a_file_of_something_else_says_what_is_missing() -> None:
    (refused,) = read("question,answer\na,b\n")
    assert isinstance(refused, RefusedRow)
    assert refused.reason.endswith("missing: title, price.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_usual_encoding_gives_the_same_product(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(OLD.replace("¥", "").encode(encoding))
    with open_text(path) as file:
        (shirt,) = read_shopify(file, YEN)
    assert isinstance(shirt, ToldProduct)
    assert (shirt.text.title, shirt.text.brand) == ("綿のシャツ", "花")


def test_a_few_bad_bytes_refuse_their_row_only(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    good = "Handle,Title,Variant Price\na,シャツ,100\n".encode()
    path.write_bytes(good + b"b,\xff\xfd,100\n" + "c,帽子,100\n".encode())
    with open_text(path) as file:
        found = list(read_shopify(file, YEN))
    assert {one.line: isinstance(one, ToldProduct) for one in found} == {2: True, 3: False, 4: True}


CELLS = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS)))
def test_every_row_is_taken_or_refused_with_a_reason(rows) -> None:
    file = io.StringIO()
    header = ("Handle", "Title", "Body (HTML)", "Variant Price")
    csv.writer(file).writerows([header, *rows])
    found = read(file.getvalue())
    told = sum(one.rows for one in found if isinstance(one, ToldProduct))
    refused = [one for one in found if isinstance(one, RefusedRow)]
    assert told + len(refused) >= sum(1 for row in rows if "".join(row).strip() and row[3].strip())
    assert all(one.reason for one in refused)
    handles = [one.text.handle for one in found if isinstance(one, ToldProduct)]
    assert len(set(handles)) == len(handles)
