"""A merchant with a connected Little Shop, and its jobs run by hand."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.stock import available
from kaiwa.catalog.sync.hook import keep_hook
from kaiwa.catalog.sync.pull import Pull, pulls
from kaiwa.catalog.sync.syncing import Syncing, begin_pulls
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.engines.http import AiohttpHttp, Http
from kaiwa.engines.queue import Claim, Job, claim, reclaim
from kaiwa.engines.queue.job import next_due, retry
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.merchants.store import NewStore, add_store, store
from kaiwa.orders.store_order import take_store_order
from kaiwa.stores import StoreOrder, store_kinds
from kaiwa.vocabulary.errors import Unreachable
from kaiwa.vocabulary.time import from_micros
from tests.fakes.line_http import InProcessHttp
from tests.fakes.little_shop import KEY, SECRET, LittleShop
from tests.fakes.little_store import LittleStore
from tests.orders.shop import NOW

SECRETS = Secrets(b"s" * 32)


class Killed(BaseException):
    """The process ends here."""


class MortalDatabase:
    """A database whose n-th write kills the process: just before its commit, or just after."""

    def __init__(self, db: Database, fatal: int, *, committed: bool) -> None:
        self._db = db
        self._left = fatal
        self._committed = committed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    async def write(self, work: Any) -> Any:
        self._left -= 1
        if self._left:
            return await self._db.write(work)
        if self._committed:
            await self._db.write(work)
        raise Killed


class Connected:
    """One merchant and its store."""

    def __init__(
        self, db: Database, monkeypatch: pytest.MonkeyPatch, name: str = "Kodachi", **http: Any
    ) -> None:
        monkeypatch.setitem(store_kinds(), "little", LittleStore())
        self.db = db
        self.little = http.get("shop") or LittleShop()
        self.http: Http = http.get("http") or InProcessHttp(self.little)
        self.clock = SetClock(NOW)
        new = NewMerchant(name, slug=name.casefold())
        self.merchant_id = db.write_now(lambda s: create_merchant(s, new, NOW)).id
        keys = {"api_key": KEY, "signing_secret": SECRET}
        base = http.get("base", "http://little.example")
        told = NewStore("little", credentials=keys, api_base=base)
        self.store = db.write_now(lambda s: add_store(s, self.merchant_id, told, SECRETS, NOW))

    def begin(self, *, whole: bool = False) -> None:
        self.db.write_now(lambda s: begin_pulls(s, self.store, self.clock.now(), whole=whole))

    def sync(self, *, whole: bool = False) -> None:
        """Pull until nothing is left to do."""
        self.begin(whole=whole)
        self.work()

    def work(self, db: Any = None) -> int:
        """Run jobs, waiting as the queue does, until there are none; how often a store was away."""
        syncing = Syncing(
            db or self.db, self.clock, self.http, SECRETS, {StoreOrder: take_store_order}
        )
        with asyncio.Runner() as runner:
            return runner.run(self._all(syncing))

    async def _all(self, syncing: Syncing) -> int:
        away = 0
        while (due := self.db.read_now(lambda s: next_due(s, "stores"))) is not None:
            self.clock.move(max(0.0, (from_micros(due) - self.clock.now()).total_seconds()))
            for job in self._claimed():
                away += await self._run(syncing, job)
        if isinstance(self.http, AiohttpHttp):
            await self.http.close()
        return away

    def revive(self) -> None:
        """The dead worker's jobs are free again."""
        self.clock.move(120)
        self.db.write_now(lambda s: reclaim(s, self.clock.now()))

    def hook(self, body: bytes, headers: dict[str, str]) -> bool:
        """As the door does it: verify, keep; whether it was new."""
        hook = LittleStore().verify(body, headers, self.store.account(SECRETS))
        return self.db.write_now(lambda s: keep_hook(s, self.store, hook, body, self.clock.now()))

    def price(self, handle: str) -> int | None:
        """What it costs; None when it is not on sale."""

        def look(s: Any) -> int | None:
            found = product_by_handle(s, self.merchant_id, handle)
            if found is None or found.status != "active":
                return None
            return variants_of(s, self.merchant_id, found.id)[0].price.amount_minor

        return self.db.read_now(look)

    def prices(self) -> dict[str, int | None]:
        """Of all that was ever told."""

        def look(s: Any) -> list[str]:
            rows = s.all("SELECT handle FROM product WHERE merchant_id = :m", m=self.merchant_id)
            return sorted(str(row[0]) for row in rows)

        return {handle: self.price(handle) for handle in self.db.read_now(look)}

    def stock(self, handle: str) -> int:
        def look(s: Any) -> int:
            found = product_by_handle(s, self.merchant_id, handle)
            assert found is not None
            variant = variants_of(s, self.merchant_id, found.id)[0]
            return available(s, self.merchant_id, variant.id)

        return self.db.read_now(look)

    def pull(self, what: str = "products") -> Pull:
        found = self.db.read_now(lambda s: pulls(s, self.merchant_id, self.store.id))
        return next(one for one in found if one.what == what)

    def exists(self) -> bool:
        return self.db.read_now(lambda s: store(s, self.merchant_id, self.store.id)) is not None

    def _claimed(self) -> list[Job]:
        wanted = Claim("stores", "test", 8)
        return self.db.write_now(lambda s: claim(s, wanted, self.clock.now()))

    async def _run(self, syncing: Syncing, job: Job) -> int:
        try:
            await getattr(syncing, job.kind)(job)
        except Unreachable as error:
            again_at = self.clock.now() + timedelta(seconds=error.retry_after_s or 1)
            reason = error.message
            self.db.write_now(lambda s: retry(s, job, again_at, reason))
            return 1
        return 0
