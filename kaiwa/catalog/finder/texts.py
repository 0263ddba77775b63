"""Brings changed texts to a merchant's text index, in slices, from where the index's mark stands.

Only who holds the claim writes, and the mark moves with what was committed. So a process that is
killed, or may not write, leaves nothing out: the next one goes on from the mark.
"""

import time
from collections.abc import Iterator, Sequence

import msgspec

from kaiwa.catalog.change import last_change
from kaiwa.catalog.finder.document import document_of
from kaiwa.catalog.finder.feed import LONGEST_READ_S
from kaiwa.catalog.product import Product, changed_products
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.engines.search import Document, TextIndex
from kaiwa.languages import words_ja

PAGE = 2_000
BREATH = 8  # documents; giving way after each one costs a busy machine more than the writing


class _Mark(msgspec.Struct, frozen=True, array_like=True):
    catalog: str
    japanese: bool
    change: int
    product_id: int
    at: float


def write_texts(
    session: Session, merchant_id: int, catalog: str, index: TextIndex, most: int = PAGE
) -> bool:
    """Write the next slice; whether there may be more. False too when another process writes.

    `Unreachable` when the index could not be written: ask again later.
    """
    if not index.claim():
        return False
    since, newest = _since(index, catalog), last_change(session, merchant_id)
    if since is not None and since.change > newest and time.time() < since.at + LONGEST_READ_S:
        # Somebody has written what this session is too old to see.
        return False
    if since is None or since.change > newest:
        # Another catalog, another way of cutting words, or a database put back to an earlier day.
        index.clear()
        since = _start(catalog)
    page = changed_products(session, merchant_id, since.change, since.product_id, most)
    if not page:
        return False
    variants = variants_of_all(session, merchant_id, [one.id for one in page])
    gone = [one.id for one in page if one.status != "active"]
    last = page[-1]
    mark = _Mark(catalog, words_ja.available(), last.change, last.id, time.time())
    index.write(_documents(page, variants), gone, msgspec.json.encode(mark).decode())
    return len(page) == most


def _since(index: TextIndex, catalog: str) -> _Mark | None:
    if not (told := index.mark()):
        return _start(catalog)
    try:
        mark = msgspec.json.decode(told, type=_Mark)
    except msgspec.DecodeError:
        return None
    return mark if (mark.catalog, mark.japanese) == (catalog, words_ja.available()) else None


def _start(catalog: str) -> _Mark:
    return _Mark(catalog, words_ja.available(), 0, 0, 0.0)


def _documents(page: Sequence[Product], variants: dict[int, list[Variant]]) -> Iterator[Document]:
    for place, one in enumerate(page):
        if one.status == "active":
            yield document_of(one, variants.get(one.id, []))
            if place % BREATH == 0:
                # Whoever answers a shopper meanwhile need not wait for the whole slice.
                time.sleep(0)
