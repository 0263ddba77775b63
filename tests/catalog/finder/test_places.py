"""Every id keeps the row it was given, however the ids come and however far apart they lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.catalog.finder.places import Places

CLOSE = st.lists(st.integers(1, 400), unique=True)
FAR = st.lists(st.integers(1, 2**62), unique=True)


@given(CLOSE | FAR, CLOSE | FAR, st.booleans())
def test_each_id_has_its_row_and_others_have_none(
    ids: list[int], others: list[int], kept: bool
) -> None:
    first = ids[: len(ids) // 2] if kept else []
    places = Places(np.array(first, np.int64))
    assert [places.add(one) for one in ids[len(first) :]] == list(range(len(first), len(ids)))
    rows = {one: row for row, one in enumerate(ids)}
    asked = [*ids, *others, 0, -1, 2**62 + 1]
    expected = [rows.get(one, -1) for one in asked]
    assert places.rows(np.array(asked, np.int64)).tolist() == expected
    assert [places.row(one) for one in asked] == expected
    assert places.ids.tolist() == ids


@pytest.mark.parametrize("step", [1, 3, 1_000])
def test_thousands_in_any_order_are_found(step: int) -> None:
    ids = np.random.default_rng(step).permutation(np.arange(1, 10_001) * step)
    places = Places()
    for one in ids.tolist():
        places.add(one)
    assert places.rows(ids).tolist() == list(range(10_000))
    assert places.rows(ids + 10_001 * step).tolist() == [-1] * 10_000
