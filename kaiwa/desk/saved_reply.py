"""Replies kept for another time: the shop's, which every agent uses, and an agent's own."""

import re
from datetime import datetime

import msgspec

from kaiwa.desk.blank import require_known
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.language import Language

LONGEST_TITLE = 80
LONGEST_TEXT = 5_000
MOST_REPLIES = 1_000
_SHORTCUT = re.compile(r"[^\s/{}]{1,32}")


class SavedReply(msgspec.Struct, frozen=True):
    """One reply; without an agent it is the shop's, without a language it fits every one."""

    id: int
    agent_id: int | None
    title: str
    shortcut: str
    language: Language | None
    text: str


class ReplyAs(msgspec.Struct, frozen=True):
    """How a reply is to be. `shortcut` is typed after a slash; it may be empty."""

    title: str
    text: str
    shortcut: str = ""
    language: Language | None = None
    agent_id: int | None = None


_COLUMNS = "id, agent_id, title, shortcut, language, text"


def saved_replies(session: Session, merchant_id: int, agent_id: int) -> list[SavedReply]:
    """What the agent may use, by title: the shop's and their own."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM saved_reply WHERE merchant_id = :merchant_id
        AND (agent_id IS NULL OR agent_id = :agent) ORDER BY title, id""",
        merchant_id=merchant_id,
        agent=agent_id,
    )
    return [SavedReply(*row) for row in rows]


def saved_reply(session: Session, merchant_id: int, ids: tuple[int, int]) -> SavedReply:
    """Reply `ids[0]` as agent `ids[1]` may use it; `NotFound`, also for a colleague's own."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM saved_reply WHERE merchant_id = :merchant_id AND id = :id
        AND (agent_id IS NULL OR agent_id = :agent)""",
        merchant_id=merchant_id,
        id=ids[0],
        agent=ids[1],
    )
    if row is None:
        raise NotFound("There is no such saved reply.")
    return SavedReply(*row)


def create_reply(
    session: Session, merchant_id: int, agent_id: int, new: ReplyAs, now: datetime
) -> SavedReply:
    """Keep a reply. `Conflict` when its shortcut is taken among what the agent may use."""
    wanted = _checked(session, merchant_id, (None, agent_id), new)
    row = session.one(
        f"""INSERT INTO saved_reply
        (merchant_id, agent_id, title, shortcut, language, text, changed_at)
        VALUES (:merchant_id, :owner, :title, :shortcut, :language, :text, :now)
        RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        owner=wanted.agent_id,
        title=wanted.title,
        shortcut=wanted.shortcut,
        language=wanted.language,
        text=wanted.text,
        now=now,
    )
    assert row is not None
    return SavedReply(*row)


def change_reply(
    session: Session, merchant_id: int, ids: tuple[int, int], wanted: ReplyAs, now: datetime
) -> SavedReply:
    """Say reply `ids[0]` in another way, for agent `ids[1]`; whose it is can change too."""
    saved_reply(session, merchant_id, ids)
    wanted = _checked(session, merchant_id, ids, wanted)
    session.run(
        """UPDATE saved_reply SET agent_id = :owner, title = :title, shortcut = :shortcut,
        language = :language, text = :text, changed_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        owner=wanted.agent_id,
        title=wanted.title,
        shortcut=wanted.shortcut,
        language=wanted.language,
        text=wanted.text,
        now=now,
        id=ids[0],
        merchant_id=merchant_id,
    )
    return saved_reply(session, merchant_id, ids)


def remove_reply(session: Session, merchant_id: int, ids: tuple[int, int]) -> None:
    """Forget reply `ids[0]`, for agent `ids[1]`."""
    saved_reply(session, merchant_id, ids)
    session.run(
        "DELETE FROM saved_reply WHERE id = :id AND merchant_id = :merchant_id",
        id=ids[0],
        merchant_id=merchant_id,
    )


def _checked(
    session: Session, merchant_id: int, ids: tuple[int | None, int], wanted: ReplyAs
) -> ReplyAs:
    title, text = " ".join(wanted.title.split()), wanted.text.strip()
    shortcut = wanted.shortcut.strip().removeprefix("/").lower()
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(f"A saved reply's title needs 1 to {LONGEST_TITLE} characters.")
    if not text or len(text) > LONGEST_TEXT:
        raise Invalid(f"A saved reply needs 1 to {LONGEST_TEXT} characters.")
    if shortcut and not _SHORTCUT.fullmatch(shortcut):
        raise Invalid("A shortcut has up to 32 characters and no spaces, slashes or braces.")
    require_known(text)
    others = [one for one in saved_replies(session, merchant_id, ids[1]) if one.id != ids[0]]
    if len(others) >= MOST_REPLIES:
        raise Invalid(f"There may be at most {MOST_REPLIES} saved replies.")
    # The same shortcut in another language is the same reply said in that language.
    if shortcut and any(
        (one.shortcut, one.language) == (shortcut, wanted.language) for one in others
    ):
        raise Conflict("This shortcut is taken.", reason="shortcut_taken")
    return ReplyAs(title, text, shortcut, wanted.language, wanted.agent_id)
