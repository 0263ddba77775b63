"""Signed LINE webhooks over HTTP until the 200 that says they are on the disk, 64 at a time.

    python -m bench.webhook_durable

Beside it, from the same run: this disk's fdatasync rate, and a bare server that only reads the
body, checks the HMAC and answers 200. Client and servers share the machine's cores.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench._measure import arguments, say
from bench.load.calls import Burst, at, burst, request
from bench.load.disk import fdatasyncs_per_s
from bench.load.line import line_at
from bench.load.processes import Child, free_port
from bench.load.shop import SECRET, Shop, house_of, new_shop
from tests.fakes.line_webhooks import LineWebhooks

CONCURRENCY = 64
CALLS = 5_000
BATCHES, BATCH = 800, 10
USERS = 500
ROUNDS = 3
AIM_DISK = 45
SETTLED_WITHIN_S = 45.0
SAID = ["送料はいくらですか", "返品できますか", "IHで使えますか", "今日は寒いですね", "ありがとう"]


class Load:
    """Makes signed bodies; every event is new."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._line = LineWebhooks(SECRET)
        self._made = 0

    def __call__(self, calls: int, events: int = 1) -> list[bytes]:
        return [self._call(events) for _ in range(calls)]

    def _call(self, events: int) -> bytes:
        body, headers = self._line.deliver(*(self._event() for _ in range(events)))
        return request("POST", self._path, body, **headers)

    def _event(self) -> dict[str, object]:
        self._made += 1
        number = self._made % USERS
        return self._line.text(f"U{number:032x}", f"{SAID[number % len(SAID)]} {self._made}")


async def rounds(child: Child, bodies: Sequence[list[bytes]]) -> tuple[list[Burst], float]:
    """A burst per list of calls, and the server's CPU in µs per call."""
    before, found = child.cpu_s(), []
    for requests in bodies:
        found.append(await burst(child.port, requests, CONCURRENCY))
    calls = sum(one.calls for one in found)
    return found, (child.cpu_s() - before) / calls * 1e6


def unsettled(shop: Shop) -> int:
    """Jobs that are still to be done."""
    with house_of(shop.data) as house:
        row = house.db.read_now(lambda s: s.one("SELECT count(*) FROM job WHERE state < 3"))
    assert row is not None
    return int(row[0])


async def bare() -> tuple[float, float]:
    """Calls a second and CPU per call of a server that keeps nothing."""
    child = Child(["-m", "bench.load.bare_server", str(port := free_port()), SECRET], port)
    with child:
        load = Load("/")
        await burst(port, load(500), CONCURRENCY)
        found, cpu_us = await rounds(child, [load(CALLS) for _ in range(ROUNDS)])
    return statistics.median(one.per_s for one in found), cpu_us


async def accepting(shop: Shop, disk_per_s: float, bare: tuple[float, float]) -> None:
    """What accepting alone costs: the server with its workers off."""
    port, (bare_per_s, bare_us) = free_port(), bare
    child = Child(["-m", "bench.load.accepting_server", str(shop.data), str(port)], port)
    with child:
        load = Load(shop.webhook)
        await burst(port, load(500), CONCURRENCY)
        found, cpu_us = await rounds(child, [load(CALLS) for _ in range(ROUNDS)])
        per_s = statistics.median(one.per_s for one in found)
        say("accept only, single events", per_s, "msg/s", f"bare server answers {bare_per_s:.0f}")
        p99_ms = statistics.median(at(0.99, one.latencies_s) for one in found) * 1e3
        say("accept only, p99", p99_ms, "ms")
        say("accept only, against the disk's fdatasync", per_s / disk_per_s, "x", _cpu_bound())
        say(
            "accept only, CPU per message",
            cpu_us,
            "µs",
            f"{cpu_us / bare_us:.1f}x bare server",
        )
        found, cpu_us = await rounds(child, [load(BATCHES, BATCH) for _ in range(ROUNDS)])
        per_s = statistics.median(one.per_s for one in found) * BATCH
        say(f"accept only, {BATCH} events a call", per_s, "msg/s")
        say(f"accept only, {BATCH} events a call, disk", per_s / disk_per_s, "x", _cpu_bound())
        say(f"accept only, {BATCH} events a call, CPU", cpu_us / BATCH, "µs per message")


def _cpu_bound() -> str:
    return f">= {AIM_DISK}; on a quick disk the CPU is the limit"


async def serving(shop: Shop) -> None:
    """The whole server: the bot and the intake run behind while the 200s go out."""
    port = free_port()
    with Child(shop.serve(port), port) as child:
        load = Load(shop.webhook)
        await burst(port, load(USERS), CONCURRENCY)
        await settled(shop)
        before, requests = child.cpu_s(), load(CALLS)
        began = time.perf_counter()
        found = await burst(port, requests, CONCURRENCY)
        say("with the bot behind, single events", found.per_s, "msg/s")
        say("with the bot behind, p99", at(0.99, found.latencies_s) * 1e3, "ms")
        left = await settled(shop)
        cpu_us = (child.cpu_s() - before) / (CALLS - left / 2) * 1e6
        say("accepted, taken in, answered, sent: CPU", cpu_us, "µs per message")
        say("accepted, taken in, answered, sent: in", time.perf_counter() - began, "s")
        say("jobs left", left, "jobs", "0")


async def settled(shop: Shop) -> int:
    """Wait until every job is done; how many are left when that takes too long."""
    for _ in range(int(SETTLED_WITHIN_S / 0.25)):
        if not unsettled(shop):
            return 0
        await asyncio.sleep(0.25)
    return unsettled(shop)


async def main(within: Path | None) -> None:
    line = free_port()
    bare_per_s, bare_us = await bare()
    say("bare server, single events", bare_per_s, "calls/s")
    say("bare server, CPU per call", bare_us, "µs")
    with new_shop(f"http://127.0.0.1:{line}", within) as shop:
        disk_per_s = fdatasyncs_per_s(shop.data)
        await accepting(shop, disk_per_s, (bare_per_s, bare_us))
        # Before and after: others may use the disk too.
        disk_per_s = (disk_per_s + fdatasyncs_per_s(shop.data)) / 2
        say("this disk", disk_per_s, "fdatasync/s")
    with new_shop(f"http://127.0.0.1:{line}", within) as shop:
        async with line_at(line):
            await serving(shop)


if __name__ == "__main__":
    uvloop.run(main(arguments().dir))
