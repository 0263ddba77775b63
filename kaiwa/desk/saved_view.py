"""An agent's own views of the list: a view, narrowed, under a name."""

from datetime import datetime

import msgspec

from kaiwa.desk.queue import Filter, View
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Invalid, NotFound

LONGEST_NAME = 40
MOST_VIEWS = 20


class SavedView(msgspec.Struct, frozen=True):
    """One view of an agent."""

    id: int
    name: str
    view: View
    only: Filter


class NewView(msgspec.Struct, frozen=True):
    """What is to be kept."""

    name: str
    view: View
    only: Filter = Filter()


class _Kept(msgspec.Struct, frozen=True):
    view: View
    only: Filter = Filter()


def saved_views(session: Session, merchant_id: int, agent_id: int) -> list[SavedView]:
    """The agent's views, oldest first."""
    rows = session.all(
        """SELECT id, name, filter FROM saved_view WHERE agent_id = :agent
        AND merchant_id = :merchant_id ORDER BY id""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    found: list[SavedView] = []
    for view_id, name, text in rows:
        kept = msgspec.json.decode(text, type=_Kept)
        found.append(SavedView(view_id, name, kept.view, kept.only))
    return found


def save_view(
    session: Session, merchant_id: int, agent_id: int, new: NewView, now: datetime
) -> SavedView:
    """Keep a view for the agent; one of the same name is replaced."""
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A view's name needs 1 to {LONGEST_NAME} characters.")
    known = saved_views(session, merchant_id, agent_id)
    same = next((one.id for one in known if one.name == name), None)
    if same is None and len(known) >= MOST_VIEWS:
        raise Invalid(f"An agent may have at most {MOST_VIEWS} saved views.", reason="views_full")
    if same is not None:
        drop_view(session, merchant_id, agent_id, same)
    row = session.one(
        """INSERT INTO saved_view (merchant_id, agent_id, name, filter, created_at)
        VALUES (:merchant_id, :agent, :name, :filter, :now) RETURNING id""",
        merchant_id=merchant_id,
        agent=agent_id,
        name=name,
        filter=msgspec.json.encode(_Kept(new.view, new.only)).decode(),
        now=now,
    )
    assert row is not None
    return SavedView(row[0], name, new.view, new.only)


def drop_view(session: Session, merchant_id: int, agent_id: int, view_id: int) -> None:
    """Forget a view of the agent; `NotFound`, also for a colleague's."""
    gone = session.run(
        """DELETE FROM saved_view WHERE id = :id AND agent_id = :agent
        AND merchant_id = :merchant_id""",
        id=view_id,
        agent=agent_id,
        merchant_id=merchant_id,
    )
    if not gone:
        raise NotFound("There is no such view.")
