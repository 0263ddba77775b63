"""What a visitor looks at and has in the cart, as the shop's pages tell it: claims, not facts."""

from datetime import datetime

import msgspec

from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Nudge, Session
from kaiwa.vocabulary.event import CartChanged, PageViewed
from kaiwa.vocabulary.time import from_micros

KEPT_PAGES = 20


class SeenPage(msgspec.Struct, frozen=True):
    """A page the visitor looked at."""

    url: str
    title: str
    at: datetime


class SeenCart(msgspec.Struct, frozen=True):
    """The cart as the page told it last."""

    cart: CartChanged
    at: datetime


def note_page(session: Session, identity: Identity, page: PageViewed, now: datetime) -> str:
    """Remember a page view; older ones than the last 20 are forgotten."""
    _add(session, identity, "page", msgspec.json.encode(page).decode(), now)
    session.run(
        """DELETE FROM visit WHERE identity_id = :identity AND merchant_id = :merchant_id
        AND kind = 'page' AND id <= (SELECT id FROM visit WHERE identity_id = :identity
          AND merchant_id = :merchant_id AND kind = 'page' ORDER BY id DESC
          LIMIT 1 OFFSET :kept)""",
        identity=identity.id,
        merchant_id=identity.merchant_id,
        kept=KEPT_PAGES,
    )
    return "page"


def note_cart(session: Session, identity: Identity, cart: CartChanged, now: datetime) -> str:
    """Remember what is in the cart now."""
    session.run(
        """DELETE FROM visit WHERE identity_id = :identity AND merchant_id = :merchant_id
        AND kind = 'cart'""",
        identity=identity.id,
        merchant_id=identity.merchant_id,
    )
    _add(session, identity, "cart", msgspec.json.encode(cart).decode(), now)
    return "cart"


def pages_seen(session: Session, merchant_id: int, customer_id: int) -> list[SeenPage]:
    """The customer's latest page views, newest first."""
    return [
        SeenPage(page.url, page.title, at)
        for body, at in _newest(session, (merchant_id, customer_id), "page", KEPT_PAGES)
        for page in [msgspec.json.decode(body, type=PageViewed)]
    ]


def cart_seen(session: Session, merchant_id: int, customer_id: int) -> SeenCart | None:
    """The cart as it was told last, or None."""
    for body, at in _newest(session, (merchant_id, customer_id), "cart", 1):
        return SeenCart(msgspec.json.decode(body, type=CartChanged), at)
    return None


def _add(session: Session, identity: Identity, kind: str, body: str, now: datetime) -> None:
    session.run(
        """INSERT INTO visit (merchant_id, identity_id, kind, body, at)
        VALUES (:merchant_id, :identity, :kind, :body, :now)""",
        merchant_id=identity.merchant_id,
        identity=identity.id,
        kind=kind,
        body=body,
        now=now,
    )
    session.nudge(Nudge("visit", identity.merchant_id, ref=identity.customer_id))


def _newest(
    session: Session, whose: tuple[int, int], kind: str, limit: int
) -> list[tuple[str, datetime]]:
    rows = session.all(
        """SELECT v.body, v.at FROM visit v JOIN identity_link l
          ON l.identity_id = v.identity_id AND l.ended_at IS NULL
          AND l.merchant_id = v.merchant_id
        WHERE l.customer_id = :customer AND v.merchant_id = :merchant_id AND v.kind = :kind
        ORDER BY v.id DESC LIMIT :limit""",
        customer=whose[1],
        merchant_id=whose[0],
        kind=kind,
        limit=limit,
    )
    return [(row[0], from_micros(row[1])) for row in rows]
