"""The example shop in a database of a test's own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kaiwa.catalog.importing import RefusedRow, Shop
from kaiwa.catalog.importing.taking import Import, import_products
from kaiwa.commands.demo import demo_folder
from kaiwa.demo.trade import open_for_trade
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import Merchant, NewMerchant, create_merchant

NOW: Final = datetime(2026, 11, 21, 9, tzinfo=UTC)
PRODUCTS: Final = demo_folder() / "products.jsonl"


def opened(database: Database, products: Path = PRODUCTS) -> tuple[Merchant, list[RefusedRow]]:
    """The shop with its goods, and what was refused of them."""

    def create(session: Session) -> Merchant:
        made = create_merchant(session, NewMerchant("木立道具店", "kodachi"), NOW)
        open_for_trade(session, made.id, NOW)
        return made

    owner = database.write_now(create)
    refused: list[RefusedRow] = []
    told = Import(owner.id, Shop("JPY", "ja"), NOW, refused.append, lambda _: None)
    import_products(database, products, told)
    return owner, refused
