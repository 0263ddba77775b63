"""P1, P2, P3 with real processes: the server is killed with SIGKILL again and again.

Hundreds of events from every channel there is, three in ten redelivered, batched and shuffled,
receipts between them, while strict platforms also fail now and then. Afterwards every event is
recorded exactly once, every conversation is gapless, and no reply is at a platform twice, said to
be there and is not, or lost.
"""

import asyncio
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest

from kaiwa.conversations.delivery import wire_key
from kaiwa.conversations.preparing import Dispatch
from kaiwa.engines.db import open_database
from tests.faults.kinds import QUESTION, Email, Kind, Taken, kinds
from tests.faults.processes import Kaiwa, Platforms, platforms_and_kaiwa
from tests.faults.senders import Browser, Sender, Sent, Uptime

KILLS = 8
KINDS = kinds()
WEB_PER_PART = 24
HOOKED_EVENTS = KILLS * sum(kind.per_part for kind in KINDS)
WEB_EVENTS = KILLS * WEB_PER_PART
VISITORS = 30
FAULTS = ("500", "drop", "slow", "rate")
MOODS = ("well", "well", "busy", "silent_after", "drops_in_data", "too_fast")

pytestmark = pytest.mark.faults


class Said(NamedTuple):
    """One message of ours: how it went out, and what became of it."""

    kind: str
    to: str
    route: str
    key: str
    state: str
    id: str | None


def test_nothing_is_lost_or_doubled_by_sigkill(database_url: str, tmp_path: Path) -> None:
    with platforms_and_kaiwa(tmp_path, database_url) as (platforms, kaiwa):
        places, chat_key = set_up(kaiwa, platforms)
        sent = asyncio.run(storm(platforms, kaiwa, places, chat_key))
        kaiwa.stop()

        exported = [json.loads(row) for row in kaiwa.run(*EXPORT).splitlines()]
        check_recorded_once(sent, exported)
        check_gapless(exported)
        check_answered_once(sent, exported)
        said = said_by(database_url)
        for kind in KINDS:
            check_replies(
                kind,
                [one for one in said if one.kind == kind.name],
                _of(kind.name, platforms.journal()),
            )
        assert platforms.control("look")["quarrels"] == []
        assert jobs_left(database_url) == []


EXPORT = ("export", "messages", "--merchant", "shop")


def set_up(kaiwa: Kaiwa, platforms: Platforms) -> tuple[dict[str, str], str]:
    """A shop that answers one question on every channel: their webhooks, and its chat's key."""
    kaiwa.run("merchant", "create", "Shop", "--slug", "shop", "--email", "owner@shop.example")
    faq = Path(__file__).parents[2] / "demo" / "faq.csv"
    kaiwa.run("import", "faq", str(faq), "--merchant", "shop")
    places = {}
    for kind in KINDS:
        options = [f"--{name.replace('_', '-')}={value}" for name, value in kind.options.items()]
        where = (
            f"--smtp-server={platforms.mail}"
            if isinstance(kind, Email)
            else f"--api-base={platforms.base}/{kind.name}"
            + ("/" if kind.name == "sms_gateway" else "")
        )
        added = kaiwa.run("channel", "add", kind.name, "--merchant", "shop", where, *options)
        key = added.split(f"/webhooks/{kind.name}/")[1].split()[0]
        places[kind.name] = f"{kaiwa.base}/webhooks/{kind.name}/{key}"
    chat = kaiwa.run("channel", "add", "web_chat", "--merchant", "shop", "--origin", "*")
    return places, chat.split('data-shop="')[1].split('"')[0]


async def storm(platforms: Platforms, kaiwa: Kaiwa, places: dict[str, str], chat_key: str) -> Sent:
    """Send everything in as many parts as there are kills; kill in the middle of each."""
    dice, sent, uptime = random.Random(7), Sent(), Uptime()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=5, limits=limits) as client:
        senders = {
            kind.name: Sender(
                client, uptime, kind, places[kind.name], f"{platforms.base}/{kind.name}"
            )
            for kind in KINDS
        }
        browsers = [Browser(client, uptime, kaiwa.base, chat_key) for _ in range(VISITORS)]
        sending: list[asyncio.Task[None]] = []
        told = 0
        for part in range(KILLS + 1):
            await asyncio.to_thread(kaiwa.start)
            uptime.up()
            disturb(platforms, dice, early=part < KILLS // 2)
            if part < KILLS:
                sending += [asyncio.create_task(one.ask(dice, sent)) for one in senders.values()]
                taken = platforms.journal()
                sending += telling(senders, taken[told:], dice)
                told = len(taken)
                for browser in dice.sample(browsers, WEB_PER_PART // 2):
                    sending.append(asyncio.create_task(browser.say(2, dice, sent)))
                await asyncio.sleep(dice.uniform(0.1, 1.5))
                await asyncio.to_thread(kaiwa.kill)
                uptime.down()
        await asyncio.gather(*sending)
        await settled(client, kaiwa)
        # What was told of a message before Kaiwa knew of it is told again, as platforms may.
        taken = platforms.journal()
        await asyncio.gather(*(one.settle(_of(name, taken)) for name, one in senders.items()))
        await settled(client, kaiwa)
    return sent


def telling(
    senders: dict[str, Sender], taken: list[Taken], dice: random.Random
) -> list[asyncio.Task[None]]:
    """Receipts of what was taken lately, every second one early."""
    return [
        asyncio.create_task(sender.tell(_of(name, taken[::2]), dice))
        for name, sender in senders.items()
    ]


def _of(kind: str, taken: list[Taken]) -> list[Taken]:
    return [one for one in taken if one.kind == kind]


def disturb(platforms: Platforms, dice: random.Random, *, early: bool) -> None:
    """Some platforms fail some times; mail servers early, for they ask to wait a minute."""
    for kind in dice.sample([one for one in KINDS if not isinstance(one, Email)], 3):
        how, accept = dice.choice(FAULTS), dice.random() < 0.6
        times = dice.randint(1, 3)
        platforms.control("fail", kind=kind.name, how=how, times=times, accept=accept)
    platforms.control("mood", mood=dice.choice(MOODS) if early else "well")


async def settled(client: httpx.AsyncClient, kaiwa: Kaiwa) -> None:
    """Wait until nothing is left to do."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        metrics = (await client.get(f"{kaiwa.base}/metrics")).text
        waiting = [row for row in metrics.splitlines() if row.startswith("kaiwa_jobs{")]
        if not [row for row in waiting if 'state="dead"' not in row]:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"jobs are left: {waiting}")


def check_recorded_once(sent: Sent, exported: list[dict[str, Any]]) -> None:
    heard = [row for row in exported if row["direction"] == "in"]
    counted = Counter((row["channel"], row["external_id"]) for row in heard)
    wanted = Counter(sent.hooked)
    for visitor, client_ids in sent.web.items():
        wanted.update(("web_chat", f"{visitor}/{client_id}") for client_id in client_ids)
    assert counted == Counter(dict.fromkeys(wanted, 1))
    assert len(sent.hooked) == HOOKED_EVENTS
    assert sum(map(len, sent.web.values())) == WEB_EVENTS
    assert {row["text"] for row in heard} == {QUESTION}


def check_gapless(exported: list[dict[str, Any]]) -> None:
    seqs: dict[int, list[int]] = {}
    for row in exported:
        seqs.setdefault(row["conversation"], []).append(row["seq"])
    assert all(found == list(range(1, len(found) + 1)) for found in seqs.values())
    for visitor, row_ids in _web_order(exported).items():
        numbers = [int(client_id.removeprefix("c")) for client_id in row_ids]
        assert numbers == sorted(numbers), f"{visitor} was recorded out of order"


def _web_order(exported: list[dict[str, Any]]) -> dict[str, list[str]]:
    order: dict[str, list[str]] = {}
    for row in exported:
        if row["direction"] == "in" and row["channel"] == "web_chat":
            visitor, _, client_id = row["external_id"].partition("/")
            order.setdefault(visitor, []).append(client_id)
    return order


def check_answered_once(sent: Sent, exported: list[dict[str, Any]]) -> None:
    said = [row for row in exported if row["direction"] == "out"]
    assert Counter(row["channel"] for row in said) == Counter(
        {kind.name: KILLS * kind.per_part for kind in KINDS} | {"web_chat": WEB_EVENTS}
    )
    assert {row["sender"] for row in said} == {"bot"}
    conversations = {row["conversation"] for row in exported}
    people = {(kind, user) for (kind, _), user in sent.hooked.items()}
    assert len(conversations) == len(people) + len(sent.web)
    assert {row["state"] for row in said if row["channel"] == "web_chat"} == {"accepted"}


def check_replies(kind: Kind, said: list[Said], taken: list[Taken]) -> None:
    """Each message is at its platform once, and Kaiwa knows which.

    Only where a platform offers no way to ask again may Kaiwa not know: an answer that was lost on
    a channel without retry keys, or a LINE reply token that ran out before a server lived long
    enough. Even then the platform has it once at most, and Kaiwa says so.
    """
    known = [one for one in said if one.state in kind.ends]
    unknown = [one for one in said if one.state == "unknown"]
    others = [one for one in said if one.state not in (*kind.ends, "unknown")]
    assert (kind.name, others) == (kind.name, [])
    assert len(said) == KILLS * kind.per_part, kind.name
    if all(one.key for one in taken):
        at_platform = Counter(one.key for one in taken)
        assert set(at_platform.values()) == {1}, kind.name
        assert {one.key for one in known} <= set(at_platform) <= {one.key for one in said}
    ids = Counter(one.id for one in taken)
    if kind.name != "line":
        assert set(ids.values()) == {1}
        assert len({one.id for one in known}) == len(known)
        assert {one.id for one in known} <= set(ids), kind.name
    else:
        assert {one.route for one in unknown} <= {"reply_token"}
    for user in kind.users:
        here = sum(one.to == user for one in taken)
        sure = sum(one.to == user for one in known)
        assert sure <= here <= sure + sum(one.to == user for one in unknown), (kind.name, user)
    print(f"{kind.name}: known {len(known)}, unknown {len(unknown)}, there {len(taken)}")


def said_by(database_url: str) -> list[Said]:
    """Everything that was said to be carried by somebody else."""
    db = open_database(database_url)
    try:
        rows = db.read_now(
            lambda s: s.all(
                """SELECT b.channel, i.value, m.sent_as, m.retry_key, m.state, m.external_id
                FROM message m JOIN inbox b ON b.id = m.inbox_id
                JOIN identity i ON i.id = m.identity_id
                WHERE b.channel <> 'web_chat' AND m.direction = 'out'"""
            )
        )
    finally:
        db.close()
    return [_said(*row) for row in rows]


def _said(kind: str, to: str, sent_as: str, retry_key: str, state: str, own_id: str | None) -> Said:
    dispatch = msgspec.json.decode(sent_as, type=Dispatch)
    assert len(dispatch.wires) == 1
    route = dispatch.route
    key = route.handle.token if route.handle else wire_key(retry_key, 0)
    return Said(kind, to, route.kind, key, state, own_id)


def jobs_left(database_url: str) -> list[Any]:
    """What is left in the queue, dead jobs included."""
    db = open_database(database_url)
    try:
        return db.read_now(lambda s: s.all("SELECT kind, state, error FROM job"))
    finally:
        db.close()
