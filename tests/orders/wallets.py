"""A customer with gift cards and saved ways to pay, at a `Till`."""

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.orders.gift_card import GiftCard, IssueGiftCard, entries, gift_card, issue_gift_card
from kaiwa.orders.order import Order
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.saved_method import SavedMethod, SaveMethod, save_method
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from kaiwa.vocabulary.money import Money
from tests.orders.till import Till


class Wallet:
    """One customer of the till's shop."""

    def __init__(self, till: Till, name: str = "Hanako") -> None:
        self.till = till
        self.m = till.shop.merchant_id
        self.customer_id = till.shop.customer(name)
        self.gift_method = till.db.write_now(
            lambda s: add_method(s, self.m, NewMethod("gift", "gift_card"))
        )
        till.methods["gift"] = self.gift_method

    def do(self, verb, request, **given):
        command = self.till.shop.command(**given)
        return self.till.db.write_now(lambda s: verb(s, command, request, self.till.announce))

    def issue(self, amount_minor: int, **said) -> GiftCard:
        request = IssueGiftCard(Money(amount_minor, "JPY"), self.customer_id, **said)
        command = self.till.shop.command()
        return self.till.db.write_now(lambda s: issue_gift_card(s, command, request))

    def save(self, card: GiftCard | None = None, instrument: str = "tok") -> SavedMethod:
        request = (
            SaveMethod(self.customer_id, self.gift_method, "Gift", gift_card_id=card.id)
            if card
            else SaveMethod(self.customer_id, self.till.methods["card"], "Visa", instrument)
        )
        command = self.till.shop.command()
        return self.till.db.write_now(lambda s: save_method(s, command, request))

    def left(self, card: GiftCard) -> int:
        """The balance, which is what moved."""
        found = self.till.db.read_now(lambda s: gift_card(s, self.m, card.id)).balance.amount_minor
        moved = self.till.db.read_now(lambda s: entries(s, self.m, card.id))
        assert sum(one.amount_minor for one in moved) == found
        return found

    def shirt(self, prices: dict[str, int], stock: int = 5) -> dict[str, int]:
        """A product with a variant for each size; their ids."""
        shop = self.till.shop

        def work(s) -> dict[str, int]:
            change = next_change(s, self.m)
            product_id = put_product(s, self.m, ProductText("shirt", "Shirt"), shop.now, change)
            told = [
                VariantText(Money(price, "JPY"), sku=f"S-{size}", options={"size": size})
                for size, price in prices.items()
            ]
            ids = put_variants(s, self.m, product_id, told, shop.now)
            for one in ids:
                set_stock(s, self.m, one, Level(stock), change)
            return dict(zip(prices, ids, strict=True))

        return self.till.db.write_now(work)

    def buys(self, *wanted: tuple[int, int], method: str = "card", **said) -> Order:
        """An order of this customer's."""
        cart = self.till.cart(*wanted, customer_id=self.customer_id)
        ready = self.till.ready(cart.id, method, **said)
        return self.till.order(self.till.complete(ready.checkout.id).order_id)

    def arrives(self, bought: Order) -> None:
        parcel = self.do(ship_order, ShipOrder(bought.id, "sagawa"))
        self.do(record_news, ParcelNews(parcel.id, "delivered", self.till.shop.now))
