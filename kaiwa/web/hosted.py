"""The hosted pages behind one ASGI app: storefront door, checkout, order, form, points of law.

They need no script, are never kept by a browser or found by a search engine, and tell no other
site where they are: their address is a secret.
"""

import asyncio
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant, ShopSettings, merchant
from kaiwa.orders.checkout_record import checkout_called
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.hosted_link import order_behind
from kaiwa.orders.legal_notice import legal_notice
from kaiwa.orders.paying import Paying
from kaiwa.orders.postal_code import places_for
from kaiwa.vocabulary.errors import KaiwaError, NotFound, TooMany
from kaiwa.web.asgi import Receive, Scope, Send, answer_error, status_of
from kaiwa.web.checkout import CheckoutPages
from kaiwa.web.context import Context
from kaiwa.web.form_page import FormPages
from kaiwa.web.hosted_ask import Answer, Ask, data, read_ask
from kaiwa.web.hosted_guard import Guard
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words
from kaiwa.web.link_page import LinkPages
from kaiwa.web.order_page import OrderPages
from kaiwa.web.places import Places
from kaiwa.web.short_links import ShortLinkPages
from kaiwa.web.storefront import Storefront
from kaiwa.web.throttle import PER_ADDRESS, Throttle
from kaiwa.web.unsubscribe import UnsubscribePages

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:;"
    " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# Whose shop a page that cannot be shown belongs to is not known.
_NOBODY: Final = Merchant(0, "", "", "ja", "JPY", "UTC", ShopSettings())


class Hosted:
    """An ASGI app for all under `/shop/`, `/checkout/`, `/orders/` and the other hosted pages."""

    def __init__(
        self, context: Context, places: Places, paying: Paying, announce: AnnounceOrders
    ) -> None:
        self._context = context
        self._places = places
        self._paper = Paper(context.static)
        guard = Guard(context)
        self._throttle = Throttle(PER_ADDRESS)
        self._storefront = Storefront(context, places, self._paper)
        self._checkout = CheckoutPages(context, self._paper, guard, paying)
        self._orders = OrderPages(context, self._paper, guard, announce)
        self._short = ShortLinkPages(context)
        self._unsubscribe = UnsubscribePages(context, self._paper)
        self._links = LinkPages(context, self._paper, guard)
        self._forms = FormPages(context, self._paper, guard)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call: a page, a way to one, or a page that says why not."""
        try:
            ask = await read_ask(scope, receive, self._context.public_url)
        except KaiwaError as error:
            await answer_error(send, error)
            return
        try:
            wait_s = self._throttle.take(ask.client)
            if wait_s > 0:
                raise TooMany("Too many calls at once. Wait a moment.", retry_after_s=wait_s)
            found = await self._answer(ask)
        except KaiwaError as error:
            found = self._refusal(ask, error)
        await _send(send, found, scope["method"] == "HEAD")

    async def _answer(self, ask: Ask) -> Answer:
        match ask.parts:
            case ["shop", *_]:
                return await self._storefront.answer(ask)
            case ["checkout", key, "places"]:
                return await self._suggested(ask, key)
            case ["checkout" | "orders" | "legal", _, *last] if last == ["legal"] or (
                ask.parts[0] == "legal" and not last
            ):
                return await self._legal(ask)
            case ["checkout", *_]:
                return await self._checkout.answer(ask)
            case ["forms", _]:
                return await self._forms.answer(ask)
            case ["orders", *_]:
                return await self._orders.answer(ask)
            case ["l", *_]:
                return await self._short.answer(ask)
            case ["unsubscribe", *_]:
                return await self._unsubscribe.answer(ask)
            case ["link", *_]:
                return await self._links.answer(ask)
            case _:
                raise NotFound("There is no such page.")

    async def _suggested(self, ask: Ask, key: str) -> Answer:
        await self._context.db.read(lambda s: checkout_called(s, key))
        found = await asyncio.to_thread(places_for, ask.query.get("code", ""))
        return data(200, {"places": found})

    async def _legal(self, ask: Ask) -> Answer:
        shop = await self._shop_of(ask)
        language = ask.language()
        notice = await self._context.db.read(lambda s: legal_notice(s, shop.id, language))
        values = {"notice": notice, "chat": None}
        return Answer(200, self._paper.page("legal", Words(shop, language), values))

    async def _shop_of(self, ask: Ask) -> Merchant:
        kind, key = ask.parts[0], ask.parts[1]
        if kind == "legal":
            return (await self._places.door(key, "web_chat")).place.merchant
        now = self._context.clock.now()

        def look(session: Session) -> Merchant:
            if kind == "orders":
                found = order_behind(self._context.secrets, key, now)[0]
            else:
                found = checkout_called(session, key)[0]
            return merchant(session, found)

        return await self._context.db.read(look)

    def _refusal(self, ask: Ask, error: KaiwaError) -> Answer:
        status = status_of(error)
        wait_s: float | None = getattr(error, "retry_after_s", None)
        if ask.is_json or ask.parts[-1] == "places":
            shape = {"error": error.code, "message": error.message, "detail": error.detail}
            return msgspec.structs.replace(data(status, shape), retry_after_s=wait_s)
        words = Words(_NOBODY, ask.language())
        reason = f"error.{error.detail.get('reason')}"
        key = reason if words.knows(reason) else f"error.{error.code}"
        facts = {"sku": "、".join(error.detail.get("sku", []))}
        said = words.say(key, **facts)
        page = self._paper.page("refused", words, {"said": said, "chat": None})
        return Answer(status, page, retry_after_s=wait_s)


async def _send(send: Send, found: Answer, head: bool) -> None:
    body = found.body.encode()
    headers = {**HEADERS, "content-type": found.kind, "content-length": str(len(body))}
    if found.retry_after_s is not None:
        headers["retry-after"] = str(max(1, round(found.retry_after_s)))
    if found.location is not None:
        headers["location"] = found.location
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    pairs += [(b"set-cookie", cookie.encode()) for cookie in found.cookies]
    await send({"type": "http.response.start", "status": found.status, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if head else body})
