"""What connected stores tell, taken into the catalog: in slices, by webhook, killed at any point.

Every write is one transaction with the place to go on from, and nothing older than what is known is
written. Other floors bring takers for what they own (`Taker`); orders do.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.merchants.store import ConnectedStore
from kaiwa.stores import Told


class Source(msgspec.Struct, frozen=True):
    """Who tells, whose shop it is, when, and in which run of a pull (0 by webhook)."""

    owner: Merchant
    store: ConnectedStore
    now: datetime
    run: int = 0


# Writes one thing a store told; whether it changed anything. Raises `Invalid` when it cannot be.
Taker: TypeAlias = Callable[[Session, Source, Told], bool]
