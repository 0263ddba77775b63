"""router: through which channels a message goes that cannot go out by its own."""

import argparse
import sys

from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.merchants.fallback import entries, set_fallback

ACTOR = "command line"


def add(commands: Commands) -> None:
    """Add the group."""
    router = group(commands, "router", "where messages go that cannot go out")
    command(router, "show", _show, "the chain of channels as it is", merchant=True)
    chain = command(router, "chain", _chain, "set the chain; --off for none", merchant=True)
    chain.add_argument("channels", nargs="*", metavar="CHANNEL", help="in their order")
    chain.add_argument("--off", action="store_true", help="messages are not tried elsewhere")


def _show(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
    _print(shop.settings.fallback)
    print(f"known: {' '.join(entries())}")
    return 0


def _chain(chosen: argparse.Namespace) -> int:
    wanted = tuple(chosen.channels)
    if bool(wanted) == chosen.off:
        sys.stderr.write("kaiwa: Name the channels in their order, or give --off.\n")
        return 2
    with opened(chosen) as house:
        now = house.clock.now()
        set_to = house.db.write_now(
            lambda s: set_fallback(s, the_merchant(s, chosen).id, wanted, ACTOR, now)
        )
    _print(set_to)
    return 0


def _print(chain: tuple[str, ...]) -> None:
    print(f"fallback: {' -> '.join(chain) or 'off'}")
