"""The example shop's goods are complete, in both languages, and every one has its picture."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kaiwa.catalog.product import changed_products
from kaiwa.catalog.variant import variants_of_all
from kaiwa.demo.pictures import DRAWINGS, draw_all, models, picture
from kaiwa.demo.storefront.words import DEPARTMENTS
from kaiwa.engines.db import Database
from kaiwa.vocabulary.errors import NotFound
from tests.demo.shop import PRODUCTS, opened

LINES: list[dict[str, Any]] = [
    json.loads(line) for line in PRODUCTS.read_text("utf-8").splitlines()
]
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")


def test_every_line_is_taken(database: Database) -> None:
    owner, refused = opened(database)
    assert refused == []
    found = database.read_now(lambda s: changed_products(s, owner.id, -1))
    assert len(found) == len(LINES) >= 72
    variants = database.read_now(lambda s: variants_of_all(s, owner.id, [one.id for one in found]))
    sold = [variant for some in variants.values() for variant in some]
    assert len(sold) == sum(len(line["variants"]) for line in LINES) >= 200
    assert all(variant.tax_included for variant in sold)


def test_handles_skus_and_barcodes_are_unique() -> None:
    variants = [variant for line in LINES for variant in line["variants"]]
    for many in (
        [line["handle"] for line in LINES],
        [variant["sku"] for variant in variants],
        [variant["barcode"] for variant in variants],
    ):
        assert len(set(many)) == len(many)


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line["handle"]))
def test_both_languages_say_everything(line: dict[str, Any]) -> None:
    english = line["translations"]["en"]
    assert english["title"]
    assert english["body"]
    assert english["category"]
    assert len(english["tags"]) == len(line["tags"])
    assert len(english["attributes"]) == len(line["attributes"]) >= 5
    options = {
        word for variant in line["variants"] for pair in variant.get("options", {}).items()
        for word in pair
    }  # fmt: skip
    told = " ".join(english["options"].get(word, word) for word in options)
    texts = [english["title"], english["body"], english["category"], told, *english["tags"]]
    for text in [*texts, *english["attributes"], *english["attributes"].values()]:
        assert not JAPANESE.search(text), text
    assert JAPANESE.search(line["title"])
    assert JAPANESE.search(line["body"])


def test_every_department_is_well_filled_and_food_has_the_reduced_tax() -> None:
    for department in DEPARTMENTS:
        mine = [line for line in LINES if line["tags"][0] == department.tag]
        assert len(mine) >= 13
        taxes = {variant.get("tax") for line in mine for variant in line["variants"]}
        assert taxes == ({"reduced"} if department.page == "tea" else {None})
    food = [line for line in LINES if line["tags"][0] == "お茶とお菓子"]
    assert all({"アレルゲン", "賞味期限"} <= line["attributes"].keys() for line in food)


def test_some_are_sold_out_some_nearly_and_some_reduced() -> None:
    stock = [variant["stock"] for line in LINES for variant in line["variants"]]
    assert stock.count(0) >= 8
    assert sum(0 < count <= 3 for count in stock) >= 10
    assert sum("compare_at" in line["variants"][0] for line in LINES) >= 5


def test_every_picture_is_drawn_and_the_same_again(tmp_path: Path) -> None:
    goods = models(PRODUCTS)
    for folder in (tmp_path / "a", tmp_path / "b"):
        assert draw_all(goods, folder) == len([image for one in goods for image in one.images])
    wanted = {image["url"] for line in LINES for image in line["images"]}
    drawn = {f"/{path.relative_to(tmp_path / 'a')}" for path in (tmp_path / "a").rglob("*.svg")}
    assert drawn == wanted
    for path in (tmp_path / "a").rglob("*.svg"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_nothing_is_drawn_that_nobody_sells_and_nothing_from_elsewhere() -> None:
    assert {line["drawn"]["as"] for line in LINES} == DRAWINGS.keys()
    for kind in DRAWINGS:
        text = picture(kind, "clay")
        assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert text.count("<g") == text.count("</g>")
        assert len(text) < 6_000
        assert not re.search(r"href|url\((?!#)|<image|<script|<style|https?://(?!www\.w3)", text)


def test_an_unknown_kind_or_paint_is_refused() -> None:
    with pytest.raises(NotFound):
        picture("submarine", "clay")
    with pytest.raises(NotFound):
        picture("kettle", "ultraviolet")
