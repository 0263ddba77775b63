"""The whole server under a busy day: messages in, desks watching, the bot answering.

    python -m bench.spine_load [--desks 1000 --chats 4000 --held]

280 messages a second for 30 s over 4,000 open conversations (half of them LINE, the rest the chat
on the shop's pages, over sockets and over HTTP), 300 desk sockets. With `--chats` so many shoppers
have the chat open, and all of them write in it. With `--held` a person answers in every
conversation and the bot in none: then it is the way from the shopper to the screens. Messages are
sent when they are due, whether or not the earlier ones were answered, and times count from then.
The client and the fake LINE are one process beside the server's.
"""

import asyncio
import gc
import random
import resource
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import uvloop

from bench._measure import parser, say
from bench.load.calls import Connection, at, connect, request
from bench.load.line import TimedLine, line_at
from bench.load.people import Person, held_by_agents, seeded
from bench.load.processes import Child, free_port
from bench.load.shop import SECRET, Shop, agent_cookies, new_shop
from bench.load.sockets import Socket, open_socket
from tests.fakes.line_webhooks import LineWebhooks

RATE, FOR_S = 280, 30
LINE_PEOPLE, SOCKET_PEOPLE, HTTP_PEOPLE = 2_000, 600, 1_400
DESKS = 300
SETTLE_S = 5.0
IDLE_S = 4.0
ACCEPT_LIMIT_MS, DESK_LIMIT_MS = 50, 250
SAID = [
    "送料はいくらですか",
    "返品できますか",
    "IHで使えますか",
    "のしは付けられますか",
    "保証は？",
]


class _Content(msgspec.Struct):
    seq: int
    direction: str
    conversation: int


class _Row(msgspec.Struct):
    id: int
    last_seq: int


class _Event(msgspec.Struct):
    kind: str
    message: _Content | None = None
    conversation: _Row | None = None


class _Frame(msgspec.Struct):
    type: str
    events: list[_Event] = []
    client_id: str = ""


_FRAMES = msgspec.json.Decoder(_Frame)


class Times:
    """What is measured, in seconds."""

    def __init__(self) -> None:
        self.accept: list[float] = []
        self.desk: list[float] = []
        self.chat_reply: list[float] = []
        self.late: list[float] = []
        self.failed = 0
        self.seen: dict[int, int] = {}
        self.waiting: dict[int, tuple[float, int]] = {}
        self.durable: dict[str, float] = {}
        self.asked: dict[int, tuple[float, int]] = {}

    def sent(self, person: Person, due: float) -> None:
        """From here on the desk should see it."""
        self.waiting.setdefault(
            person.conversation, (due, self.seen.get(person.conversation, person.last_seq))
        )

    def desk_heard(self, data: bytes) -> None:
        """A frame at the desk that is measured."""
        now = time.monotonic()
        for event in _FRAMES.decode(data).events:
            if event.kind != "row" or event.conversation is None:
                continue
            row = event.conversation
            self.seen[row.id] = max(self.seen.get(row.id, 0), row.last_seq)
            due, before = self.waiting.get(row.id, (0.0, row.last_seq))
            if row.last_seq > before:
                del self.waiting[row.id]
                self.desk.append(now - due)

    def chat_heard(self, data: bytes) -> None:
        """A frame at a shopper's chat."""
        now, frame = time.monotonic(), _FRAMES.decode(data)
        if frame.type == "durable":
            self.accept.append(now - self.durable.pop(frame.client_id))
        for event in frame.events:
            found = event.message
            if found is None or found.direction != "out":
                continue
            due, before = self.asked.get(found.conversation, (0.0, found.seq))
            if found.seq > before:
                del self.asked[found.conversation]
                self.chat_reply.append(now - due)


class Load:
    """Sends what is due."""

    def __init__(self, shop: Shop, port: int, times: Times) -> None:
        self._shop, self._port, self._times = shop, port, times
        self._free: list[tuple[float, Connection]] = []
        self._doing: set[asyncio.Task[None]] = set()
        self._line = LineWebhooks(SECRET)
        self._number = 0
        self.sockets: dict[str, Socket] = {}
        self.tokens: dict[str, float] = {}

    def plan(self, people: list[Person], began_at: float) -> Iterator[tuple[float, Person, bytes]]:
        """When, whose, and the bytes: everything is made before the first is sent."""
        wall = time.time() - time.monotonic()
        for number in range(RATE * FOR_S):
            due, person = began_at + number / RATE, people[number % len(people)]
            # A reply token lives from the moment it is sent at.
            self._line.now_s = partial(float, due + wall)
            yield due, person, self._call(person, number, due)

    def _call(self, person: Person, number: int, due: float) -> bytes:
        text = f"{SAID[number % len(SAID)]} {number}"
        if person.token is None:
            event = self._line.text(person.address, text)
            self.tokens[event["replyToken"]] = due
            body, headers = self._line.deliver(event)
            return request("POST", self._shop.webhook, body, **headers)
        said = {"client_id": f"c{number}", "text": text}
        if person.by_socket:
            return msgspec.json.encode({"type": "message", **said})
        path = f"/api/widget/{self._shop.chat.key}/messages"
        return request(
            "POST", path, msgspec.json.encode(said), authorization=f"Bearer {person.token}"
        )

    async def run(self, planned: list[tuple[float, Person, bytes]]) -> None:
        for number, (due, person, data) in enumerate(planned):
            wait_s = due - time.monotonic()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            self._times.late.append(max(0.0, -wait_s))
            self._times.sent(person, due)
            if person.by_socket:
                self._times.durable[f"c{number}"] = due
                seen = self._times.seen.get(person.conversation, person.last_seq)
                self._times.asked.setdefault(person.conversation, (due, seen))
                self.sockets[person.address].send(data)
            else:
                task = asyncio.ensure_future(self._post(due, data))
                self._doing.add(task)
                task.add_done_callback(self._doing.discard)
        await asyncio.gather(*self._doing, return_exceptions=True)

    async def _post(self, due: float, data: bytes) -> None:
        try:
            connection = await self._connection()
            status = await connection.call(data)
        except OSError:
            self._times.failed += 1
            return
        self._times.accept.append(time.monotonic() - due)
        self._times.failed += status not in (200, 202)
        self._free.append((time.monotonic(), connection))

    async def _connection(self) -> Connection:
        while self._free:
            # The server lets go of what was idle for five seconds.
            since, found = self._free.pop()
            if found.open and time.monotonic() - since < IDLE_S:
                return found
        return await connect(self._port)


async def with_sockets(
    shop: Shop, port: int, people: list[Person], times: Times, cookies: list[str]
) -> Load:
    """Everybody who watches is there: chats and desks."""
    load = Load(shop, port, times)
    path = f"/api/widget/{shop.chat.key}/live"
    for person in people:
        if person.by_socket:
            socket = await open_socket(port, path, heard=times.chat_heard)
            socket.say({"type": "hello", "token": person.token, "cursor": None})
            load.sockets[person.address] = socket
    for number, cookie in enumerate(cookies):
        heard = times.desk_heard if number == 0 else None
        socket = await open_socket(port, "/api/desk/live", {"cookie": cookie}, heard)
        socket.say({"type": "hello", "cursor": None, "conversations": []})
        load.sockets[f"desk {number}"] = socket
    return load


def report(times: Times, load: Load, line: TimedLine) -> None:
    for name, found, limit in (
        ("accept", times.accept, ACCEPT_LIMIT_MS),
        ("message to desk", times.desk, DESK_LIMIT_MS),
        ("bot's reply in the chat", times.chat_reply, None),
        ("bot's reply at LINE", _line_replies(load, line), None),
        ("client late", times.late, None),
    ):
        ordered = sorted(found)
        say(f"{name}, p50", at(0.5, ordered) * 1e3, "ms")
        say(f"{name}, p99", at(0.99, ordered) * 1e3, "ms", f"{limit}" if limit else "")
    say("messages accepted", len(times.accept), "messages", f"{RATE * FOR_S}")
    say("messages seen at the desk", len(times.desk), "messages")
    say("messages refused", times.failed, "messages", "0")
    say("LINE messages answered", len(_line_replies(load, line)), "messages", f"{len(load.tokens)}")
    lost = sum(socket.closed for socket in load.sockets.values())
    say("sockets cut off", lost, "sockets", "0")
    frames = sum(one.frames for name, one in load.sockets.items() if name.startswith("desk"))
    say("frames to desks", frames / FOR_S, "a second")


def _line_replies(load: Load, line: TimedLine) -> list[float]:
    return [
        line.replied_at[token] - due
        for token, due in load.tokens.items()
        if token in line.replied_at
    ]


async def settled(load: Load, line: TimedLine) -> None:
    """Wait until LINE has every answer, or has heard nothing for a while."""
    heard, since = -1, time.monotonic()
    while len(line.replied_at) < len(load.tokens) and time.monotonic() - since < SETTLE_S:
        if len(line.replied_at) != heard:
            heard, since = len(line.replied_at), time.monotonic()
        await asyncio.sleep(0.1)


async def main(within: Path | None, desks: int, chats: int | None, *, held: bool) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    line_port, port = free_port(), free_port()
    with new_shop(f"http://127.0.0.1:{line_port}", within) as shop:
        in_chat = (SOCKET_PEOPLE, HTTP_PEOPLE) if chats is None else (chats, 0)
        people = seeded(shop, LINE_PEOPLE, *in_chat)
        random.Random(7).shuffle(people)
        cookies = agent_cookies(shop, desks)
        if held:
            held_by_agents(shop)
        async with line_at(line_port) as line:
            with Child(shop.serve(port), port) as child:
                times = Times()
                load = await with_sockets(shop, port, people, times, cookies)
                planned = list(load.plan(people, time.monotonic() + 3.0))
                gc.freeze()
                await asyncio.sleep(max(0.0, planned[0][0] - time.monotonic()))
                cpu_s, own_s, rss = child.cpu_s(), time.process_time(), child.rss_kb()
                began = time.monotonic()
                await load.run(planned)
                ended = time.monotonic()
                passed_s = ended - began
                own_s = time.process_time() - own_s
                await settled(load, line)
                used_s = child.cpu_s() - cpu_s
                report(times, load, line)
                say("everything answered after the last message", time.monotonic() - ended, "s")
                say("server CPU", used_s / passed_s * 100, "% of a core")
                say("server CPU per message, to the last answer", used_s / len(planned) * 1e6, "µs")
                say("client CPU", own_s / passed_s * 100, "% of a core")
                say("server memory, before and after", rss / 1e3, "MB")
                say("server memory, after", child.rss_kb() / 1e3, "MB")
                for socket in load.sockets.values():
                    socket.close()


if __name__ == "__main__":
    options = parser()
    options.add_argument("--desks", type=int, default=DESKS)
    options.add_argument("--chats", type=int)
    options.add_argument("--held", action="store_true", help="a person answers in every one")
    given = options.parse_args()
    uvloop.run(main(given.dir, given.desks, given.chats, held=given.held))
