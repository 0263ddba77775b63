"""What a merchant's model may still spend today: taken before a call, settled after it.

The most a call can cost is taken first, in one statement that fails when it is not there, so no
number of processes spends more than the day allows. A call whose end nobody saw stays paid in full.
"""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.engines.llm import Usage
from kaiwa.merchants.language_model import ModelTerms

Outcome: TypeAlias = Literal["taken", "untrue", "unusable", "unreachable", "exhausted"]
_MICRO = 1_000_000


class Held(msgspec.Struct, frozen=True):
    """What was taken for one call: tokens, and millionths of a minor unit."""

    merchant_id: int
    day: str
    tokens: int
    cost_micro: int


class Spent(msgspec.Struct, frozen=True):
    """A day: `tokens` and `cost_micro` count against the limits, the rest says how it went.

    `untrue` are answers the checker refused, `unusable` ones that were none.
    """

    day: str
    tokens: int = 0
    cost_micro: int = 0
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    taken: int = 0
    untrue: int = 0
    unusable: int = 0
    unreachable: int = 0
    exhausted: int = 0


def cost_micro(terms: ModelTerms, usage: Usage) -> int:
    """Millionths of a minor unit, exact: a price for a million tokens is that for one."""
    return usage.tokens_in * terms.price_in_minor + usage.tokens_out * terms.price_out_minor


def hold(
    session: Session, merchant_id: int, day: str, most: Usage, terms: ModelTerms
) -> Held | None:
    """Take the most a call can use from the day; None, counted `exhausted`, if it is not there."""
    held = Held(merchant_id, day, most.tokens_in + most.tokens_out, cost_micro(terms, most))
    most_micro = -1 if terms.daily_minor is None else terms.daily_minor * _MICRO
    session.run(
        """INSERT INTO language_model_day (merchant_id, day) VALUES (:merchant_id, :day)
        ON CONFLICT (merchant_id, day) DO NOTHING""",
        merchant_id=merchant_id,
        day=day,
    )
    there = session.run(
        """UPDATE language_model_day SET tokens = tokens + :tokens,
        cost_micro = cost_micro + :cost, calls = calls + 1
        WHERE merchant_id = :merchant_id AND day = :day AND tokens + :tokens <= :most_tokens
        AND (:most_micro < 0 OR cost_micro + :cost <= :most_micro)""",
        tokens=held.tokens,
        cost=held.cost_micro,
        merchant_id=merchant_id,
        day=day,
        most_tokens=terms.daily_tokens,
        most_micro=most_micro,
    )
    if there:
        return held
    _count(session, held, "exhausted")
    return None


def settle(
    session: Session, held: Held, usage: Usage | None, outcome: Outcome, terms: ModelTerms
) -> None:
    """Give back what the call did not use; all of it stays spent when `usage` is not known."""
    if usage is not None:
        session.run(
            """UPDATE language_model_day SET tokens = tokens - :held + :used,
            cost_micro = cost_micro - :held_cost + :cost,
            tokens_in = tokens_in + :tokens_in, tokens_out = tokens_out + :tokens_out
            WHERE merchant_id = :merchant_id AND day = :day""",
            held=held.tokens,
            used=usage.tokens_in + usage.tokens_out,
            held_cost=held.cost_micro,
            cost=cost_micro(terms, usage),
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            merchant_id=held.merchant_id,
            day=held.day,
        )
    _count(session, held, outcome)


def spent(session: Session, merchant_id: int, day: str) -> Spent:
    """The merchant's day so far."""
    row = session.one(
        """SELECT day, tokens, cost_micro, calls, tokens_in, tokens_out, taken, untrue, unusable,
        unreachable, exhausted FROM language_model_day
        WHERE merchant_id = :merchant_id AND day = :day""",
        merchant_id=merchant_id,
        day=day,
    )
    return Spent(day) if row is None else Spent(*row)


def _count(session: Session, held: Held, outcome: Outcome) -> None:
    session.run(
        f"""UPDATE language_model_day SET {outcome} = {outcome} + 1
        WHERE merchant_id = :merchant_id AND day = :day""",
        merchant_id=held.merchant_id,
        day=held.day,
    )
