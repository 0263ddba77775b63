"""One webhook call at a time until the 200 that says it is on the disk, for every channel.

    python -m bench.channel_durable

The calls are those of the storm in tests/faults, one new message each, through the real door
(`Webhooks`) onto a real SQLite file, without HTTP around it: what is measured is verify, parse and
the commit. CPU is the whole process's, the best round; time is the median until the 200. The rounds
of the channels are taken in turns, so that a busy machine slows all of them alike. Limit: no
channel takes over twice LINE's CPU.
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import uvloop

from bench._measure import collect_rarely, parser
from kaiwa.app import Running
from kaiwa.channels import RawRequest
from kaiwa.commands.options import quiet_logs
from kaiwa.house import House, build
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.migrations import migrate
from kaiwa.settings import read_settings
from kaiwa.web.places import Places
from kaiwa.web.webhooks import Webhooks
from tests.faults.kinds import Kind, kinds

LIMIT: Final = 2.0
PEER: Final = "line"
ROUNDS, CALLS = 12, 60
HOST: Final = "shop.example"


class Found(msgspec.Struct):
    """What the calls of one channel took, a number each round."""

    cpu_us: list[float] = []
    ms: list[float] = []


def opened(house: House) -> dict[str, str]:
    """A shop with an inbox on every channel: the path of each."""
    now = house.clock.now()
    shop = house.db.write_now(lambda s: create_merchant(s, NewMerchant("木立道具店", "bench"), now))
    paths = {}
    for kind in kinds():
        new = NewInbox(kind.name, credentials=credentials_of(kind))
        box = house.db.write_now(lambda s, n=new: add_inbox(s, shop.id, n, house.secrets, now))  # type: ignore[misc]
        paths[kind.name] = f"/webhooks/{kind.name}/{box.key}"
    return paths


def credentials_of(kind: Kind) -> dict[str, str]:
    """As an inbox keeps them: some have shorter names on the command line."""
    long = {"secret": "channel_secret", "token": "channel_access_token"}
    named = {long.get(name, name): value for name, value in kind.options.items()}
    return named | ({"smtp_server": "smtp.shop.example"} if kind.name == "email" else {})


def calls_of(kind: Kind, path: str) -> list[RawRequest]:
    """A round of calls, each with one new message."""
    url = f"https://{HOST}{path}"
    made = []
    for number in range(CALLS):
        _, event = kind.text(kind.users[number % len(kind.users)])
        made.append(kind.call([event], url, again=False))
    return made


async def taken(door: Webhooks, path: str, call: RawRequest) -> float:
    """Milliseconds until the 200."""
    headers = [(name.encode(), value.encode()) for name, value in call.headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": "POST", "scheme": "https", "path": urlsplit(path).path,
        "query_string": b"", "headers": [(b"host", HOST.encode()), *headers],
    }  # fmt: skip
    statuses = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": call.body}

    async def send(part: Any) -> None:
        statuses.append(part.get("status"))

    started = time.perf_counter()
    await door(scope, receive, send)
    took = time.perf_counter() - started
    if statuses[0] != 200:
        raise RuntimeError(f"{path}: {statuses[0]}")
    return took * 1e3


async def measured(house: House) -> dict[str, Found]:
    """Every channel, round by round."""
    paths, known = opened(house), kinds()
    running = Running(house, work=False)
    door = Webhooks(running.context, Places(running.context))
    found = {kind.name: Found() for kind in known}
    async with running():
        collect_rarely()
        for number in range(-1, ROUNDS):
            for kind in known:
                path = paths[kind.name]
                calls = calls_of(kind, path)
                cpu = time.process_time()
                times = [await taken(door, path, call) for call in calls]
                used = (time.process_time() - cpu) / CALLS * 1e6
                if number >= 0:
                    found[kind.name].cpu_us.append(used)
                    found[kind.name].ms.append(statistics.median(times))
    return found


def main(given: argparse.Namespace) -> int:
    """Print each channel beside LINE; 1 when one is over the limit."""
    quiet_logs()
    with tempfile.TemporaryDirectory(dir=given.dir) as folder, contextlib.ExitStack() as closing:
        settings = read_settings(folder, given.database_url)
        migrate(settings.database_url)
        house = build(settings)
        closing.callback(house.close)
        found = uvloop.run(measured(house))
    peer_us, peer_ms = min(found[PEER].cpu_us), statistics.median(found[PEER].ms)
    slow = 0
    for name, one in found.items():
        cpu_us, ms = min(one.cpu_us), statistics.median(one.ms)
        over = cpu_us / peer_us > LIMIT
        slow += over
        print(
            f"{name:11} durable in {cpu_us:4.0f} µs of CPU ({cpu_us / peer_us:.2f} of LINE's;"
            f" limit {LIMIT:g}), {ms:.2f} ms ({ms / peer_ms:.2f})" + ("  OVER" if over else "")
        )
    return 1 if slow else 0


if __name__ == "__main__":
    options = parser()
    options.set_defaults(dir=Path(tempfile.gettempdir()))
    raise SystemExit(main(options.parse_args()))
