"""Which inbox a request means, remembered for a few seconds so that the hot path asks once."""

import re
import time

import msgspec

from kaiwa.channels import Account, Channel, channel
from kaiwa.conversations.intake import Place
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inbox_by_key
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.errors import NotFound
from kaiwa.web.context import Context

REMEMBERED_S = 5.0
_MOST = 10_000
_KEY = re.compile(r"[\w.~-]{1,200}", re.ASCII)


class Door(msgspec.Struct, frozen=True):
    """An inbox with its channel and opened credentials."""

    place: Place
    channel: Channel
    account: Account


class Places:
    """Finds doors by inbox key. A change of an inbox is seen within `REMEMBERED_S`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, tuple[float, Door | None]] = {}

    async def door(self, key: str, kind: str | None = None) -> Door:
        """The inbox with this key (and channel); `NotFound`."""
        if not _KEY.fullmatch(key):
            raise NotFound("There is no such inbox.")
        known = self._known.get(key)
        if known is None or known[0] < time.monotonic():
            found = await self._context.db.read(lambda s: self._find(s, key))
            if len(self._known) > _MOST:
                self._known.clear()
            known = self._known[key] = (time.monotonic() + REMEMBERED_S, found)
        if known[1] is None or (kind is not None and known[1].channel.kind != kind):
            raise NotFound("There is no such inbox.")
        return known[1]

    def _find(self, session: Session, key: str) -> Door | None:
        try:
            box = inbox_by_key(session, key)
        except NotFound:
            return None
        shop = merchant(session, box.merchant_id)
        return Door(Place(shop, box), channel(box.channel), box.account(self._context.secrets))
