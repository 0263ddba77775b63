"""The strict fake LINE, served from the bench's own process, which notes when a reply arrived."""

import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import uvicorn

from bench.load.shop import SECRET, TOKEN
from tests.fakes.line_platform import Answer, Call, LinePlatform


class TimedLine(LinePlatform):
    """Everybody has a profile; `replied_at` says when the reply to a token came in."""

    def __init__(self) -> None:
        super().__init__(SECRET, TOKEN)
        self.replied_at: dict[str, float] = {}

    def _record(self, entry: dict[str, Any]) -> None:
        self.replied_at[str(entry["token"])] = time.monotonic()

    def profile(self, call: Call, user: str) -> Answer:
        return Answer(200, {"userId": user, "displayName": f"客 {user[-4:]}"})


@contextlib.asynccontextmanager
async def line_at(port: int) -> AsyncIterator[TimedLine]:
    """Serve it on the running loop."""
    line = TimedLine()
    config = uvicorn.Config(
        line, host="127.0.0.1", port=port, log_level="warning", access_log=False, loop="none"
    )
    server = uvicorn.Server(config)
    # The bench's own signals stay as they are.
    server.config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield line
    finally:
        server.should_exit = True
        await server.shutdown()
