"""Calls stores, between transactions: the jobs `plan_pulls`, `pull_slice` and `take_hook`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

import structlog

from kaiwa.catalog.sync import Source, Taker
from kaiwa.catalog.sync.hook import kept_hook, set_hook_taken
from kaiwa.catalog.sync.pull import (
    Pull,
    begin_pull,
    plan_slice,
    pull,
    stop_pull,
    take_all,
    take_slice,
)
from kaiwa.catalog.sync.taking import take_catalog
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.store import ConnectedStore, all_stores, store
from kaiwa.stores import Ability, Gone, Page, StoreProduct, StoreStock, What, store_kind
from kaiwa.vocabulary.errors import KaiwaError, NotFound, Unreachable

log = structlog.get_logger()

CATALOG: Final[Mapping[type, Taker]] = {
    StoreProduct: take_catalog,
    StoreStock: take_catalog,
    Gone: take_catalog,
}
# What is pulled of a store that can tell it, in the order in which it makes sense.
PULLED: Final[tuple[tuple[What, Ability], ...]] = (
    ("products", Ability.PRODUCTS),
    ("stock", Ability.STOCK),
    ("orders", Ability.ORDERS),
)


def begin_pulls(session: Session, of: ConnectedStore, now: datetime, *, whole: bool) -> list[What]:
    """Begin what the store can tell; which. Nothing for a shop that is here."""
    abilities = store_kind(of.kind).abilities
    told = [what for what, ability in PULLED if ability in abilities]
    for what in told:
        begin_pull(session, of, what, now, whole=whole)
    return told


class Syncing:
    """Handles the jobs; `takers` are those of other floors, by the type they take."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        http: Http,
        secrets: Secrets,
        takers: Mapping[type, Taker],
    ) -> None:
        self._db = db
        self._clock = clock
        self._http = http
        self._secrets = secrets
        self._takers: Mapping[type, Taker] = {**CATALOG, **takers}

    async def plan_pulls(self, job: Job) -> None:
        """Begin to pull what changed in every store."""

        def work(s: Session) -> None:
            for one in all_stores(s):
                begin_pulls(s, one, self._clock.now(), whole=False)
            finish(s, job)

        await self._db.write(work)

    async def pull_slice(self, job: Job) -> None:
        """Fetch a slice and take it. `Unreachable` comes again later, from the same place."""
        merchant_id, store_id, word = job.payload.split()
        what = cast("What", word)
        found = await self._db.read(lambda s: _going(s, int(merchant_id), int(store_id), what))
        if found is None:
            await self._db.write(lambda s: finish(s, job))
            return
        of, going = found
        try:
            page = await self._fetch(of, what, going)
        except Unreachable:
            raise
        except KaiwaError as error:
            log.warning("store_refused", store=of.id, what=what, reason=error.message)
            await self._stop(job, of, going, error.message)
            return
        await self._db.write(lambda s: self._record(s, job, of, (going, page)))

    async def take_hook(self, job: Job) -> None:
        """Take what a webhook says."""
        merchant_id, store_id, event_id = map(int, job.payload.split())

        def work(s: Session) -> None:
            kept = kept_hook(s, merchant_id, event_id)
            if kept is not None:
                outcome = self._take_hook(s, (merchant_id, store_id), str(kept[0]), bytes(kept[1]))
                set_hook_taken(s, merchant_id, event_id, outcome, self._clock.now())
            finish(s, job)

        await self._db.write(work)

    async def _fetch(self, of: ConnectedStore, what: What, going: Pull) -> Page:
        account = of.account(self._secrets)
        http = vouched(self._http, account.api_base)
        return await store_kind(of.kind).fetch(what, going.cursor, account, http)

    async def _stop(self, job: Job, of: ConnectedStore, going: Pull, trouble: str) -> None:
        def work(s: Session) -> None:
            stop_pull(s, of.merchant_id, going, trouble, self._clock.now())
            finish(s, job)

        await self._db.write(work)

    def _record(self, s: Session, job: Job, of: ConnectedStore, what: tuple[Pull, Page]) -> None:
        going, page = what
        now = self._clock.now()
        # First: whoever lost the job must not take a page that another has taken.
        finish(s, job)
        source = Source(merchant(s, of.merchant_id), of, now, going.run)
        if take_slice(s, source, going, page, self._takers).is_going:
            plan_slice(s, of, going.what, now)

    def _take_hook(self, s: Session, place: tuple[int, int], topic: str, body: bytes) -> str:
        try:
            of = store(s, *place)
        except NotFound:
            return "its store was removed"
        told = store_kind(of.kind).parse(topic, body, of.account(self._secrets))
        running = pull(s, of.merchant_id, of.id, "products")
        owner = merchant(s, of.merchant_id)
        # What is told during a run was seen in it: it must not be missed at its end.
        source = Source(owner, of, self._clock.now(), running.run if running else 0)
        taken, refused = take_all(s, source, told, self._takers)
        return "; ".join((f"{taken} of {len(told)} taken", *refused))


def _going(
    session: Session, merchant_id: int, store_id: int, what: What
) -> tuple[ConnectedStore, Pull] | None:
    try:
        of = store(session, merchant_id, store_id)
    except NotFound:
        return None
    going = pull(session, merchant_id, store_id, what)
    return (of, going) if going is not None and going.is_going else None
