"""A review: what somebody who bought a product says of it. It waits until the merchant shows it."""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros, to_micros

ReviewState: TypeAlias = Literal["waiting", "published", "declined"]

LONGEST: Final = 2_000


class NewReview(msgspec.Struct, frozen=True):
    """What a buyer says: `rating` is 1 to 5; `name` is how the buyer wants to be called."""

    product_id: int
    customer_id: int
    rating: int
    words: str = ""
    name: str = ""
    language: Language = "ja"
    order_id: int | None = None


class Review(msgspec.Struct, frozen=True):
    """One row."""

    id: int
    product_id: int
    customer_id: int
    rating: int
    words: str
    name: str
    language: str
    state: ReviewState
    created_at: datetime
    product: str = ""


class Average(msgspec.Struct, frozen=True):
    """How a product was rated by those whose reviews are shown: the mean of `count` ratings."""

    count: int
    rating: float


_COLUMNS: Final = (
    "r.id, r.product_id, r.customer_id, r.rating, r.words, r.name, r.language, r.state,"
    " r.created_at, p.title"
)
_FROM: Final = (
    "FROM review r JOIN product p ON p.id = r.product_id AND p.merchant_id = r.merchant_id"
)


def put_review(session: Session, merchant_id: int, new: NewReview, now: datetime) -> Review:
    """Take a review; the same buyer's newer one of a product takes the older one's place.

    `Invalid` for a rating that is none, or too many words; `NotFound` without the product.
    """
    words = new.words.strip()
    if not 1 <= new.rating <= 5:
        raise Invalid("A rating is 1 to 5.", field="rating")
    if len(words) > LONGEST:
        raise Invalid(f"A review has at most {LONGEST} characters.", field="words")
    row = session.one(
        """INSERT INTO review (merchant_id, product_id, customer_id, order_id, rating, words, name,
        language, state, created_at)
        SELECT p.merchant_id, p.id, CAST(:customer AS bigint), CAST(:order AS bigint),
        CAST(:rating AS integer), CAST(:words AS text), CAST(:name AS text),
        CAST(:language AS text), 'waiting', CAST(:now AS bigint)
        FROM product p WHERE p.merchant_id = :merchant_id AND p.id = :product
        ON CONFLICT (merchant_id, product_id, customer_id) DO UPDATE SET
        rating = excluded.rating, words = excluded.words, name = excluded.name,
        language = excluded.language, order_id = excluded.order_id, state = 'waiting',
        created_at = excluded.created_at, decided_at = NULL RETURNING id""",
        merchant_id=merchant_id,
        product=new.product_id,
        customer=new.customer_id,
        order=new.order_id,
        rating=new.rating,
        words=words,
        name=new.name.strip()[:100],
        language=new.language,
        now=to_micros(now),
    )
    if row is None:
        raise NotFound("There is no such product.")
    return review(session, merchant_id, int(row[0]))


def review(session: Session, merchant_id: int, review_id: int) -> Review:
    """One review; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.merchant_id = :merchant_id AND r.id = :id",
        merchant_id=merchant_id,
        id=review_id,
    )
    if row is None:
        raise NotFound("There is no such review.")
    return _review(row)


def reviews(
    session: Session, merchant_id: int, state: ReviewState, limit: int = 100
) -> list[Review]:
    """The shop's reviews in this state, oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} {_FROM} WHERE r.merchant_id = :merchant_id AND r.state = :state
        ORDER BY r.id LIMIT :limit""",
        merchant_id=merchant_id,
        state=state,
        limit=limit,
    )
    return [_review(row) for row in rows]


def decide_review(
    session: Session, merchant_id: int, review_id: int, to: ReviewState, now: datetime
) -> Review:
    """Show it, or do not; `NotFound`. Deciding again changes the decision."""
    session.run(
        """UPDATE review SET state = :state, decided_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        state=to,
        now=to_micros(now),
        merchant_id=merchant_id,
        id=review_id,
    )
    return review(session, merchant_id, review_id)


def of_product(
    session: Session, merchant_id: int, product_id: int, limit: int = 20
) -> list[Review]:
    """The reviews of a product that are shown, newest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} {_FROM} WHERE r.merchant_id = :merchant_id
        AND r.product_id = :product AND r.state = 'published' ORDER BY r.id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        product=product_id,
        limit=limit,
    )
    return [_review(row) for row in rows]


def average(session: Session, merchant_id: int, product_id: int) -> Average | None:
    """How the product is rated; None while no review of it is shown."""
    row = session.one(
        """SELECT count(*), sum(rating) FROM review WHERE merchant_id = :merchant_id
        AND product_id = :product AND state = 'published'""",
        merchant_id=merchant_id,
        product=product_id,
    )
    if row is None or not row[0]:
        return None
    return Average(int(row[0]), int(row[1]) / int(row[0]))


def _review(row: Row) -> Review:
    values: list[Any] = [*row[:8], from_micros(row[8]), row[9]]
    return Review(*values)
