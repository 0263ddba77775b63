"""`/orders/{signed link}`: where an order stands, and what its buyer may still do about it.

Anybody with the link sees the state, the parcels and the articles. Name, address and telephone,
the invoice, cancelling and sending back need the e-mail address or telephone of the order.
"""

import secrets
from typing import Any, Final

from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit, take
from kaiwa.orders.allowed import allowed
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.invoice import MARK, invoice
from kaiwa.orders.order import Order
from kaiwa.orders.return_request import AskReturn, ask_return, may_be_returned
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask, go
from kaiwa.web.hosted_guard import Guard
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words
from kaiwa.web.order_view import items, seen
from kaiwa.web.order_visit import OrderVisit, is_buyers, order_visit

TELLABLE: Final = frozenset(
    "not_yours too_many changed cancelled return_asked return_refused nothing_chosen".split()
)
PRIVATE: Final = ("cancel", "return", "invoice")
REASONS: Final = ("not_as_expected", "damaged", "wrong_item", "size", "changed_mind", "other")
LONGEST_NOTE: Final = 500
# Five guesses, then one every ten minutes: an address book cannot be tried out.
_GUESSES: Final = Limit(per_s=1 / 600, burst=5)


class OrderPages:
    """Shows an order and takes what its buyer asks for."""

    def __init__(
        self, context: Context, paper: Paper, guard: Guard, announce: AnnounceOrders
    ) -> None:
        self._context = context
        self._paper = paper
        self._guard = guard
        self._announce = announce

    async def answer(self, ask: Ask) -> Answer:
        """One call; `NotFound` for what is no page of an order."""
        if not 2 <= len(ask.parts) <= 3:
            raise NotFound("There is no such page.")
        now, keys = self._context.clock.now(), self._context.secrets
        at = await self._context.db.read(lambda s: order_visit(s, ask, now, keys, self._guard))
        what = ask.parts[2] if len(ask.parts) == 3 else ""
        if ask.method == "POST":
            self._guard.require_own_form(ask, at.page)
            return await self._act(at, what)
        if what in PRIVATE and not at.known:
            return self._page("order_identity", at, {"next": what})
        return await self._look(at, what)

    async def _look(self, at: OrderVisit, what: str) -> Answer:
        words = Words(at.shop, at.language)
        match what:
            case "":
                values = await self._context.db.read(lambda s: seen(s, words, at))
                return self._page("order", at, values)
            case "cancel" if "cancel" in allowed(at.order):
                values = await self._context.db.read(lambda s: seen(s, words, at))
                return self._page("order_cancel", at, values)
            case "return":
                return await self._return_form(at, words)
            case "invoice":
                return await self._invoice(at)
            case "cancel":
                return go(at.path)
            case _:
                raise NotFound("There is no such page.")

    async def _return_form(self, at: OrderVisit, words: Words) -> Answer:
        def look(session: Session) -> dict[str, Any] | None:
            if not may_be_returned(session, at.command(), at.order):
                return None
            return {"items": [one for one in items(session, words, at.order) if one.quantity]}

        values = await self._context.db.read(look)
        if values is None:
            return go(at.path)
        values |= {"reasons": REASONS, "once": secrets.token_urlsafe(12), "order": at.order}
        return self._page("order_return", at, values)

    async def _invoice(self, at: OrderVisit) -> Answer:
        try:
            bill = await self._context.db.read(lambda s: invoice(s, at.shop.id, at.order.id))
        except Conflict:
            return go(at.path)
        if not bill.qualified:
            raise NotFound("This shop writes no invoices.")
        return self._page("order_invoice", at, {"bill": bill, "mark": MARK})

    async def _act(self, at: OrderVisit, what: str) -> Answer:
        if what == "identity":
            return await self._identity(at)
        if not at.known:
            return go(f"{at.path}#who")
        match what:
            case "cancel":
                return await self._cancel(at)
            case "return":
                return await self._return(at)
            case _:
                raise NotFound("There is no such form.")

    async def _identity(self, at: OrderVisit) -> Answer:
        wanted = at.ask.field("next")
        there = f"{at.path}/{wanted}" if wanted in PRIVATE else at.path

        def guess(session: Session) -> bool:
            key = f"order-proof:{at.order.id}"
            return take(session, key, _GUESSES, at.now) == 0.0

        if not await self._context.db.write(guess):
            return go(f"{there}?told=too_many#who")
        if not is_buyers(at.order, at.ask.field("who")):
            return go(f"{there}?told=not_yours#who")
        return go(there, self._guard.proof((at.shop.id, at.order.id)))

    async def _cancel(self, at: OrderVisit) -> Answer:
        seen_version = at.ask.field("version")
        if not (seen_version.isascii() and seen_version.isdecimal() and len(seen_version) < 10):
            return go(f"{at.path}/cancel")
        command = at.command(f"cancel:{at.order.id}:{seen_version}", int(seen_version))
        request = CancelOrder(at.order.id, "shopper")

        def work(session: Session) -> Order:
            return cancel_order(session, command, request, self._announce)

        try:
            await self._context.db.write(work)
        except Conflict:
            # The page showed other values: it shows the new ones, or that it is too late.
            return go(f"{at.path}/cancel?told=changed")
        return go(f"{at.path}?told=cancelled")

    async def _return(self, at: OrderVisit) -> Answer:
        lines = {
            name.removeprefix("take:"): int(value)
            for name, value in at.ask.fields
            if name.startswith("take:") and value.isascii() and value.isdecimal() and value != "0"
            and len(value) < 5
        }  # fmt: skip
        reason, note = at.ask.field("reason"), at.ask.field("note")[:LONGEST_NOTE]
        if not lines or reason not in REASONS:
            return go(f"{at.path}/return?told=nothing_chosen")
        said = f"{reason}: {note}" if note else reason
        command = at.command(f"return:{at.order.id}:{at.ask.field('once')[:40]}")
        request = AskReturn(at.order.id, lines, said)
        try:
            await self._context.db.write(lambda s: ask_return(s, command, request, self._announce))
        except (Conflict, Invalid):
            return go(f"{at.path}?told=return_refused")
        return go(f"{at.path}?told=return_asked")

    def _page(self, name: str, at: OrderVisit, values: dict[str, Any]) -> Answer:
        browser, cookies = self._guard.browser(at.ask)
        asked = at.ask.query.get("told", "")
        given = {
            "path": at.path,
            "chat": at.chat,
            "order": at.order,
            "token": self._guard.token(browser, at.page),
            "told": asked if asked in TELLABLE else "",
            **values,
        }
        page = self._paper.page(name, Words(at.shop, at.language), given)
        return Answer(200, page, cookies=cookies)
