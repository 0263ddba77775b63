"""The variants of many products, written with a few statements.

What stands in the end is what `put_variants` and `retire_others` would leave, product by product
in the order told. A database across the network is asked a few times for all of them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from kaiwa.catalog.variant import VariantText, in_the_way, matched_with, values_of
from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.time import to_micros

NAMED: Final = 1_000  # SKUs in one question

Owner: TypeAlias = int | str  # a product's id; its handle while it has none


class Told(msgspec.Struct, frozen=True):
    """All variants that are told of a product; with `complete` it has no others any more."""

    handle: str
    variants: Sequence[VariantText]
    complete: bool


class Assortment:
    """What a merchant sells of some products, and what of it the products told of may take.

    `ids` are those of the products that are there already, by handle.
    """

    def __init__(
        self, session: Session, merchant_id: int, ids: dict[str, int], told: Sequence[Told]
    ) -> None:
        self._session = session
        self._merchant_id = merchant_id
        self._ids = ids
        self._known = self._variants(list(ids.values()))
        skus = {one.sku for product in told for one in product.variants if one.sku}
        self._sellers: dict[str, Owner] = {}
        self._holders: dict[str, int] = {}  # retired variants that still have a SKU
        for sku, variant_id, product_id, retired_at in self._having(sorted(skus)):
            if retired_at is None:
                self._sellers[sku] = product_id
            else:
                self._holders[sku] = variant_id

    def clash(self, told: Told) -> str | None:
        """The SKU that another product sells, else None: then it counts as taken from now on."""
        owner: Owner = self._ids.get(told.handle, told.handle)
        skus = [one.sku for one in told.variants if one.sku]
        for sku in skus:
            if self._sellers.get(sku, owner) != owner:
                return sku
        for sku in self._given_up(told):
            if self._sellers.get(sku) == owner:
                del self._sellers[sku]
        self._sellers.update(dict.fromkeys(skus, owner))
        return None

    def put(self, told: Sequence[Told], ids: dict[str, int], now: datetime) -> dict[str, list[int]]:
        """Write what is told of products without a clash; ids of the variants by handle."""
        aside: list[int] = []
        gone: list[int] = []
        changed: list[dict[str, object]] = []
        fresh: list[dict[str, object]] = []
        for product in told:
            known = self._of(product.handle)
            matched = matched_with(known, product.variants)
            aside += in_the_way(known, matched, product.variants)
            if product.complete:
                gone += [row[0] for row in known if row[0] not in matched and row[3] is None]
            for place, (variant_id, one) in enumerate(zip(matched, product.variants, strict=True)):
                values = values_of(ids[product.handle], place + 1, one)
                values |= {"merchant_id": self._merchant_id, "id": variant_id}
                (fresh if variant_id is None else changed).append(values)
        # What lets go of a SKU or of options comes before what takes them.
        self._retire(gone, now)
        self._put_aside(aside, now)
        self._free([one.sku for product in told for one in product.variants if one.sku])
        self._write(changed, fresh)
        return self._ids_of(told, ids)

    def _of(self, handle: str) -> list[Row]:
        product_id = self._ids.get(handle)
        return [] if product_id is None else self._known.get(product_id, [])

    def _given_up(self, told: Told) -> Iterator[str]:
        """The SKUs that the product sells now and will not any more."""
        known = self._of(told.handle)
        matched = matched_with(known, told.variants)
        aside = in_the_way(known, matched, told.variants)
        for variant_id, sku, _, retired_at in known:
            stays = variant_id not in matched and variant_id not in aside and not told.complete
            if sku and retired_at is None and not stays:
                yield sku

    def _variants(self, product_ids: Sequence[int]) -> dict[int, list[Row]]:
        rows = self._session.all(
            f"""SELECT id, sku, title, retired_at, product_id FROM variant
            WHERE merchant_id = :merchant_id AND product_id IN ({_marks(product_ids)})""",
            merchant_id=self._merchant_id,
        )
        found: dict[int, list[Row]] = {}
        for *row, product_id in rows:
            found.setdefault(product_id, []).append(tuple(row))
        return found

    def _having(self, skus: Sequence[str]) -> Iterator[Row]:
        for start in range(0, len(skus), NAMED):
            some = skus[start : start + NAMED]
            names = [f"sku_{at}" for at in range(len(some))]
            yield from self._session.all(
                f"""SELECT sku, id, product_id, retired_at FROM variant
                WHERE merchant_id = :merchant_id
                AND sku IN ({", ".join(f":{name}" for name in names)})""",
                merchant_id=self._merchant_id,
                **dict(zip(names, some, strict=True)),
            )

    def _retire(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._session.run(
                f"""UPDATE variant SET retired_at = :now
                WHERE merchant_id = :merchant_id AND id IN ({_marks(ids)})""",
                now=to_micros(now),
                merchant_id=self._merchant_id,
            )

    def _put_aside(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._session.run(
                f"""UPDATE variant SET title = '~' || CAST(id AS TEXT), sku = NULL,
                retired_at = COALESCE(retired_at, :now)
                WHERE merchant_id = :merchant_id AND id IN ({_marks(ids)})""",
                now=to_micros(now),
                merchant_id=self._merchant_id,
            )

    def _free(self, skus: Sequence[str]) -> None:
        # What is retired keeps its SKU only until another variant needs it; it may have been
        # retired just now.
        own = {row[1]: row[0] for rows in self._known.values() for row in rows if row[1]}
        ids = [one for sku in skus if (one := self._holders.get(sku, own.get(sku))) is not None]
        if ids:
            self._session.run(
                f"""UPDATE variant SET sku = NULL WHERE merchant_id = :merchant_id
                AND id IN ({_marks(ids)}) AND retired_at IS NOT NULL""",
                merchant_id=self._merchant_id,
            )

    def _write(self, changed: list[dict[str, object]], fresh: list[dict[str, object]]) -> None:
        if changed:
            places = ", ".join(f"{name} = :{name}" for name in _columns(changed[0]))
            self._session.many(
                f"""UPDATE variant SET {places}, retired_at = NULL
                WHERE merchant_id = :merchant_id AND id = :id""",
                changed,
            )
        if fresh:
            names = _columns(fresh[0])
            self._session.many(
                f"""INSERT INTO variant (merchant_id, {", ".join(names)})
                VALUES (:merchant_id, {", ".join(f":{name}" for name in names)})""",
                fresh,
            )

    def _ids_of(self, told: Sequence[Told], ids: dict[str, int]) -> dict[str, list[int]]:
        there = self._variants([ids[product.handle] for product in told])
        titles = {
            (product_id, row[2]): row[0] for product_id, rows in there.items() for row in rows
        }
        return {
            product.handle: [titles[ids[product.handle], one.title] for one in product.variants]
            for product in told
        }


def _columns(values: dict[str, object]) -> list[str]:
    return [name for name in values if name not in ("merchant_id", "id")]


def _marks(ids: Sequence[int]) -> str:
    return ", ".join(str(int(one)) for one in ids) or "0"
