"""Finds channels: every module or folder beside this file that has a `CHANNEL`, then entry points.

A third party's package adds one by an entry point in the group `kaiwa.channels`.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import kaiwa.channels
from kaiwa.channels.contract import Channel
from kaiwa.vocabulary.errors import NotFound


@cache
def channels() -> dict[str, Channel]:
    """Every channel by its kind."""
    found: dict[str, Channel] = {}
    for module in pkgutil.iter_modules(kaiwa.channels.__path__):
        candidate = importlib.import_module(f"kaiwa.channels.{module.name}")
        if hasattr(candidate, "CHANNEL"):
            found[candidate.CHANNEL.kind] = candidate.CHANNEL
    for entry in entry_points(group="kaiwa.channels"):
        extra: Channel = entry.load()
        found[extra.kind] = extra
    return found


def channel(kind: str) -> Channel:
    """The channel of that kind; `NotFound` names the ones there are."""
    try:
        return channels()[kind]
    except KeyError:
        raise NotFound(
            f"There is no channel {kind!r}. There are: {', '.join(sorted(channels()))}."
        ) from None
