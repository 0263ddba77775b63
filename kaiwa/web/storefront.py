"""`/shop/{inbox key}/checkout`: from any page of the shop, or any link, to a hosted checkout.

A product page posts a plain form; a link opens a page that asks first, because looking at a
link must hold no stock.
"""

from typing import Final

import msgspec

from kaiwa.catalog.variant import variant_by_sku
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit
from kaiwa.orders import cart as c
from kaiwa.orders.checkout import OpenCheckout, UpdateCheckout, open_checkout, update_checkout
from kaiwa.orders.checkout_record import Buyer, Checkout
from kaiwa.orders.command import Command
from kaiwa.orders.hosted_link import continue_url
from kaiwa.orders.offer import Offer, offers
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound, TooMany
from kaiwa.vocabulary.language import Language
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask, data, go
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words
from kaiwa.web.places import Door, Places
from kaiwa.web.product_page import product_page
from kaiwa.web.throttle import Throttle
from kaiwa.web.visitor import Visitors, require_origin

CHANNEL: Final = "storefront"
MOST_LINES: Final = 50
# From one address, which a carrier's phones share; each begun holds stock.
_BEGUN: Final = Limit(per_s=1, burst=40)


class Line(msgspec.Struct, frozen=True):
    """So many of an article."""

    sku: str
    quantity: int = 1


class Wish(msgspec.Struct, frozen=True):
    """What the shop's page asks for. `token` is the chat's, `identity` the shop's own log-in's."""

    lines: tuple[Line, ...]
    language: str | None = None
    coupon: str | None = None
    token: str | None = None
    identity: str | None = None


class Storefront:
    """Turns a wish into a cart and a checkout, at the prices and stock of now."""

    def __init__(self, context: Context, places: Places, paper: Paper) -> None:
        self._context = context
        self._places = places
        self._paper = paper
        self._visitors = Visitors(context)
        self._throttle = Throttle(_BEGUN)

    async def answer(self, ask: Ask) -> Answer:
        """A product's page; at the checkout's door GET asks whether to begin, POST begins."""
        if len(ask.parts) == 4 and ask.parts[2] == "products" and ask.method == "GET":
            door = await self._places.door(ask.parts[1], "web_chat")
            return await product_page(self._context, self._paper, door, ask)
        if len(ask.parts) != 3 or ask.parts[2] != "checkout":
            raise NotFound("There is no such page.")
        door = await self._places.door(ask.parts[1], "web_chat")
        if ask.method == "GET":
            return await self._asked(door, ask)
        if ask.method != "POST":
            raise NotFound("There is no such call.")
        wait_s = self._throttle.take(ask.client)
        if wait_s > 0:
            raise TooMany("Too many checkouts at once. Wait a moment.", retry_after_s=wait_s)
        require_origin(door, ask.headers.get("origin"), ask.origin)
        wish = _wish(ask)
        customer_id = await self._customer(door, wish)
        language = ask.language(wish.language or "")
        begun, told = await self._context.db.write(
            lambda s: self._begun(s, door, (wish, customer_id, language))
        )
        url = continue_url(ask.origin, begun.key)
        if ask.is_json:
            return data(201, {"continue_url": url, "expires_at": begun.expires_at})
        return go(f"{url}?told={told}" if told else url)

    async def _asked(self, door: Door, ask: Ask) -> Answer:
        wish = _wanted(list(ask.query.items()))
        shop = door.place.merchant

        def look(session: Session) -> list[tuple[Offer, int]]:
            return _offered(session, shop.id, wish.lines)

        found = await self._context.db.read(look)
        words = Words(shop, ask.language(wish.language or ""))
        values = {"lines": found, "wish": wish, "key": door.place.inbox.key, "lang_query": ""}
        return Answer(200, self._paper.page("buy", words, values))

    async def _customer(self, door: Door, wish: Wish) -> int | None:
        if wish.token is None and wish.identity is None:
            return None
        if wish.identity is not None:
            visitor = await self._visitors.enter(door, wish.token, wish.identity)
        else:
            visitor = self._visitors.holder(door, wish.token or "")
        known = await self._context.db.read(visitor.identity)
        return known.customer_id if known else None

    def _begun(
        self, session: Session, door: Door, wanted: tuple[Wish, int | None, Language]
    ) -> tuple[Checkout, str]:
        wish, customer_id, language = wanted
        shop_id = door.place.merchant.id
        principal = f"customer:{customer_id}" if customer_id else "shopper"
        command = Command(shop_id, principal, CHANNEL, self._context.clock.now())
        found = _offered(session, shop_id, wish.lines)
        # A cart of its own: what a customer keeps in the conversation's cart stays there.
        cart = c.create_cart(session, command, c.CreateCart())
        told = ""
        for offer, quantity in found:
            request = c.AddToCart(cart.id, offer.variant_id, quantity)
            notices = c.add_to_cart(session, command, request).notices
            told = next((one.code for one in notices), told)
        if wish.coupon:
            refused = c.set_codes(session, command, c.SetCodes(cart.id, (wish.coupon,))).notices
            told = next((one.code for one in refused if one.code.startswith("coupon")), told)
        shown = open_checkout(session, command, OpenCheckout(cart.id, customer_id))
        buyer = Buyer(language=language)
        said = UpdateCheckout(shown.checkout.id, buyer=buyer)
        return update_checkout(session, command, said).checkout, told


def _offered(
    session: Session, merchant_id: int, lines: tuple[Line, ...]
) -> list[tuple[Offer, int]]:
    """What is sold under these SKUs; `NotFound` names the ones that are not."""
    known = [(variant_by_sku(session, merchant_id, one.sku), one) for one in lines]
    if missing := [one.sku for found, one in known if found is None or found.retired]:
        raise NotFound(
            f"This shop sells nothing under: {', '.join(missing)}.",
            reason="unknown_sku",
            sku=missing,
        )
    now = offers(session, merchant_id, [found.id for found, _ in known if found])
    sold = [(now[found.id], one.quantity) for found, one in known if found]
    if sold and not any(offer.sold for offer, _ in sold):
        raise Conflict("This is not sold any more.", reason="nothing_to_buy")
    return sold


def _wish(ask: Ask) -> Wish:
    if not ask.is_json:
        return _wanted(list(ask.fields))
    try:
        wish = msgspec.json.decode(ask.body, type=Wish)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is not what is asked for: {error}") from None
    return _checked(wish)


def _wanted(fields: list[tuple[str, str]]) -> Wish:
    def first(name: str) -> str | None:
        return next((value for key, value in fields if key == name and value), None)

    skus = [value.strip() for key, value in fields if key == "sku"]
    counts = [value.strip() for key, value in fields if key == "quantity"]
    counts += ["1"] * (len(skus) - len(counts))
    try:
        pairs = [(sku, int(count or "1")) for sku, count in zip(skus, counts, strict=True)]
    except ValueError:
        raise Invalid("Send one whole quantity for each sku.", reason="quantity") from None
    lines = tuple(Line(sku, count) for sku, count in pairs if sku and count)
    return _checked(Wish(lines, *map(first, ("language", "coupon", "token", "identity"))))


def _checked(wish: Wish) -> Wish:
    if not wish.lines:
        raise Invalid("Say what to buy: at least one sku.", reason="no_lines")
    if len(wish.lines) > MOST_LINES:
        raise Invalid(f"At most {MOST_LINES} articles at once.", reason="too_many_lines")
    if any(not 1 <= one.quantity <= c.MOST_OF_ONE for one in wish.lines):
        raise Invalid(f"A quantity is 1 to {c.MOST_OF_ONE}.", reason="quantity")
    if any("\0" in text for text in _texts(wish)):
        raise Invalid("A text has no NUL in it.")
    return wish


def _texts(wish: Wish) -> list[str]:
    return [one.sku for one in wish.lines] + [wish.coupon or ""]
