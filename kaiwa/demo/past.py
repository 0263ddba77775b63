"""What the example shop has sold in half a year: made up from a seed, dated back from now.

The same seed and moment give the same orders. What belongs together was bought together, so that
recommendations have something to learn.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.catalog.product import changed_products
from kaiwa.catalog.variant import variants_of_all
from kaiwa.demo.people import PEOPLE, Person, address_of
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.command import Command
from kaiwa.orders.fact import OrdersFact
from kaiwa.orders.import_orders import ToldLine, ToldOrder, take_order
from kaiwa.orders.order import order, order_by_number
from kaiwa.orders.return_request import AskReturn, DecideReturn, ReturnState, ask_return
from kaiwa.orders.return_request import decide_return as decide

SEED: Final = 20
ORDERS: Final = 144
HALF_A_YEAR: Final = timedelta(days=182)
FIRST_NUMBER: Final = 1_001
CARRIERS: Final = ("yamato", "sagawa", "japan_post")

# Weight, then handles that are bought together.
_BASKETS: Final = (
    (9, "kettle dripper coffee-beans"),
    (8, "dripper coffee-beans"),
    (5, "dripper kitchen-scale coffee-beans"),
    (8, "teapot sencha"),
    (5, "teapot sencha canister"),
    (4, "teapot yokan"),
    (4, "rain-coat umbrella"),
    (4, "backpack bottle"),
    (4, "backpack socks-wool lantern"),
    (6, "power-bank cable"),
    (4, "earphones power-bank"),
    (6, "jeans-straight heavy-tee"),
    (4, "jeans-stretch heavy-tee socks-cotton"),
    (4, "oxford-shirt chinos"),
    (3, "jeans-wide long-tee"),
    (4, "donabe rice-bowl-pair"),
    (3, "santoku cutting-board"),
    (3, "iron-pan tamagoyaki"),
    (4, "bento-cedar bottle"),
    (3, "coffee-mill coffee-beans"),
    (4, "electric-kettle sencha gyokuro"),
    (3, "merino-sweater scarf"),
    (3, "desk-lamp wall-charger cable"),
    (4, "cookies hojicha"),
    (3, "hojicha senbei yokan"),
    (5, "tea-gift"),
    (2, "mug mug"),
    (2, "tote umbrella"),
)
# Who the desk's conversations speak of: what they bought, and how many days ago.
_TOLD: Final = {
    "inoue": ("KT-SZK-CL", 34),
    "sasaki": ("TP-KMR-01 TE-SEN-01", 61),
    "takahashi": ("LP-DSK-WH", 12),
    "fujii": ("DN-ISE-8", 3),
    "carter": ("BG-BPK-BK BO-TBI-BK-500", 2),
    "laurent": ("SH-LIN-CL-M", 9),
    "mori": ("JN-STR-ID-32", 6),
    "ono": ("GF-CHA-01", 1),
    "ueda": ("EP-KOE-BK", 18),
    "walker": ("FP-NBU-26", 5),
    "hayashi": ("KN-MRN-NV-M", 7),
    "ishii": ("SW-CKE-01 TE-HOJ-01", 4),
}


class Article(msgspec.Struct, frozen=True):
    """What can have been bought."""

    sku: str
    price: int
    title: str


class Past(msgspec.Struct, frozen=True):
    """One order of the past, whose it was, and how far a return of it has got."""

    told: ToldOrder
    person: str
    returned: ReturnState | None = None


def articles(session: Session, merchant_id: int) -> dict[str, list[Article]]:
    """What the shop sells, by handle."""
    found = changed_products(session, merchant_id, -1)
    variants = variants_of_all(session, merchant_id, [one.id for one in found])
    return {
        one.handle: [
            Article(told.sku, told.price.amount_minor, f"{one.title} {told.title}".strip())
            for told in variants[one.id]
            if told.sku
        ]
        for one in found
    }


def past_orders(goods: Mapping[str, Sequence[Article]], now: datetime) -> list[Past]:
    """Every order, oldest first; `goods` are the articles by handle."""
    chance = random.Random(SEED)
    by_sku = {one.sku: one for some in goods.values() for one in some}
    sold = [
        (now - timedelta(days=days, hours=5), PEOPLE[who], [by_sku[sku] for sku in skus.split()])
        for who, (skus, days) in _TOLD.items()
    ]
    rest = [one for key, one in PEOPLE.items() if key not in _TOLD]
    others = ORDERS - len(_TOLD)
    for place in range(others):
        ago = HALF_A_YEAR * (1 - place / others) ** 1.7 - timedelta(minutes=chance.randrange(720))
        # Some come back and back again, most come once or twice.
        who = rest[min(chance.randrange(len(rest)), chance.randrange(len(rest)))]
        if place < len(rest):
            who = rest[place]
        at = now - max(ago, timedelta(hours=2))
        sold.append((at, who, _basket(goods, chance)))
    sold.sort(key=lambda one: one[0])
    return [_past(FIRST_NUMBER + place, one, now, chance) for place, one in enumerate(sold)]


def take_past(session: Session, owner: Merchant, past: Sequence[Past], now: datetime) -> None:
    """Write the orders as an import would, then the returns as they were asked for."""
    for one in past:
        take_order(session, owner, one.told, now)
        if one.returned is not None:
            _take_back(session, owner, one, one.returned)


def numbers(past: Sequence[Past]) -> dict[str, str]:
    """The number of each person's newest order, for conversations to speak of."""
    return {one.person: str(one.told.number) for one in past}


def _basket(goods: Mapping[str, Sequence[Article]], chance: random.Random) -> list[Article]:
    weights = [weight for weight, _ in _BASKETS]
    (handles,) = chance.choices([one.split() for _, one in _BASKETS], weights)
    kept = [handle for handle in handles if chance.random() < 0.8] or handles[:1]
    return list({one.sku: one for one in (chance.choice(goods[h]) for h in kept)}.values())


def _past(
    number: int,
    sold: tuple[datetime, Person, list[Article]],
    now: datetime,
    chance: random.Random,
) -> Past:
    at, who, articles = sold
    lines = [
        ToldLine(one.sku, 2 if chance.random() < 0.12 else 1, one.price, one.title)
        for one in articles
    ]
    cancelled = chance.random() < 0.06 and who.key not in _TOLD
    status, delivered_at = ("cancelled", None) if cancelled else _fate(at, now, chance)
    carrier = CARRIERS[number % len(CARRIERS)]
    sent = status in ("shipped", "delivered")
    told = ToldOrder(
        number=str(number),
        placed_at=at.isoformat(),
        lines=lines,
        email=who.email,
        phone=who.phone,
        name=who.name,
        status=status,
        delivered_at=None if delivered_at is None else delivered_at.isoformat(),
        carrier=carrier if sent else None,
        tracking_number=_parcel(number, chance) if sent else None,
        address=msgspec.to_builtins(address_of(who)),
    )
    returned: ReturnState | None = None
    if delivered_at is not None and chance.random() < 0.08 and who.key not in _TOLD:
        long_ago = now - delivered_at > timedelta(days=10)
        returned = "received" if long_ago else chance.choice(["requested", "approved"])
    return Past(told, who.key, returned)


def _fate(at: datetime, now: datetime, chance: random.Random) -> tuple[str, datetime | None]:
    if now - at < timedelta(days=1, hours=12):
        return "unfulfilled", None
    arrives = at + timedelta(days=chance.randint(3, 4), hours=chance.randrange(8))
    return ("shipped", None) if arrives > now else ("delivered", arrives)


def _parcel(number: int, chance: random.Random) -> str:
    """Twelve digits, the last of which is the others' remainder by 7."""
    begun = 40_000_000_000 + number * 1_000_003 + chance.randrange(1_000)
    return f"{begun}{begun % 7}"


def _take_back(session: Session, owner: Merchant, one: Past, state: ReturnState) -> None:
    order_id = order_by_number(session, owner.id, str(one.told.number))
    assert order_id is not None
    assert one.told.delivered_at is not None
    at = datetime.fromisoformat(one.told.delivered_at) + timedelta(days=2)
    by = Command(owner.id, "import", "import", at)
    first = order(session, owner.id, order_id).lines[0]
    wish = AskReturn(order_id, {first.part: 1}, "サイズ・色が思っていたものと違った")
    asked = ask_return(session, by, wish, _silence)
    steps: dict[ReturnState, tuple[ReturnState, ...]] = {
        "approved": ("approved",),
        "received": ("approved", "received"),
    }
    for step in steps.get(state, ()):
        decide(session, by, DecideReturn(asked.id, step), _silence)


def _silence(session: Session, fact: OrdersFact) -> None:
    """What is past makes no news."""
