"""Links to the hosted pages: a checkout's own key, and a signed one to an order.

Whoever has a link may see the page; what is private on it needs more (see `Sealed`, which also
makes the proof that a browser carries).
"""

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import datetime, timedelta
from typing import Final

from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import NotFound

ORDER_LINK_LIFE: Final = timedelta(days=90)
_DAY_S: Final = 86_400
_FIELDS: Final = struct.Struct(">QQI")
_SIGNATURE_BYTES: Final = 16


class Sealed:
    """Signs which row of which merchant is meant, for one purpose and until a moment."""

    def __init__(self, secrets: Secrets, purpose: str) -> None:
        self._key = secrets.derived(f"sealed:{purpose}")

    def made(self, merchant_id: int, row_id: int, until: datetime) -> str:
        """48 characters that fit into a path or a cookie."""
        body = _FIELDS.pack(merchant_id, row_id, int(until.timestamp()))
        return base64.urlsafe_b64encode(body + self._sign(body)).decode()

    def read(self, text: str, now: datetime) -> tuple[int, int]:
        """Merchant and row; `NotFound` when it was not signed by us for this, or has run out."""
        ended = NotFound("This link has ended.", reason="link_ended")
        try:
            raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            raise ended from None
        body, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
        if len(body) != _FIELDS.size or not hmac.compare_digest(signature, self._sign(body)):
            raise ended
        merchant_id, row_id, until_s = _FIELDS.unpack(body)
        if until_s < now.timestamp():
            raise ended
        return merchant_id, row_id

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, hashlib.sha256)[:_SIGNATURE_BYTES]


def continue_url(origin: str, key: str) -> str:
    """Where a shopper goes on with a checkout; `origin` has no slash at its end."""
    return f"{origin}/checkout/{key}"


def order_link(secrets: Secrets, origin: str, order: tuple[int, int], now: datetime) -> str:
    """The page of an order (merchant, id): good for 90 days, and the same all day."""
    day = int(now.timestamp()) // _DAY_S + 1
    until = datetime.fromtimestamp(day * _DAY_S, now.tzinfo) + ORDER_LINK_LIFE
    return f"{origin}/orders/{_order_links(secrets).made(*order, until)}"


def order_behind(secrets: Secrets, token: str, now: datetime) -> tuple[int, int]:
    """The order (merchant, id) that such a link means; `NotFound` when it has ended."""
    return _order_links(secrets).read(token, now)


def _order_links(secrets: Secrets) -> Sealed:
    return Sealed(secrets, "order-link")
