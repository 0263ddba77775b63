"""Waiting on the event loop for what a thread resolves, many results in one wake-up.

`asyncio.wrap_future` wakes the loop once per future; a group commit resolves hundreds at once, so
results are collected per loop and handed over by a single `call_soon_threadsafe`.
"""

import asyncio
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class _Mailbox:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._done: deque[tuple[Future[Any], asyncio.Future[Any]]] = deque()
        self._scheduled = False

    def put(self, source: "Future[Any]", target: "asyncio.Future[Any]") -> None:
        with self._lock:
            self._done.append((source, target))
            if self._scheduled:
                return
            self._scheduled = True
        try:
            self._loop.call_soon_threadsafe(self._deliver)
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return

    def _deliver(self) -> None:
        with self._lock:
            done, self._done = self._done, deque()
            self._scheduled = False
        for source, target in done:
            if target.cancelled():
                continue
            error = source.exception()
            if isinstance(error, StopIteration):
                # A future cannot carry it, and those behind it still wait.
                target.set_exception(RuntimeError(f"The work raised {error!r}."))
            elif error is not None:
                target.set_exception(error)
            else:
                target.set_result(source.result())


_mailboxes: WeakKeyDictionary[asyncio.AbstractEventLoop, _Mailbox] = WeakKeyDictionary()


async def awaited(source: "Future[T]") -> T:
    """The result of a thread's future. Cancelling the waiter does not undo the work."""
    loop = asyncio.get_running_loop()
    mailbox = _mailboxes.get(loop)
    if mailbox is None:
        mailbox = _mailboxes.setdefault(loop, _Mailbox(loop))
    target: asyncio.Future[T] = loop.create_future()
    source.add_done_callback(lambda done: mailbox.put(done, target))
    return await target
