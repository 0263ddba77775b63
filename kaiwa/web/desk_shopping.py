"""What can be bought and what was: products and coupons for the composer, a customer's shopping."""

from typing import Annotated, Any, TypedDict

from litestar import Request, get
from litestar.params import QueryParameter

from kaiwa.bot.showing import option_words, stock_words, title_of
from kaiwa.catalog.finder.find import Answer, Shopper, find
from kaiwa.catalog.offer import Offer, offers
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.desk.card import coupon_words
from kaiwa.desk.shopping import desk_command, shopping
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.coupon import coupons_now
from kaiwa.orders.terms import terms
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.web.desk_door import Desk, Id
from kaiwa.web.errors import refusals
from kaiwa.web.shapes import optional
from kaiwa.web.shopping_shapes import (
    OrderShape,
    ShopCartShape,
    WishShape,
    cart_shape,
    order_shape,
    wish_shape,
)

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)


class ProductShape(TypedDict):
    """A variant at its price and stock of now."""

    variant: int
    title: str
    options: str
    sku: str
    price: Money
    stock: str
    in_stock: bool
    image_url: str | None


class ProductsFound(TypedDict):
    """What fits, of how many; `relaxed` is what was let go for it."""

    products: list[ProductShape]
    total: int
    relaxed: list[str]


class CouponShape(TypedDict):
    """A coupon in words; `least` is what must be bought for it."""

    code: str
    worth: str
    least: Money | None
    ends_at: str | None


class GoodCoupons(TypedDict):
    """The coupons that are good now."""

    coupons: list[CouponShape]


class ShoppingShape(TypedDict):
    """What a customer bought, is about to buy and wishes for."""

    orders: list[OrderShape]
    cart: ShopCartShape | None
    wishes: list[WishShape]
    cancel_reasons: list[str]


@get("/products", responses=_READ)
async def find_products(
    request: Asking,
    q: Annotated[str, QueryParameter(max_length=200)],
    limit: Annotated[int, QueryParameter(ge=1, le=50)] = 20,
) -> ProductsFound:
    """Products for the words, best first, each variant that fits at its price and stock of now."""
    desk = await Desk.of(request)
    finder, query = desk.context.finder, q.replace("\0", " ")

    def look(session: Session) -> ProductsFound:
        shop = merchant(session, desk.merchant_id)
        who = Shopper(shop.currency, desk.agent.language)
        # Nobody was shopping: what agents look for teaches the finder nothing.
        answer = find(session, finder.shelf(session, shop.id), query, who, limit)
        now = offers(session, shop.id, [one.variant.id for one in answer.results])
        return _found(answer, now, desk.agent.language)

    return await desk.read(look)


@get("/coupons", responses=refusals(401, 403, 503))
async def good_coupons(request: Asking) -> GoodCoupons:
    """The coupons that are good now."""
    desk = await Desk.of(request)

    def look(session: Session) -> list[CouponShape]:
        currency = merchant(session, desk.merchant_id).currency
        return [
            {
                "code": one.rule.code,
                "worth": coupon_words(one, currency, desk.agent.language),
                "least": Money(one.rule.min_subtotal_minor, currency)
                if one.rule.min_subtotal_minor
                else None,
                "ends_at": optional(one.rule.ends_at),
            }
            for one in coupons_now(session, desk.merchant_id, desk.now)
        ]

    return {"coupons": await desk.read(look)}


@get("/conversations/{conversation_id:int}/shopping", responses=_READ)
async def their_shopping(
    request: Asking,
    conversation_id: Id,
    number: Annotated[str, QueryParameter(max_length=60)] = "",
) -> ShoppingShape:
    """The customer's orders, cart and wishes; with `number` the shop's order of this number."""
    desk = await Desk.of(request)
    wanted = number.replace("\0", "").strip()

    def look(session: Session) -> ShoppingShape:
        conv = conversation_of(session, desk.merchant_id, conversation_id)
        command = desk_command(desk.merchant_id, desk.agent.id, desk.now)
        seen = shopping(session, command, conv.customer_id, wanted)
        return {
            "orders": [order_shape(one, desk.agent.language) for one in seen.orders],
            "cart": None if seen.cart is None else cart_shape(seen.cart),
            "wishes": [wish_shape(one) for one in seen.wishes],
            "cancel_reasons": list(terms(session, desk.merchant_id).cancel_reasons),
        }

    return await desk.read(look)


def _found(answer: Answer, now: dict[int, Offer], language: Language) -> ProductsFound:
    kept = [now[one.variant.id] for one in answer.results if one.variant.id in now]
    return {
        "products": [_product(one, language) for one in kept],
        "total": answer.total,
        "relaxed": list(answer.relaxed),
    }


def _product(one: Offer, language: Language) -> ProductShape:
    images = one.product.images
    price = one.variant.price
    return {
        "variant": one.variant.id,
        "title": title_of(one, language),
        "options": option_words(one, language),
        "sku": one.variant.sku or "",
        "price": price,
        "stock": stock_words(one.free, language),
        "in_stock": one.free > 0,
        "image_url": images[0].url if images else None,
    }


HANDLERS = [find_products, good_coupons, their_shopping]
