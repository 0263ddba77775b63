"""A batch of products leaves what each of them alone, in the same order, would leave."""

import itertools
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.catalog.change import next_change
from kaiwa.catalog.importing import Shop, ToldProduct, ToldVariant
from kaiwa.catalog.importing.taking import Import, put_batch
from kaiwa.catalog.product import ProductText, product_by_handle, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants, retire_others, sellers_of
from kaiwa.engines.db import Database, Session
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant

SKUS = st.sampled_from(["X", "Y", "Z", None])
TITLES = st.sampled_from(["赤", "青", "白", "黒"])
VARIANTS = st.lists(
    st.tuples(SKUS, TITLES, st.sampled_from([None, 0, 3])),
    min_size=1,
    max_size=3,
    unique_by=(lambda one: one[0] or object(), lambda one: one[1]),
)
FILE = st.lists(
    st.tuples(st.sampled_from("abcd"), VARIANTS, st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
)
NUMBERS = itertools.count()
FILES = st.lists(FILE, min_size=1, max_size=4)


def told(line: int, one: Any) -> ToldProduct:
    handle, variants, complete = one
    some = tuple(
        ToldVariant(
            VariantText(Money(100 + line, "JPY"), sku=sku, options={"色": title}),
            None if count is None else Level(count),
        )
        for sku, title, count in variants
    )
    return ToldProduct(line, 1, ProductText(handle, f"{handle}{line}"), some, complete)


def one_by_one(session: Session, shop: int, products: list[ToldProduct]) -> list[int]:
    """The lines that clash; the others are written with a statement for each thing."""
    clashes = []
    for one in products:
        known = product_by_handle(session, shop, one.text.handle)
        texts = [variant.text for variant in one.variants]
        sellers = sellers_of(session, shop, [text.sku for text in texts if text.sku])
        if any(known is None or by != known.id for by in sellers.values()):
            clashes.append(one.line)
            continue
        change = next_change(session, shop)
        product_id = put_product(session, shop, one.text, NOW, change)
        ids = put_variants(session, shop, product_id, texts, NOW)
        if one.complete:
            retire_others(session, shop, product_id, ids, NOW)
        for variant_id, variant in zip(ids, one.variants, strict=True):
            if variant.level is not None:
                set_stock(session, shop, variant_id, variant.level, change)
    return clashes


def left(session: Session, shop: int) -> list[str]:
    rows = session.all(
        """SELECT p.handle, p.title, v.sku, v.title, v.amount_minor, v.position, v.retired_at,
        s.on_hand, s.tracked FROM variant v JOIN product p ON p.id = v.product_id
        LEFT JOIN stock s ON s.variant_id = v.id AND s.tracked = 1
        WHERE v.merchant_id = :shop ORDER BY 1, 2, 3, 4, 5, 6""",
        shop=shop,
    )
    # What was put aside is named by its id.
    return sorted(map(repr, [(*r[:3], r[3][:1].replace("~", "aside"), *r[4:]) for r in rows]))


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=FILES)
def test_all_at_once_is_one_after_the_other(database: Database, files: list[Any]) -> None:
    def story(session: Session) -> None:
        number = next(NUMBERS)
        alone, together = merchant(session, f"Alone {number}"), merchant(session, f"All {number}")
        one = Import(together, Shop("JPY", "ja"), NOW, lambda _: None, lambda _: None)
        for turn, file in enumerate(files):
            products = [told(turn * 10 + at, line) for at, line in enumerate(file)]
            clashes = one_by_one(session, alone, products)
            found = put_batch(session, one, products)[1]
            assert [row.line for row in found] == clashes
            assert left(session, together) == left(session, alone)

    database.write_now(story)


def test_a_sku_goes_to_whom_it_was_left_by_the_lines_before(database: Database) -> None:
    def story(session: Session) -> None:
        shop = merchant(session)
        one = Import(shop, Shop("JPY", "ja"), NOW, lambda _: None, lambda _: None)
        red, blue = [("X", "赤", 1)], [("Y", "青", 2)]
        assert put_batch(session, one, [told(1, ("a", red, True))]) == (1, [])
        # b asks while a still has it, c when a has let go of it.
        file = [("b", red, True), ("a", blue, True), ("c", red, True)]
        fresh, refused = put_batch(session, one, [told(at, x) for at, x in enumerate(file, 2)])
        assert fresh == 1
        assert [(row.line, row.reason) for row in refused] == [
            (2, "Another product has the SKU 'X'.")
        ]
        assert product_by_handle(session, shop, "b") is None
        c = product_by_handle(session, shop, "c")
        assert c and sellers_of(session, shop, ["X"]) == {"X": c.id}

    database.write_now(story)
