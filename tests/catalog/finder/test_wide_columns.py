"""Columns are narrow, and yet no price or id is too large for them."""

import numpy as np
import pytest

from kaiwa.catalog.finder.columns import Columns
from kaiwa.catalog.finder.traits import Traits, VariantTraits
from kaiwa.catalog.understanding import Understood

DEAR = 3_000_000_000


def product(number: int, variant_id: int, price: int, free: int = 1) -> Traits:
    variant = VariantTraits(variant_id, price, free, frozenset(), "")
    return Traits(number, "lamps", "Nord", frozenset(), True, (variant,))


def test_a_price_and_an_id_beyond_32_bits_are_kept_and_bounded() -> None:
    columns = Columns()
    columns.put_product(product(1, 10, 500))
    columns.put_product(product(2, 2**40, DEAR))
    both = np.array([1, 2])
    below = Understood("en", "", price_max=DEAR - 1)
    assert columns.filtered(both, below).tolist() == [0]
    assert columns.filtered(both, Understood("en", "", price_min=DEAR)).tolist() == [1]
    assert columns.prices(both, Understood("en", "")).tolist() == [500, DEAR]
    again = Columns.load(*columns.dump())
    best = again.best(both, below)
    assert (best.variant_ids.tolist(), best.prices.tolist()) == ([10, 2**40], [500, DEAR])


@pytest.mark.parametrize("free", [32_767, 32_768, 2**31, 2**40])
def test_however_much_is_in_stock_it_is_there_and_the_rest_stays(free: int) -> None:
    columns = Columns()
    columns.put_product(product(1, 10, 500, free=0))
    columns.put_product(product(2, 20, 600, free=free))
    columns.put_stock(1, 10, -free)
    both, there = np.array([1, 2]), Understood("en", "", in_stock=True)
    assert columns.filtered(both, there).tolist() == [1]
    again = Columns.load(*columns.dump())
    assert again.filtered(both, there).tolist() == [1]
    again.put_stock(1, 10, free)
    assert again.filtered(both, there).tolist() == [0, 1]
