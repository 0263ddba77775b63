"""What the chat sells: `product`, `cart`, `cart/…` and `wishes` of `/api/widget/{inbox key}/`.

A press on a card or in the cart does what the bot would do, by the bot's own gate.
"""

from collections.abc import Callable
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec

from kaiwa.bot.gateway import Gateway
from kaiwa.channels.web_chat import check_client_id
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.orders.cart import AddToCart, Cart, ChangeLine, CreateCart, SetCodes, show_cart
from kaiwa.orders.cart_record import active_cart
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.hosted_link import continue_url
from kaiwa.orders.wishlist import AddWish, RemoveWish, wishlist
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.web.buying import begin_to_buy
from kaiwa.web.cart_shape import EMPTY, cart_shape
from kaiwa.web.context import Context
from kaiwa.web.product_choice import Looking, product_choice
from kaiwa.web.put_in import said_put_in
from kaiwa.web.shapes import Json
from kaiwa.web.visitor import Visitor, Visitors

T = TypeVar("T", bound=msgspec.Struct)
Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Code: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]

LONGEST_HANDLE: Final = 300


class PutIn(msgspec.Struct, frozen=True):
    """Put so many of a variant in; `key` is made by the browser, one for each press."""

    key: str
    variant: Id
    quantity: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1


class Change(msgspec.Struct, frozen=True):
    """Have exactly so many of it; 0 takes it out."""

    key: str
    variant: Id
    quantity: Annotated[int, msgspec.Meta(ge=0, le=999)]


class Codes(msgspec.Struct, frozen=True):
    """Have exactly these coupons."""

    key: str
    codes: Annotated[tuple[Code, ...], msgspec.Meta(max_length=5)]


class Wish(msgspec.Struct, frozen=True):
    """Keep a variant for later, or no longer."""

    key: str
    variant: Id
    wished: bool


class Buy(msgspec.Struct, frozen=True):
    """Go on to the page where the cart is paid."""

    key: str


class Asked(msgspec.Struct, frozen=True):
    """One call: whose, in which language, and what was sent. `origin` is our own address."""

    visitor: Visitor
    language: Language
    body: bytes
    origin: str


class WidgetShop:
    """Answers the calls about products, cart and wishes."""

    def __init__(self, context: Context, announce: AnnounceOrders) -> None:
        self._context = context
        self._announce = announce
        self._visitors = Visitors(context)

    def language(self, visitor: Visitor, query: dict[str, str]) -> Language:
        """The language asked for, else the shop's."""
        asked = query.get("lang")
        return asked if is_language(asked) else visitor.door.place.merchant.language

    async def product(self, visitor: Visitor, query: dict[str, str]) -> Json:
        """The product with this `id` or `handle`."""
        name = _name(query)
        language, shop = self.language(visitor, query), visitor.door.place.merchant

        def look(session: Session) -> Json:
            known = visitor.identity(session)
            looking = Looking(language, known.customer_id if known else None)
            return product_choice(session, shop.id, name, looking)

        return await self._context.db.read(look)

    async def cart(self, visitor: Visitor, query: dict[str, str]) -> Json:
        """The cart as it is now, empty before there is any, and what is kept for later."""
        language = self.language(visitor, query)

        def look(session: Session) -> Json:
            known = visitor.identity(session)
            if known is None:
                return {**EMPTY, "wishes": []}
            kept = wishlist(session, known.merchant_id, known.customer_id).wishes
            wishes = [one.offer.variant_id for one in kept]
            return {**self._shown(session, known, language), "wishes": wishes}

        return await self._context.db.read(look)

    async def change(self, what: str, asked: Asked) -> Json:
        """A write: `put`, `change`, `codes`, `buy` or `wish`."""
        match what:
            case "cart/put":
                put = _decoded(asked.body, PutIn)
                return await self._write(asked, put.key, lambda t: t.put_in(put))
            case "cart/change":
                change = _decoded(asked.body, Change)
                return await self._write(asked, change.key, lambda t: t.change(change))
            case "cart/codes":
                codes = _decoded(asked.body, Codes)
                return await self._write(asked, codes.key, lambda t: t.codes(codes))
            case "cart/buy":
                buy = _decoded(asked.body, Buy)
                return await self._write(asked, buy.key, lambda t: t.buy(asked.origin))
            case "wishes":
                wish = _decoded(asked.body, Wish)
                return await self._write(asked, wish.key, lambda t: t.wish(wish))
            case _:
                raise NotFound("There is no such call.")

    async def _write(self, asked: Asked, key: str, act: "Callable[[_Till], Json]") -> Json:
        check_client_id(key)
        known = await self._visitors.known(asked.visitor)

        def work(session: Session) -> Json:
            gateway = Gateway(session, self._announce, writing=True)
            return act(_Till(session, gateway, (known, asked.language), self._command(known, key)))

        return await self._context.db.write(work)

    def _command(self, known: Identity, key: str) -> Command:
        now = self._context.clock.now()
        who = f"customer:{known.customer_id}"
        return Command(known.merchant_id, who, known.channel, now, f"press:{key}")

    def _shown(self, session: Session, known: Identity, language: Language) -> Json:
        cart_id = active_cart(session, known.merchant_id, known.customer_id)
        if cart_id is None:
            return EMPTY
        cart = show_cart(session, self._command(known, "look"), cart_id)
        return cart_shape(session, known.merchant_id, cart, language)


class _Till:
    """One shopper's writes in one transaction."""

    def __init__(
        self,
        session: Session,
        gateway: Gateway,
        who: tuple[Identity, Language],
        command: Command,
    ) -> None:
        self._session = session
        self._gateway = gateway
        self._known, self._language = who
        self._command = command

    def put_in(self, wanted: PutIn) -> Json:
        """Put it in and say so in the thread."""
        request = AddToCart(self._cart_id(), wanted.variant, wanted.quantity)
        cart: Cart = self._gateway.run(self._command, request)
        said_put_in(self._session, self._command, (self._known, self._language), cart, request)
        return self._shown(cart)

    def change(self, wanted: Change) -> Json:
        """Another quantity."""
        request = ChangeLine(self._cart_id(), wanted.variant, wanted.quantity)
        return self._shown(self._gateway.run(self._command, request))

    def codes(self, wanted: Codes) -> Json:
        """Other coupons; why one does not work is in the notices."""
        request = SetCodes(self._cart_id(), wanted.codes)
        return self._shown(self._gateway.run(self._command, request))

    def wish(self, wanted: Wish) -> Json:
        """Keep it for later, or no longer."""
        verb = AddWish if wanted.wished else RemoveWish
        self._gateway.run(self._command, verb(self._known.customer_id, wanted.variant))
        return {"variant": wanted.variant, "wished": wanted.wished}

    def buy(self, origin: str) -> Json:
        """Where the cart is paid. `Conflict` when nothing of it can be bought."""
        who = (self._known, self._language)
        found = begin_to_buy(self._session, self._gateway, self._command, who)
        return {"continue_url": continue_url(origin, found.key)}

    def _cart_id(self) -> int:
        where = (self._session, self._known.merchant_id, self._known.customer_id)
        found = active_cart(*where)
        if found is not None:
            return found
        made: Cart = self._gateway.run(self._command, CreateCart(self._known.customer_id))
        return made.id

    def _shown(self, changed: Cart) -> Json:
        """The cart as it is now, with what this change could not do as it was asked.

        A press that is repeated gets the answer of the first one, which may be an old cart.
        """
        now = show_cart(self._session, self._command, changed.id)
        told = msgspec.structs.replace(now, notices=changed.notices)
        return cart_shape(self._session, self._known.merchant_id, told, self._language)


def _name(query: dict[str, str]) -> str | int:
    number, handle = query.get("id", ""), query.get("handle", "")
    if number:
        if not (number.isascii() and number.isdecimal() and len(number) <= 15):
            raise Invalid("id must be a whole number.")
        return int(number)
    if not handle or len(handle) > LONGEST_HANDLE or "\0" in handle:
        raise Invalid("Say which product: id or handle.")
    return handle


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        found = msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The body cannot be read: {error}") from error
    if isinstance(found, Codes) and any("\0" in code for code in found.codes):
        raise Invalid("A code has no NUL in it.")
    return found
