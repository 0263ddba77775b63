"""A variant: what is bought, with its price. A product without options has exactly one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import to_micros

TaxClass: TypeAlias = Literal["standard", "reduced", "exempt"]

ONLY: Final = ""
COLUMNS: Final = (
    "id, product_id, sku, barcode, title, options, amount_minor, currency, compare_at_minor, "
    "tax_class, tax_included, weight_g, position, retired_at"
)
_OPTIONS: Final = msgspec.json.Decoder(dict[str, str])


class Variant(msgspec.Struct, frozen=True, gc=False):
    """One variant; `title` is its option values ("赤 / M"), empty for an only one.

    A retired variant is no longer sold; old orders still point to it.
    """

    id: int
    product_id: int
    sku: str | None
    barcode: str | None
    title: str
    options: dict[str, str]
    price: Money
    compare_at: Money | None
    tax_class: TaxClass
    tax_included: bool
    weight_g: int | None
    position: int
    retired: bool


class VariantText(msgspec.Struct, frozen=True):
    """A variant as a file or a connected shop tells it, before it has an id."""

    price: Money
    sku: str | None = None
    barcode: str | None = None
    options: dict[str, str] = {}
    compare_at: Money | None = None
    tax_class: TaxClass = "standard"
    tax_included: bool = True
    weight_g: int | None = None

    @property
    def title(self) -> str:
        """The option values, the natural key within a product."""
        return " / ".join(self.options.values()) or ONLY


def variant(session: Session, merchant_id: int, variant_id: int) -> Variant:
    """The variant; `NotFound` when the merchant has none with this id."""
    row = session.one(
        f"SELECT {COLUMNS} FROM variant WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=variant_id,
    )
    if row is None:
        raise NotFound(f"There is no variant {variant_id}.")
    return read_variant(row)


def variant_by_sku(session: Session, merchant_id: int, sku: str) -> Variant | None:
    """The variant with this SKU, retired or not."""
    row = session.one(
        f"SELECT {COLUMNS} FROM variant WHERE merchant_id = :merchant_id AND sku = :sku",
        merchant_id=merchant_id,
        sku=sku,
    )
    return None if row is None else read_variant(row)


def variants_of(session: Session, merchant_id: int, product_id: int) -> list[Variant]:
    """The product's variants that are sold, in the merchant's order."""
    found = variants_of_all(session, merchant_id, [product_id])
    return found.get(product_id, [])


def variants_of_all(
    session: Session, merchant_id: int, product_ids: Sequence[int]
) -> dict[int, list[Variant]]:
    """`variants_of` for many products at once."""
    marks = ", ".join(str(int(one)) for one in product_ids) or "0"
    rows = session.all(
        f"""SELECT {COLUMNS} FROM variant WHERE merchant_id = :merchant_id
        AND product_id IN ({marks}) AND retired_at IS NULL ORDER BY product_id, position, id""",
        merchant_id=merchant_id,
    )
    found: dict[int, list[Variant]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(read_variant(row))
    return found


def sellers_of(session: Session, merchant_id: int, skus: Sequence[str]) -> dict[str, int]:
    """The product that sells each of these SKUs now, where there is one."""
    if not skus:
        return {}
    names = [f"sku_{at}" for at in range(len(skus))]
    rows = session.all(
        f"""SELECT sku, product_id FROM variant WHERE merchant_id = :merchant_id
        AND sku IN ({", ".join(f":{name}" for name in names)}) AND retired_at IS NULL""",
        merchant_id=merchant_id,
        **dict(zip(names, skus, strict=True)),
    )
    return {row[0]: row[1] for row in rows}


def put_variants(
    session: Session, merchant_id: int, product_id: int, told: Sequence[VariantText], now: datetime
) -> list[int]:
    """Write these variants of the product, in this order; their ids.

    One is recognised by its SKU, else by its options; others stay (see `retire_others`). A SKU
    that another product sells is the caller's to refuse (see `sellers_of`).
    """
    known = _known(session, merchant_id, product_id)
    matched = matched_with(known, told)
    aside = in_the_way(known, matched, told)
    _put_aside(session, merchant_id, aside, now)
    _free(session, merchant_id, [one.sku for one in told if one.sku])
    return [
        _put(session, merchant_id, variant_id, values_of(product_id, position, one))
        for position, (variant_id, one) in enumerate(zip(matched, told, strict=True), 1)
    ]


def retire_others(
    session: Session, merchant_id: int, product_id: int, ids: Sequence[int], now: datetime
) -> None:
    """Stop selling the product's variants that are not among `ids`."""
    marks = ", ".join(str(int(one)) for one in ids) or "0"
    session.run(
        f"""UPDATE variant SET retired_at = :now WHERE merchant_id = :merchant_id
        AND product_id = :product_id AND retired_at IS NULL AND id NOT IN ({marks})""",
        now=to_micros(now),
        merchant_id=merchant_id,
        product_id=product_id,
    )


def _known(session: Session, merchant_id: int, product_id: int) -> list[Row]:
    return session.all(
        """SELECT id, sku, title FROM variant
        WHERE merchant_id = :merchant_id AND product_id = :product_id""",
        merchant_id=merchant_id,
        product_id=product_id,
    )


def matched_with(known: Sequence[Row], told: Sequence[VariantText]) -> list[int | None]:
    """Which of a product's variants (rows of id, SKU, title) each told one is, if any."""
    left = {row[0]: row for row in known}
    found: list[int | None] = [None] * len(told)
    for column, name in ((1, "sku"), (2, "title")):
        for place, one in enumerate(told):
            word = getattr(one, name)
            if found[place] is None and word is not None:
                same = next((row[0] for row in left.values() if row[column] == word), None)
                found[place] = same
                left.pop(same, None)
    return found


def in_the_way(
    known: Sequence[Row], matched: Sequence[int | None], told: Sequence[VariantText]
) -> list[int]:
    """Variants whose options or SKU another is about to take: swapped ones, above all."""
    as_told = {i: one for i, one in zip(matched, told, strict=True) if i is not None}
    titles = {one.title for one in told}
    return [
        row[0]
        for row in known
        if (row[0] not in as_told and row[2] in titles)
        or (row[0] in as_told and (as_told[row[0]].sku, as_told[row[0]].title) != (row[1], row[2]))
    ]


def _put_aside(session: Session, merchant_id: int, ids: Sequence[int], now: datetime) -> None:
    for one in ids:
        session.run(
            """UPDATE variant SET title = '~' || CAST(id AS TEXT), sku = NULL,
            retired_at = COALESCE(retired_at, :now)
            WHERE merchant_id = :merchant_id AND id = :id""",
            now=to_micros(now),
            merchant_id=merchant_id,
            id=one,
        )


def _free(session: Session, merchant_id: int, skus: list[str]) -> None:
    # What is retired keeps its SKU only until another variant needs it.
    session.many(
        """UPDATE variant SET sku = NULL
        WHERE merchant_id = :merchant_id AND sku = :sku AND retired_at IS NOT NULL""",
        [{"merchant_id": merchant_id, "sku": sku} for sku in skus],
    )


def values_of(product_id: int, position: int, told: VariantText) -> dict[str, object]:
    """What is written of a variant, by column."""
    return {
        "product_id": product_id,
        "sku": told.sku,
        "barcode": told.barcode,
        "title": told.title,
        "options": msgspec.json.encode(told.options).decode(),
        "amount_minor": told.price.amount_minor,
        "currency": told.price.currency,
        "compare_at_minor": told.compare_at and told.compare_at.amount_minor,
        "tax_class": told.tax_class,
        "tax_included": int(told.tax_included),
        "weight_g": told.weight_g,
        "position": position,
    }


def _put(
    session: Session, merchant_id: int, variant_id: int | None, values: dict[str, object]
) -> int:
    if variant_id is not None:
        places = ", ".join(f"{name} = :{name}" for name in values)
        session.run(
            f"""UPDATE variant SET {places}, retired_at = NULL
            WHERE merchant_id = :merchant_id AND id = :id""",
            merchant_id=merchant_id,
            id=variant_id,
            **values,
        )
        return variant_id
    row = session.one(
        f"""INSERT INTO variant (merchant_id, {", ".join(values)})
        VALUES (:merchant_id, {", ".join(f":{name}" for name in values)}) RETURNING id""",
        merchant_id=merchant_id,
        **values,
    )
    assert row is not None
    return int(row[0])


def read_variant(row: Row) -> Variant:
    """A row of `COLUMNS`."""
    number, product_id, sku, barcode, title, options, amount, currency, compare_at = row[:9]
    tax_class, tax_included, weight_g, position, retired_at = row[9:14]
    return Variant(
        number,
        product_id,
        sku,
        barcode,
        title,
        {} if options == "{}" else _OPTIONS.decode(options),
        Money(amount, currency),
        None if compare_at is None else Money(compare_at, currency),
        tax_class,
        bool(tax_included),
        weight_g,
        position,
        retired_at is not None,
    )
