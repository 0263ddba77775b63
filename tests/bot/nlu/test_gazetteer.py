"""The shop's names are found as shoppers write them, and follow the catalog."""

from pathlib import Path

import pytest

from kaiwa.bot.nlu import gazetteer
from kaiwa.bot.nlu.gazetteer import FRESH, Gazetteer
from kaiwa.bot.nlu.names_kept import kept_names
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Brand, Product
from kaiwa.catalog.change import catalog_mark, next_change
from kaiwa.catalog.product import Product as CatalogProduct
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.engines.db import Session
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold
from tests.world import Shop, World, shop, world

__all__ = ["shop", "world"]

NAMES_OF = gazetteer._names


def put(shop: Shop, *texts: ProductText) -> list[int]:
    def write(session: Session) -> list[int]:
        change = next_change(session, shop.id)
        return [put_product(session, shop.id, one, shop.world.now, change) for one in texts]

    return shop.world.write(write)


def names(shop: Shop) -> Gazetteer:
    found = Gazetteer(shop.id)
    shop.world.read(found.catch_up)
    return found


def longest(gazetteer: Gazetteer, text: str) -> tuple[str, Found] | None:
    normal = normalised(text)
    found = gazetteer.find(normal.text)
    return (normal.text[found[0].begin : found[0].end], found[0]) if found else None


def test_a_product_is_found_by_title_by_part_and_by_sound(world: World, shop: Shop) -> None:
    kettle, shoes = put(
        shop,
        ProductText("k", "東雲ケトル 0.8L", brand="木立"),
        ProductText("s", "Trail Running Shoes", brand="Norrland Gear"),
    )
    own = names(shop)
    for text in ("東雲ケトルをください", "しののめケトルはいくら", "ケトルある？", "けとるある?"):
        if "しののめ" in text and not words_ja.available():
            continue
        heard = longest(own, text)
        assert heard is not None, text
        assert heard[1].slot == Product((kettle,)), text
    for text in ("the trail running shoes please", "do you have running shoe", "SHOES"):
        heard = longest(own, text)
        assert heard is not None, text
        assert heard[1].slot == Product((shoes,)), text
    brand = longest(own, "anything by norrland gear?")
    assert brand == ("norrland gear", Found("brand", 12, 25, Brand("Norrland Gear")))


def test_what_many_are_called_is_a_kind_and_no_product(world: World, shop: Shop) -> None:
    put(shop, *(ProductText(f"m{n}", f"No {n} mug", category="Mugs") for n in range(20)))
    heard = longest(names(shop), "a mug please")
    assert heard is not None
    assert (heard[0], heard[1].kind, heard[1].slot) == ("mug", "product", None)


def test_everyday_words_are_no_names(world: World, shop: Shop) -> None:
    put(shop, ProductText("g", "Tea gift"), ProductText("r", "Cotton red"))
    for text in ("it is a gift", "the red one", "where is my order"):
        assert longest(names(shop), text) is None


def test_the_names_follow_the_catalog(world: World, shop: Shop) -> None:
    old = ProductText("k", "Amber Kettle")
    (kettle,) = put(shop, old)
    own = names(shop)
    assert not world.read(own.catch_up)
    put(shop, ProductText("k", "Copper Samovar"))
    assert world.read(own.catch_up)
    assert longest(own, "amber kettle") is None
    heard = longest(own, "copper samovar")
    assert heard is not None
    assert heard[1].slot == Product((kettle,))
    put(shop, *(ProductText(f"f{n}", f"Thing {n}x lamp{n}") for n in range(FRESH)))
    put(shop, ProductText("k", "Copper Samovar", status="archived"))
    world.read(own.catch_up)
    assert longest(own, "copper samovar") is None
    assert longest(own, "lamp7") is not None


def test_another_merchants_names_are_unknown(world: World, shop: Shop) -> None:
    put(shop, ProductText("k", "Amber Kettle"))
    assert longest(names(world.shop()), "amber kettle") is None


def test_the_names_of_a_large_shop_are_there_at_the_next_start(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "KEPT_FROM", 1)
    (kettle,) = put(shop, ProductText("k", "東雲ケトル", brand="木立"))
    shop.world.read(Gazetteer(shop.id, tmp_path).catch_up)

    again = Gazetteer(shop.id, tmp_path)
    # What the file has is not read from the tables, what came later is.
    (pot,) = put(shop, ProductText("p", "急須"))
    drawn = list[str]()

    def names_of(one: CatalogProduct) -> set[int]:
        drawn.append(one.title)
        return NAMES_OF(one)

    monkeypatch.setattr(gazetteer, "_names", names_of)
    shop.world.read(again.catch_up)
    assert drawn == ["急須"]
    assert [again.find(one)[0].slot for one in ("ケトル", "急須", "木立")] == [
        Product((kettle,)),
        Product((pot,)),
        Brand("木立"),
    ]
    assert again.words.said_in(fold("けとる"))
    assert not again.words.said_in(fold("まな板"))


def test_names_of_another_catalog_or_a_later_day_are_not_taken(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "KEPT_FROM", 1)
    put(shop, ProductText("k", "東雲ケトル"))
    shop.world.read(Gazetteer(shop.id, tmp_path).catch_up)
    file = tmp_path / f"{shop.id}.npz"
    told = kept_names(file, shop.world.read(lambda s: catalog_mark(s, shop.id)), 1)
    assert told is not None
    assert kept_names(file, "2 elsewhere", 1) is None
    assert kept_names(file, told.catalog, 0) is None
    file.write_bytes(file.read_bytes()[:-9])
    assert kept_names(file, told.catalog, 1) is None
    # A spoilt file costs time, not names.
    assert longest_of(Gazetteer(shop.id, tmp_path), shop, "ケトル") == "ケトル"


def longest_of(own: Gazetteer, shop: Shop, text: str) -> str | None:
    shop.world.read(own.catch_up)
    heard = longest(own, text)
    return heard and heard[0]
