"""The desk's list: each view in its own order, narrowed by label, priority, channel or team."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.conversations.conversation import COLUMNS, NEVER, Conversation, from_row
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.priority import PRIORITIES, Priority
from kaiwa.vocabulary.time import to_micros

View: TypeAlias = Literal[
    "open", "mine", "unassigned", "bot", "waiting", "late", "snoozed", "closed", "mentions"
]
Part: TypeAlias = Literal["w", "n", "l", "s", "d"]
# What is due within this time is worth a look now.
SOON: Final = timedelta(minutes=15)

_AWAKE = "status = 'open' AND snoozed_until IS NULL"
# Most open conversations are the bot's: its view is read in the order of the list. The few of an
# agent, or of nobody, are found by their side and then sorted (`+ 0` keeps them off that order).
_OF_VIEW: dict[View, str] = {
    "open": _AWAKE,
    "mine": f"{_AWAKE} AND answered_by = 'agent' AND assignee_id = :agent",
    "unassigned": f"{_AWAKE} AND answered_by = 'nobody'",
    "bot": f"{_AWAKE} AND COALESCE(answered_by, '') = 'bot'",
    "waiting": f"{_AWAKE} AND COALESCE(answered_by, '') <> 'bot'",
    "late": f"{_AWAKE} AND due_kind IS NOT NULL AND due_at < :soon",
    "snoozed": "status = 'open'",
    "closed": "status = 'closed'",
    "mentions": "id IN (SELECT m.conversation_id FROM mention m WHERE m.agent_id = :agent"
    " AND m.merchant_id = :merchant_id)",
}
_NEWEST_BY: dict[View, str] = {
    "mine": "updated_at + 0",
    "unassigned": "updated_at + 0",
    "mentions": "updated_at + 0",
}
# Who waits comes before who does not: the urgent first, then what is due first, then the longest.
# `l`: the longest only. `d`: what is due first only.
_PARTS: dict[View, tuple[Part, ...]] = {
    "open": ("w", "n"),
    "mine": ("w", "n"),
    "unassigned": ("w", "n"),
    "bot": ("w", "n"),
    "waiting": ("l",),
    "late": ("d",),
    "snoozed": ("s",),
    "closed": ("n",),
    "mentions": ("w", "n"),
}
_CURSOR = re.compile(
    r"(?:([nlsd])(\d{1,18})\.(\d{1,18})|(w)(\d)\.(\d{1,18})\.(\d{1,18})\.(\d{1,18}))"
)


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which conversations of a view are meant; what is None does not matter."""

    label: int | None = None
    priority: Priority | None = None
    channel: str | None = None
    team: int | None = None
    assignee: int | None = None


class Wanted(msgspec.Struct, frozen=True):
    """Which part of the list; `before` is the `next` of the page before, `now` what late is."""

    view: View
    agent_id: int
    limit: int = 50
    before: str | None = None
    only: Filter = Filter()
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)


class Listed(msgspec.Struct, frozen=True):
    """A page of the list, the customers' names by id, and where the next page begins."""

    conversations: list[Conversation]
    names: dict[int, str | None]
    next: str | None


class _Place(msgspec.Struct, frozen=True):
    part: Part
    at: tuple[int, ...]


def listed(session: Session, merchant_id: int, wanted: Wanted) -> Listed:
    """One page of a view. `Invalid` when the cursor is not one of ours."""
    place = None if wanted.before is None else _place(wanted.before, wanted.view)
    parts = _PARTS[wanted.view]
    if place is not None:
        parts = parts[parts.index(place.part) :]
    found: list[tuple[Part, Conversation]] = []
    for part in parts:
        after = place.at if place is not None and place.part == part else None
        if (left := wanted.limit + 1 - len(found)) > 0:
            more = _part(session, merchant_id, wanted, (part, after), left)
            found += [(part, conv) for conv in more]
    page = found[: wanted.limit]
    cursor = _cursor(*page[-1]) if len(found) > len(page) else None
    convs = [conv for _, conv in page]
    return Listed(convs, _names(session, merchant_id, convs), cursor)


def how_many(session: Session, merchant_id: int, wanted: Wanted) -> int:
    """How many conversations there are of a view, counted up to its limit."""
    kept = " AND snoozed_until IS NOT NULL" if wanted.view == "snoozed" else ""
    kept += " AND waiting_since IS NOT NULL" if wanted.view == "waiting" else ""
    condition, values = _condition(wanted)
    row = session.one(
        f"""SELECT count(*) FROM (SELECT 1 FROM conversation WHERE merchant_id = :merchant_id
        AND {condition}{kept} LIMIT :limit) AS found""",
        merchant_id=merchant_id,
        limit=wanted.limit,
        **values,
    )
    assert row is not None
    return int(row[0])


def _part(
    session: Session,
    merchant_id: int,
    wanted: Wanted,
    part: tuple[Part, tuple[int, ...] | None],
    limit: int,
) -> list[Conversation]:
    condition, values = _condition(wanted)
    order, begins = _order(part[0], wanted.view)
    at = begins if part[1] is None else part[1]
    rows = session.all(
        f"""SELECT {COLUMNS} FROM conversation WHERE merchant_id = :merchant_id
        AND {condition} AND {order} LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
        **{f"at{n}": value for n, value in enumerate(at)},
        **values,
    )
    return [from_row(row) for row in rows]


def _order(part: Part, view: View) -> tuple[str, tuple[int, ...]]:
    # What the part holds after a place and in which order, and the place before its first.
    match part:
        case "w":
            key = "urgency, due_at, waiting_since, id"
            after = f"waiting_since IS NOT NULL AND ({key}) > (:at0, :at1, :at2, :at3)"
            return f"{after} ORDER BY {key}", (-1, 0, 0, 0)
        case "d":
            return "(due_at, id) > (:at0, :at1) ORDER BY due_at, id", (-1, 0)
        case "l":
            key = "waiting_since, id"
            after = f"waiting_since IS NOT NULL AND ({key}) > (:at0, :at1) ORDER BY {key}"
            return after, (-1, 0)
        case "s":
            key = "snoozed_until, id"
            after = f"snoozed_until IS NOT NULL AND ({key}) > (:at0, :at1) ORDER BY {key}"
            return after, (-1, 0)
        case "n":
            newest = _NEWEST_BY.get(view, "updated_at")
            after = f"waiting_since IS NULL AND ({newest}, id) < (:at0, :at1)"
            return f"{after} ORDER BY {newest} DESC, id DESC", (2**62, 2**62)


def _condition(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    only, parts = wanted.only, [_OF_VIEW[wanted.view]]
    values: dict[str, Any] = {}
    if wanted.view in ("mine", "mentions"):
        values["agent"] = wanted.agent_id
    if wanted.view == "late":
        values["soon"] = wanted.now + SOON
    if only.priority is not None:
        parts.append("priority = :priority")
        values["priority"] = PRIORITIES.index(only.priority)
    if only.channel is not None:
        parts.append("channel = :channel")
        values["channel"] = only.channel
    if only.team is not None:
        parts.append("team_id = :team")
        values["team"] = only.team
    if only.assignee is not None:
        parts.append("assignee_id = :assignee")
        values["assignee"] = only.assignee
    if only.label is not None:
        parts.append(
            "EXISTS (SELECT 1 FROM conversation_label cl WHERE cl.conversation_id = conversation.id"
            " AND cl.label_id = :label AND cl.merchant_id = :merchant_id)"
        )
        values["label"] = only.label
    return " AND ".join(parts), values


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


def _cursor(part: Part, last: Conversation) -> str:
    at = last.updated_at
    if part in ("w", "l") and last.waiting_since is not None:
        at = last.waiting_since
    elif part == "s" and last.snoozed_until is not None:
        at = last.snoozed_until
    elif part == "d" and last.due_at is not None:
        at = last.due_at
    due = NEVER if last.due_at is None else to_micros(last.due_at)
    before = f"{last.urgency}.{due}." if part == "w" else ""
    return f"{part}{before}{to_micros(at)}.{last.id}"


def _place(cursor: str, view: View) -> _Place:
    found = _CURSOR.fullmatch(cursor)
    parts = [] if found is None else [one for one in found.groups() if one is not None]
    if not parts or parts[0] not in _PARTS[view]:
        raise Invalid(
            "This is not a place in the list. Load it from the beginning.", reason="cursor"
        )
    part: Any = parts[0]
    return _Place(part, tuple(int(one) for one in parts[1:]))
