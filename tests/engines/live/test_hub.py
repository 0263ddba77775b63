"""The hub: frames in time, resumed without a gap, fetched anew when there is one."""

import asyncio
import time
from typing import Any

import msgspec
import pytest

from kaiwa.engines.live import Follower, Hub, LiveEvent
from kaiwa.engines.live import hub as hub_module
from tests.waiting import until

# Far apart: a busy machine is slow, and is not taken for a poll that waits out its time.
LONG_S, SOON_S = 60.0, 20.0


class Browser:
    """What one browser received: the events and the cursor to go on from."""

    def __init__(self) -> None:
        self.frames: list[Any] = []
        self.at: list[float] = []
        self.stuck: asyncio.Event | None = None

    async def send(self, frame: bytes) -> None:
        if self.stuck is not None:
            await self.stuck.wait()
        self.frames.append(msgspec.json.decode(frame))
        self.at.append(time.monotonic())

    @property
    def events(self) -> list[Any]:
        return [e for frame in self.frames for e in frame.get("events", [])]

    @property
    def cursor(self) -> str:
        return self.frames[-1]["cursor"]

    def join(self, hub: Hub, *topics: str, cursor: str | None = None) -> tuple[Follower, bool]:
        return hub.join(topics, cursor, self.send)


def event(number: int, topic: str = "a", key: str | None = None) -> LiveEvent:
    return LiveEvent(topic, msgspec.json.encode(number), key)


@pytest.fixture
def hub() -> Hub:
    return Hub()


async def test_a_follower_gets_its_topics_in_order_and_no_others(hub: Hub) -> None:
    browser = Browser()
    assert browser.join(hub, "a", "b")[1] is True
    hub.publish([event(1), event(2, "b"), event(3, "c"), event(4), event(5, "b")])
    await until(lambda: bool(browser.frames))
    assert browser.events == [1, 2, 4, 5]
    assert browser.frames[0]["type"] == "events"
    assert browser.cursor == hub.cursor


async def test_the_first_frame_leaves_at_once_and_then_at_most_ten_a_second(hub: Hub) -> None:
    browser = Browser()
    browser.join(hub, "a")
    start = time.monotonic()
    for n in range(60):
        hub.publish([event(n)])
        await asyncio.sleep(0.01)
    await until(lambda: len(browser.events) == 60)
    assert browser.at[0] - start < 0.05
    gaps = [later - earlier for earlier, later in zip(browser.at, browser.at[1:], strict=False)]
    assert len(gaps) >= 3
    # A busy machine may deliver late, which shortens the gap that follows, but never the sum.
    assert (browser.at[-1] - browser.at[0]) / len(gaps) > 0.095


async def test_within_a_frame_only_the_newest_of_a_key_stands(hub: Hub) -> None:
    browser = Browser()
    browser.join(hub, "a")
    hub.publish([event(1, key="typing"), event(2), event(3, key="typing"), event(4, key="seen")])
    await until(lambda: bool(browser.frames))
    assert browser.events == [2, 3, 4]


async def test_the_same_key_on_another_topic_is_another_thing(hub: Hub) -> None:
    browser = Browser()
    browser.join(hub, "a", "b")
    hub.publish([event(1, "a", "unread"), event(2, "b", "unread")])
    await until(lambda: bool(browser.frames))
    assert browser.events == [1, 2]


async def test_followers_of_the_same_topics_get_the_same_bytes(hub: Hub) -> None:
    sent: list[bytes] = []

    async def send(frame: bytes) -> None:
        sent.append(frame)

    for _ in range(3):
        hub.join(["a"], None, send)
    hub.publish([event(1)])
    await until(lambda: len(sent) == 3)
    assert sent[0] is sent[1] is sent[2]


async def test_a_break_leaves_no_gap_and_doubles_nothing(hub: Hub) -> None:
    seen: list[int] = []
    cursor: str | None = None
    for n in range(0, 100, 10):
        browser = Browser()
        follower, whole = browser.join(hub, "a", cursor=cursor)
        assert whole
        hub.publish([event(i) for i in range(n, n + 5)])
        await until(lambda n=n: len(seen) + len(browser.events) >= n + 5)  # type: ignore[misc]  # noqa: B023
        seen += browser.events
        cursor = browser.cursor
        hub.leave(follower)
        hub.publish([event(i) for i in range(n + 5, n + 10)])
    last = Browser()
    last.join(hub, "a", cursor=cursor)
    await until(lambda: len(seen) + len(last.events) == 100)
    assert seen + last.events == [*range(100)]


async def test_one_who_resumes_before_the_frame_left_gets_its_events_once(hub: Hub) -> None:
    keeper, browser, fresh = Browser(), Browser(), Browser()
    keeper.join(hub, "a")
    hub.publish([event(1)])
    await until(lambda: keeper.events == [1])
    hub.publish([event(2), event(3)])
    assert browser.join(hub, "a", cursor=keeper.cursor)[1]
    fresh.join(hub, "a")
    hub.publish([event(4)])
    await until(lambda: all(4 in b.events for b in (keeper, browser, fresh)))
    assert (keeper.events, browser.events, fresh.events) == ([1, 2, 3, 4], [2, 3, 4], [4])


async def test_a_cursor_of_another_process_or_of_nonsense_means_fetch(hub: Hub) -> None:
    Browser().join(hub, "a")
    bad = [Hub().cursor, "", ".", "x.1", f"{hub.cursor}9", hub.cursor.split(".")[0] + ".-1"]
    for cursor in [*bad, hub.cursor.split(".")[0] + "." + "9" * 5000]:
        assert hub.since(frozenset("a"), cursor) is None
    assert Browser().join(hub, "a", cursor=Hub().cursor)[1] is False


async def test_what_is_no_longer_kept_has_to_be_fetched(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "KEPT_EVENTS", 10)
    Browser().join(hub, "a")
    cursors = []
    for n in range(20):
        cursors.append(hub.cursor)
        hub.publish([event(n)])
    kept = [hub.since(frozenset("a"), cursor) for cursor in cursors]
    assert kept[:10] == [None] * 10
    assert [e.body for e in kept[10] or []] == [b"%d" % n for n in range(10, 20)]


async def test_a_topic_that_nobody_listened_to_has_to_be_fetched(hub: Hub) -> None:
    browser = Browser()
    follower, _ = browser.join(hub, "a")
    cursor = hub.cursor
    assert Browser().join(hub, "b", cursor=cursor)[1] is True or hub.listened("b")
    hub.leave(follower)
    assert hub.listened("a")
    assert not hub.listened("never")
    assert hub.since(frozenset(["never"]), cursor) is None


async def test_a_topic_left_long_ago_is_no_longer_listened_to(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "REMEMBERED_S", 0.02)
    follower, _ = Browser().join(hub, "a")
    cursor = hub.cursor
    hub.leave(follower)
    await asyncio.sleep(0.03)
    assert not hub.listened("a")
    assert hub.since(frozenset("a"), cursor) is None
    assert Browser().join(hub, "a", cursor=cursor)[1] is False


async def test_one_who_does_not_read_is_cut_off_and_the_others_are_served(hub: Hub) -> None:
    slow, quick = Browser(), Browser()
    slow.stuck = asyncio.Event()
    follower, _ = slow.join(hub, "a")
    quick.join(hub, "a")
    for n in range(hub_module.WAITING_FRAMES + 2):
        follower.push(b"{}")
        assert follower.alive is (n <= hub_module.WAITING_FRAMES)
        if n == 0:
            await asyncio.sleep(0)
    hub.publish([event(1)])
    await until(lambda: quick.events == [1])
    slow.stuck.set()
    await asyncio.sleep(0.01)
    assert len(slow.frames) <= 1
    follower.follow(["a"])
    hub.publish([event(2)])
    await until(lambda: quick.events == [1, 2])
    assert 2 not in slow.events


async def test_a_socket_that_can_take_a_frame_has_it_when_it_is_pushed(hub: Hub) -> None:
    got: list[bytes] = []

    async def send(frame: bytes) -> None:
        got.append(frame)

    follower, _ = hub.join(["a"], None, send)
    follower.push(b"now")
    assert got == [b"now"]


async def test_a_socket_that_makes_us_wait_gets_every_frame_once_and_in_order(hub: Hub) -> None:
    got: list[bytes] = []

    async def send(frame: bytes) -> None:
        for _ in range(len(got) % 3):
            await asyncio.sleep(0.001)
        got.append(frame)

    follower, _ = hub.join(["a"], None, send)
    for number in range(20):
        follower.push(b"%d" % number)
    await until(lambda: len(got) == 20)
    assert got == [b"%d" % number for number in range(20)]


async def test_a_socket_that_breaks_while_we_wait_is_let_go(hub: Hub) -> None:
    async def send(frame: bytes) -> None:
        await asyncio.sleep(0.001)
        raise ConnectionResetError

    follower, _ = hub.join(["a"], None, send)
    follower.push(b"frame")
    assert follower.alive
    await until(lambda: not follower.alive)


async def test_who_resumes_can_be_welcomed_before_what_was_missed(hub: Hub) -> None:
    hub.touch(["a"])
    cursor = hub.cursor
    hub.publish([event(1)])
    browser = Browser()
    browser.join(hub, "a", cursor=cursor)
    assert browser.events == []
    await until(lambda: len(browser.events) == 1)


async def test_a_broken_connection_is_let_go(hub: Hub) -> None:
    async def broken(frame: bytes) -> None:
        raise ConnectionResetError

    follower, _ = hub.join(["a"], None, broken)
    hub.publish([event(1)])
    await until(lambda: not follower.alive)


async def test_following_other_topics_takes_the_place_of_the_earlier_ones(hub: Hub) -> None:
    browser = Browser()
    follower, _ = browser.join(hub, "a", "b")
    follower.follow(["b", "c"])
    hub.publish([event(1, "a"), event(2, "b"), event(3, "c")])
    await until(lambda: bool(browser.frames))
    assert browser.events == [2, 3]
    assert hub.listened("a")
    hub.leave(follower)
    hub.publish([event(4, "b")])
    await asyncio.sleep(0.15)
    assert browser.events == [2, 3]


async def test_restarting_tells_everybody_to_fetch_and_goes_on(hub: Hub) -> None:
    browser = Browser()
    browser.join(hub, "a")
    old = hub.cursor
    hub.publish([event(1)])
    await until(lambda: browser.events == [1])
    hub.restart()
    await until(lambda: len(browser.frames) == 2)
    assert browser.frames[1] == {"type": "refetch", "cursor": hub.cursor}
    assert hub.since(frozenset("a"), old) is None
    assert hub.since(frozenset("a"), hub.cursor) == []
    hub.publish([event(2)])
    await until(lambda: browser.events == [1, 2])
    assert [e.body for e in hub.since(frozenset("a"), browser.frames[1]["cursor"]) or []] == [b"2"]


async def wait(hub: Hub, cursor: str, timeout_s: float) -> float:
    start = time.monotonic()
    await hub.wait(frozenset("a"), cursor, timeout_s)
    return time.monotonic() - start


async def test_a_long_poll_returns_when_something_happens_and_can_go_on(hub: Hub) -> None:
    assert await wait(hub, hub.cursor, LONG_S) < SOON_S
    # The first answer was: fetch. Whoever fetched now goes on without a gap.
    for n in range(3):
        cursor = hub.cursor
        polling = asyncio.ensure_future(wait(hub, cursor, LONG_S))
        await asyncio.sleep(0.05)
        assert not polling.done()
        assert hub.listened("a")
        hub.publish([event(n)])
        assert await polling < SOON_S
        assert [e.body for e in hub.since(frozenset("a"), cursor) or []] == [b"%d" % n]


async def test_a_long_poll_returns_at_once_when_there_is_something_already(hub: Hub) -> None:
    Browser().join(hub, "a")
    cursor = hub.cursor
    hub.publish([event(1)])
    assert await wait(hub, cursor, LONG_S) < SOON_S


async def test_a_long_poll_with_a_stale_cursor_does_not_wait(hub: Hub) -> None:
    Browser().join(hub, "a")
    assert await wait(hub, Hub().cursor, LONG_S) < SOON_S


async def test_a_long_poll_ends_with_its_time_and_with_a_restart(hub: Hub) -> None:
    Browser().join(hub, "a")
    assert 0.1 <= await wait(hub, hub.cursor, 0.1) < SOON_S
    polling = asyncio.ensure_future(wait(hub, hub.cursor, LONG_S))
    await asyncio.sleep(0.02)
    hub.restart()
    assert await polling < SOON_S


async def test_what_is_passing_is_for_who_follows_now(hub: Hub) -> None:
    here, later = Browser(), Browser()
    here.join(hub, "a")
    hub.publish([event(1)])
    await until(lambda: here.events == [1])
    cursor = here.cursor
    hub.publish([LiveEvent("a", b"2", passing=True), event(3)])
    await until(lambda: here.events == [1, 2, 3])
    _, kept = later.join(hub, "a", cursor=cursor)
    assert kept
    await until(lambda: later.events == [3])
    assert later.cursor == here.cursor
