"""A till in a desk's shop: articles, carts and orders of the customers who write."""

import asyncio

from kaiwa.conversations.conversation import Conversation
from kaiwa.orders.order import Order
from tests.orders.shop import Shop as Articles
from tests.orders.till import Till
from tests.web.desk.world import Shop


class Trade:
    """Sells in the shop of the agents."""

    def __init__(self, shop: Shop) -> None:
        articles = Articles.__new__(Articles)
        articles.db, articles.merchant_id = shop.db, shop.id
        articles.currency, articles.included = "JPY", True
        articles.now = shop.clock.now()
        self.articles = articles
        self.till = Till(articles)
        self.clock = shop.clock

    def article(self, sku: str, amount_minor: int = 1100, stock: int = 100) -> int:
        return self.articles.article(sku, amount_minor, stock)

    def cart(self, conv: Conversation, *wanted: tuple[int, int]) -> int:
        return self.till.cart(*wanted, customer_id=conv.customer_id).id

    async def bought(
        self, conv: Conversation, *wanted: tuple[int, int], method: str = "card"
    ) -> Order:
        """An order of the customer; paid, when the method pays at once."""

        def buy() -> Order:
            ready = self.till.ready(self.cart(conv, *wanted), method)
            return self.till.order(self.till.complete(ready.checkout.id).order_id)

        return await asyncio.to_thread(buy)
