"""All doors behind one ASGI app: the hot ones directly, the desk's through Litestar."""

from collections.abc import Callable
from pathlib import Path

import structlog

from kaiwa.web.asgi import App, Receive, Scope, Send, answer
from kaiwa.web.carrier_webhooks import CarrierWebhooks
from kaiwa.web.context import Context
from kaiwa.web.desk_app import desk_app
from kaiwa.web.files import Files
from kaiwa.web.hosted import Hosted
from kaiwa.web.metrics import Health
from kaiwa.web.openings import Openings
from kaiwa.web.pages import Pages
from kaiwa.web.payment_webhooks import PaymentWebhooks
from kaiwa.web.places import Places
from kaiwa.web.store_hooks import StoreHooks
from kaiwa.web.webhooks import Webhooks
from kaiwa.web.widget import Selling, Widget
from kaiwa.web.widget_doors import LIVE
from kaiwa.web.widget_live import WidgetLive

log = structlog.get_logger()

# What shoppers and other people open in a browser.
HOSTED = tuple("/shop/ /checkout/ /orders/ /forms/ /legal/ /link/ /unsubscribe/ /l/".split())
_INTERNAL = b'{"error":"internal","message":"Something went wrong here. Try again.","detail":{}}'


def server(context: Context, openings: Openings, selling: Selling, shop: Path | None = None) -> App:
    """The server's ASGI app; `shop` is a folder with the demo shop's pages."""
    places = Places(context)
    hosted = Hosted(context, places, *selling)
    doors: list[tuple[Callable[[Scope], bool], App]] = [
        (_under("/webhooks/payments/"), PaymentWebhooks(context, selling[0])),
        (_under("/webhooks/carriers/"), CarrierWebhooks(context, selling[1])),
        (_under("/webhooks/stores/"), StoreHooks(context)),
        (_under("/webhooks/"), Webhooks(context, places)),
        (_socket, WidgetLive(context, places)),
        (_under("/api/widget/"), Widget(context, places, openings, selling)),
        (_under("/api/"), desk_app(context)),
        (_under("/files/"), Files(context)),
        (_under(*HOSTED), hosted),
        (_at("/health", "/metrics"), Health(context)),
        (lambda _: True, Pages(context, places, shop)),
    ]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] == "websocket" and not scope["path"].startswith("/api/"):
            await receive()
            await send({"type": "websocket.close", "code": 1000})
            return
        door = next(door for fits, door in doors if fits(scope))
        await _guarded(door, scope, receive, send)

    return app


async def _guarded(door: App, scope: Scope, receive: Receive, send: Send) -> None:
    begun = False

    async def watched(part: dict[str, object]) -> None:
        nonlocal begun
        begun = True
        await send(part)

    try:
        await door(scope, receive, watched)  # type: ignore[arg-type]
    except Exception as error:  # one request must never take the server down
        log.error("door_failed", door=type(door).__name__, exc_info=error)
        if scope["type"] == "http" and not begun:
            await answer(send, 500, _INTERNAL, "application/json")


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _under(*prefixes: str) -> Callable[[Scope], bool]:
    return lambda scope: scope["path"].startswith(prefixes)


def _at(*paths: str) -> Callable[[Scope], bool]:
    return lambda scope: scope["path"] in paths


def _socket(scope: Scope) -> bool:
    path = scope["path"]
    return bool(
        scope["type"] == "websocket"
        and path.startswith("/api/widget/")
        and path.endswith(f"/{LIVE}")
    )
