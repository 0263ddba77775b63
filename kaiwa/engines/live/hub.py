"""The hub of one process: topics, a bounded memory of events, followers.

Frames leave at once after a pause and then at most every `FRAME_S`, less often when there are so
many followers that sending would take up the loop: within a frame only the newest event of each
`key` stands. The frame for followers of the same topics is encoded once. A follower
that does not read is cut off, it resumes later.
"""

import asyncio
import secrets
import time
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable
from functools import partial
from typing import Any, TypeAlias

import msgspec

Send: TypeAlias = Callable[[bytes], Awaitable[None]]

FRAME_S = 0.1
# A frame to everybody may take a tenth of the time, and may not come later than this.
SENDING_SHARE = 0.1
LONGEST_PAUSE_S = 0.18
KEPT_EVENTS = 20_000
WAITING_FRAMES = 64
REMEMBERED_S = 120.0


class LiveEvent(msgspec.Struct, frozen=True):
    """One event on a topic: `body` is its JSON; a later one with the same `key` replaces it.

    What is `passing` is for who follows now: it is not kept for anybody who comes back.
    """

    topic: str
    body: bytes
    key: str | None = None
    passing: bool = False


class Follower:
    """One browser connection. `topics` may change; `alive` turns False when it is cut off."""

    __slots__ = ("_frames", "_hub", "_sending", "alive", "cut", "position", "send", "topics")

    def __init__(self, hub: "Hub", topics: frozenset[str], send: Send) -> None:
        self._hub = hub
        self._frames: deque[bytes] | None = None
        self._sending = False
        self.topics = topics
        self.send = send
        self.alive = True
        self.cut: Callable[[], None] | None = None
        self.position = hub.position

    def push(self, frame: bytes, *, later: bool = False) -> None:
        """Send a frame behind those that are still being sent; `later`: not before we return."""
        if self._frames is None:
            self._frames = deque()
        if len(self._frames) >= WAITING_FRAMES:
            self.end()
            return
        self._frames.append(frame)
        if not self._sending:
            self._sending = True
            (self._hub.spawn if later else self._hub.begin)(self._drain())

    def follow(self, topics: Iterable[str]) -> None:
        """Follow these topics from now on, in place of the earlier ones."""
        self._hub.refollow(self, frozenset(topics))

    async def _drain(self) -> None:
        try:
            while self._frames and self.alive:
                await self.send(self._frames.popleft())
        except Exception:  # whatever a broken socket raises: the connection is over
            self.end()
        finally:
            self._sending = False
            self._frames = None

    def end(self) -> None:
        """Cut the connection off: the browser comes back and resumes."""
        self._hub.leave(self)
        if self.cut is not None:
            self.cut()


class Hub:
    """Where events are published and followed. Everything runs on one event loop."""

    def __init__(self) -> None:
        self._stream = secrets.token_hex(4)
        self.position = 0
        self._floor = 0
        self._kept: deque[tuple[int, LiveEvent]] = deque()
        self._by_topic: dict[str, deque[tuple[int, LiveEvent]]] = {}
        self._followers: dict[str, set[Follower]] = {}
        self._left_at: dict[str, tuple[float, int]] = {}
        self._dirty: dict[str, list[tuple[int, LiveEvent]]] = {}
        self._flush: asyncio.TimerHandle | None = None
        self._flushed_at = 0.0
        self._flush_took_s = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, set[asyncio.Event]] = {}

    @property
    def cursor(self) -> str:
        """The present end of the stream."""
        return f"{self._stream}.{self.position}"

    def restart(self) -> None:
        """Events may have been missed: every follower has to fetch anew."""
        self._stream = secrets.token_hex(4)
        self._kept.clear()
        self._by_topic.clear()
        self._floor = self.position
        frame = msgspec.json.encode({"type": "refetch", "cursor": self.cursor})
        for follower in {f for group in self._followers.values() for f in group}:
            follower.push(frame)
        for waiter in {w for group in self._waiting.values() for w in group}:
            waiter.set()

    def listened(self, topic: str) -> bool:
        """Whether anybody follows the topic, or did a moment ago and may come back."""
        if topic in self._followers or topic in self._waiting:
            return True
        left = self._left_at.get(topic)
        return left is not None and asyncio.get_running_loop().time() - left[0] < REMEMBERED_S

    def known(self, topic: str) -> bool:
        """`listened` for any thread; for a while True of topics nobody listens to any more.

        Whoever begins to listen after a False has yet to load what was committed before it.
        """
        return topic in self._left_at

    @property
    def idle(self) -> bool:
        """Whether nobody listens to anything."""
        return not self._left_at

    def touch(self, topics: Iterable[str]) -> str:
        """Keep what happens on these topics for somebody who will follow soon; the cursor."""
        for topic in topics:
            self._remember(topic)
            if topic not in self._followers:
                self._left(topic)
        return self.cursor

    def end_topic(self, topic: str) -> None:
        """Cut off everybody who follows the topic, so that they come back and ask anew."""
        for follower in list(self._followers.get(topic, ())):
            follower.end()

    def publish(self, events: Iterable[LiveEvent]) -> None:
        """Hand events to the followers of their topics and remember them for a while."""
        for event in events:
            self.position += 1
            entry = (self.position, event)
            self._dirty.setdefault(event.topic, []).append(entry)
            if event.passing:
                continue
            self._kept.append(entry)
            self._by_topic.setdefault(event.topic, deque()).append(entry)
            for waiter in self._waiting.get(event.topic, ()):
                waiter.set()
        while len(self._kept) > KEPT_EVENTS:
            self._forget_oldest()
        self._plan_flush()

    def join(self, topics: Iterable[str], cursor: str | None, send: Send) -> tuple[Follower, bool]:
        """Follow topics; False when the events since `cursor` are not kept and must be fetched."""
        follower = Follower(self, frozenset(topics), send)
        missed = self.since(follower.topics, cursor) if cursor else []
        self._enter(follower)
        if missed:
            # Whoever joins says welcome first.
            follower.push(self._frame(missed), later=True)
        return follower, missed is not None

    def since(self, topics: frozenset[str], cursor: str) -> list[LiveEvent] | None:
        """The events of the topics after the cursor, or None when they are no longer all kept."""
        stream, _, text = cursor.partition(".")
        if stream != self._stream or not text.isdecimal() or len(text) > 18:
            return None
        position = int(text)
        if position < self._floor or position > self.position:
            return None
        if any(not self._remembers(topic, position) for topic in topics):
            return None
        entries = [
            entry
            for topic in topics
            for entry in self._by_topic.get(topic, ())
            if entry[0] > position
        ]
        return [event for _, event in sorted(entries, key=lambda entry: entry[0])]

    async def wait(self, topics: frozenset[str], cursor: str, timeout_s: float) -> None:
        """Return when something happens on one of the topics, or after the time.

        At once when what came since the cursor is not kept: it has to be fetched, and whoever
        fetches it from now on can go on from there.
        """
        happened = asyncio.Event()
        missed = self.since(topics, cursor)
        for topic in topics:
            self._remember(topic)
            self._waiting.setdefault(topic, set()).add(happened)
        try:
            if missed == []:
                await asyncio.wait_for(happened.wait(), timeout_s)
        except TimeoutError:
            return
        finally:
            for topic in topics:
                self._stop_waiting(topic, happened)

    def _stop_waiting(self, topic: str, happened: asyncio.Event) -> None:
        waiters = self._waiting[topic]
        waiters.discard(happened)
        if not waiters:
            del self._waiting[topic]
            self._left(topic)

    def frame(self, events: list[LiveEvent]) -> bytes:
        """One frame as the browser reads it, with the cursor to go on from."""
        return self._frame(events)

    def leave(self, follower: Follower) -> None:
        """Stop following."""
        follower.alive = False
        for topic in follower.topics:
            self._drop(topic, follower)

    def refollow(self, follower: Follower, topics: frozenset[str]) -> None:
        """See `Follower.follow`."""
        if not follower.alive:
            return
        for topic in follower.topics - topics:
            self._drop(topic, follower)
        follower.topics = topics
        self._enter(follower)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run now as far as it goes without waiting; a task is made only for what is left.

        To thousands of sockets that can take a frame at once the task would be most of the price.
        """
        try:
            awaited = work.send(None)
        except StopIteration:
            return
        self.spawn(_rest(work, awaited))

    def spawn(self, work: "Awaitable[None]") -> None:
        """Run a short task that nobody waits for."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _enter(self, follower: Follower) -> None:
        for topic in follower.topics:
            self._remember(topic)
            self._followers.setdefault(topic, set()).add(follower)

    def _remember(self, topic: str) -> None:
        # From here on everything on the topic is kept; what came before may not have been.
        if not self.listened(topic):
            self._left_at[topic] = (0.0, self.position)

    def _drop(self, topic: str, follower: Follower) -> None:
        group = self._followers.get(topic)
        if group is None:
            return
        group.discard(follower)
        if not group:
            del self._followers[topic]
            self._left(topic)

    def _left(self, topic: str) -> None:
        known_from = self._left_at.get(topic, (0.0, self.position))[1]
        self._left_at[topic] = (asyncio.get_running_loop().time(), known_from)
        if len(self._left_at) > 2 * len(self._followers) + 1_000:
            self._left_at = {t: v for t, v in self._left_at.items() if self.listened(t)}

    def _remembers(self, topic: str, position: int) -> bool:
        known = self._left_at.get(topic)
        return known is not None and position >= known[1] and self.listened(topic)

    def _forget_oldest(self) -> None:
        self._floor, event = self._kept.popleft()
        entries = self._by_topic[event.topic]
        entries.popleft()
        if not entries:
            del self._by_topic[event.topic]

    def _plan_flush(self) -> None:
        if self._flush is not None or not self._dirty:
            return
        loop = asyncio.get_running_loop()
        pause_s = min(max(FRAME_S, self._flush_took_s / SENDING_SHARE), LONGEST_PAUSE_S)
        at = max(loop.time(), self._flushed_at + pause_s)
        self._flush = loop.call_at(at, self._flush_now)

    def _flush_now(self) -> None:
        self._flush = None
        began = time.perf_counter()
        self._flushed_at = asyncio.get_running_loop().time()
        dirty, self._dirty = self._dirty, {}
        first = min(entries[0][0] for entries in dirty.values())
        frames: dict[tuple[frozenset[str], int], bytes | None] = {}
        for follower in {f for topic in dirty for f in self._followers.get(topic, ())}:
            # Who joined since the last frame has some of these events already.
            wanted = (follower.topics.intersection(dirty), max(first - 1, follower.position))
            if wanted not in frames:
                frames[wanted] = self._frame_after(dirty, *wanted)
            if (frame := frames[wanted]) is not None:
                follower.push(frame)
        self._flush_took_s = time.perf_counter() - began

    def _frame_after(
        self, dirty: dict[str, list[tuple[int, LiveEvent]]], topics: frozenset[str], position: int
    ) -> bytes | None:
        entries = [e for topic in topics for e in dirty[topic] if e[0] > position]
        entries.sort(key=lambda entry: entry[0])
        return self._frame([event for _, event in entries]) if entries else None

    def _frame(self, events: list[LiveEvent]) -> bytes:
        newest: dict[object, bytes] = {}
        for event in events:
            key = (event.topic, event.key) if event.key is not None else object()
            newest.pop(key, None)
            newest[key] = event.body
        body = b",".join(newest.values())
        return b'{"type":"events","cursor":"%s","events":[%s]}' % (self.cursor.encode(), body)


@types.coroutine
def _rest(work: Coroutine[Any, Any, None], awaited: object) -> Generator[Any, Any, None]:
    """What is left of a coroutine that waits for `awaited`."""
    while True:
        try:
            got = yield awaited
        except BaseException as error:  # a cancelled task: the coroutine decides
            going_on = partial(work.throw, error)
        else:
            going_on = partial(work.send, got)
        try:
            awaited = going_on()
        except StopIteration:
            return
