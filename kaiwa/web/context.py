"""What every door needs, put together once by the app."""

from pathlib import Path
from typing import Any

import msgspec

from kaiwa.bot.rewriting import Rewriter
from kaiwa.catalog.finder.finder import Finder
from kaiwa.conversations.fact import Announce
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database
from kaiwa.engines.files import FileStore
from kaiwa.engines.http import Http
from kaiwa.engines.live import Hub
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.fact import AnnounceOrders


class Context(msgspec.Struct, frozen=True):
    """The engines and settings the doors use. `public_url` has no slash at its end.

    `announce` and `announce_orders` are called with facts that come true at a door, inside its
    transaction.
    """

    db: Database
    clock: Clock
    secrets: Secrets
    files: FileStore
    http: Http
    hub: Hub
    announce: Announce
    announce_orders: AnnounceOrders
    finder: Finder
    static: Path
    public_url: str | None = None
    mail_server: dict[str, str] | None = None
    rewriter: Rewriter | None = None
    background: Any = None
    doing: dict[str, Any] = {}
