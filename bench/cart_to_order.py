"""Carts to paid orders per second: cart, checkout, address, payment answered, order, stock sold.

Every purchase is five commands, each its own durable transaction, plus the provider's call; 64
shoppers at once on an embedded shop with the test provider.
"""

import asyncio
import time

from bench._measure import arguments, measured_database, say
from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.cart import AddToCart, CreateCart, add_to_cart, create_cart
from kaiwa.orders.checkout import OpenCheckout, UpdateCheckout, open_checkout, update_checkout
from kaiwa.orders.checkout_record import Buyer
from kaiwa.orders.command import Command
from kaiwa.orders.completing import CompleteCheckout
from kaiwa.orders.paying import Paying
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.vocabulary.money import Money

ORDERS = 1_000
AT_ONCE = 64
PRODUCTS = 100
ADDRESS = PostalAddress("山田花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3")

clock = SystemClock()


def furnish(s: Session) -> tuple[int, int, list[int]]:
    now = clock.now()
    shop = create_merchant(s, NewMerchant("Bench"), now).id
    change = next_change(s, shop)
    variants = []
    for n in range(PRODUCTS):
        product = put_product(s, shop, ProductText(f"p{n}", f"Product {n}"), now, change)
        text = VariantText(Money(1100 + n, "JPY"), sku=f"S{n}", weight_g=200)
        variants += put_variants(s, shop, product, [text], now)
        set_stock(s, shop, variants[-1], Level(1_000_000), change)
    add_rate(s, shop, Rate("宅急便", "yamato", amount_minor=550))
    return shop, add_method(s, shop, NewMethod("test", "test_provider")), variants


async def buy(db: Database, paying: Paying, shop: tuple[int, int, list[int]], n: int) -> None:
    merchant_id, method_id, variants = shop

    def by(step: str) -> Command:
        return Command(merchant_id, f"shopper:{n}", "bench", clock.now(), f"{step}-{n}")

    cart = await db.write(lambda s: create_cart(s, by("cart"), CreateCart()))
    wanted = AddToCart(cart.id, variants[n % PRODUCTS], 1 + n % 3)
    await db.write(lambda s: add_to_cart(s, by("add"), wanted))
    opened = await db.write(lambda s: open_checkout(s, by("open"), OpenCheckout(cart.id)))
    buyer = Buyer("山田花子", f"h{n}@example.com")
    said = UpdateCheckout(opened.checkout.id, buyer, ADDRESS, method_id=method_id)
    await db.write(lambda s: update_checkout(s, by("say"), said))
    done = await paying.complete(by("pay"), CompleteCheckout(opened.checkout.id))
    assert done.state == "completed", done


async def shoppers(db: Database) -> tuple[float, float]:
    shop = await db.write(furnish)
    http = AiohttpHttp()
    paying = Paying(db, clock, http, Secrets(b"k" * 32), lambda session, fact: None)
    left = iter(range(ORDERS))

    async def shopper() -> None:
        for n in left:
            await buy(db, paying, shop, n)

    start, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(shopper() for _ in range(AT_ONCE)))
    await http.close()
    took, busy = time.perf_counter() - start, time.process_time() - cpu
    return ORDERS / took, busy / ORDERS * 1e3


async def main() -> None:
    with measured_database(arguments()) as (db, _):
        rate, cpu_ms = await shoppers(db)
        say(f"{db.dialect}_cart_to_order", rate, "orders/s", ">= 200")
        say(f"{db.dialect}_cart_to_order_cpu", cpu_ms, "ms CPU each")


asyncio.run(main())
