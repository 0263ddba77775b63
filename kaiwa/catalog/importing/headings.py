"""The columns of Shopify's product CSV by any name they have had, and metafields by their own."""

import re
from typing import Final

import msgspec

from kaiwa.catalog.importing import Refusal

_NAMES: Final = {
    "handle": "handle|url handle",
    "title": "title",
    "body": "body (html)|body|description",
    "vendor": "vendor|brand",
    "taxonomy": "product category|standardized product type|standard product type",
    "type": "type|custom product type|category",
    "tags": "tags",
    "published": "published|published on online store",
    "status": "status",
    "sku": "variant sku|sku",
    "grams": "variant grams|weight value (grams)|weight_g",
    "tracker": "variant inventory tracker|inventory tracker",
    "quantity": "variant inventory qty|variant inventory quantity|inventory quantity|stock",
    "policy": "variant inventory policy|continue selling when out of stock|inventory policy",
    "price": "variant price|price",
    "compare at": "variant compare at price|compare-at price|compare at price",
    "taxable": "variant taxable|charge tax|taxable",
    "tax code": "variant tax code|tax code",
    "barcode": "variant barcode|barcode",
    "image": "image src|product image url|image",
    "alt": "image alt text|alt text",
    "variant image": "variant image|variant image url",
    **{
        f"option{place} {what}": f"option{place} {what}|option {place} {what}"
        for place in (1, 2, 3)
        for what in ("name", "value")
    },
}
_COLUMN: Final = {name: key for key, names in _NAMES.items() for name in names.split("|")}
_METAFIELD = re.compile(r"^(.+?)\s*\((?:product|variant)\.metafields\.[^)]*\)$")
_GOOGLE = re.compile(r"^google shopping\s*/\s*(gender|age group|mpn|condition)$", re.IGNORECASE)


class Headings(msgspec.Struct, frozen=True):
    """Where each known column is, and where the attributes with names of their own are."""

    columns: dict[str, int]
    extras: dict[str, int]
    width: int


def headings_of(header: list[str]) -> Headings:
    """Find the columns; a `Refusal` says which one no product can do without."""
    columns: dict[str, int] = {}
    extras: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = " ".join(cell.split())
        if key := _COLUMN.get(name.casefold()):
            columns.setdefault(key, at)
        elif found := _METAFIELD.match(name) or _GOOGLE.match(name):
            extras.setdefault(found[1], at)
    missing = [name for name in ("title", "price") if name not in columns]
    if missing:
        raise Refusal(
            "The first line must name the columns of Shopify's product export "
            f"(Handle, Title, Variant Price …); missing: {', '.join(missing)}."
        )
    return Headings(columns, extras, len(header))
