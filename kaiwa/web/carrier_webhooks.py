"""`/webhooks/carriers/{carrier}/{merchant key}`: signed news of parcels."""

from typing import Any

import msgspec
import structlog

from kaiwa.carriers import carrier
from kaiwa.carriers.signed_news import HEADER, SignedNews, read_signed
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.parcel_file import take_news
from kaiwa.orders.webhook_key import carrier_secret, read_carrier_key
from kaiwa.vocabulary.errors import Invalid, KaiwaError, NotFound, TooMany
from kaiwa.web.asgi import Receive, Scope, Send, answer, answer_error, headers_of, read_body
from kaiwa.web.context import Context
from kaiwa.web.throttle import Throttle

log = structlog.get_logger()

LARGEST_BODY_BYTES = 1_000_000
PER_MERCHANT = Limit(20, 100)


class CarrierWebhooks:
    """An ASGI app for news of parcels. One event that cannot be taken never stops the others."""

    def __init__(self, context: Context, announce: AnnounceOrders) -> None:
        self._context = context
        self._announce = announce
        self._throttle = Throttle(PER_MERCHANT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200 after what could be taken is on the disk, with what could not and why."""
        try:
            told = await self._take(scope, receive)
        except KaiwaError as error:
            log.info("carrier_webhook_refused", error=error.code, path_end=scope["path"][-6:])
            await answer_error(send, error)
        else:
            await answer(send, 200, msgspec.json.encode(told), "application/json")

    async def _take(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        parts = scope["path"].split("/")[3:]
        if scope["method"] != "POST" or len(parts) != 2:
            raise NotFound("There is no such webhook.")
        kind = carrier(parts[0]).kind
        context, now = self._context, self._context.clock.now()
        merchant_id = read_carrier_key(context.secrets, parts[1])
        if wait_s := self._throttle.take(parts[1]):
            raise TooMany("Too many calls at once.", retry_after_s=wait_s)
        body = await read_body(scope, receive, LARGEST_BODY_BYTES)
        secret = carrier_secret(context.secrets, merchant_id, kind)
        news = read_signed(body, headers_of(scope).get(HEADER, ""), secret, now)
        command = Command(merchant_id, f"carrier:{kind}", "webhook", now)
        return await context.db.write(lambda s: self._record(s, command, kind, news))

    def _record(
        self, session: Session, command: Command, kind: str, news: list[SignedNews | Invalid]
    ) -> dict[str, Any]:
        zone = merchant(session, command.merchant_id).timezone
        moved, refused = 0, []
        for place, one in enumerate(news):
            try:
                if isinstance(one, Invalid):
                    raise one
                cells = msgspec.structs.asdict(one)
                moved += take_news(session, command, cells, zone, self._announce, kind)
            except (Invalid, NotFound) as error:
                refused.append({"event": place, "error": error.code, "message": error.message})
        return {"taken": len(news) - len(refused), "moved": moved, "refused": refused}
