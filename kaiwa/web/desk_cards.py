"""From the cards an agent chose to the blocks that leave, in the transaction that sends them."""

from collections.abc import Sequence

import msgspec

from kaiwa.bot.showing import Item, cards, option_words, title_of
from kaiwa.catalog.offer import Offer, offers
from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.form import form
from kaiwa.conversations.form_asking import ask_form
from kaiwa.customers.customer import customer
from kaiwa.customers.identity import Identity
from kaiwa.desk.answering import Compose
from kaiwa.desk.card import (
    Card,
    CartCard,
    CheckoutCard,
    CouponCard,
    FormCard,
    OrderCard,
    ProductSeen,
    StickerCard,
    cart_block,
    coupon_block,
    order_block,
)
from kaiwa.desk.shopping import customer_cart, desk_command
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.cart import Cart
from kaiwa.orders.checkout import OpenCheckout, UpdateCheckout, open_checkout, update_checkout
from kaiwa.orders.command import Command
from kaiwa.orders.hosted_link import continue_url, order_link
from kaiwa.orders.order import order
from kaiwa.vocabulary.errors import Conflict, Refused
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, PaymentRequest
from kaiwa.web.desk_door import Desk
from kaiwa.web.form_link import form_link
from kaiwa.web.sticker import sticker_block


def composed(desk: Desk, chosen: Sequence[Card], client_id: str, origin: str) -> Compose:
    """What `answer` calls for the blocks of the cards; `Refused` says why one cannot leave."""

    def compose(session: Session, conv: Conversation, where: Identity) -> list[Block]:
        key = f"card:{conv.id}:{client_id}"
        command = desk_command(desk.merchant_id, desk.agent.id, desk.now, key)
        counter = _Counter(session, desk, command, (conv, where), origin)
        seen = [one for one in chosen if isinstance(one, ProductSeen)]
        blocks = list(counter.products(seen)) if seen else []
        for one in chosen:
            blocks += counter.blocks(one)
        return blocks

    return compose


class _Counter:
    """Where the cards of one message are filled in."""

    def __init__(
        self,
        session: Session,
        desk: Desk,
        command: Command,
        to: tuple[Conversation, Identity],
        origin: str,
    ) -> None:
        self._session = session
        self._desk = desk
        self._shop = merchant(session, desk.merchant_id)
        self._command = command
        self._conv, self._where = to
        self._language: Language = self._conv.language
        self._origin = origin

    def blocks(self, one: Card) -> list[Block]:
        session, shop = self._session, self._shop
        match one:
            case ProductSeen():
                return []
            case CouponCard(code=code):
                to = (self._where, self._language)
                return [coupon_block(session, shop, code, to, self._desk.now)]
            case OrderCard(order=order_id):
                found = order(session, shop.id, order_id)
                ids = (shop.id, found.id)
                url = order_link(self._desk.context.secrets, self._origin, ids, self._desk.now)
                return [order_block(session, shop, found, self._language, url)]
            case CartCard():
                return [self._cart_block(self._cart())]
            case CheckoutCard():
                return self._checkout()
            case FormCard(form=form_id):
                return [self._form(form_id)]
            case StickerCard(sticker=name):
                return [sticker_block(self._origin, name, self._language)]

    def products(self, seen: Sequence[ProductSeen]) -> tuple[Block, ...]:
        now = offers(self._session, self._shop.id, [one.variant for one in seen])
        items = [self._item(one, now.get(one.variant)) for one in seen]
        return cards(items, self._language, self._origin)

    def _item(self, one: ProductSeen, offer: Offer | None) -> Item:
        if offer is None:
            raise Refused("This article is not sold any more.", reason="gone", variant=one.variant)
        price = offer.variant.price
        if price.amount_minor != one.seen_minor:
            was = Money(one.seen_minor, price.currency).label()
            detail = {"variant": one.variant, "was": was, "now": price.label()}
            message = f"The price has changed from {was} to {price.label()}."
            raise Refused(message, reason="price_changed", **detail)
        return Item(offer, (offer,))

    def _form(self, form_id: int) -> Block:
        found = form(self._session, self._shop.id, form_id)
        by = (self._desk.agent.id, self._desk.now)
        asked = ask_form(self._session, self._conv, self._where, found, by)
        url = form_link(self._desk.context.secrets, self._origin, asked)
        return msgspec.structs.replace(asked.form, url=url)

    def _cart(self) -> Cart:
        cart = customer_cart(self._session, self._command, self._conv.customer_id)
        if cart is None or not cart.lines:
            raise Refused("The customer's cart is empty.", reason="empty_cart")
        return cart

    def _cart_block(self, cart: Cart) -> Block:
        now = offers(self._session, self._shop.id, [one.variant_id for one in cart.lines])
        language = self._language
        titles = {
            variant: f"{title_of(one, language)} {option_words(one, language)}".strip()
            for variant, one in now.items()
        }
        return cart_block(cart, titles, language)

    def _checkout(self) -> list[Block]:
        cart = self._cart()
        command = msgspec.structs.replace(self._command, key=None)
        try:
            opened = open_checkout(
                self._session, command, OpenCheckout(cart.id, self._conv.customer_id)
            )
        except Conflict as error:
            raise Refused(error.message, reason="empty_cart") from error
        known = opened.checkout.body.buyer
        person = customer(self._session, self._shop.id, self._conv.customer_id)
        buyer = msgspec.structs.replace(
            known, name=known.name or person.name or "", language=self._language
        )
        told = UpdateCheckout(opened.checkout.id, buyer=buyer)
        shown = update_checkout(self._session, command, told)
        url = continue_url(self._origin, shown.checkout.key)
        total = Money(shown.totals.total_minor, cart.currency)
        title = say("buying.go_on", self._language)
        words = f"{title} {total.label()} {url}"
        request = PaymentRequest(title=title, total=total, url=url, alt_text=words, speech=title)
        return [self._cart_block(cart), request]
