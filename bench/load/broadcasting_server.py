"""`kaiwa serve` whose chats all follow one more topic, with a trigger that publishes on it.

python -m bench.load.broadcasting_server DATA PORT TRIGGER_PORT

A line to the trigger port publishes one event that carries the moment of its publishing.
"""

import asyncio
import sys
import time
from collections.abc import Iterable

import uvicorn
import uvloop

from kaiwa.app import Running, web_config
from kaiwa.commands.options import quiet_logs
from kaiwa.engines.live import Follower, Hub, LiveEvent
from kaiwa.engines.live.hub import Send
from kaiwa.house import build
from kaiwa.settings import read_settings

EVERYBODY = "everybody"


def everybody_follows(hub: Hub) -> None:
    """Whoever joins from now on follows the broadcast too."""
    join = hub.join

    def also(topics: Iterable[str], cursor: str | None, send: Send) -> tuple[Follower, bool]:
        return join([*topics, EVERYBODY], cursor, send)

    setattr(hub, "join", also)  # noqa: B010


async def main(data: str, port: int, trigger_port: int) -> None:
    house = build(read_settings(data, port=port))
    running = Running(house)
    hub = running.context.hub
    everybody_follows(hub)

    async def triggered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            body = b'{"kind":"broadcast","at":%d}' % time.monotonic_ns()
            hub.publish([LiveEvent(EVERYBODY, body)])
        writer.close()

    trigger = await asyncio.start_server(triggered, "127.0.0.1", trigger_port)
    async with running(), trigger:
        await uvicorn.Server(web_config(running, house.settings)).serve()
    house.db.close()


if __name__ == "__main__":
    quiet_logs()
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
