"""Who may be the same person as a customer, on what evidence, and what was merged before."""

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.customers.customer import customer
from kaiwa.customers.identity import Identity, identities
from kaiwa.desk.spelling import spellings
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros, optional_micros

Sign: TypeAlias = Literal["address", "order", "name"]
MOST = 8
_MOST_MARKS = 80


class Candidate(msgspec.Struct, frozen=True):
    """Another customer, and the signs that it is the same person, strongest first."""

    id: int
    name: str | None
    signs: tuple[Sign, ...]
    addresses: list[Identity]


class PastMerge(msgspec.Struct, frozen=True):
    """A merge of the customer as it was made: why, by whom, and when it was taken back."""

    id: int
    kept_id: int
    absorbed_id: int
    absorbed_name: str | None
    words: str
    by: str
    at: datetime
    undone_at: datetime | None


def candidates(session: Session, merchant_id: int, customer_id: int) -> list[Candidate]:
    """Customers that share an address, an order's e-mail or phone, or the name; strongest first."""
    person = customer(session, merchant_id, customer_id)
    known = _contacts(session, merchant_id, customer_id)
    signs: dict[int, list[Sign]] = {}
    if known:
        marks = {f"c{n}": value for n, value in enumerate(sorted(known)[:_MOST_MARKS])}
        listed = ", ".join(f":{name}" for name in marks)
        by_address = session.all(
            f"""SELECT DISTINCT l.customer_id FROM identity i
            JOIN identity_link l ON l.identity_id = i.id AND l.ended_at IS NULL
            WHERE i.merchant_id = :merchant_id AND lower(i.value) IN ({listed}) LIMIT 20""",
            merchant_id=merchant_id,
            **marks,
        )
        by_order = session.all(
            f"""SELECT customer_id FROM shop_order WHERE merchant_id = :merchant_id
            AND customer_id IS NOT NULL AND email IN ({listed})
            UNION SELECT customer_id FROM shop_order WHERE merchant_id = :merchant_id
            AND customer_id IS NOT NULL AND phone IN ({listed}) LIMIT 20""",
            merchant_id=merchant_id,
            **marks,
        )
        for (other,) in by_address:
            signs.setdefault(other, []).append("address")
        for (other,) in by_order:
            signs.setdefault(other, []).append("order")
    for other in _named(session, merchant_id, person.name or ""):
        signs.setdefault(other, []).append("name")
    signs.pop(customer_id, None)
    found = [_candidate(session, merchant_id, one, tuple(why)) for one, why in signs.items()]
    # Whom nothing is left of was merged into somebody already.
    return [one for one in found if one.addresses][:MOST]


def called(session: Session, merchant_id: int, name: str, but: int) -> list[Candidate]:
    """Customers whose name has these words, without `but`: for an agent who knows better."""
    found = [one for one in _called(session, merchant_id, name) if one != but]
    shown = [_candidate(session, merchant_id, one, ()) for one in found]
    return [one for one in shown if one.addresses][:MOST]


def past_merges(session: Session, merchant_id: int, customer_id: int) -> list[PastMerge]:
    """What was merged into the customer, newest first."""
    rows = session.all(
        """SELECT m.id, m.kept_id, m.absorbed_id, c.name, m.evidence, m.merged_by, m.merged_at,
        m.undone_at FROM customer_merge m
        LEFT JOIN customer c ON c.id = m.absorbed_id AND c.merchant_id = m.merchant_id
        WHERE m.merchant_id = :merchant_id AND m.kept_id = :customer ORDER BY m.id DESC LIMIT 20""",
        merchant_id=merchant_id,
        customer=customer_id,
    )
    found: list[PastMerge] = []
    for row in rows:
        values: list[Any] = [*row[:6], from_micros(row[6]), optional_micros(row[7])]
        found.append(PastMerge(*values))
    return found


def _contacts(session: Session, merchant_id: int, customer_id: int) -> set[str]:
    values = {one.value for one in identities(session, merchant_id, customer_id)}
    rows = session.all(
        """SELECT email, phone FROM shop_order WHERE merchant_id = :merchant_id
        AND customer_id = :customer ORDER BY id DESC LIMIT 20""",
        merchant_id=merchant_id,
        customer=customer_id,
    )
    told = values | {value for row in rows for value in row if value}
    return {one for value in told for one in spellings(value)}


def _named(session: Session, merchant_id: int, name: str) -> list[int]:
    wanted = " ".join(name.split())
    if len(wanted) < 2:
        return []
    rows = session.all(
        """SELECT id FROM customer WHERE merchant_id = :merchant_id AND lower(name) = :name
        ORDER BY id DESC LIMIT 20""",
        merchant_id=merchant_id,
        name=wanted.lower(),
    )
    return [int(row[0]) for row in rows]


def _called(session: Session, merchant_id: int, name: str) -> list[int]:
    """The shortest names first: nearest to what was typed."""
    if len("".join(name.split())) < 2:
        return []
    words = {f"w{at}": _within(word) for at, word in enumerate(name.lower().split()[:6])}
    has = " AND ".join(f"lower(name) LIKE :{at} ESCAPE '!'" for at in words)
    rows = session.all(
        f"""SELECT id FROM customer WHERE merchant_id = :merchant_id AND {has}
        ORDER BY length(name), id DESC LIMIT 20""",
        merchant_id=merchant_id,
        **words,
    )
    return [int(row[0]) for row in rows]


def _within(word: str) -> str:
    plain = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{plain}%"


def _candidate(
    session: Session, merchant_id: int, customer_id: int, signs: tuple[Sign, ...]
) -> Candidate:
    found = customer(session, merchant_id, customer_id)
    own = identities(session, merchant_id, customer_id)
    return Candidate(found.id, found.name, signs, own)
