"""5,000 shoppers who have the chat open and say nothing: memory, and an event for all of them.

    python -m bench.idle_sockets

The times run from the publishing in the server to the frame in the client, another process on the
same machine.
"""

import asyncio
import gc
import re
import resource
import statistics
import time
from pathlib import Path

import uvloop

from bench._measure import arguments, say
from bench.load.calls import HOST, at
from bench.load.people import visitor_tokens
from bench.load.processes import Child, free_port
from bench.load.shop import Shop, new_shop
from bench.load.sockets import Socket, open_socket

SOCKETS, AT_ONCE = 5_000, 100
ROUNDS = 20
KB_LIMIT, MS_LIMIT = 40, 250
_AT = re.compile(rb'"at":(\d+)')


class Arrivals:
    """When the frames of one broadcast came in."""

    def __init__(self) -> None:
        self.times_s: list[float] = []
        self.all_in = asyncio.Event()
        self.welcomed = 0

    def heard(self, data: bytes) -> None:
        found = _AT.search(data)
        if found is None:
            self.welcomed += 1
            return
        self.times_s.append((time.monotonic_ns() - int(found[1])) / 1e9)
        if len(self.times_s) == SOCKETS:
            self.all_in.set()


async def opened(shop: Shop, port: int, arrivals: Arrivals) -> list[Socket]:
    """Everybody opens the chat."""
    path = f"/api/widget/{shop.chat.key}/live"
    tokens = visitor_tokens(shop, SOCKETS)
    sockets: list[Socket] = []
    for start in range(0, SOCKETS, AT_ONCE):
        some = await asyncio.gather(
            *(open_socket(port, path, heard=arrivals.heard) for _ in range(AT_ONCE))
        )
        for socket, token in zip(some, tokens[start:], strict=False):
            socket.say({"type": "hello", "token": token, "cursor": None})
        sockets += some
    while arrivals.welcomed < SOCKETS:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    return sockets


async def broadcasts(trigger_port: int, arrivals: Arrivals) -> list[list[float]]:
    """The times of each broadcast, in rising order."""
    _, trigger = await asyncio.open_connection(HOST, trigger_port)
    found = []
    for _ in range(ROUNDS):
        arrivals.times_s, arrivals.all_in = [], asyncio.Event()
        trigger.write(b"now\n")
        async with asyncio.timeout(20):
            await arrivals.all_in.wait()
        found.append(sorted(arrivals.times_s))
        await asyncio.sleep(0.2)
    trigger.close()
    return found


async def main(within: Path | None) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4 * SOCKETS), most))
    port, trigger_port = free_port(), free_port()
    with new_shop("http://127.0.0.1:9", within) as shop:
        serve = ["-m", "bench.load.broadcasting_server", str(shop.data)]
        with Child([*serve, str(port), str(trigger_port)], port) as child:
            arrivals = Arrivals()
            await asyncio.sleep(1)
            before_kb, before_s = child.rss_kb(), child.cpu_s()
            sockets = await opened(shop, port, arrivals)
            open_us = (child.cpu_s() - before_s) / SOCKETS * 1e6
            say("socket memory", (child.rss_kb() - before_kb) / SOCKETS, "kB", f"{KB_LIMIT}")
            say("opening a chat, server CPU", open_us, "µs")
            gc.freeze()
            idle_s = child.cpu_s()
            await asyncio.sleep(3)
            say("idle, server CPU", (child.cpu_s() - idle_s) / 3 * 100, "% of a core")
            before_s = child.cpu_s()
            found = await broadcasts(trigger_port, arrivals)
            p50 = statistics.median(at(0.5, times) for times in found)
            p99 = statistics.median(at(0.99, times) for times in found)
            say(f"broadcast to {SOCKETS}, p50", p50 * 1e3, "ms")
            say(f"broadcast to {SOCKETS}, p99", p99 * 1e3, "ms", f"{MS_LIMIT}")
            frame_us = (child.cpu_s() - before_s) / SOCKETS / ROUNDS * 1e6
            say("broadcast, server CPU", frame_us, "µs a socket")
            say("sockets cut off", sum(one.closed for one in sockets), "sockets", "0")
            for socket in sockets:
                socket.close()


if __name__ == "__main__":
    uvloop.run(main(arguments().dir))
