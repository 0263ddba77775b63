"""A product: what is shown. It is bought as one of its variants."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros, to_micros

Status: TypeAlias = Literal["active", "draft", "archived"]

COLUMNS: Final = (
    "id, handle, title, body, brand, category, tags, attributes, images, status, language, "
    "translations, updated_at, change"
)


class Image(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A picture of the product and what it shows, in words."""

    url: str
    alt: str = ""


class Translation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A product's words in another language; `options` has names and values of options."""

    title: str = ""
    body: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    options: dict[str, str] = {}


class Product(msgspec.Struct, frozen=True, gc=False):
    """What is shown of a product; `body` is plain text, `attributes` are names and values."""

    id: int
    handle: str
    title: str
    body: str
    brand: str
    category: str
    tags: tuple[str, ...]
    attributes: dict[str, str]
    images: tuple[Image, ...]
    status: Status
    language: Language | None
    updated_at: datetime
    change: int
    translations: dict[Language, Translation] = {}


_TAGS: Final = msgspec.json.Decoder(tuple[str, ...])
_ATTRIBUTES: Final = msgspec.json.Decoder(dict[str, str])
_IMAGES: Final = msgspec.json.Decoder(tuple[Image, ...])
_TRANSLATIONS: Final = msgspec.json.Decoder(dict[Language, Translation])


_PUT: Final = """INSERT INTO product (merchant_id, handle, title, body, brand, category, tags,
    attributes, images, status, language, translations, updated_at, change)
    VALUES (:merchant_id, :handle, :title, :body, :brand, :category, :tags, :attributes,
    :images, :status, :language, :translations, :now, :change)
    ON CONFLICT (merchant_id, handle) DO UPDATE SET title = excluded.title,
    body = excluded.body, brand = excluded.brand, category = excluded.category,
    tags = excluded.tags, attributes = excluded.attributes, images = excluded.images,
    status = excluded.status, language = excluded.language,
    translations = excluded.translations, updated_at = excluded.updated_at,
    change = excluded.change"""


class ProductText(msgspec.Struct, frozen=True):
    """A product as a file or a connected shop tells it, before it has an id."""

    handle: str
    title: str
    body: str = ""
    brand: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    images: tuple[Image, ...] = ()
    status: Status = "active"
    language: Language | None = None
    translations: dict[Language, Translation] = {}


def product(session: Session, merchant_id: int, product_id: int) -> Product:
    """The product; `NotFound` when the merchant has none with this id."""
    found = products(session, merchant_id, [product_id])
    if not found:
        raise NotFound(f"There is no product {product_id}.")
    return found[0]


def product_by_handle(session: Session, merchant_id: int, handle: str) -> Product | None:
    """The product with this handle, whatever its status."""
    row = session.one(
        f"SELECT {COLUMNS} FROM product WHERE merchant_id = :merchant_id AND handle = :handle",
        merchant_id=merchant_id,
        handle=handle,
    )
    return None if row is None else read_product(row)


def products(session: Session, merchant_id: int, ids: Sequence[int]) -> list[Product]:
    """These products in the order asked for; ids of nobody or of another merchant are left out."""
    marks = ", ".join(str(int(one)) for one in ids) or "0"
    # The plus keeps the planner from walking all products of the merchant for a few ids.
    rows = session.all(
        f"SELECT {COLUMNS} FROM product WHERE +merchant_id = :merchant_id AND id IN ({marks})",
        merchant_id=merchant_id,
    )
    found = {row[0]: read_product(row) for row in rows}
    return [found[one] for one in ids if one in found]


def changed_products(
    session: Session, merchant_id: int, after: int, place: int = 0, limit: int = 1_000
) -> list[Product]:
    """The next products of the change feed: those written behind (change `after`, id `place`)."""
    rows = session.all(
        f"""SELECT {COLUMNS} FROM product WHERE merchant_id = :merchant_id
        AND (change, id) > (:after, :place) ORDER BY change, id LIMIT :limit""",
        merchant_id=merchant_id,
        after=after,
        place=place,
        limit=limit,
    )
    return [read_product(row) for row in rows]


def put_product(
    session: Session, merchant_id: int, text: ProductText, now: datetime, change: int
) -> int:
    """Write the product with this handle, new or not; its id. `change` is from `next_change`."""
    row = session.one(f"{_PUT} RETURNING id", **_values(merchant_id, text, now, change))
    assert row is not None
    return int(row[0])


def put_products(
    session: Session, merchant_id: int, texts: Sequence[ProductText], now: datetime, change: int
) -> dict[str, int]:
    """`put_product` for many, each handle once; their ids by handle."""
    session.many(_PUT, [_values(merchant_id, text, now, change) for text in texts])
    return ids_by_handle(session, merchant_id, [text.handle for text in texts])


def ids_by_handle(session: Session, merchant_id: int, handles: Sequence[str]) -> dict[str, int]:
    """The ids of the products with these handles, where there is one, whatever its status."""
    if not handles:
        return {}
    names = [f"handle_{at}" for at in range(len(handles))]
    rows = session.all(
        f"""SELECT handle, id FROM product WHERE merchant_id = :merchant_id
        AND handle IN ({", ".join(f":{name}" for name in names)})""",
        merchant_id=merchant_id,
        **dict(zip(names, handles, strict=True)),
    )
    return {row[0]: row[1] for row in rows}


def rename_product(session: Session, merchant_id: int, product_id: int, handle: str) -> None:
    """Give it another handle, one that is free; `put_product` then finds it by that."""
    session.run(
        "UPDATE product SET handle = :handle WHERE merchant_id = :merchant_id AND id = :id",
        handle=handle,
        merchant_id=merchant_id,
        id=product_id,
    )


def archive_product(
    session: Session, merchant_id: int, product_id: int, now: datetime, change: int
) -> None:
    """Take it from sale; what was ordered of it stays. `change` is from `next_change`."""
    session.run(
        """UPDATE product SET status = 'archived', updated_at = :now, change = :change
        WHERE merchant_id = :merchant_id AND id = :id AND status <> 'archived'""",
        now=to_micros(now),
        change=change,
        merchant_id=merchant_id,
        id=product_id,
    )


def read_product(row: Row) -> Product:
    """A row of `COLUMNS`."""
    number, handle, title, body, brand, category, tags, attributes, images, status = row[:10]
    language, translations, updated_at, change = row[10:14]
    # By position: a page of results makes twenty, and by name takes twice as long.
    return Product(
        number,
        handle,
        title,
        body,
        brand,
        category,
        () if tags == "[]" else _TAGS.decode(tags),
        {} if attributes == "{}" else _ATTRIBUTES.decode(attributes),
        () if images == "[]" else _IMAGES.decode(images),
        status,
        language,
        _time(updated_at),
        change,
        {} if translations == "{}" else _TRANSLATIONS.decode(translations),
    )


@lru_cache(maxsize=1_024)
def _time(micros: int) -> datetime:
    # What came in together was written at the same time.
    return from_micros(micros)


def _values(
    merchant_id: int, text: ProductText, now: datetime, change: int
) -> dict[str, str | int | None]:
    return {
        "merchant_id": merchant_id,
        "handle": text.handle,
        "title": text.title,
        "body": text.body,
        "brand": text.brand,
        "category": text.category,
        "tags": _json(text.tags),
        "attributes": _json(text.attributes),
        "images": _json(text.images),
        "status": text.status,
        "language": text.language,
        "translations": _json(text.translations),
        "now": to_micros(now),
        "change": change,
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
