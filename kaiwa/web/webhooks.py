"""`/webhooks/{channel}/{inbox key}`: verify, make durable, answer. Everything else comes later."""

import asyncio
from urllib.parse import parse_qsl

import structlog

from kaiwa.channels import Ability, RawRequest
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.engines.queue.rate import Limit
from kaiwa.vocabulary.errors import KaiwaError, NotAuthentic, NotFound
from kaiwa.web.asgi import Receive, Scope, Send, answer, answer_error, headers_of, read_body
from kaiwa.web.context import Context
from kaiwa.web.places import Door, Places
from kaiwa.web.throttle import Throttle

log = structlog.get_logger()

LARGEST_BODY_BYTES = 3_000_000
# Where a call carries its files itself.
LARGEST_ENCLOSING_BYTES = 35_000_000
# How often the log says of an inbox that it refuses its platform, or is told of others only.
_TOLD = Limit(per_s=1 / 60, burst=1)
# What takes less time to read than to hand over to a thread.
_LARGEST_READ_AT_ONCE = 16_000


class Webhooks:
    """An ASGI app for the calls of every channel's platform."""

    def __init__(self, context: Context, places: Places) -> None:
        self._context = context
        self._places = places
        self._told = Throttle(_TOLD)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200 only after every event of the body is on the disk."""
        try:
            await self._take(scope, receive, send)
        except KaiwaError as error:
            log.info("webhook_refused", error=error.code, path_end=scope["path"][-6:])
            await answer_error(send, error)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = scope["path"].split("/")[2:]
        if scope["method"] not in ("POST", "GET") or len(parts) != 2:
            raise NotFound("There is no such webhook.")
        kind, key = parts
        door = await self._places.door(key, kind)
        encloses = Ability.ENCLOSES in door.channel.abilities
        limit = LARGEST_ENCLOSING_BYTES if encloses else LARGEST_BODY_BYTES
        body = await read_body(scope, receive, limit)
        headers = headers_of(scope)
        url = self._called(scope, headers)
        request = RawRequest(body, headers, scope["method"], _query(scope), url)
        try:
            verdict = door.channel.verify(request, door.account)
        except NotAuthentic as error:
            self._tell(door, "webhook_refused", error.message)
            raise
        if verdict.answer is not None:
            if not verdict.answer:
                self._tell(door, "webhook_for_others", "Nothing in it is about this account.")
            await answer(send, 200, verdict.answer, verdict.content_type)
            return
        now = self._context.clock.now()
        ours = body if verdict.body is None else verdict.body
        parse = door.channel.parse
        # A body with files in it takes its time; nobody else waits for it.
        large = encloses and len(ours) > _LARGEST_READ_AT_ONCE
        heard = await asyncio.to_thread(parse, ours, now) if large else parse(ours, now)
        arrivals = [Arrival(raw, event) for raw, event in heard]
        if arrivals:
            inbox = door.place.inbox
            await self._context.db.write(lambda s: accept(s, inbox, arrivals, now))
        await answer(send, 200)

    def _tell(self, door: Door, event: str, why: str) -> None:
        """A merchant whose messages do not come finds out why; whoever knocks fills no disk."""
        inbox = door.place.inbox
        if not self._told.take(f"{inbox.id} {event}"):
            log.warning(event, channel=inbox.channel, inbox=inbox.id, why=why)

    def _called(self, scope: Scope, headers: dict[str, str]) -> str:
        """The address as the platform called it: some sign it, and know no proxy before us."""
        own = self._context.public_url or f"{scope['scheme']}://{headers.get('host', '')}"
        query = scope["query_string"].decode("latin-1")
        return f"{own}{scope['path']}" + (f"?{query}" if query else "")


def _query(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1")))
