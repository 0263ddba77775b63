"""`/health` and `/metrics`: whether the server works, and what it has waiting."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from kaiwa.engines.queue.job import run_at
from kaiwa.vocabulary.errors import Unreachable
from kaiwa.web.asgi import Receive, Scope, Send, answer
from kaiwa.web.context import Context

_STATES = {0: "ready", 1: "claimed", 2: "behind", 3: "dead"}


class Health:
    """An ASGI app for those who watch over the server."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`/health` answers 200 when the database does; `/metrics` in Prometheus' words."""
        try:
            if scope["path"] == "/metrics":
                rows = await self._context.db.read(run_at)
                await answer(send, 200, _exposed(rows), "text/plain; version=0.0.4")
                return
            await self._context.db.read(lambda s: s.one("SELECT 1"))
        except Unreachable as error:
            await answer(send, 503, error.message.encode())
            return
        await answer(send, 200, b"ok")


class _Queue(Collector):
    def __init__(self, rows: list[tuple[object, ...]]) -> None:
        self._rows = rows

    def collect(self) -> Iterable[GaugeMetricFamily]:
        gauge = GaugeMetricFamily(
            "kaiwa_jobs", "Jobs in the queue", labels=["pool", "kind", "state"]
        )
        for pool, kind, state, count, *_ in self._rows:
            gauge.add_metric([str(pool), str(kind), _STATES[int(str(state))]], float(str(count)))
        yield gauge


def _exposed(rows: list[tuple[object, ...]]) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Queue(rows))
    return generate_latest(registry)
