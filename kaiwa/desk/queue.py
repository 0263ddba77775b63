"""The desk's list: who waits longest first, then the newest, page by page."""

import re
from typing import Literal, TypeAlias

import msgspec

from kaiwa.conversations.conversation import COLUMNS, Conversation, from_row
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import to_micros

View: TypeAlias = Literal["open", "mine", "unassigned", "bot", "closed"]

# Most open conversations are the bot's: its view is read in the order of the list. The few of an
# agent, or of nobody, are found by their side and then sorted (`+ 0` keeps them off that order).
_OF_VIEW: dict[View, str] = {
    "open": "status = 'open'",
    "mine": "status = 'open' AND answered_by = 'agent' AND assignee_id = :agent",
    "unassigned": "status = 'open' AND answered_by = 'nobody'",
    "bot": "status = 'open' AND COALESCE(answered_by, '') = 'bot'",
    "closed": "status = 'closed'",
}
_NEWEST_BY: dict[View, str] = {
    "open": "updated_at",
    "mine": "updated_at + 0",
    "unassigned": "updated_at + 0",
    "bot": "updated_at",
    "closed": "updated_at",
}
_CURSOR = re.compile(r"([wn])(\d{1,18})\.(\d{1,18})")


class Wanted(msgspec.Struct, frozen=True):
    """Which part of the list; `before` is the `next` of the page before."""

    view: View
    agent_id: int
    limit: int = 50
    before: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """A page of the list, the customers' names by id, and where the next page begins."""

    conversations: list[Conversation]
    names: dict[int, str | None]
    next: str | None


class Counts(msgspec.Struct, frozen=True):
    """How many open conversations each view has."""

    open: int
    mine: int
    unassigned: int
    bot: int


class _Place(msgspec.Struct, frozen=True):
    waiting: bool
    at: int
    id: int


_START = _Place(True, -1, 0)
_NEWEST = _Place(False, 2**62, 2**62)


def listed(session: Session, merchant_id: int, wanted: Wanted) -> Listed:
    """One page of a view. `Invalid` when the cursor is not one of ours."""
    place = _START if wanted.before is None else _place(wanted.before)
    found: list[Conversation] = []
    if place.waiting:
        found = _part(session, merchant_id, wanted, place, wanted.limit + 1)
        place = _NEWEST
    if len(found) <= wanted.limit:
        found += _part(session, merchant_id, wanted, place, wanted.limit + 1 - len(found))
    page = found[: wanted.limit]
    more = len(found) > len(page)
    return Listed(page, _names(session, merchant_id, page), _cursor(page[-1]) if more else None)


def counts(session: Session, merchant_id: int, agent_id: int) -> Counts:
    """How many conversations are open, by who answers them."""
    rows = session.all(
        """SELECT answered_by, assignee_id, count(*) FROM conversation
        WHERE merchant_id = :merchant_id AND status = 'open' GROUP BY answered_by, assignee_id""",
        merchant_id=merchant_id,
    )
    return Counts(
        open=sum(row[2] for row in rows),
        mine=sum(row[2] for row in rows if row[0] == "agent" and row[1] == agent_id),
        unassigned=sum(row[2] for row in rows if row[0] == "nobody"),
        bot=sum(row[2] for row in rows if row[0] == "bot"),
    )


def _part(
    session: Session, merchant_id: int, wanted: Wanted, after: _Place, limit: int
) -> list[Conversation]:
    newest = _NEWEST_BY[wanted.view]
    part = (
        "waiting_since IS NOT NULL AND (waiting_since, id) > (:at, :id) ORDER BY waiting_since, id"
        if after.waiting
        else f"waiting_since IS NULL AND ({newest}, id) < (:at, :id)"
        f" ORDER BY {newest} DESC, id DESC"
    )
    rows = session.all(
        f"""SELECT {COLUMNS} FROM conversation WHERE merchant_id = :merchant_id
        AND {_OF_VIEW[wanted.view]} AND {part} LIMIT :limit""",
        merchant_id=merchant_id,
        at=after.at,
        id=after.id,
        limit=limit,
        **({"agent": wanted.agent_id} if wanted.view == "mine" else {}),
    )
    return [from_row(row) for row in rows]


def _names(session: Session, merchant_id: int, page: list[Conversation]) -> dict[int, str | None]:
    if not page:
        return {}
    marks = ", ".join(f":id{n}" for n in range(len(page)))
    rows = session.all(
        f"SELECT id, name FROM customer WHERE merchant_id = :merchant_id AND id IN ({marks})",
        merchant_id=merchant_id,
        **{f"id{n}": conv.customer_id for n, conv in enumerate(page)},
    )
    return dict(rows)


def _cursor(last: Conversation) -> str:
    if last.waiting_since is not None:
        return f"w{to_micros(last.waiting_since)}.{last.id}"
    return f"n{to_micros(last.updated_at)}.{last.id}"


def _place(cursor: str) -> _Place:
    parts = _CURSOR.fullmatch(cursor)
    if parts is None:
        raise Invalid(
            "This is not a place in the list. Load it from the beginning.", reason="cursor"
        )
    return _Place(parts[1] == "w", int(parts[2]), int(parts[3]))
