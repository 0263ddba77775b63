"""Finds stores: every module beside this file that has a `STORE`, then entry points.

A third party's package adds one by an entry point in the group `kaiwa.stores`.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import kaiwa.stores
from kaiwa.stores.contract import Store
from kaiwa.vocabulary.errors import NotFound


@cache
def store_kinds() -> dict[str, Store]:
    """Every kind of store by its name."""
    found: dict[str, Store] = {}
    for module in pkgutil.iter_modules(kaiwa.stores.__path__):
        candidate = importlib.import_module(f"kaiwa.stores.{module.name}")
        if hasattr(candidate, "STORE"):
            found[candidate.STORE.kind] = candidate.STORE
    for entry in entry_points(group="kaiwa.stores"):
        extra: Store = entry.load()
        found[extra.kind] = extra
    return found


def store_kind(kind: str) -> Store:
    """The store of that kind; `NotFound` names the ones there are."""
    try:
        return store_kinds()[kind]
    except KeyError:
        known = ", ".join(sorted(store_kinds()))
        raise NotFound(f"There is no store {kind!r}. There are: {known}.") from None
