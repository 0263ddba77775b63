"""Durable messages a second from 64 writers at once, beside what the disk itself can sync."""

import asyncio
import os
import time
from pathlib import Path

from bench._measure import arguments, measured_database, say
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.queue import NewJob, enqueue

WRITERS = 64
FOR_S = 5.0
SYNC_S = 2.0
TEXT = "さっきの青いほうをもう一度見せてください。" * 4


def syncs_per_s(folder: Path) -> float:
    """Append a page and fdatasync, over and over."""
    descriptor = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT, 0o600)
    page, count = b"x" * 4096, 0
    start = time.perf_counter()
    while time.perf_counter() - start < SYNC_S:
        os.write(descriptor, page)
        os.fdatasync(descriptor)
        count += 1
    rate = count / (time.perf_counter() - start)
    os.close(descriptor)
    return rate


def schema(session: Session) -> None:
    session.run("CREATE TABLE talk (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL)")
    session.run("CREATE TABLE said (external_id TEXT PRIMARY KEY, talk BIGINT, body TEXT)")


class Load:
    """64 senders, each waiting until its message is durable before it sends the next."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.sent = 0
        self.commits = 0
        self._over = False

    async def run(self) -> None:
        senders = [asyncio.ensure_future(self._send(n)) for n in range(WRITERS)]
        await asyncio.sleep(FOR_S)
        self._over = True
        await asyncio.gather(*senders)

    async def _send(self, sender: int) -> None:
        number = 0
        while not self._over:
            await self.db.write(self._message(sender, f"{sender}.{number}"))
            number += 1
            self.sent += 1

    def _message(self, sender: int, external_id: str):
        def work(session: Session) -> None:
            session.run(
                "INSERT INTO talk VALUES (:id, 1)"
                " ON CONFLICT (id) DO UPDATE SET seq = talk.seq + 1",
                id=sender,
            )
            fresh = session.one(
                "INSERT INTO said VALUES (:e, :talk, :body) ON CONFLICT DO NOTHING RETURNING talk",
                e=external_id,
                talk=sender,
                body=TEXT,
            )
            assert fresh is not None
            enqueue(session, NewJob("out", "send", external_id), SystemClock().now())

        return work

    def heard(self, nudges: list[Nudge]) -> None:
        self.commits += 1


async def main() -> None:
    with measured_database(arguments()) as (db, folder):
        load = Load(db)
        if db.dialect == "sqlite":
            # The SQLite engine tells its listeners once a commit.
            db.listen(load.heard, lambda: None)
        await db.write(schema)
        before = syncs_per_s(folder)
        cpu, start = time.process_time(), time.perf_counter()
        await load.run()
        cpu_s, passed_s = time.process_time() - cpu, time.perf_counter() - start
        disk = (before + syncs_per_s(folder)) / 2
    report(db.dialect, load, passed_s, cpu_s / load.sent * 1e6, disk)


def report(on: str, load: Load, passed_s: float, unit_us: float, disk: float) -> None:
    rate = load.sent / passed_s
    # What can be asked for: many messages a sync where the disk is slow, half a core where
    # it is quick.
    bound = {"disk": 30 * disk, "cpu": 0.5e6 / unit_us}
    by = min(bound, key=lambda name: bound[name])
    embedded = on == "sqlite"
    say("fdatasync", disk, "/s")
    say(f"{on}_durable_messages", rate, "/s", f">= {bound[by]:.0f} by {by}" if embedded else "")
    say(f"{on}_messages_per_fdatasync", rate / disk, "x", ">= 30" if by == "disk" else "")
    if load.commits:
        commits = load.commits / passed_s
        say(f"{on}_messages_per_commit", rate / commits, "")
        limit = ">= 0.7" if by == "disk" else ""
        say(f"{on}_commits_per_fdatasync", commits / disk, "x", limit)
    say(f"{on}_unit", unit_us, "us CPU", "<= 100" if embedded else "")


asyncio.run(main())
