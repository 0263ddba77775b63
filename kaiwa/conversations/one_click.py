"""One click out of advertising mail (RFC 8058): the address of it, and where it stands in a mail.

The address names one address of one customer, is sealed, and never ends: a mail may be years old
when somebody has had enough. It only ever ends consent.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from typing import Final

import msgspec

from kaiwa.channels import Ability, Route, channel
from kaiwa.customers.identity import Identity
from kaiwa.engines.secrets import Secrets
from kaiwa.languages.strings import say
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language, detect
from kaiwa.vocabulary.reply import Reply, TextBlock, plain

PATH: Final = "/unsubscribe"
_FIELDS: Final = struct.Struct(">QQ")
_SEAL_BYTES: Final = 16


class OneClick:
    """Makes and reads the addresses, and puts them on what leaves."""

    def __init__(self, secrets: Secrets, public_url: str | None) -> None:
        self._key = secrets.derived("one-click")
        self._public_url = public_url

    def path(self, merchant_id: int, identity_id: int) -> str:
        """Where one click ends advertising to this address; the same for ever."""
        body = _FIELDS.pack(merchant_id, identity_id)
        return f"{PATH}/{base64.urlsafe_b64encode(body + self._seal(body)).decode().rstrip('=')}"

    def read(self, token: str) -> tuple[int, int]:
        """Merchant and identity; `NotFound` when it was not made by us."""
        unknown = NotFound("There is no such page.")
        try:
            padded = token.encode("ascii") + b"=" * (-len(token) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            raise unknown from None
        body, seal = raw[:-_SEAL_BYTES], raw[-_SEAL_BYTES:]
        if len(body) != _FIELDS.size or not hmac.compare_digest(seal, self._seal(body)):
            raise unknown
        merchant_id, identity_id = _FIELDS.unpack(body)
        return merchant_id, identity_id

    def marked(self, route: Route, where: Identity, *, advertises: bool) -> Route:
        """The route with the way out, for advertising and for what answers no mail of theirs."""
        if self._public_url is None or Ability.ONE_CLICK not in channel(where.channel).abilities:
            return route
        if not advertises and route.thread is not None:
            return route
        url = f"{self._public_url}{self.path(where.merchant_id, where.id)}"
        return msgspec.structs.replace(route, opt_out=url)

    def told(self, reply: Reply, route: Route, *, advertises: bool) -> Reply:
        """Advertising says below its words how to end it, as the law wants."""
        if not advertises or not route.opt_out:
            return reply
        language: Language = detect(plain(reply.blocks)) or "ja"
        words = say("opting.unsubscribe", language, url=route.opt_out)
        return msgspec.structs.replace(reply, blocks=(*reply.blocks, TextBlock(text=words)))

    def _seal(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, hashlib.sha256)[:_SEAL_BYTES]
