"""Waiting for what happens soon, without sleeping longer than it takes."""

import asyncio
import time
from collections.abc import Callable


async def until(happened: Callable[[], bool], *, within_s: float = 60.0) -> None:
    """Return as soon as it is so; fail when it does not become so."""
    end = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < end, f"did not happen within {within_s} s"
        await asyncio.sleep(0.005)
