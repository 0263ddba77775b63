"""`/checkout/{key}`: a checkout as plain pages. Every form is answered by going to a page.

What a shopper says on a step is kept on the server when the step is left, so it goes on in any
browser. Looking changes nothing; the browser's back button shows the checkout as it is now.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from kaiwa.engines.db import Session
from kaiwa.orders.address_book import known_addresses
from kaiwa.orders.checkout_record import ENDED
from kaiwa.orders.completing import CompleteCheckout
from kaiwa.orders.hosted_link import order_link
from kaiwa.orders.paying import Paying
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.web.checkout_address import AddressForm, as_typed, completed
from kaiwa.web.checkout_said import (
    address_said,
    again,
    coupon_said,
    delivery_said,
    payment_said,
    quantity_said,
)
from kaiwa.web.checkout_view import seen
from kaiwa.web.checkout_visit import Visit, visit
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask, go
from kaiwa.web.hosted_guard import Guard
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words

# What a page may be asked to tell after a form sent the browser there.
TELLABLE: Final = frozenset(
    """quantity_adjusted out_of_stock item_unavailable coupon_applied coupon_invalid coupon_expired
    coupon_used_up coupon_not_started coupon_minimum coupon_not_for_these coupon_already_used
    changed day way unreadable not_yet""".split()
)
KEPT: Final = ("told", "lang")
AWAY: Final = ("needs_buyer", "needs_auth")
_SAID: Final[Mapping[str, Callable[[Session, Visit], str]]] = {
    "delivery": delivery_said,
    "payment": payment_said,
    "coupon": coupon_said,
    "quantity": quantity_said,
}


class CheckoutPages:
    """Shows a checkout and takes what is said."""

    def __init__(self, context: Context, paper: Paper, guard: Guard, paying: Paying) -> None:
        self._context = context
        self._paper = paper
        self._guard = guard
        self._paying = paying

    async def answer(self, ask: Ask) -> Answer:
        """One call; `NotFound` for what is no page of a checkout."""
        if not 2 <= len(ask.parts) <= 3:
            raise NotFound("There is no such page.")
        now = self._context.clock.now()
        at = await self._context.db.read(lambda s: visit(s, ask, now))
        what = ask.parts[2] if len(ask.parts) == 3 else ""
        if ask.method == "POST":
            self._guard.require_own_form(ask, at.page)
            return await self._act(at, what)
        match what:
            case "":
                return await self._show(at)
            case "pay":
                return self._forward(at)
            case "return":
                return await self._returned(at)
            case _:
                raise NotFound("There is no such page.")

    async def _show(self, at: Visit) -> Answer:
        found = at.checkout
        if found.state == "completed" and found.order_id is not None:
            return self._to_order(at, found.order_id)
        if found.state in ENDED:
            return await self._write_page("checkout_ended", at, status=410)
        if found.state == "completing":
            return await self._write_page("checkout_waiting", at)
        if found.state in AWAY and "step" not in at.ask.query:
            return await self._write_page("checkout_unpaid", at)
        if "step" not in at.ask.query:
            asked: dict[str, str] = {"step": at.step()}
            asked |= {name: at.ask.query[name] for name in KEPT if name in at.ask.query}
            return go(f"{at.path}?{urlencode(asked)}")
        return await self._write_page("checkout", at)

    def _to_order(self, at: Visit, order_id: int) -> Answer:
        order = (at.shop.id, order_id)
        link = order_link(self._context.secrets, "", order, at.now)
        mine = self._guard.bought(at.ask, (at.shop.id, at.checkout.id))
        return go(link, *([self._guard.proof(order)] if mine else []))

    def _forward(self, at: Visit) -> Answer:
        """A form's answer may not lead to another site under our policy: a page of ours does."""
        url = at.checkout.body.pay_url
        if at.checkout.state not in AWAY or not url:
            return go(at.path)
        return self._page("checkout_forward", at, {"pay_url": url})

    async def _returned(self, at: Visit) -> Answer:
        """Back from the payment company: its word counts, not the way the browser took."""
        if at.checkout.state in AWAY:
            await self._paying.look_again(at.command(), at.checkout.id)
        return go(at.path)

    async def _act(self, at: Visit, what: str) -> Answer:
        if what == "again":
            return await self._again(at)
        if at.checkout.state in ENDED or at.checkout.state == "completing":
            return go(at.path)
        try:
            match what:
                case "address":
                    return await self._address(at)
                case "order":
                    return await self._order(at)
                case _ if what in _SAID:
                    return go(await self._context.db.write(lambda s: _SAID[what](s, at)))
                case _:
                    raise NotFound("There is no such form.")
        except Conflict:
            # Somebody was faster, in another window or at the desk: show how it stands now.
            return go(f"{at.path}?told=changed")
        except Invalid:
            return go(f"{at.path}?step={what}&told=unreadable")

    async def _address(self, at: Visit) -> Answer:
        shop_id, customer = at.shop.id, at.checkout.customer_id
        saved = await self._context.db.read(lambda s: known_addresses(s, shop_id, customer))
        form = as_typed(at.ask, at.checkout, saved)
        if at.ask.field("act") == "country":
            return await self._write_page("checkout", at, form=AddressForm(form.values))
        if at.ask.field("act") == "postal" or at.ask.field("town"):
            form = await asyncio.to_thread(completed, form, at.ask.field("town"))
            return await self._write_page("checkout", at, form=form)
        if form.address is None:
            return await self._write_page("checkout", at, form=form, status=422)
        return go(await self._context.db.write(lambda s: address_said(s, at, form)))

    async def _order(self, at: Visit) -> Answer:
        version = at.ask.field("version")
        if not (version.isascii() and version.isdecimal() and len(version) < 10):
            return go(at.path)
        # The review that was read is what is bought: twice the same review is one order.
        key = f"review:{at.checkout.id}:{version}"
        request = CompleteCheckout(at.checkout.id, at.ask.field("instrument")[:200] or None)
        done = await self._paying.complete(at.command(key, int(version)), request)
        bought = self._guard.bought_cookie((at.shop.id, at.checkout.id))
        return go(f"{at.path}/pay" if done.state in AWAY else at.path, bought)

    async def _again(self, at: Visit) -> Answer:
        if at.checkout.state not in ("expired", "canceled"):
            return go(at.path)
        try:
            new = await self._context.db.write(lambda s: again(s, at.command(), at.checkout))
        except Conflict:
            return await self._write_page("checkout_ended", at, told="nothing_to_buy", status=409)
        return go(f"/checkout/{new.key}")

    async def _write_page(
        self,
        name: str,
        at: Visit,
        *,
        form: AddressForm | None = None,
        told: str = "",
        status: int = 200,
    ) -> Answer:
        words = Words(at.shop, at.language)
        step = "address" if form else at.step()
        values = await self._context.db.read(lambda s: seen(s, words, at, step, form))
        asked = at.ask.query.get("told", "")
        values["told"] = told or (asked if asked in TELLABLE else "")
        return self._page(name, at, values, status)

    def _page(self, name: str, at: Visit, values: dict[str, Any], status: int = 200) -> Answer:
        browser, cookies = self._guard.browser(at.ask)
        words = Words(at.shop, at.language)
        given = {
            "path": at.path,
            "chat": at.chat,
            "token": self._guard.token(browser, at.page),
            "told": "",
            **values,
        }
        return Answer(status, self._paper.page(name, words, given), cookies=cookies)
