"""Reads products from JSON lines, one product with its variants a line.

`{"handle","title","body","brand","category","tags","attributes","images","status","language",
"translations":{"en":{"title","body","category","tags","attributes","options"}},
"variants":[{"sku","barcode","options","price","compare_at","tax","stock","weight_g"}]}`; a product
of one variant may tell its price and stock itself. `options` of a translation has the words for
option names and values.
"""

from collections.abc import Iterator
from typing import Final, TextIO

import msgspec

from kaiwa.catalog.importing import Refusal, RefusedRow, Shop, ToldProduct, ToldVariant
from kaiwa.catalog.importing.cells import attributes_in, compare_at, folded, grams, price, tax_class
from kaiwa.catalog.importing.seen import Seen
from kaiwa.catalog.importing.text_file import TOO_LONG, has_bad_bytes, lines_of
from kaiwa.catalog.product import Image, ProductText, Status, Translation
from kaiwa.catalog.stock import Level
from kaiwa.catalog.variant import TaxClass, VariantText
from kaiwa.languages import language_of
from kaiwa.languages.plain_text import plain_text
from kaiwa.vocabulary.language import Language, is_language

MOST_STOCK: Final = 10**9


class _Variant(msgspec.Struct, frozen=True):
    price: int | float | str
    sku: str | None = None
    barcode: str | None = None
    options: dict[str, str] = {}
    compare_at: int | float | str | None = None
    tax: TaxClass | None = None
    stock: int | bool | None = None
    weight_g: int | None = None


class _Product(msgspec.Struct, frozen=True):
    handle: str
    title: str
    body: str = ""
    brand: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    attributes: dict[str, str | int | float] = {}
    images: tuple[str | Image, ...] = ()
    status: Status = "active"
    language: Language | None = None
    variants: tuple[_Variant, ...] = ()
    translations: dict[Language, Translation] = {}
    price: int | float | str | None = None
    compare_at: int | float | str | None = None
    sku: str | None = None
    stock: int | bool | None = None

    def all_variants(self) -> tuple[_Variant, ...]:
        if self.variants or self.price is None:
            return self.variants
        alone = _Variant(self.price, self.sku, compare_at=self.compare_at, stock=self.stock)
        return (alone,)


_DECODER = msgspec.json.Decoder(_Product)


def read_json_lines(file: TextIO, shop: Shop) -> Iterator[ToldProduct | RefusedRow]:
    """Every product and every refused line, in the order of the file."""
    seen = Seen()
    for number, line in enumerate(lines_of(file), 1):
        if not line.strip():
            continue
        try:
            told = _told(number, line, shop)
            if (before := seen.before(told.text.handle, number)) is not None:
                raise Refusal(f"The handle {told.text.handle!r} is already in line {before}.")
        except Refusal as refusal:
            yield RefusedRow(number, str(refusal))
        else:
            yield told


def _told(number: int, line: str, shop: Shop) -> ToldProduct:
    if TOO_LONG in line:
        raise Refusal("The line is too long.")
    if has_bad_bytes(line):
        raise Refusal("Some bytes are neither UTF-8 nor Shift_JIS.")
    try:
        read = _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise Refusal(f"This is not a product as JSON: {error}.") from error
    if b"\\u0000" in msgspec.json.encode(read):
        raise Refusal("There is something in it that is no text.")
    handle, title = folded(read.handle).casefold(), plain_text(read.title).replace("\n", " ")
    if not handle or not title:
        raise Refusal("The handle or the title is empty.")
    if not (variants := read.all_variants()):
        raise Refusal("There is no price and no variant.")
    body = plain_text(read.body)
    otherwise = shop.language if is_language(shop.language) else "ja"
    drawn = attributes_in([*body.splitlines(), *read.tags])
    text = ProductText(
        handle,
        title,
        body,
        folded(read.brand),
        folded(read.category),
        tuple(tag for one in read.tags if (tag := folded(one))),
        {**drawn, **{name: str(value) for name, value in read.attributes.items()}},
        tuple(Image(one) if isinstance(one, str) else one for one in read.images),
        read.status,
        read.language or language_of(f"{title} {body[:200]}", otherwise),
        {language: _translation(one) for language, one in read.translations.items()},
    )
    told = tuple(_variant(one, text, shop) for one in variants)
    if len({one.text.title for one in told}) < len(told):
        raise Refusal("Two variants have the same options.")
    skus = [one.text.sku for one in told if one.text.sku]
    if len(set(skus)) < len(skus):
        raise Refusal("Two variants have the same SKU.")
    return ToldProduct(number, 1, text, told)


def _translation(read: Translation) -> Translation:
    body = plain_text(read.body)
    tags = tuple(tag for one in read.tags if (tag := folded(one)))
    return Translation(
        plain_text(read.title).replace("\n", " "),
        body,
        folded(read.category),
        tags,
        {**attributes_in([*body.splitlines(), *tags]), **read.attributes},
        read.options,
    )


def _variant(read: _Variant, product: ProductText, shop: Shop) -> ToldVariant:
    cost = price(str(read.price), shop.currency)
    before = "" if read.compare_at is None else str(read.compare_at)
    text = VariantText(
        price=cost,
        sku=read.sku or None,
        barcode=read.barcode or None,
        options={name: value for name, value in read.options.items() if value},
        compare_at=compare_at(before, cost),
        tax_class=read.tax or tax_class(shop.taxed, product.tags),
        tax_included=shop.tax_included,
        weight_g=grams(str(read.weight_g)),
    )
    return ToldVariant(text, _level(read.stock))


def _level(stock: int | bool | None) -> Level | None:
    if stock is None:
        return None
    if isinstance(stock, bool):
        return Level(tracked=False) if stock else Level(0)
    if abs(stock) > MOST_STOCK:
        raise Refusal(f"There cannot be {stock} in stock.")
    return Level(stock)
