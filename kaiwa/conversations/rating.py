"""Ratings: how a conversation was, 1 to 5, asked once in the chat itself.

It is asked when an agent closes it, or before when an agent wants to know.

Pressed or typed, the first number counts. What answers is put into the closed conversation and
opens no new one. Words are taken only from who said that they want to write some.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.recording import Recording, record
from kaiwa.customers.identity import Identity
from kaiwa.customers.identity import identity as identity_of
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say as words_of
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.content import Content, Postback, Text
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.reply import QuickReplies, Reply, ReplyAction, TextBlock
from kaiwa.vocabulary.time import optional_micros

# CSAT: ratings of 4 and 5 among all ratings; answers among those asked.
DEFINITION: Final = "csat.v1"
SCORES: Final = (5, 4, 3, 2, 1)
GOOD: Final = 4
REASONS: Final = ("slow", "unsolved", "unclear")
ANSWERED_WITHIN: Final = timedelta(hours=24)
WRITTEN_WITHIN: Final = timedelta(minutes=15)
LONGEST_WORDS: Final = 2_000
_PAYLOAD: Final = re.compile(r"rating:(\d{1,18}):([1-5]|slow|unsolved|unclear|write)")

What: TypeAlias = Literal["score", "reason", "write", "words"]


class Rating(msgspec.Struct, frozen=True):
    """What was asked about a conversation and what came back; no score: no answer yet."""

    conversation_id: int
    agent_id: int
    asked_at: datetime | None
    score: int | None
    words: str


class Rated(msgspec.Struct, frozen=True):
    """Something a customer said is an answer: which conversation it is about, and what it says."""

    conversation_id: int
    what: What
    value: str


class Satisfaction(msgspec.Struct, frozen=True):
    """How many were asked, answered, and answered 4 or 5, by the definition of that id."""

    asked: int
    answered: int
    good: int
    definition: str = DEFINITION


def ask_rating(session: Session, conv: Conversation, agent_id: int, now: datetime) -> bool:
    """Ask the customer once, if the shop wants it and an agent has answered them.

    Called with the conversation held and closed.
    """
    if not merchant(session, conv.merchant_id).settings.asks_rating:
        return False
    return _ask(session, conv, agent_id, now)


def ask_rating_now(session: Session, conv: Conversation, agent_id: int, now: datetime) -> None:
    """An agent asks before it is closed, which then asks no more. Called with it held.

    `Conflict` when the customer was asked before, cannot be asked, or no agent has answered yet.
    """
    if not _ask(session, conv, agent_id, now):
        raise Conflict("The customer cannot be asked now.", reason="rating")


def _ask(session: Session, conv: Conversation, agent_id: int, now: datetime) -> bool:
    if conv.identity_id is None:
        return False
    if identity_of(session, conv.merchant_id, conv.identity_id).blocked_at is not None:
        return False
    asked = session.run(
        """INSERT INTO rating (conversation_id, merchant_id, agent_id, definition, asked_at)
        SELECT c.id, c.merchant_id, CAST(:agent AS bigint), :definition, CAST(:now AS bigint)
        FROM conversation c WHERE c.id = :id AND c.merchant_id = :merchant_id
        AND c.last_in_seq > 0 AND EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id
          AND m.merchant_id = c.merchant_id AND m.sender = 'agent')
        ON CONFLICT (conversation_id) DO NOTHING""",
        agent=agent_id,
        definition=DEFINITION,
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    if not asked:
        return False
    scores = tuple(
        ReplyAction(str(one), text=str(one), payload=f"rating:{conv.id}:{one}") for one in SCORES
    )
    _tell(session, conv, ("ask", words_of("rating.ask", conv.language)), scores, now)
    return True


def rated(session: Session, who: Identity, content: Content, now: datetime) -> Rated | None:
    """Whether what the customer said answers a question of ours about a closed conversation."""
    if isinstance(content, Postback):
        found = _PAYLOAD.fullmatch(content.payload)
        if found is None or _asked(session, who, int(found[1])) is None:
            return None
        return Rated(int(found[1]), _what(found[2]), found[2])
    if not isinstance(content, Text):
        return None
    return _typed(session, who, content.text, now)


def take_rating(
    session: Session, who: Identity, rating: Rated, recording: Recording, now: datetime
) -> bool:
    """Put the answer where it belongs and thank for it; False when it was taken before."""
    conv = held(session, who.merchant_id, rating.conversation_id)
    if record(session, conv, who, recording, now) is None:
        return False
    # It is settled all the same: nobody waits for an answer.
    if conv.status == "closed":
        session.run(
            """UPDATE conversation SET waiting_since = NULL, unread = 0
            WHERE id = :id AND merchant_id = :merchant_id""",
            id=conv.id,
            merchant_id=conv.merchant_id,
        )
    match rating.what:
        case "score":
            _score(session, conv, int(rating.value), now)
        case "reason":
            _add_words(session, conv, words_of(f"rating.{rating.value}", conv.language), now)
        case "write":
            _listen(session, conv, now)
        case "words":
            _add_words(session, conv, rating.value, now)
    return True


def ratings_of(session: Session, merchant_id: int, customer_id: int) -> list[Rating]:
    """The customer's ratings, newest first, at most 50."""
    rows = session.all(
        """SELECT r.conversation_id, r.agent_id, r.asked_at, r.score, r.words FROM rating r
        JOIN conversation c ON c.id = r.conversation_id AND c.merchant_id = r.merchant_id
        WHERE r.merchant_id = :merchant_id AND c.customer_id = :customer AND r.score IS NOT NULL
        ORDER BY r.conversation_id DESC LIMIT 50""",
        merchant_id=merchant_id,
        customer=customer_id,
    )
    return [Rating(row[0], row[1], optional_micros(row[2]), row[3], row[4]) for row in rows]


def satisfaction(session: Session, merchant_id: int, since: datetime) -> Satisfaction:
    """CSAT of conversations about which was asked since then."""
    row = session.one(
        """SELECT count(*), count(score),
          COALESCE(sum(CASE WHEN score >= :good THEN 1 ELSE 0 END), 0) FROM rating
        WHERE merchant_id = :merchant_id AND asked_at >= :since AND definition = :definition""",
        merchant_id=merchant_id,
        good=GOOD,
        since=since,
        definition=DEFINITION,
    )
    assert row is not None
    counts: list[Any] = list(row)
    return Satisfaction(int(counts[0]), int(counts[1]), int(counts[2]))


def _what(value: str) -> What:
    if value.isdigit():
        return "score"
    return "write" if value == "write" else "reason"


def _asked(session: Session, who: Identity, conversation_id: int) -> Rating | None:
    """What this customer was asked about that conversation."""
    row = session.one(
        """SELECT r.conversation_id, r.agent_id, r.asked_at, r.score, r.words FROM rating r
        JOIN conversation c ON c.id = r.conversation_id AND c.merchant_id = r.merchant_id
        WHERE r.conversation_id = :id AND r.merchant_id = :merchant_id
        AND c.customer_id = :customer""",
        id=conversation_id,
        merchant_id=who.merchant_id,
        customer=who.customer_id,
    )
    if row is None:
        return None
    return Rating(row[0], row[1], optional_micros(row[2]), row[3], row[4])


def _typed(session: Session, who: Identity, text: str, now: datetime) -> Rated | None:
    """A number, or the words that were announced; not while another conversation is open.

    In an open one only what follows our question at once answers it.
    """
    row = session.one(
        """SELECT c.id, c.status, r.score, r.asked_at, r.words_until, EXISTS (
          SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.merchant_id = c.merchant_id
          AND m.seq = c.last_seq AND m.dedupe_key IN ('rating:' || c.id || ':ask',
            'rating:' || c.id || ':write')) FROM conversation c
        JOIN rating r ON r.conversation_id = c.id AND r.merchant_id = c.merchant_id
        WHERE c.merchant_id = :merchant_id AND c.id = (SELECT max(n.id) FROM conversation n
          WHERE n.customer_id = :customer AND n.merchant_id = :merchant_id)""",
        merchant_id=who.merchant_id,
        customer=who.customer_id,
    )
    if row is None or (row[1] != "closed" and not row[5]):
        return None
    asked_at, until = optional_micros(row[3]), optional_micros(row[4])
    if until is not None and now < until:
        return Rated(row[0], "words", text.strip()[:LONGEST_WORDS])
    number = unicodedata.normalize("NFKC", text).strip()
    in_time = asked_at is not None and now < asked_at + ANSWERED_WITHIN
    if row[2] is None and in_time and number in ("1", "2", "3", "4", "5"):
        return Rated(row[0], "score", number)
    return None


def _score(session: Session, conv: Conversation, score: int, now: datetime) -> None:
    first = session.run(
        """UPDATE rating SET score = :score, answered_at = :now WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND score IS NULL""",
        score=score,
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    if not first:
        return
    note_happening(session, conv, "rated", now, reason=str(score))
    names = (() if score >= GOOD else REASONS) + ("write",)
    actions = tuple(
        ReplyAction(label, text=label, payload=f"rating:{conv.id}:{name}")
        for name in names
        for label in [words_of(f"rating.{name}", conv.language)]
    )
    key = "rating.thanks_good" if score >= GOOD else "rating.thanks_bad"
    _tell(session, conv, ("thanks", words_of(key, conv.language)), actions, now)


def _listen(session: Session, conv: Conversation, now: datetime) -> None:
    session.run(
        """UPDATE rating SET words_until = :until WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND score IS NOT NULL""",
        until=now + WRITTEN_WITHIN,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    _tell(session, conv, ("write", words_of("rating.write_here", conv.language)), (), now)


def _add_words(session: Session, conv: Conversation, words: str, now: datetime) -> None:
    session.run(
        """UPDATE rating SET words = CASE WHEN words = '' THEN :words
        ELSE words || ' / ' || CAST(:words AS text) END, words_until = NULL
        WHERE conversation_id = :id AND merchant_id = :merchant_id AND score IS NOT NULL""",
        words=words,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    _tell(session, conv, ("noted", words_of("rating.noted", conv.language)), (), now)


def _tell(
    session: Session,
    conv: Conversation,
    told: tuple[str, str],
    actions: tuple[ReplyAction, ...],
    now: datetime,
) -> None:
    text = TextBlock(text=told[1])
    blocks = (text, QuickReplies(actions=actions)) if actions else (text,)
    out = Outgoing(Reply(blocks), "bot", f"rating:{conv.id}:{told[0]}")
    say(session, held(session, conv.merchant_id, conv.id), out, now)
