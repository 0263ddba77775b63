"""Takes products and stock that a store told. What is older than what is known changes nothing."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from kaiwa.catalog.change import next_change
from kaiwa.catalog.importing.cells import HIGHEST_MINOR, attributes_in, folded
from kaiwa.catalog.product import (
    Image,
    ProductText,
    archive_product,
    product,
    product_by_handle,
    put_product,
    rename_product,
)
from kaiwa.catalog.stock import Level, level_of, set_stock
from kaiwa.catalog.sync import Source
from kaiwa.catalog.sync.link import is_linked, link, put_link
from kaiwa.catalog.variant import VariantText, put_variants, retire_others, sellers_of
from kaiwa.engines.db import Session
from kaiwa.languages import language_of
from kaiwa.languages.plain_text import plain_text
from kaiwa.stores import Ability, Gone, StoreProduct, StoreStock, StoreVariant, Told, store_kind
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.money import Money

LONGEST: Final = 500
MOST_VARIANTS: Final = 2_000
MOST_ON_HAND: Final = 10**9
MOST_GRAMS: Final = 10**7


def take_catalog(session: Session, source: Source, told: Told) -> bool:
    """Write a product, its end, or a count; whether it changed anything. `Invalid` says why not."""
    change = next_change(session, source.owner.id)
    match told:
        case StoreProduct():
            return _take_product(session, source, told, change)
        case StoreStock():
            return _take_stock(session, source, told, change)
        case Gone(what="products"):
            return _take_end(session, source, told, change)
        case _:
            return False


def _take_product(session: Session, source: Source, told: StoreProduct, change: int) -> bool:
    known = link(session, source, "product", told.external_id)
    if known is not None and known.is_newer_than(told.updated_at):
        return False
    texts = _variants(source, told)
    text = _text(session, source, told, known.local_id if known else None)
    _free(session, source, texts, text.handle)
    product_id = put_product(session, source.owner.id, text, source.now, change)
    ids = put_variants(session, source.owner.id, product_id, texts, source.now)
    retire_others(session, source.owner.id, product_id, ids, source.now)
    put_link(session, source, "product", (told.external_id, told.updated_at), product_id)
    for variant_id, variant in zip(ids, told.variants, strict=True):
        counted = link(session, source, "variant", variant.external_id)
        put_link(session, source, "variant", (variant.external_id, None), variant_id)
        if counted is None or Ability.STOCK not in store_kind(source.store.kind).abilities:
            set_stock(session, source.owner.id, variant_id, _level(variant), change)
    return True


def _take_stock(session: Session, source: Source, told: StoreStock, change: int) -> bool:
    known = link(session, source, "variant", told.external_id)
    if known is None:
        raise Invalid(f"There is no variant {told.external_id!r} to count yet.")
    if known.is_newer_than(told.updated_at):
        return False
    if not -MOST_ON_HAND <= told.on_hand <= MOST_ON_HAND:
        raise Invalid(f"There cannot be {told.on_hand} of {told.external_id!r}.")
    old = level_of(session, source.owner.id, known.local_id)
    level = Level(told.on_hand, True, old.oversell if old else False)
    set_stock(session, source.owner.id, known.local_id, level, change)
    told_at = (told.external_id, told.updated_at)
    put_link(session, source, "variant", told_at, known.local_id)
    return True


def _take_end(session: Session, source: Source, told: Gone, change: int) -> bool:
    known = link(session, source, "product", told.external_id)
    if known is None or known.is_newer_than(told.updated_at):
        return False
    archive_product(session, source.owner.id, known.local_id, source.now, change)
    told_at = (told.external_id, told.updated_at)
    put_link(session, source, "product", told_at, known.local_id)
    return True


def _text(
    session: Session, source: Source, told: StoreProduct, product_id: int | None
) -> ProductText:
    title = plain_text(told.title).replace("\n", " ")[:LONGEST]
    if not title:
        raise Invalid("The product has no title.")
    body = plain_text(told.body)
    tags = tuple(tag for one in told.tags if (tag := folded(one)))
    return ProductText(
        _handle(session, source, told, product_id),
        title,
        body,
        folded(told.brand),
        folded(told.category),
        tags,
        {**attributes_in([*body.splitlines(), *tags]), **told.attributes},
        tuple(Image(one.url, one.alt) for one in told.images if _is_picture(one.url)),
        "active" if told.active else "archived",
        told.language or language_of(f"{title} {body[:200]}", source.owner.language),
    )


def _handle(session: Session, source: Source, told: StoreProduct, product_id: int | None) -> str:
    """The handle to write under: the store's, unless another product has it already."""
    wanted = folded(told.handle).casefold()[:LONGEST]
    if not wanted:
        raise Invalid("The product has no handle.")
    owner = product_by_handle(session, source.owner.id, wanted)
    if product_id is None:
        # What was imported by file before is the same product; another store's is not.
        ours = owner is None or not is_linked(session, source.owner.id, "product", owner.id)
        return wanted if ours else f"{wanted}-{source.store.id}"
    now = product(session, source.owner.id, product_id).handle
    if owner is not None:
        return now
    rename_product(session, source.owner.id, product_id, wanted)
    return wanted


def _variants(source: Source, told: StoreProduct) -> list[VariantText]:
    if not 0 < len(told.variants) <= MOST_VARIANTS:
        raise Invalid(f"A product has 1 to {MOST_VARIANTS} variants, not {len(told.variants)}.")
    texts = [_variant(source, one) for one in told.variants]
    if len({one.title for one in texts}) < len(texts):
        raise Invalid("Two variants have the same options.")
    skus = [one.sku for one in texts if one.sku]
    if len(set(skus)) < len(skus):
        raise Invalid("Two variants have the same SKU.")
    return texts


def _variant(source: Source, told: StoreVariant) -> VariantText:
    for money in filter(None, (told.price, told.compare_at)):
        _possible(source, money)
    if told.on_hand is not None and abs(told.on_hand) > MOST_ON_HAND:
        raise Invalid(f"There cannot be {told.on_hand} of {told.external_id!r}.")
    before = told.compare_at if told.compare_at and told.price < told.compare_at else None
    return VariantText(
        told.price,
        folded(told.sku or "") or None,
        told.barcode or None,
        {name: value for name, value in told.options.items() if value},
        before,
        told.tax_class,
        told.tax_included,
        told.weight_g if told.weight_g and 0 < told.weight_g < MOST_GRAMS else None,
    )


def _possible(source: Source, money: Money) -> None:
    if money.currency != source.owner.currency:
        raise Invalid(
            f"The price is in {money.currency}, the shop sells in {source.owner.currency}."
        )
    if not 0 <= money.amount_minor <= HIGHEST_MINOR:
        raise Invalid(f"The price {money.amount_minor} cannot be.")


def _free(session: Session, source: Source, texts: Sequence[VariantText], handle: str) -> None:
    known = product_by_handle(session, source.owner.id, handle)
    sellers = sellers_of(session, source.owner.id, [one.sku for one in texts if one.sku])
    taken = [sku for sku, by in sellers.items() if known is None or by != known.id]
    if taken:
        raise Invalid(f"Another product has the SKU {taken[0]!r}.")


def _level(told: StoreVariant) -> Level:
    return Level(told.on_hand or 0, told.on_hand is not None, told.oversell)


def _is_picture(url: str) -> bool:
    return len(url) <= 2_000 and urlsplit(url).scheme == "https"
