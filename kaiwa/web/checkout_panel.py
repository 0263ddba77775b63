"""Reads a checkout for the chat's panel: the values of the hosted pages, in one answer."""

from typing import Final

from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.address import PREFECTURES, PostalAddress
from kaiwa.orders.address_book import known_addresses
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.command import Command
from kaiwa.orders.hosted_link import continue_url, order_link
from kaiwa.orders.order import order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.payment_method import Method, methods
from kaiwa.orders.quoting import options_of
from kaiwa.orders.terms import Terms, terms
from kaiwa.payments import Ability, provider
from kaiwa.vocabulary.money import Money
from kaiwa.web.checkout_address import as_filled
from kaiwa.web.checkout_shape import (
    AddressStep,
    DeliveryStep,
    KnownAddress,
    PanelCheckout,
    PanelLine,
    PaymentStep,
    Placed,
    Rated,
    Sending,
    Sum,
    WayToPay,
    Wrapping,
)
from kaiwa.web.checkout_view import (
    ShownLine,
    countries_sent_to,
    notices_told,
    shown_lines,
    total_rows,
    way_chosen,
)
from kaiwa.web.checkout_visit import first_unfinished
from kaiwa.web.hosted_words import Words
from kaiwa.web.order_view import due_of
from kaiwa.web.payment_ways import Way, kind_of, ways_of

# What ends within our own pages; all other ways to pay lead to a page of the payment company.
_STAYS: Final = frozenset(
    {Ability.AT_THE_DOOR, Ability.BY_HAND, Ability.FOR_TESTS, Ability.KEPT_HERE}
)
_OUTCOMES: Final = (
    ("", "paid"),
    ("escalate_token", "away"),
    ("auth_token", "auth"),
    ("fail_token", "declined"),
)


class PanelView:
    """One shopper's checkout in their words."""

    def __init__(self, session: Session, words: Words, command: Command, known: Identity) -> None:
        self._session = session
        self._words = words
        self._command = command
        self._known = known

    def shown(self, found: Checkout, where: tuple[Secrets, str, str]) -> PanelCheckout:
        """All there is to show; `where` is our secrets and address, and the chat's key."""
        secrets, origin, inbox = where
        session, words = self._session, self._words
        rules, totals = terms(session, words.shop.id), found.totals
        language = words.language
        return PanelCheckout(
            id=found.id,
            version=found.version,
            state=found.state,
            step=first_unfinished(found),
            lines=tuple(self._line(one) for one in shown_lines(session, words, found)),
            sums=tuple(
                Sum(r.label, self._money(r.amount_minor)) for r in total_rows(words, totals)
            ),
            total=self._money(totals.total_minor),
            taxes=taxes_told(words, found),
            notices=tuple(notices_told(words, found)),
            address=self._address(found),
            delivery=self._delivery(found, rules),
            payment=self._payment(found),
            points=self._points(found, rules),
            legal_url=f"{origin}/legal/{inbox}?lang={language}",
            page_url=f"{continue_url(origin, found.key)}?lang={language}",
            pay_url=found.body.pay_url if found.state in ("needs_buyer", "needs_auth") else None,
            until=words.last_day(found.expires_at),
            order=self._placed(found, secrets, origin),
        )

    def saved(self, found: Checkout) -> list[PostalAddress]:
        """Where things were sent before; nobody reads them whose address is merely claimed."""
        if not self._known.permits("carry"):
            return []
        return known_addresses(self._session, self._words.shop.id, found.customer_id)

    def _money(self, amount_minor: int) -> Money:
        return Money(amount_minor, self._words.shop.currency)

    def _line(self, one: ShownLine) -> PanelLine:
        return PanelLine(
            one.variant_id,
            one.title,
            one.quantity,
            self._money(one.amount_minor),
            None if one.was_minor is None else self._money(one.was_minor),
            one.reduced,
            one.picture or None,
            one.changes,
        )

    def _address(self, found: Checkout) -> AddressStep:
        words, countries = self._words, countries_sent_to(self._session, self._words.shop.id)
        saved = self.saved(found)
        values = as_filled(found, countries[0]).values
        if "address" not in found.body.steps and not self._known.permits("carry"):
            values = dict.fromkeys(values, "") | {"country": countries[0]}
        return AddressStep(
            values,
            tuple(KnownAddress(one.name, one.one_line()) for one in saved),
            tuple(
                (one, words.say(f"country.{one}") if words.knows(f"country.{one}") else one)
                for one in countries
            ),
            PREFECTURES,
        )

    def _delivery(self, found: Checkout, rules: Terms) -> DeliveryStep:
        words, said = self._words, found.body
        options = tuple(
            Sending(
                one.rate_id,
                one.title,
                self._money(one.amount_minor),
                one.first_day,
                one.last_day,
                tuple((slot, words.slot(slot)) for slot in one.slots),
            )
            for one in options_of(self._session, self._command, found)
        )
        chosen = next((one for one in options if one.rate == said.rate_id), None)
        when = words.when(said.delivery.day, said.delivery.slot)
        wraps = tuple(
            Wrapping(
                one.code,
                one.titles.get(words.language) or one.titles.get(words.shop.language) or one.code,
                self._money(one.amount_minor),
            )
            for one in rules.wraps
        )
        line = " ".join(
            filter(None, (when or words.say("delivery.soonest"), chosen.title if chosen else ""))
        )
        return DeliveryStep(
            options,
            said.rate_id,
            said.delivery.day,
            said.delivery.slot,
            line,
            wraps,
            said.gift.wrap,
            said.gift.message,
        )

    def _payment(self, found: Checkout) -> PaymentStep:
        known = {one.id: one for one in methods(self._session, self._words.shop.id)}
        ways = tuple(
            self._way(one, known[one.id]) for one in ways_of(self._session, self._words, found)
        )
        tests = any(kind_of(one) == "test" for one in known.values())
        outcomes = tuple((code, self._words.say(f"test.{name}")) for code, name in _OUTCOMES)
        return PaymentStep(ways, found.body.method_id, outcomes if tests else ())

    def _way(self, one: Way, method: Method) -> WayToPay:
        fee = self._money(one.fee_minor) if one.fee_minor else None
        leaves = not _STAYS & provider(method.provider).abilities
        return WayToPay(one.id, one.kind, one.title, one.note, fee, one.refused, leaves)

    def _points(self, found: Checkout, rules: Terms) -> tuple[str, ...]:
        """When it is paid, until when it can be taken back, and what can be sent back."""
        words, way = self._words, way_chosen(self._session, self._words, found)
        days = rules.return_days
        time = f"way.{way.kind}.time" if way else ""
        return tuple(
            filter(
                None,
                (
                    words.say(time) if time and words.knows(time) else "",
                    words.say("review.cancel"),
                    words.say("review.return", days=days)
                    if days
                    else words.say("review.no_return"),
                ),
            )
        )

    def _placed(self, found: Checkout, secrets: Secrets, origin: str) -> Placed | None:
        if found.order_id is None:
            return None
        session, words, shop_id = self._session, self._words, self._words.shop.id
        made = order(session, shop_id, found.order_id)
        due = due_of(session, words, made, payments_of(session, shop_id, made.id))
        told = words.say("order.please_pay" if due else "order.no_promise")
        when = words.when(made.body.delivery.day, made.body.delivery.slot)
        if when and due is None:
            told = words.say("order.promise", when=when)
        url = order_link(secrets, origin, (shop_id, made.id), self._command.at)
        return Placed(
            made.number,
            told,
            due.rows if due else (),
            due.link if due else None,
            due.until if due else "",
            url,
        )


def taxes_told(words: Words, found: Checkout) -> tuple[Rated, ...]:
    """The tax by rate, as the law on invoices wants it shown."""
    return tuple(
        Rated(
            " ".join(
                filter(
                    None,
                    (
                        words.say(
                            "tax.rate",
                            rate=one.rate_percent,
                            amount=words.money(one.net_minor + one.tax_minor),
                        ),
                        words.say("tax.reduced_mark") if one.tax_class == "reduced" else "",
                    ),
                )
            ),
            words.say("tax.contained", amount=words.money(one.tax_minor)),
        )
        for one in found.totals.taxes
        if one.rate_percent and one.net_minor
    )
