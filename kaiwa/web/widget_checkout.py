"""Buying in the chat: `checkout` and `checkout/…` of `/api/widget/{inbox key}/`.

The verbs are those of the hosted pages, run by the gate of the bot's writes. Whose checkout it is
is told by the visitor's token: another's is not there.
"""

import asyncio
from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec

from kaiwa.bot.gateway import WRITES, Gateway
from kaiwa.channels.web_chat import check_client_id
from kaiwa.customers.absorbed import person_ids
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import take
from kaiwa.orders.checkout import UpdateCheckout, show_checkout
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.command import Command
from kaiwa.orders.completing import CompleteCheckout
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.paying import Paying
from kaiwa.orders.postal_code import places_for
from kaiwa.vocabulary.errors import Invalid, NotFound, TooMany
from kaiwa.web.buying import begin_to_buy
from kaiwa.web.checkout_address import TYPED, read_typed
from kaiwa.web.checkout_asked import (
    Begin,
    LookAgain,
    PlaceOrder,
    TellAddress,
    TellDelivery,
    TellPayment,
    decoded,
)
from kaiwa.web.checkout_panel import PanelView
from kaiwa.web.checkout_said import again
from kaiwa.web.checkout_shape import PanelCheckout
from kaiwa.web.context import Context
from kaiwa.web.hosted_words import Words
from kaiwa.web.shapes import Json
from kaiwa.web.visitor import Visitors
from kaiwa.web.widget_shop import Asked

LARGEST_STEP_BYTES: Final = 16_000
_BEGUN_ANEW: Final = ("expired", "canceled")
_AWAY: Final = ("needs_buyer", "needs_auth")
_FIELDS: Final = frozenset(TellAddress.__struct_fields__)
_Said: TypeAlias = Callable[[Checkout, PanelView], UpdateCheckout]


class WidgetCheckout:
    """Answers the calls about a checkout. Every answer is the whole of it as it is now."""

    def __init__(self, context: Context, announce: AnnounceOrders, paying: Paying) -> None:
        self._context = context
        self._announce = announce
        self._paying = paying
        self._visitors = Visitors(context)

    async def look(self, asked: Asked, query: dict[str, str]) -> PanelCheckout:
        """The checkout with this `id`."""
        number = query.get("id", "")
        if not (number.isascii() and number.isdecimal() and len(number) <= 15):
            raise Invalid("id must be a whole number.")
        return await self._shown(asked, int(number))

    async def places(self, query: dict[str, str]) -> Json:
        """The places of a postal `code`."""
        code = query.get("code", "")
        if len(code) > 20:
            raise Invalid("A postal code has seven digits.")
        return {"places": msgspec.to_builtins(await asyncio.to_thread(places_for, code))}

    async def change(self, what: str, asked: Asked) -> PanelCheckout:
        """A write: `begin`, `address`, `delivery`, `payment`, `order` or `look`."""
        match what:
            case "checkout/begin":
                return await self._begin(asked, decoded(asked.body, Begin))
            case "checkout/address":
                return await self._address(asked, decoded(asked.body, TellAddress))
            case "checkout/delivery":
                return await self._delivery(asked, decoded(asked.body, TellDelivery))
            case "checkout/payment":
                pays = decoded(asked.body, TellPayment)
                by = UpdateCheckout(pays.id, method_id=pays.way, step="payment")
                return await self._told(asked, pays, lambda found, view: by)
            case "checkout/order":
                return await self._order(asked, decoded(asked.body, PlaceOrder))
            case "checkout/look":
                return await self._look_again(asked, decoded(asked.body, LookAgain))
            case _:
                raise NotFound("There is no such call.")

    async def _begin(self, asked: Asked, begin: Begin) -> PanelCheckout:
        check_client_id(begin.key)
        known = await self._visitors.known(asked.visitor)
        command = self._command(known, f"press:{begin.key}")

        def work(session: Session) -> int:
            if begin.after is not None:
                old = _own(session, command, known, begin.after)
                if old.state in _BEGUN_ANEW:
                    by = msgspec.structs.replace(command, key=None, channel=old.channel)
                    return again(session, by, old).id
            gateway = Gateway(session, self._announce, writing=True)
            return begin_to_buy(session, gateway, command, (known, asked.language)).id

        return await self._shown(asked, await self._context.db.write(work))

    async def _address(self, asked: Asked, typed: TellAddress) -> PanelCheckout:
        words = self._words(asked)

        def said(found: Checkout, view: PanelView) -> UpdateCheckout:
            values = {name: str(getattr(typed, name)).strip() for name in TYPED if name in _FIELDS}
            form = read_typed({**dict.fromkeys(TYPED, ""), **values}, found, view.saved(found))
            if form.address is None:
                fields = {name: _sentence(words, name, why) for name, why in form.wrong.items()}
                raise Invalid("Some fields are wrong.", reason="form", fields=fields)
            return UpdateCheckout(found.id, form.buyer, form.address, step="address")

        return await self._told(asked, typed, said)

    async def _delivery(self, asked: Asked, how: TellDelivery) -> PanelCheckout:
        said = UpdateCheckout(
            how.id, rate_id=how.rate, delivery=how.delivery, gift=how.gift, step="delivery"
        )
        return await self._told(asked, how, lambda found, view: said)

    async def _told(
        self, asked: Asked, step: TellAddress | TellDelivery | TellPayment, said: _Said
    ) -> PanelCheckout:
        """One step is said. `Conflict` when the checkout is not the version that was shown."""
        check_client_id(step.key)
        known = await self._visitors.known(asked.visitor)
        command = self._command(known, f"press:{step.key}", step.version)

        def work(session: Session) -> None:
            found = _own(session, command, known, step.id)
            view = PanelView(session, self._words(asked), command, known)
            gateway = Gateway(session, self._announce, writing=True)
            gateway.run(command, said(found, view))

        await self._context.db.write(work)
        return await self._shown(asked, step.id)

    async def _order(self, asked: Asked, place: PlaceOrder) -> PanelCheckout:
        known = await self._visitors.known(asked.visitor)
        plain = self._command(known)

        def spared(session: Session) -> Checkout:
            found = _own(session, plain, known, place.id)
            wait_s = take(session, f"bot:{plain.principal}", WRITES, plain.at)
            if wait_s > 0:
                raise TooMany("Too many changes at once. Wait a moment.", retry_after_s=wait_s)
            return found

        found = await self._context.db.write(spared)
        # The review that was read is what is bought, here or on its page: twice it is one order.
        review = msgspec.structs.replace(
            plain,
            principal=f"customer:{found.customer_id}",
            channel=found.channel,
            key=f"review:{found.id}:{place.version}",
            expected_version=place.version,
        )
        await self._paying.complete(review, CompleteCheckout(found.id, place.instrument or None))
        return await self._shown(asked, found.id)

    async def _look_again(self, asked: Asked, which: LookAgain) -> PanelCheckout:
        known = await self._visitors.known(asked.visitor)
        command = self._command(known)
        found = await self._context.db.read(lambda s: _own(s, command, known, which.id))
        if found.state in _AWAY:
            await self._paying.look_again(command, found.id)
        return await self._shown(asked, found.id)

    async def _shown(self, asked: Asked, checkout_id: int) -> PanelCheckout:
        words, now = self._words(asked), self._context.clock.now()
        where = (self._context.secrets, asked.origin, asked.visitor.door.place.inbox.key)

        def look(session: Session) -> PanelCheckout:
            known = asked.visitor.identity(session)
            if known is None:
                raise NotFound("There is no such checkout.")
            command = Command(known.merchant_id, f"customer:{known.customer_id}", "", now)
            found = _own(session, command, known, checkout_id)
            return PanelView(session, words, command, known).shown(found, where)

        return await self._context.db.read(look)

    def _words(self, asked: Asked) -> Words:
        return Words(asked.visitor.door.place.merchant, asked.language)

    def _command(
        self, known: Identity, key: str | None = None, version: int | None = None
    ) -> Command:
        who, now = f"customer:{known.customer_id}", self._context.clock.now()
        return Command(known.merchant_id, who, known.channel, now, key, version)


def _own(session: Session, command: Command, known: Identity, checkout_id: int) -> Checkout:
    """The shopper's own checkout; `NotFound` when it is another's."""
    found = show_checkout(session, command, checkout_id)
    whose = person_ids(session, known.merchant_id, known.customer_id)
    if found.customer_id is None or found.customer_id not in whose:
        raise NotFound("There is no such checkout.")
    return found


def _sentence(words: Words, field: str, why: str) -> str:
    key = f"wrong.{why}.{field}"
    return words.say(key if words.knows(key) else "told.unreadable")
