"""The shop as a skill meets it in one turn: what it may ask, and the gate for what it may do."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.known import Known, Tools
from kaiwa.bot.options.offered import Offered
from kaiwa.bot.person import Person
from kaiwa.catalog.finder.find import Answer, find_understood
from kaiwa.catalog.offer import Offer, offers
from kaiwa.catalog.product import Product, products
from kaiwa.catalog.recommendation.recommend import For, Recommendation, Wish
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.variant import variants_of_all
from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.cart import Cart, CreateCart, show_cart
from kaiwa.orders.cart_record import active_cart
from kaiwa.orders.command import Command
from kaiwa.orders.order import Order, order, order_by_number, orders_of
from kaiwa.vocabulary.errors import NotFound

T = TypeVar("T")


class Shop:
    """One turn's view: everything is read in the turn's own transaction, at prices of now."""

    def __init__(
        self, session: Session, merchant: Merchant, tools: Tools, scene: "Scene", gateway: Gateway
    ) -> None:
        self.session = session
        self.merchant = merchant
        self.tools = tools
        self.known: Known = tools.known(session, merchant)
        self.person: Person = scene.person
        self.now: datetime = scene.now
        self.turn_key = scene.turn_key
        self.looked_up: dict[tuple[str, ...], Any] = {}  # what reading this turn has found out
        self._sold: dict[int, Offered | None] = {}
        self.gateway = gateway

    @property
    def today(self) -> date:
        """The day at the merchant's place."""
        return self.now.astimezone(ZoneInfo(self.merchant.timezone)).date()

    def find(self, asked: Understood, limit: int = 10) -> Answer:
        """Products for what was understood, best first; the search is written down."""
        return self.tools.finder.find_understood(self.session, self.merchant.id, asked, limit)

    def peek(self, asked: Understood, limit: int) -> Answer:
        """The same without a trace: to understand, nobody was searching."""
        shelf = self.tools.finder.shelf(self.session, self.merchant.id)
        return find_understood(self.session, shelf, asked, limit)

    def offers(self, variant_ids: Sequence[int]) -> dict[int, Offer]:
        """These variants as they are sold now."""
        return offers(self.session, self.merchant.id, variant_ids)

    def products(self, ids: Sequence[int]) -> list[Product]:
        """Products on sale, in the order asked for."""
        found = products(self.session, self.merchant.id, ids)
        return [one for one in found if one.status == "active"]

    def variants(self, ids: Sequence[int]) -> dict[int, Sequence[Offer]]:
        """By product: its variants as they are sold now."""
        if lacking := [one for one in dict.fromkeys(ids) if one not in self._sold]:
            found = variants_of_all(self.session, self.merchant.id, lacking)
            every = [one for some in found.values() for one in some if not one.retired]
            now = self.offers([one.id for one in every])
            self._sold |= dict.fromkeys(lacking)
            for key, some in found.items():
                self._sold[key] = Offered(now[one.id] for one in some if one.id in now)
        told = ((one, self._sold[one]) for one in sorted(set(ids)))
        return {one: some for one, some in told if some is not None}

    def recommend(self, wish: Wish, products: tuple[int, ...], limit: int) -> list[Recommendation]:
        """What to offer beside these; never what is in the cart, never what is sold out."""
        cart = self.cart
        inside = tuple(one.product_id for one in cart.lines) if cart else ()
        who = For(products, inside, customer_id=self.person.customer_id)
        shelf = self.tools.finder.shelf(self.session, self.merchant.id)
        return self.tools.learning.recommend(self.session, shelf, wish, who, limit)

    @cached_property
    def cart(self) -> Cart | None:
        """The person's cart as it is now; None when there is none."""
        cart_id = active_cart(self.session, self.merchant.id, self.person.customer_id)
        return None if cart_id is None else show_cart(self.session, self.command(), cart_id)

    def cart_id(self) -> int:
        """The person's cart, made when there is none."""
        cart = self.cart
        if cart is not None:
            return cart.id
        made: Cart = self.do(CreateCart(self.person.customer_id))
        return made.id

    def orders(self, limit: int = 10) -> list[Order]:
        """The signed-in person's own orders, newest first; nobody else's, and none unproved."""
        if not self.person.signed_in:
            return []
        who = self.person
        return orders_of(self.session, self.merchant.id, who.customer_id, who.emails, limit)

    def order_if_own(self, number: str, state: Dialogue) -> Order | None:
        """The order with this number, if it is the person's or was proved in this talk."""
        order_id = order_by_number(self.session, self.merchant.id, number)
        if order_id is None:
            return None
        return self.order(order_id, state)

    def order(self, order_id: int, state: Dialogue) -> Order | None:
        """The order, if it is the person's or was proved in this talk."""
        try:
            found = order(self.session, self.merchant.id, order_id)
        except NotFound:
            return None
        return found if self.is_own(found, state) else None

    def is_own(self, found: Order, state: Dialogue) -> bool:
        """Whether this person may hear of the order, and change it."""
        if found.id in state.proved:
            return True
        who = self.person
        if not who.signed_in:
            return False
        by_mail = found.email is not None and found.email.casefold() in who.emails
        return by_mail or found.customer_id in person_ids(
            self.session, self.merchant.id, who.customer_id
        )

    def command(self, key: str | None = None, order: Order | None = None) -> Command:
        """The envelope of this turn's commands: in the name of the person, or of who ordered."""
        who = self.person.customer_id
        if order is not None and order.customer_id is not None:
            who = order.customer_id
        return Command(self.merchant.id, f"customer:{who}", self.person.channel, self.now, key)

    def do(self, write: msgspec.Struct) -> Any:
        """A write that needs no yes and touches no order; once, however often the turn is run."""
        key = f"{self.turn_key}:{len(self.gateway.done)}" if self.turn_key else None
        result = self.gateway.run(self.command(key), write)
        self._written()
        return result

    def do_agreed(self, write: msgspec.Struct, pending_id: str, order: Order | None = None) -> Any:
        """A write the shopper said yes to; the proposal's id makes it happen once."""
        command = self.command(f"pending:{pending_id}", order)
        result = self.gateway.run(command, write, agreed=True, own=order is not None)
        self._written()
        return result

    def _written(self) -> None:
        self.__dict__.pop("cart", None)
        self._sold = {}

    def rehearse(self, write: msgspec.Struct, order: Order, look: Callable[[Any], T]) -> T:
        """What `look` sees of the write's result, without its happening; raises what it would.

        `order` is the person's own.
        """
        return self.gateway.rehearse(self.command(None, order), write, look)


class Scene(msgspec.Struct, frozen=True):
    """Who speaks, when, and under which name the turn's writes are remembered."""

    person: Person
    now: datetime
    turn_key: str = ""
