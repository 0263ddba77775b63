"""Waiting on the event loop for what a thread resolves, many results in one wake-up.

`asyncio.wrap_future` wakes the loop once per future; a group commit resolves hundreds at once, so
results are collected per loop and handed over by a single `call_soon_threadsafe`.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class _Mailbox:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._done: deque[Promise[Any]] = deque()
        self._scheduled = False

    def put(self, done: "Promise[Any]") -> None:
        with self._lock:
            self._done.append(done)
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
        for promise in done:
            promise.arrive()


_mailboxes: WeakKeyDictionary[asyncio.AbstractEventLoop, _Mailbox] = WeakKeyDictionary()


class Promise(Generic[T]):
    """What a thread will tell the event loop this was made on. Await it once.

    Cancelling the waiter does not undo the work.
    """

    __slots__ = ("_error", "_mailbox", "_result", "_target")

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        mailbox = _mailboxes.get(loop)
        if mailbox is None:
            mailbox = _mailboxes.setdefault(loop, _Mailbox(loop))
        self._mailbox = mailbox
        self._target: asyncio.Future[T] = loop.create_future()
        self._result: Any = None
        self._error: BaseException | None = None

    def __await__(self) -> Generator[Any, None, T]:
        return self._target.__await__()

    def resolve(self, result: T | None, error: BaseException | None) -> None:
        """Tell the outcome, once, from any thread."""
        self._result, self._error = result, error
        self._mailbox.put(self)

    def arrive(self) -> None:
        """The outcome has come to the loop."""
        if self._target.cancelled():
            return
        if isinstance(self._error, StopIteration):
            # A future cannot carry it, and those behind it still wait.
            self._target.set_exception(RuntimeError(f"The work raised {self._error!r}."))
        elif self._error is not None:
            self._target.set_exception(self._error)
        else:
            self._target.set_result(self._result)


async def awaited(source: "Future[T]") -> T:
    """The result of a thread's future. Cancelling the waiter does not undo the work."""
    promise: Promise[T] = Promise()
    source.add_done_callback(lambda done: _hand_over(done, promise))
    return await promise


def _hand_over(done: "Future[T]", promise: Promise[T]) -> None:
    error = done.exception()
    promise.resolve(None if error is not None else done.result(), error)
