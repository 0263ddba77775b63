"""`/webhooks/stores/{store key}`: verify, make durable, answer. What it says is taken later."""

import re

import structlog

from kaiwa.catalog.sync.hook import keep_hook
from kaiwa.merchants.store import store_by_key
from kaiwa.stores import Ability, store_kind
from kaiwa.vocabulary.errors import KaiwaError, NotFound
from kaiwa.web.asgi import Receive, Scope, Send, answer, answer_error, headers_of, read_body
from kaiwa.web.context import Context

log = structlog.get_logger()

LARGEST_BODY_BYTES = 5_000_000
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class StoreHooks:
    """An ASGI app for the calls of every connected store."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200 only after the call is on the disk; one that comes twice is kept once."""
        try:
            await self._take(scope, receive)
        except KaiwaError as error:
            log.info("store_hook_refused", error=error.code, path_end=scope["path"][-6:])
            await answer_error(send, error)
        else:
            await answer(send, 200)

    async def _take(self, scope: Scope, receive: Receive) -> None:
        key = scope["path"].removeprefix("/webhooks/stores/")
        if scope["method"] != "POST" or not _KEY.fullmatch(key):
            raise NotFound("There is no such webhook.")
        of = await self._context.db.read(lambda s: store_by_key(s, key))
        kind = store_kind(of.kind)
        if Ability.WEBHOOKS not in kind.abilities:
            raise NotFound("There is no such webhook.")
        body = await read_body(scope, receive, LARGEST_BODY_BYTES)
        hook = kind.verify(body, headers_of(scope), of.account(self._context.secrets))
        now = self._context.clock.now()
        await self._context.db.write(lambda s: keep_hook(s, of, hook, body, now))
