"""Handles `tell_order` jobs: what became of an order is said in the shopper's open chat, once.

A receipt when the order is placed, then one card for each state it reaches. Only in our own chat,
where it disturbs nobody and costs nothing; elsewhere notices need a wish for them.
"""

from typing import Final

from kaiwa.bot.showing import option_words, title_of
from kaiwa.catalog.offer import offers
from kaiwa.channels import Ability, channel
from kaiwa.conversations.conversation import Conversation, open_of
from kaiwa.conversations.message import by_dedupe_key
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.absorbed import keeper_ids
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.languages.strings import say as sentence
from kaiwa.orders.hosted_link import order_link
from kaiwa.orders.order import Order, OrderState, order
from kaiwa.orders.progress import STEP_OF, STEPS
from kaiwa.orders.shipment import shipments_of
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import (
    Block,
    OrderStatusBlock,
    Receipt,
    ReceiptLine,
    Reply,
    TextBlock,
)

TOLD: Final[tuple[OrderState, ...]] = (
    "awaiting_payment",
    "processing",
    "partly_shipped",
    "shipped",
    "delivered",
)


class TellingOrders:
    """The bot's word about orders that nobody asked for."""

    def __init__(self, db: Database, clock: Clock, secrets: Secrets, origin: str) -> None:
        self._db = db
        self._clock = clock
        self._secrets = secrets
        self._origin = origin

    async def tell_order(self, job: Job) -> None:
        """Say how the order stands, if that was not said."""
        merchant_id, order_id = map(int, job.payload.split())

        def work(session: Session) -> None:
            self._tell(session, order(session, merchant_id, order_id), merchant_id)
            finish(session, job)

        await self._db.write(work)

    def _tell(self, session: Session, found: Order, merchant_id: int) -> None:
        conv = _chat_of(session, merchant_id, found.customer_id)
        if conv is None or found.state not in TOLD:
            return
        now = self._clock.now()
        said = [one for one in TOLD if by_dedupe_key(session, merchant_id, _key(found, one))]
        if found.state in said:
            return
        language = found.body.language if is_language(found.body.language) else conv.language
        url = order_link(self._secrets, self._origin, (merchant_id, found.id), now)
        blocks = [
            *_words(found, language, first=not said),
            *(() if said else (_receipt(session, merchant_id, found, (language, url)),)),
            _status(session, merchant_id, found, (language, url)),
        ]
        key = _key(found, found.state)
        # With a name of its own: the chat shows it without saying that the bot has taken over.
        out = Outgoing(Reply(tuple(blocks)), "bot", key, client_id=key)
        say(session, conv, out, now)


def _key(found: Order, state: OrderState) -> str:
    return f"order:{found.id}:{state}"


def _chat_of(session: Session, merchant_id: int, customer_id: int | None) -> Conversation | None:
    """The open conversation of who ordered, if it is in a chat of our own."""
    if customer_id is None:
        return None
    for one in keeper_ids(session, merchant_id, customer_id):
        conv = open_of(session, merchant_id, one)
        if conv is not None and Ability.CARRIED_BY_US in channel(conv.channel).abilities:
            return conv
    return None


def _words(found: Order, language: Language, *, first: bool) -> tuple[Block, ...]:
    key = f"aftersale.told_{'placed' if first else 'now'}_{found.state}"
    return (TextBlock(text=sentence(key, language, number=found.number)),)


def _receipt(
    session: Session, merchant_id: int, found: Order, how: tuple[Language, str]
) -> Receipt:
    language, url = how
    ids = [line.variant_id for line in found.lines if line.variant_id is not None]
    now = offers(session, merchant_id, ids)
    lines = []
    for line in found.lines:
        offer = now.get(line.variant_id or 0)
        title = line.title
        if offer is not None:
            title = f"{title_of(offer, language)} {option_words(offer, language)}".strip()
        count = found.left(line.part)
        lines.append(ReceiptLine(title, count, Money(line.unit_minor * count, found.currency)))
    entries = tuple(
        ReceiptLine(
            sentence(f"hosted.total.{one.kind}", language, title=one.title).strip(),
            1,
            Money(one.amount_minor, found.currency),
        )
        for one in found.totals.entries
        if one.kind not in ("subtotal", "total")
    )
    total = Money(found.totals.total_minor, found.currency)
    taxes = _taxes(found, language)
    words = "\n".join(
        [f"{one.title} ×{one.quantity} {one.total.label()}" for one in lines]
        + [f"{one.title} {one.total.label()}" for one in entries]
        + [sentence("buying.total", language, total=total.label()), *taxes]
    )
    return Receipt(
        number=found.number,
        lines=tuple(lines),
        entries=entries,
        total=total,
        taxes=taxes,
        url=url,
        alt_text=words,
        speech=words,
    )


def _taxes(found: Order, language: Language) -> tuple[str, ...]:
    """The tax by rate, as on the order's page."""
    between = "・" if language == "ja" else ", "
    told = []
    for one in found.totals.taxes:
        if not (one.rate_percent and one.net_minor):
            continue
        paid = Money(one.net_minor + one.tax_minor, found.currency).label()
        rate = sentence("hosted.tax.rate", language, rate=one.rate_percent, amount=paid)
        tax = Money(one.tax_minor, found.currency).label()
        told.append(between.join((rate, sentence("hosted.tax.contained", language, amount=tax))))
    return tuple(told)


def _status(
    session: Session, merchant_id: int, found: Order, how: tuple[Language, str]
) -> OrderStatusBlock:
    language, url = how
    parcels = shipments_of(session, merchant_id, found.id)
    last = parcels[-1] if parcels else None
    state = sentence(f"aftersale.state_{found.state}", language)
    state = state[:1].upper() + state[1:]
    words = f"{found.number} {state}"
    return OrderStatusBlock(
        number=found.number,
        status=state,
        steps=tuple(sentence(f"aftersale.step_{one}", language) for one in STEPS),
        step_index=STEP_OF[found.state],
        tracking_number=(last.tracking_number or "") if last else "",
        url=(last.link if last else None) or url,
        alt_text=words,
        speech=words,
    )
