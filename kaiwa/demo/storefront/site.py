"""Writes the whole shop into a folder: pages of both languages, pictures, style."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kaiwa.catalog.change import last_change
from kaiwa.demo.pictures import draw_all, models
from kaiwa.demo.pictures.paint import names, paint
from kaiwa.demo.storefront.frame import Page, root, whole
from kaiwa.demo.storefront.goods import Good, goods, related
from kaiwa.demo.storefront.pages import cards, cart, department, home
from kaiwa.demo.storefront.product import product
from kaiwa.demo.storefront.words import DEPARTMENTS
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import LANGUAGES, Language

LOOKS_EVERY_S: Final = 2.0


def write_site(db: Database, merchant_id: int, folder: Path, source: Path, inbox_key: str) -> int:
    """Make the shop's folder from the demo's data and the catalog as it is now; how many pages."""
    shutil.copytree(source / "shop", folder, dirs_exist_ok=True)
    swatches = "".join(f".swatch-{one}{{--swatch:{paint(one).main}}}\n" for one in names())
    style = (source / "shop" / "shop.css").read_text("utf-8")
    (folder / "shop.css").write_text(style + swatches, "utf-8")
    draw_all(models(source / "products.jsonl"), folder)
    return write_pages(db, merchant_id, folder, inbox_key)


def write_pages(db: Database, merchant_id: int, folder: Path, inbox_key: str) -> int:
    """Write every page anew, prices and stock as they are now; how many."""
    count = 0
    for language in LANGUAGES:
        found = db.read_now(lambda s, told=language: goods(s, merchant_id, told))  # type: ignore[misc]
        for page in _pages(found, language, inbox_key):
            path = folder / root(language).strip("/") / (page.path or "index.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(whole(page, language, inbox_key), "utf-8")
            fresh.replace(path)
            count += 1
    return count


async def keep_fresh(db: Database, merchant_id: int, folder: Path, inbox_key: str) -> None:
    """Write the pages anew whenever the catalog has changed, until cancelled."""
    seen = await db.read(lambda s: last_change(s, merchant_id))
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        newest = await db.read(lambda s: last_change(s, merchant_id))
        if newest != seen:
            await asyncio.to_thread(write_pages, db, merchant_id, folder, inbox_key)
            seen = newest


def _pages(found: Sequence[Good], language: Language, inbox_key: str) -> list[Page]:
    return [
        home(found, language),
        *(department(one, found, language) for one in DEPARTMENTS),
        *(product(one, language, inbox_key, cards(related(one, found), language)) for one in found),
        cart(language, inbox_key),
    ]
