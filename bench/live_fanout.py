"""Publishing one event to 5,000 followers in the process: until the last one has it."""

import asyncio
import statistics
import time

from bench._measure import say
from kaiwa.engines.live import Hub, LiveEvent

FOLLOWERS = 5_000
ROUNDS = 100


async def main() -> None:
    hub = Hub()
    got = 0
    all_have_it = asyncio.Event()

    async def send(_: bytes) -> None:
        nonlocal got
        got += 1
        if got == FOLLOWERS:
            all_have_it.set()

    kept = [hub.join(["shop", f"customer {n}"], None, send) for n in range(FOLLOWERS)]
    times_ms = []
    for n in range(ROUNDS):
        got = 0
        all_have_it.clear()
        start = time.perf_counter()
        hub.publish([LiveEvent("shop", b'{"n":%d}' % n)])
        await all_have_it.wait()
        times_ms.append((time.perf_counter() - start) * 1e3)
        await asyncio.sleep(0.11)
    assert len(kept) == FOLLOWERS
    p50, p99 = statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]
    say("fanout_5000_p50", p50, "ms", "<= 100")
    say("fanout_5000_p99", p99, "ms", "<= 250")


asyncio.run(main())
