"""Finds carriers: every module beside this file that has a `CARRIER`, then entry points.

A third party's package adds one by an entry point in the group `kaiwa.carriers`.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import kaiwa.carriers
from kaiwa.carriers.contract import Carrier
from kaiwa.vocabulary.errors import NotFound


@cache
def carriers() -> dict[str, Carrier]:
    """Every carrier by its kind."""
    found: dict[str, Carrier] = {}
    for module in pkgutil.iter_modules(kaiwa.carriers.__path__):
        candidate = importlib.import_module(f"kaiwa.carriers.{module.name}")
        if hasattr(candidate, "CARRIER"):
            found[candidate.CARRIER.kind] = candidate.CARRIER
    for entry in entry_points(group="kaiwa.carriers"):
        extra: Carrier = entry.load()
        found[extra.kind] = extra
    return found


def carrier(kind: str) -> Carrier:
    """The carrier of that kind; `NotFound` names the ones there are."""
    try:
        return carriers()[kind]
    except KeyError:
        known = ", ".join(sorted(carriers()))
        raise NotFound(f"There is no carrier {kind!r}. There are: {known}.") from None
