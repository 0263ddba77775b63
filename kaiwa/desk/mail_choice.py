"""Whether and when an agent wants a mail of what waits for them while they are away."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import agent
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import optional_micros

BOUNDS_M: Final = (5, 24 * 60)


class MailChoice(msgspec.Struct, frozen=True):
    """A mail of what has waited for `after_minutes`, at most one each `every_minutes`."""

    after_minutes: int = 15
    every_minutes: int = 60

    @property
    def after(self) -> timedelta:
        """How long something waits before it is mailed."""
        return timedelta(minutes=self.after_minutes)

    @property
    def every(self) -> timedelta:
        """How far apart two mails are at least."""
        return timedelta(minutes=self.every_minutes)


class Chosen(msgspec.Struct, frozen=True):
    """Whose choice it is, and when they were mailed last."""

    merchant_id: int
    agent_id: int
    choice: MailChoice
    mailed_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether the last mail is long enough ago."""
        return self.mailed_at is None or self.mailed_at + self.choice.every <= now


def mail_choice(session: Session, merchant_id: int, agent_id: int) -> Chosen | None:
    """The agent's choice; None when they want no mail."""
    return _chosen(session, merchant_id, agent_id, "")


def held_choice(session: Session, merchant_id: int, agent_id: int) -> Chosen | None:
    """The same, held: nobody else mails them in this transaction."""
    return _chosen(session, merchant_id, agent_id, session.lock)


def choose_mail(
    session: Session, merchant_id: int, agent_id: int, wanted: MailChoice | None, now: datetime
) -> MailChoice | None:
    """Keep the agent's own choice, None for no mail; `Invalid`, `NotFound`."""
    whom = agent(session, merchant_id, agent_id)
    detail: dict[str, object] = {"wanted": wanted is not None}
    if wanted is None:
        session.run(
            "DELETE FROM mail_choice WHERE agent_id = :agent AND merchant_id = :merchant_id",
            agent=whom.id,
            merchant_id=merchant_id,
        )
    else:
        _within(wanted.after_minutes)
        _within(wanted.every_minutes)
        session.run(
            """INSERT INTO mail_choice (agent_id, merchant_id, after_minutes, every_minutes)
            VALUES (:agent, :merchant_id, :after, :every)
            ON CONFLICT (agent_id) DO UPDATE SET after_minutes = excluded.after_minutes,
            every_minutes = excluded.every_minutes""",
            agent=whom.id,
            merchant_id=merchant_id,
            after=wanted.after_minutes,
            every=wanted.every_minutes,
        )
        detail |= {"after": wanted.after_minutes, "every": wanted.every_minutes}
    who = f"agent:{whom.id}"
    write_down(session, merchant_id, Deed(who, "chose_mail", who, detail), now)
    return wanted


def choices(session: Session) -> list[Chosen]:
    """The choices of all agents who may log in."""
    rows = session.all(
        """SELECT c.merchant_id, c.agent_id, c.after_minutes, c.every_minutes, c.mailed_at
        FROM mail_choice c JOIN agent a ON a.id = c.agent_id AND a.merchant_id = c.merchant_id
        WHERE a.disabled_at IS NULL ORDER BY c.agent_id""",
        # every merchant: the plan is made for all
    )
    return [Chosen(row[0], row[1], MailChoice(*row[2:4]), optional_micros(row[4])) for row in rows]


def _chosen(session: Session, merchant_id: int, agent_id: int, lock: str) -> Chosen | None:
    row = session.one(
        f"""SELECT after_minutes, every_minutes, mailed_at FROM mail_choice
        WHERE agent_id = :agent AND merchant_id = :merchant_id{lock}""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    if row is None:
        return None
    last = optional_micros(row[2])
    return Chosen(merchant_id, agent_id, MailChoice(row[0], row[1]), last)


def _within(minutes: int) -> None:
    if not BOUNDS_M[0] <= minutes <= BOUNDS_M[1]:
        raise Invalid(f"Choose {BOUNDS_M[0]} to {BOUNDS_M[1]} minutes.", reason="mail_minutes")
