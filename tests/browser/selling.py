"""A small shop that sells, in a process of its own: product pages with forms, a Stripe stand-in.

`python -m tests.browser.selling` serves it; `open_shop` starts it and reaches into its records, as
the merchant would at the desk.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import uvloop

from kaiwa.app import serve
from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import Image, ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.commands.options import quiet_logs
from kaiwa.engines.db import Session
from kaiwa.house import House, build
from kaiwa.listeners import announce_orders
from kaiwa.merchants.inbox import InboxSettings, NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.migrations import migrate
from kaiwa.orders.command import Command
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.payment_method import NewMethod, add_method, methods
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.orders.terms import GiftWrap, Seller, Terms, set_terms
from kaiwa.orders.webhook_key import payment_path
from kaiwa.settings import Settings
from kaiwa.vocabulary.money import Money
from tests.browser.server import ROOT, await_health, free_port

T = TypeVar("T")
KEY = "counter-chat"
NUMBER = "481233456675"
TERMS = Terms(
    Seller("木立道具店", "中村 彩", "東京都武蔵野市1-2-3", "0422-00-0000", "shop@kodachi.example"),
    "T7000012050002",
    wraps=(GiftWrap("box", {"ja": "箱入り", "en": "Gift box"}, 330),),
)
ARTICLES = (
    ("KETTLE", "細口ケトル「しずく」 生成り", 8800, "standard", "kettle"),
    ("TEA", "静岡 浅蒸し煎茶 100g", 1296, "reduced", "tea"),
)
PICTURES = {
    "kettle": '<path d="M40 66h40l8 42H32z" fill="#e8dcc4"/><path d="M34 96C22 84 24 74 14 68"'
    ' stroke="#e8dcc4" stroke-width="5" fill="none"/><path d="M82 74c20-6 22 20 6 22"'
    ' stroke="#8a5a2c" stroke-width="5" fill="none"/><circle cx="60" cy="60" r="5"/>',
    "tea": '<path d="M36 28h48v66H36z" fill="#3f6b4c"/><path d="M48 46h24v30H48z" fill="#f6f1e4"/>'
    '<path d="M36 24h48v8H36z" fill="#2c4e37"/>',
}
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>{title}</title></head>
<body><main><h1>{title}</h1><form method="post" action="/shop/{key}/checkout">
<input type="hidden" name="sku" value="KETTLE"><input type="hidden" name="quantity" value="1">
<input type="hidden" name="sku" value="TEA">
<label>{count} <input name="quantity" value="2" inputmode="numeric"></label>
<input type="hidden" name="language" value="{language}"><button>{buy}</button></form></main></body>
</html>"""
SPOKEN = {
    "ja": {"title": "細口ケトルとお茶の組み合わせ", "count": "お茶の数", "buy": "今すぐ購入"},
    "en": {"title": "Kettle and tea together", "count": "Packs of tea", "buy": "Buy now"},
}


def furnish(session: Session, house: House, stripe: str | None) -> None:
    """A merchant with articles, rates, terms and every way to pay."""
    now = house.clock.now()
    shop = create_merchant(session, NewMerchant("木立道具店", "kodachi"), now)
    chat = NewInbox("web_chat", "Chat", settings=InboxSettings(("*",)), key=KEY)
    add_inbox(session, shop.id, chat, house.secrets, now)
    for sku, title, amount, tax, picture in ARTICLES:
        put_article(session, shop.id, (sku, title, amount, tax, picture))
    add_rate(session, shop.id, Rate("宅急便", "yamato", amount_minor=660, free_from_minor=11_000))
    set_terms(session, shop.id, TERMS)
    put_coupon(session, shop.id, CouponRule("HARU", "percent", percent_hundredths=1000), now)
    bank = {"bank": "みずほ銀行", "branch": "吉祥寺", "number": "1234567", "days": "7"}
    ways = [
        NewMethod("test", "test_provider"),
        NewMethod("cod", "cash_on_delivery", fee_minor=330, most_minor=30_000),
        NewMethod("bank", "bank_transfer", settings=bank),
    ]
    keys = {"secret_key": "sk_test_fake", "webhook_secret": "whsec_fake"}
    if stripe is not None:
        ways[:0] = [
            NewMethod(kind, "stripe", credentials=keys, api_base=stripe, settings={"kind": kind})
            for kind in ("card", "konbini")
        ]
    for way in ways:
        add_method(session, shop.id, way, house.secrets)


def put_article(session: Session, shop_id: int, told: tuple[str, str, int, str, str]) -> None:
    """An article on sale at this price."""
    sku, title, amount, tax, picture = told
    change = next_change(session, shop_id)
    text = ProductText(sku.lower(), title, images=(Image(f"/pictures/{picture}.svg"),))
    now = datetime.now(UTC)
    product = put_product(session, shop_id, text, now, change)
    one = VariantText(Money(amount, "JPY"), sku=sku, tax_class=tax, weight_g=300)  # type: ignore[arg-type]
    (variant,) = put_variants(session, shop_id, product, [one], now)
    set_stock(session, shop_id, variant, Level(500), change)


def write_pages(folder: Path) -> None:
    """The shop's own pages: a form, and nothing of ours."""
    (folder / "pictures").mkdir(parents=True)
    for language, words in SPOKEN.items():
        page = PAGE.format(language=language, key=KEY, **words)
        (folder / f"{language}.html").write_text(page, "utf-8")
    for name, drawn in PICTURES.items():
        frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 112 120">'
        paper = '<rect width="112" height="120" fill="#e4e8e8"/>'
        (folder / "pictures" / f"{name}.svg").write_text(f"{frame}{paper}{drawn}</svg>", "utf-8")


class SellingShop:
    """The running shop, and its merchant's hands."""

    def __init__(self, base: str, house: House) -> None:
        self.base = base
        self._house = house
        self.merchant_id = 1

    def page(self, language: str) -> str:
        """The product page."""
        return f"{self.base}/{language}.html"

    def write(self, work: Callable[[Session], T]) -> T:
        """Do something as the merchant."""
        return self._house.db.write_now(work)

    def count(self, table: str, where: str = "1 = 1") -> int:
        """How many rows there are."""
        row = self._house.db.read_now(
            lambda s: s.one(f"SELECT count(*) FROM {table} WHERE {where}")
        )
        assert row is not None
        return int(row[0])

    def reprice(self, amount: int) -> None:
        """The kettle costs something else from now on."""
        told = ("KETTLE", ARTICLES[0][1], amount, "standard", "kettle")
        self.write(lambda s: put_article(s, self.merchant_id, told))

    def expire(self, key: str) -> None:
        """As if six hours had passed for this checkout."""
        self.write(
            lambda s: s.run("UPDATE checkout SET expires_at = 1000000 WHERE key = :key", key=key)
        )

    def order_number(self, key: str) -> tuple[int, str]:
        """Id and number of the order that came of a checkout."""
        row = self._house.db.read_now(
            lambda s: s.one(
                """SELECT o.id, o.number FROM shop_order o JOIN checkout c ON c.order_id = o.id
                WHERE c.key = :key""",
                key=key,
            )
        )
        assert row is not None
        return int(row[0]), str(row[1])

    def ship(self, order_id: int, *states: str) -> None:
        """Hand the order to Yamato, whose news follow hour by hour."""
        begin = datetime.now(UTC) - timedelta(hours=len(states) + 1)

        def work(s: Session) -> None:
            by = Command(self.merchant_id, "agent:1", "desk", begin)
            parcel = ship_order(s, by, ShipOrder(order_id, "yamato", NUMBER), announce_orders)
            for hours, state in enumerate(states, 1):
                at = begin + timedelta(hours=hours)
                record_news(s, by, ParcelNews(parcel.id, state, at), announce_orders)  # type: ignore[arg-type]

        self.write(work)


@contextmanager
def open_shop(data: Path) -> Iterator[SellingShop]:
    """The shop and Stripe's stand-in, each in a process of its own, until the block ends."""
    port, stripe_port = free_port(), free_port()
    base, stripe = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{stripe_port}"
    settings = Settings(data, f"sqlite:///{data / 'kaiwa.db'}", port=port)
    migrate(settings.database_url)
    house = build(settings)
    house.db.write_now(lambda s: furnish(s, house, stripe))
    stand_in = ["tests.fakes.stripe_http", "--port", str(stripe_port)]
    stand_in += ["--webhook", base + _webhook(house)]
    commands = [["tests.browser.selling", str(data), str(port)], stand_in]
    write_pages(data / "pages")
    environment = os.environ | {"KAIWA_DATA": str(data)}
    with (data / "server.log").open("wb") as log:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, stdout=log, stderr=log, env=environment
            )
            for command in commands
        ]
        try:
            await_health(base, running[0], data / "server.log")
            yield SellingShop(base, house)
        finally:
            for process in running:
                process.terminate()
                process.wait(20)
            house.db.close()


def _webhook(house: House) -> str:
    """Where Stripe tells what became of payments. Its two methods have one account."""
    ways = house.db.read_now(lambda s: methods(s, 1))
    return payment_path(house.secrets, 1, next(one.id for one in ways if one.code == "konbini"))


def main() -> None:
    """Serve the shop of a data directory on a port."""
    options = argparse.ArgumentParser()
    options.add_argument("data", type=Path)
    options.add_argument("port", type=int)
    chosen = options.parse_args()
    quiet_logs()
    house = build(Settings(chosen.data, f"sqlite:///{chosen.data / 'kaiwa.db'}", port=chosen.port))
    uvloop.run(serve(house, shop=chosen.data / "pages"))


if __name__ == "__main__":
    main()
