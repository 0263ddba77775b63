"""Milliseconds to the newest 20 of 300,000 chat messages that hold some words, beside LIKE.

Every part of the words must be in the text (folded alike); a plain LIKE scan of the same table
is timed in the same run.

    python -m bench.message_search [--database-url postgresql://…] [--messages N]
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from kaiwa.conversations.search import Search, find_messages, index_new
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.migrations import migrate

MESSAGES = 300_000
RARE = 12
LIMIT_MS = 20
ROUNDS = 7
NOW = datetime(2026, 4, 1, tzinfo=UTC)
QUERIES = ("返品", "桐箱", "領収書", "追跡番号", "refund", "港", "返品 送料")

THINGS = (
    "急須 鉄瓶 湯のみ 包丁 まな板 土鍋 茶筒 おろし金 ざる 菜箸 風呂敷 手ぬぐい 箸置き 醤油差し"
    " 徳利 茶碗 丼 小皿 大皿 カップ グラス ポット やかん フライパン せいろ 米びつ お盆 花瓶 香炉"
).split()
COLOURS = "白 黒 赤 青 緑 黄色 紺 茶色 灰色 桜色 藍色 生成り".split()
PLACES = (
    "東京 大阪 京都 札幌 仙台 福岡 広島 名古屋 金沢 那覇 新潟 静岡 高松 松山 長崎 熊本 青森 盛岡"
).split()
PEOPLE = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本".split()
TEMPLATES = (
    "{colour}の{thing}はまだ在庫がありますか？",
    "{thing}を{n}つ注文したいのですが、いつ届きますか",
    "{place}までの送料はいくらですか",
    "先日届いた{thing}に傷がありました。返品したいです",
    "{thing}の返品はできますか？送料はどちらが負担しますか",
    "注文番号{number}の領収書をお願いします",
    "追跡番号は{number}です。{place}に向かっています",
    "{person}です。{thing}の{colour}を予約できますか",
    "ありがとうございます！{thing}、とても気に入りました",
    "{n}月{n}日に{place}で受け取りたいです",
    "Can I get a refund for order {number}?",
    "Do you ship the {number} to {place}? Is there a warranty?",
    "{thing}と{thing2}の違いを教えてください",
    "贈り物なので{colour}の包装紙で包んでもらえますか",
    "{place}の{person}様、お問い合わせありがとうございます。{thing}は{n}日後に発送します",
    "交換でお願いします。{colour}から{colour2}に",
    "こんにちは",
    "はい、大丈夫です",
    "{thing}は食洗機で洗えますか。電子レンジはどうですか",
    "支払い方法を変更したいです。{person}",
)
RARE_TEMPLATE = "{thing}を桐箱に入れて{place}の港へ送ってください"


def texts(count: int) -> list[str]:
    """Synthetic chat, the same every time."""
    draw = random.Random(20260401)
    rare = set(draw.sample(range(count), RARE))
    return [
        _text(draw, RARE_TEMPLATE if n in rare else draw.choice(TEMPLATES)) for n in range(count)
    ]


def _text(draw: random.Random, template: str) -> str:
    return template.format(
        thing=draw.choice(THINGS),
        thing2=draw.choice(THINGS),
        colour=draw.choice(COLOURS),
        colour2=draw.choice(COLOURS),
        place=draw.choice(PLACES),
        person=draw.choice(PEOPLE),
        number=draw.randrange(10_000, 100_000),
        n=draw.randrange(1, 12),
    )


def build(db: Database, count: int) -> int:
    """A shop with that many messages; its id."""
    merchant_id = db.write_now(lambda s: create_merchant(s, NewMerchant("Bench"), NOW).id)
    said = texts(count)
    conversations = db.write_now(lambda s: _conversations(s, merchant_id, count // 20 + 1))
    for first in range(0, count, 10_000):
        part = said[first : first + 10_000]
        db.write_now(lambda s, p=part, f=first: _fill(s, (merchant_id, f), conversations, p))  # type: ignore[misc]
    return merchant_id


def _conversations(session: Session, merchant_id: int, count: int) -> list[int]:
    session.run(
        """INSERT INTO inbox (id, merchant_id, channel, key, name, created_at)
        VALUES (1, :m, 'web_chat', 'bench', 'Bench', 0)""",
        m=merchant_id,
    )
    rows: list[dict[str, Any]] = [{"m": merchant_id, "id": n} for n in range(1, count + 1)]
    session.many("INSERT INTO customer (id, merchant_id, created_at) VALUES (:id, :m, 0)", rows)
    session.many(
        """INSERT INTO identity (id, merchant_id, inbox_id, kind, value, created_at)
        VALUES (:id, :m, 1, 'visitor', CAST(:id AS text), 0)""",
        rows,
    )
    session.many(
        """INSERT INTO conversation (id, merchant_id, customer_id, identity_id, channel, status,
          answered_by, epoch, language, last_seq, last_in_seq, last_out_seq, read_seq, unread,
          misunderstood, preview, preview_sender, opened_at, updated_at)
        VALUES (:id, :m, :id, :id, 'web_chat', 'open', 'bot', 1, 'ja', 0, 0, 0, 0, 0, 0, '',
          'customer', 0, 0)""",
        rows,
    )
    return [row["id"] for row in rows]


def _fill(session: Session, at: tuple[int, int], conversations: list[int], said: list[str]) -> None:
    merchant_id, first = at
    rows: list[dict[str, Any]] = [
        {
            "id": number + 1,
            "m": merchant_id,
            "conversation": conversations[number % len(conversations)],
            "seq": number // len(conversations) + 1,
            "text": text,
        }
        for number, text in enumerate(said, start=first)
    ]
    session.many(
        """INSERT INTO message (id, merchant_id, conversation_id, seq, direction, sender, inbox_id,
          identity_id, state, text, body, recorded_at)
        VALUES (:id, :m, :conversation, :seq, 'in', 'customer', 1, :conversation, 'read', :text,
          '{}', :id)""",
        rows,
    )
    index_new(session, merchant_id, [(row["id"], row["text"]) for row in rows])


def plain_scan(session: Session, merchant_id: int, query: str) -> list[Any]:
    """What one would write first."""
    parts = query.split()
    likes = " AND ".join(f"text LIKE :p{n}" for n in range(len(parts)))
    return session.all(
        f"""SELECT id FROM message WHERE merchant_id = :m AND {likes}
        ORDER BY id DESC LIMIT 20""",
        m=merchant_id,
        **{f"p{n}": f"%{part}%" for n, part in enumerate(parts)},
    )


def median_ms(db: Database, work: Callable[[Session], list[Any]]) -> tuple[float, int]:
    """The median of some rounds after a warm one, and how many it found."""
    found = len(db.read_now(work))
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        db.read_now(work)
        times.append((time.perf_counter() - began) * 1e3)
    return sorted(times)[ROUNDS // 2], found


def run(url: str, count: int) -> None:
    """Build, then time each query both ways."""
    migrate(url)
    with closing(open_database(url)) as db:
        began = time.perf_counter()
        merchant_id = build(db, count)
        print(f"{db.dialect}: {count:,} messages built in {time.perf_counter() - began:.0f} s")
        if db.dialect == "postgres":
            db.write_now(lambda s: (s.run("ANALYZE message"), s.run("ANALYZE message_search")))
        for query in QUERIES:
            ours, found = median_ms(
                db,
                lambda s, q=query: find_messages(s, merchant_id, Search(q)),  # type: ignore[misc]
            )
            scan, same = median_ms(db, lambda s, q=query: plain_scan(s, merchant_id, q))  # type: ignore[misc]
            assert found == same, (query, found, same)
            note = "" if ours <= LIMIT_MS else "  OVER THE LIMIT"
            print(f"{query}: {ours:.1f} ms (limit {LIMIT_MS}; LIKE {scan:.1f}), {found} hits{note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    given = parser.parse_args()
    if given.database_url:
        run(given.database_url, given.messages)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{folder}/kaiwa.db", given.messages)


if __name__ == "__main__":
    main()
