"""Puts the process together: engines, handlers, doors."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import structlog
import uvicorn

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.bot.model.models import Models
from kaiwa.bot.order_told import TellingOrders
from kaiwa.bot.rewriting import Rewriter
from kaiwa.catalog.sync import Taker
from kaiwa.catalog.sync.syncing import Syncing
from kaiwa.conversations.courtesy import Courtesy
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.fetching import Fetching
from kaiwa.conversations.keeping_templates import KeepingTemplates
from kaiwa.conversations.pulling import Pulling
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.conversations.upkeep import Upkeep
from kaiwa.conversations.waking import Waking
from kaiwa.desk.mailing import Mailing
from kaiwa.desk.router import Router
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Nudge
from kaiwa.engines.http import AiohttpHttp, Http
from kaiwa.engines.live import Hub
from kaiwa.engines.queue import Cron, Pool, Worker
from kaiwa.engines.secrets import Secrets
from kaiwa.engines.shapes import learn_shapes
from kaiwa.house import House
from kaiwa.listeners import announce_orders, announcer
from kaiwa.orders.abandoned_cart import Abandonment
from kaiwa.orders.paying import Paying
from kaiwa.orders.store_order import take_store_order
from kaiwa.settings import Settings
from kaiwa.stores import StoreOrder
from kaiwa.web.asgi import App
from kaiwa.web.context import Context
from kaiwa.web.openings import Openings
from kaiwa.web.relay import Relay
from kaiwa.web.server import server

log = structlog.get_logger()

STATIC = Path(__file__).parent / "web" / "static"
CRONS = (
    Cron("plan_quotas", "courtesy", "17 * * * *"),
    Cron("plan_templates", "courtesy", "*/20 * * * *"),
    Cron("plan_inboxes", "pulling", "* * * * *"),
    Cron("tidy_up", "courtesy", "42 3 * * *"),
    Cron("forget_commands", "orders", "27 3 * * *"),
    Cron("plan_mails", "desk", "* * * * *"),
    Cron("plan_pulls", "stores", "*/10 * * * *"),
    Cron("forget_events", "catalog", "12 3 * * *"),
)


class Running:
    """The parts of a process that serves or works, from start to stop."""

    def __init__(self, house: House, *, work: bool = True, shop: Path | None = None) -> None:
        learn_shapes()
        self._house = house
        self._work = work
        self._http = AiohttpHttp()
        announce = announcer(house.clock)
        where = (house.clock, house.settings.data, house.settings.origin)
        tools = open_tools(house.db, house.finder, *where)
        self.learning = tools.learning
        self._models = Models(house.db, house.secrets, house.clock)
        self._answering = Answering(
            house.db, house.clock, (announce, announce_orders), tools, self._models
        )
        self.context = Context(
            db=house.db,
            clock=house.clock,
            secrets=house.secrets,
            files=house.files,
            http=self._http,
            hub=Hub(),
            announce=announce,
            announce_orders=announce_orders,
            finder=house.finder,
            static=STATIC,
            public_url=house.settings.public_url,
            mail_server=house.settings.mail_server,
            rewriter=Rewriter(house.db, self._models, tools),
        )
        self._relay = Relay(self.context)
        self.context.doing["relay"] = self._relay
        self._paying = Paying(
            house.db,
            house.clock,
            self._http,
            house.secrets,
            announce_orders,
            house.settings.origin,
        )
        self.app: App = server(
            self.context,
            Openings(self._answering.greeting),
            (self._paying, announce_orders),
            shop,
        )
        self._worker = Worker(house.db, house.clock, self._pools(), CRONS) if work else None

    def _pools(self) -> list[Pool]:
        house = self._house
        intake = TakingIn(house.db, house.clock, self.context.announce)
        tools = (house.db, self._http, house.secrets, house.clock)
        delivery = Delivery(*tools, house.settings.public_url)
        paying = self._paying
        fetching = Fetching(*tools, house.files)
        return [
            Pool("intake", 64, {"take_in": intake.take_in}),
            self._bot_pool(),
            Pool("delivery", 64, {"deliver": delivery.deliver}),
            self._pulling_pool(),
            Pool(
                "orders",
                16,
                {
                    "settle": paying.settle,
                    "give_back": paying.give_back,
                    "expire_checkout": paying.expire_checkout,
                    "forget_commands": paying.forget_commands,
                },
            ),
            self._desk_pool(tools),
            *self._shop_pools(),
            Pool(
                "catalog",
                2,
                {"learn": self.learning.learn, "forget_events": self.learning.forget_events},
            ),
            Pool(
                "media",
                4,
                {"fetch_media": fetching.fetch_media, "forget_file": fetching.forget_file},
            ),
            self._courtesy_pool(tools),
        ]

    def _courtesy_pool(self, tools: tuple[Database, Http, Secrets, Clock]) -> Pool:
        courtesy, templates = Courtesy(*tools), KeepingTemplates(*tools)
        handlers = {
            "plan_templates": templates.plan_templates,
            "learn_templates": templates.learn_templates,
            "learn_profile": courtesy.learn_profile,
            "tell_read": courtesy.tell_read,
            "show_typing": courtesy.show_typing,
            "plan_quotas": courtesy.plan_quotas,
            "learn_quota": courtesy.learn_quota,
            "tidy_up": Upkeep(self._house.db, self._house.clock).tidy_up,
        }
        return Pool("courtesy", 8, handlers)

    def _desk_pool(self, tools: tuple[Database, Http, Secrets, Clock]) -> Pool:
        router = Router(self._house.db, self._house.clock)
        where = self._house.settings
        mailing = Mailing(tools, where.mail_server, where.origin)
        handlers = {
            "wake": Waking(self._house.db, self._house.clock).wake,
            "route": router.route,
            "release": router.release,
            "expire": router.expire,
            "untouched": router.untouched,
            "breach": router.breach,
            "plan_mails": mailing.plan_mails,
            "mail_agent": mailing.mail_agent,
        }
        return Pool("desk", 4, handlers)

    def _bot_pool(self) -> Pool:
        house, answering = self._house, self._answering
        origin = house.settings.origin
        telling = TellingOrders(house.db, house.clock, house.secrets, origin)
        handlers = {
            "turn": answering.turn,
            "greet": answering.greet,
            "tell_order": telling.tell_order,
        }
        return Pool("bot", 32, handlers)

    def _pulling_pool(self) -> Pool:
        pulling = Pulling(self._house.db, self._house.secrets, self._house.clock)
        handlers = {"plan_inboxes": pulling.plan_inboxes, "pull_inbox": pulling.pull_inbox}
        return Pool("pulling", 8, handlers)

    def _shop_pools(self) -> list[Pool]:
        house = self._house
        takers: dict[type, Taker] = {StoreOrder: take_store_order}
        syncing = Syncing(house.db, house.clock, self._http, house.secrets, takers)
        abandonment = Abandonment(house.db, house.clock, announce_orders)
        return [
            Pool(
                "stores",
                4,
                {
                    "plan_pulls": syncing.plan_pulls,
                    "pull_slice": syncing.pull_slice,
                    "take_hook": syncing.take_hook,
                },
            ),
            Pool("carts", 4, {"notice_abandoned": abandonment.notice_abandoned}),
        ]

    @contextlib.asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        """Run until the block ends; then stop in order."""
        loop = asyncio.get_running_loop()

        def heard(nudges: list[Nudge]) -> None:
            # On the thread that committed: prices are found before their writer is told.
            self._house.finder.hear(nudges)
            _on(loop, lambda: self._hear(nudges))

        self._house.finder.start(writes=self._work)
        self._house.db.listen(heard, lambda: _on(loop, self._missed))
        if self._worker is not None:
            await self._worker.start()
        try:
            yield
        finally:
            if self._worker is not None:
                await self._worker.stop()
            await asyncio.to_thread(self._house.finder.close)
            await self._models.close()
            await self._http.close()

    def _hear(self, nudges: list[Nudge]) -> None:
        if self._worker is not None:
            self._worker.wake(nudges)
            self._answering.hear(nudges)
        self._relay.take(nudges)

    def _missed(self) -> None:
        self.context.hub.restart()
        if self._worker is not None:
            self._worker.wake([Nudge("job", 0, note=pool.name) for pool in self._pools()])


def _on(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended: nobody listens any more
        loop.call_soon_threadsafe(call)


async def serve(house: House, *, work: bool = True, shop: Path | None = None) -> None:
    """Serve until the process is told to stop."""
    running = Running(house, work=work, shop=shop)
    async with running():
        _collect_rarely()
        await uvicorn.Server(web_config(running, house.settings)).serve()


def _collect_rarely() -> None:
    # What was loaded stays, and a turn's own objects are no cycles: with Python's own thresholds
    # the collector takes a fifth of a busy process (bench/spine_load.py).
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def web_config(running: Running, settings: Settings) -> uvicorn.Config:
    """How browsers and platforms are served."""
    return uvicorn.Config(
        running.app,
        host=settings.host,
        port=settings.port,
        loop="none",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        ws_ping_interval=30,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.public_url is not None,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )


async def work(house: House) -> None:
    """Work on the queue without serving, until the process is told to stop."""
    running = Running(house)
    _collect_rarely()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running():
        await stop.wait()
