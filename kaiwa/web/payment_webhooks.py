"""`/webhooks/payments/{method key}`: a provider tells what became of payments and refunds."""

import structlog

from kaiwa.engines.queue.rate import Limit
from kaiwa.orders.paying import Paying
from kaiwa.orders.webhook_key import read_payment_key
from kaiwa.vocabulary.errors import KaiwaError, NotFound, TooMany
from kaiwa.web.asgi import Receive, Scope, Send, answer, answer_error, headers_of, read_body
from kaiwa.web.context import Context
from kaiwa.web.throttle import Throttle

log = structlog.get_logger()

LARGEST_BODY_BYTES = 1_000_000
PER_METHOD = Limit(100, 500)


class PaymentWebhooks:
    """An ASGI app for the calls of every payment provider."""

    def __init__(self, context: Context, paying: Paying) -> None:
        self._secrets = context.secrets
        self._paying = paying
        self._throttle = Throttle(PER_METHOD)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200 only after what was told has had its effect on the disk."""
        try:
            await self._take(scope, receive)
        except KaiwaError as error:
            log.info("payment_webhook_refused", error=error.code, path_end=scope["path"][-6:])
            await answer_error(send, error)
        else:
            await answer(send, 200)

    async def _take(self, scope: Scope, receive: Receive) -> None:
        parts = scope["path"].split("/")[3:]
        if scope["method"] != "POST" or len(parts) != 1:
            raise NotFound("There is no such webhook.")
        merchant_id, method_id = read_payment_key(self._secrets, parts[0])
        if wait_s := self._throttle.take(parts[0]):
            raise TooMany("Too many calls at once.", retry_after_s=wait_s)
        body = await read_body(scope, receive, LARGEST_BODY_BYTES)
        await self._paying.hear(merchant_id, method_id, body, headers_of(scope))
