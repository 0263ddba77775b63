"""What fills the blanks of a saved reply: facts of the customer and of their newest order."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kaiwa.carriers import carrier
from kaiwa.conversations.conversation import conversation
from kaiwa.customers.customer import customer
from kaiwa.desk.shopping import own_orders
from kaiwa.engines.db import Session
from kaiwa.languages.dates import day_words, when_words
from kaiwa.languages.strings import say
from kaiwa.merchants.agent import agent
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.order import Order
from kaiwa.orders.shipment import shipments_of
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money


def reply_facts(session: Session, merchant_id: int, ids: tuple[int, int]) -> dict[str, str]:
    """The facts for conversation `ids[0]` and agent `ids[1]`, in the customer's language.

    What no record says is left out. `NotFound`.
    """
    conv = conversation(session, merchant_id, ids[0])
    shop = merchant(session, merchant_id)
    facts = {
        "customer.name": customer(session, merchant_id, conv.customer_id).name or "",
        "shop.name": shop.name,
        "agent.name": agent(session, merchant_id, ids[1]).name,
    }
    if orders := own_orders(session, merchant_id, conv.customer_id):
        facts |= _of_order(session, shop, orders[0], conv.language)
    return {name: value for name, value in facts.items() if value}


def _of_order(session: Session, shop: Merchant, found: Order, language: Language) -> dict[str, str]:
    wish = found.body.delivery
    facts = {
        "order.number": found.number,
        "order.date": local_day(shop, found.placed_at, language),
        "order.total": Money(found.totals.total_minor, found.currency).label(),
        "order.state": say(f"aftersale.state_{found.state}", language),
        "order.delivery": when_words(wish.day, wish.slot, language),
    }
    if parcels := shipments_of(session, shop.id, found.id):
        last = parcels[-1]
        facts["parcel.carrier"] = "" if last.carrier == "generic" else carrier(last.carrier).name
        facts["parcel.number"] = last.tracking_number or ""
        facts["parcel.link"] = last.link or ""
    return facts


def local_day(shop: Merchant, at: datetime, language: Language) -> str:
    """The day at the merchant's place: 11月20日（金）, Fri 20 Nov."""
    return day_words(at.astimezone(ZoneInfo(shop.timezone)).date(), language)
