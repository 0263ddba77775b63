"""`WebSocket /api/widget/{inbox key}/live`: a shopper's open chat.

Spoken to in plain ASGI: thousands of these stand idle, so each holds as little as it can.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Annotated, Any

import msgspec
import structlog

from kaiwa.conversations.conversation import newest_of
from kaiwa.conversations.intake import take_in
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue.rate import Limit
from kaiwa.vocabulary.errors import Invalid, KaiwaError, TooMany
from kaiwa.vocabulary.event import (
    CartChanged,
    CartItem,
    Delivered,
    Heard,
    InboundEvent,
    PageViewed,
    Read,
    Sender,
)
from kaiwa.vocabulary.language import is_language
from kaiwa.web.asgi import Receive, Scope, Send, text_of
from kaiwa.web.context import Context
from kaiwa.web.places import Places
from kaiwa.web.saying import Saying, take
from kaiwa.web.throttle import Throttle
from kaiwa.web.visitor import Visitor, Visitors
from kaiwa.web.widget_errors import sentence_of

log = structlog.get_logger()

HELLO_WITHIN_S = 10.0
LARGEST_FRAME_BYTES = 64_000
NOT_AUTHENTIC, TOO_FAST, RESTARTING = 4401, 4429, 1012
_UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)


class Hello(msgspec.Struct, frozen=True):
    """The first frame."""

    token: str
    cursor: str | None = None


class Price(msgspec.Struct, frozen=True):
    """What the page says one piece costs."""

    amount_minor: Annotated[int, msgspec.Meta(ge=0, le=10**15)]
    currency: Annotated[str, msgspec.Meta(max_length=3)]


class CartLine(msgspec.Struct, frozen=True):
    """A line of the cart as the page tells it."""

    sku: str
    title: str = ""
    quantity: Annotated[int, msgspec.Meta(ge=0, le=10**6)] = 1
    price: Price | None = None


class Told(msgspec.Struct, frozen=True):
    """A frame of the browser that is not a message."""

    type: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0
    url: str = ""
    title: str = ""
    product: str | None = None
    items: tuple[CartLine, ...] = ()


class Closed(Exception):
    """The socket is closed."""


class WidgetLive:
    """An ASGI app for the widget's socket."""

    def __init__(self, context: Context, places: Places) -> None:
        self._context = context
        self._places = places
        self._visitors = Visitors(context)
        self._throttle = Throttle(Limit(per_s=4, burst=40))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket until it closes."""
        await receive()
        await send({"type": "websocket.accept"})
        try:
            visitor, hello = await self._hello(scope, receive)
        except (KaiwaError, TimeoutError):
            await send({"type": "websocket.close", "code": NOT_AUTHENTIC})
            return
        except Closed:
            return
        try:
            known = await self._visitors.known(visitor)
        except KaiwaError:
            await send({"type": "websocket.close", "code": RESTARTING})
            return
        await self._serve(visitor, known, hello.cursor, (receive, send))

    async def _hello(self, scope: Scope, receive: Receive) -> tuple[Visitor, Hello]:
        key = scope["path"].split("/")[3]
        door = await self._places.door(key, "web_chat")
        text = await asyncio.wait_for(_frame(receive), HELLO_WITHIN_S)
        try:
            hello = msgspec.json.decode(text, type=Hello)
        except _UNREADABLE as error:
            raise Invalid("The first frame must be a hello.") from error
        return self._visitors.holder(door, hello.token), hello

    async def _serve(
        self, visitor: Visitor, known: Identity, cursor: str | None, ends: tuple[Receive, Send]
    ) -> None:
        receive, send = ends
        hub = self._context.hub

        async def push(frame: bytes) -> None:
            await send({"type": "websocket.send", "text": text_of(frame)})

        follower, gapless = hub.join(visitor.topics(known), cursor, push)
        follower.cut = lambda: hub.spawn(_close(send, RESTARTING))
        kind = "welcome" if gapless else "refetch"
        try:
            await _tell(
                send, {"type": kind, "cursor": cursor if gapless and cursor else hub.cursor}
            )
            while True:
                text = await _frame(receive)
                if self._throttle.take(f"{visitor.token.visitor}:{id(follower)}") > 0:
                    await _close(send, TOO_FAST)
                    return
                await self._heard(visitor, known, text, send)
        except Closed:
            return
        finally:
            hub.leave(follower)

    async def _heard(self, visitor: Visitor, known: Identity, text: str, send: Send) -> None:
        try:
            told = msgspec.json.decode(text, type=Told)
        except _UNREADABLE:
            await _tell(send, _refusal("", Invalid("The frame cannot be read.")))
            return
        match told.type:
            case "message":
                await self._message(visitor, text, send)
            case "ping":
                await _tell(send, {"type": "pong"})
            case "typing":
                await self._typing(known)
            case _:
                heard = _heard_in(told)
                if heard is not None:
                    await self._note(visitor, heard)

    async def _message(self, visitor: Visitor, text: str, send: Send) -> None:
        client_id = language = ""
        try:
            said = msgspec.json.decode(text, type=Saying)
            client_id, language = said.client_id, said.language or ""
            await take(self._context, visitor, said)
        except _UNREADABLE as error:
            await _tell(send, _refusal(client_id, Invalid(f"The message cannot be read: {error}")))
        except KaiwaError as error:
            await _tell(send, _refusal(client_id, error, language))
        else:
            await _tell(send, {"type": "durable", "client_id": client_id})

    async def _note(self, visitor: Visitor, heard: Heard) -> None:
        # A lost page view or read mark is made good by the next one: no raw event is kept.
        now = self._context.clock.now()
        event = InboundEvent("", heard, Sender("visitor", visitor.token.visitor), now)
        place, announce = visitor.door.place, self._context.announce
        try:
            await self._context.db.write(lambda s: take_in(s, place, event, announce, now))
        except KaiwaError as error:
            log.info("widget_note_dropped", error=error.code)

    async def _typing(self, known: Identity) -> None:
        def find(session: Session) -> int:
            conv = newest_of(session, known.merchant_id, known.customer_id)
            return conv.id if conv is not None and conv.status == "open" else 0

        try:
            conversation_id = await self._context.db.read(find)
        except KaiwaError:
            return
        if conversation_id:
            nudge = Nudge("typing", known.merchant_id, conversation_id, note="customer ")
            self._context.doing["relay"].take([nudge])


def _heard_in(told: Told) -> Heard | None:
    match told.type:
        case "delivered":
            return Delivered(up_to_seq=told.seq)
        case "read":
            return Read(up_to_seq=told.seq)
        case "page":
            return PageViewed(told.url[:2_000], told.title[:300], told.product)
        case "cart":
            return CartChanged(tuple(_item(line) for line in told.items[:100]))
        case _:
            return None


def _item(line: CartLine) -> CartItem:
    amount = None if line.price is None else line.price.amount_minor
    currency = None if line.price is None else line.price.currency
    return CartItem(line.sku[:100], line.title[:300], line.quantity, amount, currency)


def _refusal(client_id: str, error: KaiwaError, language: str = "") -> dict[str, Any]:
    shape = {"type": "refused", "client_id": client_id}
    again = isinstance(error, TooMany)
    words = sentence_of(error, language if is_language(language) else "en")
    return {**shape, "error": error.code, "message": words, "again": again}


async def _frame(receive: Receive) -> str:
    part: MutableMapping[str, Any] = await receive()
    if part["type"] != "websocket.receive":
        raise Closed
    text = part.get("text")
    if text is None:
        text = (part.get("bytes") or b"").decode("utf-8", "replace")
    if len(text) > LARGEST_FRAME_BYTES:
        raise Closed
    return str(text)


async def _tell(send: Send, shape: dict[str, Any]) -> None:
    try:
        await send({"type": "websocket.send", "text": msgspec.json.encode(shape).decode()})
    except Exception as error:  # the server raises its own kinds once the socket is gone
        raise Closed from error


async def _close(send: Send, code: int) -> None:
    try:
        await send({"type": "websocket.close", "code": code})
    except Exception as error:  # it is closed already
        log.debug("socket_gone", reason=type(error).__name__)
