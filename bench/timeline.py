"""How long it takes to open a conversation of 10,000 messages, and to read on upwards (SQLite).

Run: `python -m bench.timeline`. Limit: 200 ms of server time for the page and for an older one.
"""

import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench._measure import say
from bench.desk_list import took_ms
from kaiwa.conversations.links import FileLinks
from kaiwa.desk.view import Asked, conversation_view
from kaiwa.engines.db import Session, open_database
from kaiwa.engines.secrets import Secrets
from kaiwa.migrations import migrate
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.reply import Reply, TextBlock
from kaiwa.web.shapes import Names, Shaper

MESSAGES, OTHERS = 10_000, 200
LIMIT_MS = 200
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def fill(session: Session) -> None:
    session.run(
        """INSERT INTO merchant (id, name, slug, language, currency, timezone, settings, created_at)
        VALUES (1, 'M', 'm', 'ja', 'JPY', 'Asia/Tokyo', '{}', 0)"""
    )
    session.run(
        """INSERT INTO inbox (id, merchant_id, channel, key, name, settings, created_at)
        VALUES (1, 1, 'web_chat', 'k', 'Chat', '{}', 0)"""
    )
    ids = range(1, OTHERS + 2)
    session.many(
        "INSERT INTO customer (id, merchant_id, name, created_at) VALUES (:id, 1, 'N', 0)",
        [{"id": n} for n in ids],
    )
    session.many(
        """INSERT INTO identity (id, merchant_id, inbox_id, kind, value, created_at)
        VALUES (:id, 1, 1, 'visitor', :value, 0)""",
        [{"id": n, "value": f"v{n}"} for n in ids],
    )
    session.many(
        """INSERT INTO identity_link (merchant_id, identity_id, customer_id, grade, evidence,
          linked_at, linked_by) VALUES (1, :id, :id, 'claimed', '', 0, 'bench')""",
        [{"id": n} for n in ids],
    )
    session.many(
        """INSERT INTO conversation (id, merchant_id, customer_id, identity_id, channel, status,
          answered_by, epoch, language, last_seq, last_in_seq, last_out_seq, read_seq, unread,
          misunderstood, preview, preview_sender, opened_at, updated_at)
        VALUES (:id, 1, :id, :id, 'web_chat', 'open', 'nobody', 1, 'ja', :last, 1, 0, 0, 1, 0,
          'Hello', 'customer', 0, 0)""",
        [{"id": n, "last": MESSAGES if n == 1 else 50} for n in ids],
    )
    session.many(
        """INSERT INTO message (merchant_id, conversation_id, seq, direction, sender, inbox_id,
          identity_id, external_id, state, text, body, recorded_at)
        VALUES (1, :conversation, :seq, :direction, :sender, 1, :conversation, :external,
          'accepted', :text, :body, :seq)""",
        [row(1, seq) for seq in range(1, MESSAGES + 1)]
        + [row(n, seq) for n in ids if n > 1 for seq in range(1, 51)],
    )


def row(conversation: int, seq: int) -> dict[str, object]:
    inbound, text = seq % 2 == 1, f"これは {seq} 番目のメッセージです。" * 4
    body = Text(text) if inbound else Reply((TextBlock(text=text),))
    return {
        "conversation": conversation,
        "seq": seq,
        "direction": "in" if inbound else "out",
        "sender": "customer" if inbound else "bot",
        "external": f"{conversation}/{seq}",
        "text": text,
        "body": msgspec.json.encode(body).decode(),
    }


def answered(session: Session, asked: Asked) -> bytes:
    """The page as it leaves the server."""
    page = conversation_view(session, 1, asked, NOW)
    shaper = Shaper(Names("N", "Bot", "M"), FileLinks(Secrets(b"0" * 32)), NOW)
    return msgspec.json.encode([shaper.desk_message(one, "web_chat") for one in page.messages])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kaiwa.db'}"
        migrate(url)
        with closing(open_database(url)) as db:
            db.write_now(fill)
            for name, asked in (
                ("newest page of the timeline", Asked(1)),
                ("a page in the middle", Asked(1, MESSAGES // 2)),
                ("the first page", Asked(1, 51)),
            ):
                ms = took_ms(db, lambda s, a=asked: answered(s, a))  # type: ignore[misc]
                say(name, ms, "ms", str(LIMIT_MS))


if __name__ == "__main__":
    main()
