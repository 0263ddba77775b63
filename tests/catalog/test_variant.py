"""A product's variants keep their identity however often the shop tells them."""

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, product_by_handle, put_product
from kaiwa.catalog.variant import (
    VariantText,
    put_variants,
    retire_others,
    variant,
    variant_by_sku,
    variants_of,
)
from kaiwa.engines.db import Database, Session
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant


def shirt(session: Session, shop: int, *variants: tuple[str | None, str]) -> list[int]:
    change = next_change(session, shop)
    product_id = put_product(session, shop, ProductText("shirt", "シャツ"), NOW, change)
    told = [VariantText(Money(2_980, "JPY"), sku=sku, options={"色": v}) for sku, v in variants]
    ids = put_variants(session, shop, product_id, told, NOW)
    retire_others(session, shop, product_id, ids, NOW)
    return ids


def test_a_variant_is_known_by_its_sku_else_by_its_options(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        red, blue = shirt(s, shop, ("R", "赤"), (None, "青"))
        assert shirt(s, shop, (None, "青"), ("R", "朱")) == [blue, red]
        found = product_by_handle(s, shop, "shirt")
        assert found
        assert [one.title for one in variants_of(s, shop, found.id)] == ["青", "朱"]

    database.write_now(story)


def test_two_variants_may_swap_their_options(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        ids = shirt(s, shop, ("R", "赤"), ("B", "青"))
        assert shirt(s, shop, ("R", "青"), ("B", "赤")) == ids
        red = variant_by_sku(s, shop, "R")
        assert red and red.title == "青"

    database.write_now(story)


def test_what_is_not_told_any_more_is_retired_and_may_come_back(database: Database) -> None:
    def story(s):
        shop = merchant(s)
        red, blue = shirt(s, shop, ("R", "赤"), ("B", "青"))
        shirt(s, shop, ("R", "赤"))
        assert variant(s, shop, blue).retired
        assert [v.id for v in variants_of(s, shop, variant(s, shop, red).product_id)] == [red]
        assert shirt(s, shop, ("R", "赤"), ("B", "青")) == [red, blue]

    database.write_now(story)
