"""Ways to reach a fake platform: without a network, and over loopback."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Unreachable


class InProcessHttp:
    """`kaiwa.engines.http.Http` straight into an ASGI app; a cut answer is `maybe_done`."""

    def __init__(self, app: Any) -> None:
        self._transport = httpx.ASGITransport(app=app)
        self.sent: list[httpx.Request] = []

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        request = httpx.Request(method, url, headers=headers, content=body)
        self.sent.append(request)
        try:
            answer = await self._transport.handle_async_request(request)
            content = await answer.aread()
        except AssertionError as error:
            raise Unreachable("No whole answer came.", maybe_done=True) from error
        return HttpAnswer(answer.status_code, dict(answer.headers), content)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The app on a free loopback port; yields its base URL."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        listener.close()
