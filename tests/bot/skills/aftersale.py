"""A shop with orders to talk about: the bot on the test's own database."""

from pathlib import Path

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.hearing import Heard
from kaiwa.bot.known import open_tools
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene
from kaiwa.bot.shop import Shop as Seen
from kaiwa.bot.turn import Answer, turn_of
from kaiwa.catalog.finder.finder import Finder
from kaiwa.customers.customer import new_customer
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.order import Order
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import visible
from tests.bot.thinking import thought
from tests.orders.shop import Shop
from tests.orders.till import Till
from tests.orders.wallets import Wallet

TRACKING = "412345678901"


class AfterSale:
    """One shop, its till, and the bot's tools."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.db = database
        self.shop = Shop(database)
        self.till = Till(self.shop)
        finder = Finder(database, None, self.till.clock)
        self.tools = open_tools(database, finder, self.till.clock, folder, "https://shop.example")

    def bought(self, *skus: str, method: str = "card", **said) -> Order:
        """An order of one each, by hanako@example.com, 0312345678."""
        wanted = [(self.shop.article(sku), 1) for sku in skus]
        return self.till.bought(*wanted, method=method, **said)

    def sent(self, order: Order, *, arrived: bool = False) -> None:
        """Hand it to Sagawa, and let it arrive."""
        command = self.shop.command()
        announce = self.till.announce
        shipped = ShipOrder(order.id, "generic", TRACKING)
        parcel = self.db.write_now(lambda s: ship_order(s, command, shipped, announce))
        if arrived:
            news = ParcelNews(parcel.id, "delivered", self.shop.now)
            self.db.write_now(lambda s: record_news(s, command, news, announce))

    def order(self, order: Order) -> Order:
        """As it is now."""
        return self.till.order(order.id)

    def guest(self, language: Language = "ja") -> "Talk":
        """Somebody who is not signed in."""
        number = self.db.write_now(lambda s: new_customer(s, self.shop.merchant_id, self.shop.now))
        return Talk(self, Person(number, "web_chat"), language)

    def member(
        self, email: str = "hanako@example.com", *, customer_id: int | None = None
    ) -> "Talk":
        """Somebody signed in."""
        number = customer_id or self.shop.customer()
        return Talk(self, Person(number, "web_chat", "花子", (email,), signed_in=True), "ja")


class Talk:
    """One conversation."""

    def __init__(self, place: AfterSale, who: Person, language: Language) -> None:
        self.place, self.who = place, who
        self.language: Language = language
        self.state = Dialogue()

    def say(self, text: str) -> Answer:
        """What the bot answers."""
        place = self.place
        turn = turn_of(Text(text), self.language, self.state)

        def work(session: Session, writing: bool, heard: Heard | None) -> Answer:
            gateway = Gateway(session, place.till.announce, writing=writing)
            shop = merchant(session, place.shop.merchant_id)
            scene = Scene(self.who, place.shop.now)
            return respond(turn, Seen(session, shop, place.tools, scene, gateway), heard)

        answer = thought(place.db, work)
        self.state = answer.state
        return answer

    def reads(self, text: str) -> str:
        """All that the shopper reads."""
        return "\n".join(visible(self.say(text).reply.blocks))


def wallet(place: AfterSale) -> Wallet:
    """A customer with saved ways to pay."""
    return Wallet(place.till)
