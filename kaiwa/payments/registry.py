"""Finds providers: every module beside this file that has a `PROVIDER`, then entry points.

A third party's package adds one by an entry point in the group `kaiwa.payments`.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import kaiwa.payments
from kaiwa.payments.contract import Provider
from kaiwa.vocabulary.errors import NotFound


@cache
def providers() -> dict[str, Provider]:
    """Every provider by its kind."""
    found: dict[str, Provider] = {}
    for module in pkgutil.iter_modules(kaiwa.payments.__path__):
        candidate = importlib.import_module(f"kaiwa.payments.{module.name}")
        if hasattr(candidate, "PROVIDER"):
            found[candidate.PROVIDER.kind] = candidate.PROVIDER
    for entry in entry_points(group="kaiwa.payments"):
        extra: Provider = entry.load()
        found[extra.kind] = extra
    return found


def provider(kind: str) -> Provider:
    """The provider of that kind; `NotFound` names the ones there are."""
    try:
        return providers()[kind]
    except KeyError:
        known = ", ".join(sorted(providers()))
        raise NotFound(f"There is no payment provider {kind!r}. There are: {known}.") from None
