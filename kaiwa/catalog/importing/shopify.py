"""Reads Shopify's product CSV, of today and of earlier years: many rows make one product.

The first row of a handle tells the product; every row may tell a variant, an image or both.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from kaiwa.catalog.importing import Refusal, RefusedRow, Shop, ToldProduct, ToldVariant
from kaiwa.catalog.importing.cells import (
    attributes_in,
    compare_at,
    folded,
    grams,
    price,
    tax_class,
    whole,
    yes,
)
from kaiwa.catalog.importing.headings import Headings, headings_of
from kaiwa.catalog.importing.seen import Seen
from kaiwa.catalog.importing.table import rows_of, unreadable
from kaiwa.catalog.product import Image, ProductText, Status
from kaiwa.catalog.stock import Level
from kaiwa.catalog.variant import VariantText
from kaiwa.languages import language_of
from kaiwa.languages.plain_text import plain_text
from kaiwa.vocabulary.language import is_language

LONGEST_TITLE: Final = 500
MOST_ROWS: Final = 4_000

_NOT_IN_A_HANDLE = re.compile(r"[^\w]+")
_STATES: Final[dict[str, Status]] = {"active": "active", "draft": "draft", "archived": "archived"}


class Line:
    """One row by the names of its columns."""

    __slots__ = ("_at", "cells", "number")

    def __init__(self, number: int, cells: list[str], headings: Headings) -> None:
        self.number = number
        self.cells = cells
        self._at = headings

    def __getitem__(self, name: str) -> str:
        at = self._at.columns.get(name)
        return self.cells[at].strip() if at is not None and at < len(self.cells) else ""

    def has_column(self, name: str) -> bool:
        return name in self._at.columns

    def extras(self) -> dict[str, str]:
        """The metafields and such, by the name shown to people."""
        return {
            name: self.cells[at].strip()
            for name, at in self._at.extras.items()
            if at < len(self.cells) and self.cells[at].strip()
        }


def read_shopify(file: TextIO, shop: Shop) -> Iterator[ToldProduct | RefusedRow]:
    """Every product and every refused row, in the order of the file, one product in memory."""
    rows = rows_of(file)
    number, header = next(rows, (1, []))
    try:
        headings = headings_of(header)
    except Refusal as refusal:
        yield RefusedRow(number, str(refusal))
        return
    seen = Seen()
    group: list[Line] = []
    for number, cells in rows:
        try:
            line = _line(number, cells, headings)
        except Refusal as refusal:
            yield RefusedRow(number, str(refusal))
            continue
        if group and (_handle(line) != _handle(group[0]) or len(group) >= MOST_ROWS):
            yield from _product(group, seen, shop)
            group = []
        group.append(line)
    if group:
        yield from _product(group, seen, shop)


def _line(number: int, cells: list[str], headings: Headings) -> Line:
    if (reason := unreadable(cells)) is not None:
        raise Refusal(reason)
    if any(cell.strip() for cell in cells[headings.width :]):
        raise Refusal('There are more cells than columns. Put "quotes" around text with commas.')
    line = Line(number, cells, headings)
    if not _handle(line):
        raise Refusal("The handle is empty.")
    return line


def _handle(line: Line) -> str:
    given = folded(line["handle"]).casefold()
    return given or _NOT_IN_A_HANDLE.sub("-", folded(line["title"]).casefold()).strip("-")


def _product(group: Sequence[Line], seen: Seen, shop: Shop) -> Iterator[ToldProduct | RefusedRow]:
    first, handle = group[0], _handle(group[0])
    try:
        if (before := seen.before(handle, first.number)) is not None:
            raise Refusal(f"The handle {handle!r} is already in line {before}.")
        text = _text(group, handle, shop)
    except Refusal as refusal:
        yield from (RefusedRow(line.number, str(refusal)) for line in group)
        return
    variants, refused = _variants(group, text, shop)
    if variants:
        rows = len(group) - len(refused)
        yield ToldProduct(first.number, rows, text, tuple(variants), complete=not refused)
    elif not refused:
        refused = [RefusedRow(first.number, "The price is empty.")]
    yield from refused


def _text(group: Sequence[Line], handle: str, shop: Shop) -> ProductText:
    first = group[0]
    title = plain_text(first["title"]).replace("\n", " ")
    if not title:
        raise Refusal("The title is empty.")
    if len(title) > LONGEST_TITLE:
        raise Refusal(f"The title is longer than {LONGEST_TITLE} characters.")
    body = plain_text(first["body"])
    tags = tuple(dict.fromkeys(t for tag in first["tags"].split(",") if (t := folded(tag))))
    taxonomy = [part.strip() for part in first["taxonomy"].split(">") if part.strip()]
    category = folded(first["type"]) or (taxonomy[-1] if taxonomy else "")
    otherwise = shop.language if is_language(shop.language) else "ja"
    return ProductText(
        handle=handle,
        title=title,
        body=body,
        brand=folded(first["vendor"]),
        category=category,
        tags=tags,
        attributes={**attributes_in([*body.splitlines(), *tags]), **first.extras()},
        images=_images(group),
        status=_status(first),
        language=language_of(f"{title} {body[:200]}", otherwise),
    )


def _status(first: Line) -> Status:
    if not yes(first["published"], True):
        return "draft"
    return _STATES.get(first["status"].casefold(), "draft" if first["status"] else "active")


def _images(group: Sequence[Line]) -> tuple[Image, ...]:
    found: dict[str, str] = {}
    for line in group:
        for url in (line["image"], line["variant image"]):
            if url.startswith(("https://", "http://")):
                found[url] = found.get(url) or (line["alt"] if url == line["image"] else "")
    return tuple(Image(url, alt) for url, alt in found.items())


def _variants(
    group: Sequence[Line], product: ProductText, shop: Shop
) -> tuple[list[ToldVariant], list[RefusedRow]]:
    told: dict[str, ToldVariant] = {}
    refused: list[RefusedRow] = []
    names = [group[0][f"option{place} name"] for place in (1, 2, 3)]
    for line in group:
        try:
            if (one := _variant(line, names, product, shop)) is None:
                continue
            if one.text.title in told:
                raise Refusal(f"The product has the variant {one.text.title!r} already.")
            if one.text.sku and any(one.text.sku == other.text.sku for other in told.values()):
                raise Refusal(f"The product has the SKU {one.text.sku!r} already.")
            told[one.text.title] = one
        except Refusal as refusal:
            refused.append(RefusedRow(line.number, str(refusal)))
    return list(told.values()), refused


def _variant(line: Line, names: list[str], product: ProductText, shop: Shop) -> ToldVariant | None:
    options = _options(line, names)
    sku = line["sku"].removeprefix("'") or None
    if not (line["price"] or options or sku):
        return None  # a row for one more image
    cost = price(line["price"], shop.currency)
    words = [*product.tags, line["tax code"]]
    text = VariantText(
        price=cost,
        sku=sku,
        barcode=line["barcode"].removeprefix("'") or None,
        options=options,
        compare_at=compare_at(line["compare at"], cost),
        tax_class=tax_class(shop.taxed and yes(line["taxable"], True), words),
        tax_included=shop.tax_included,
        weight_g=grams(line["grams"]),
    )
    return ToldVariant(text, _level(line))


def _options(line: Line, names: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        value = line[f"option{place} value"]
        if value and (name, value) != ("Title", "Default Title"):
            options[name or f"Option {place}"] = value
    return options


def _level(line: Line) -> Level | None:
    if not line.has_column("quantity"):
        return None
    oversell = line["policy"].casefold() in ("continue", "true")
    if line.has_column("tracker") and not line["tracker"]:
        return Level(tracked=False)
    quantity = whole(line["quantity"], "stock") if line["quantity"] else 0
    return Level(quantity, oversell=oversell)
