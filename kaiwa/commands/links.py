"""link: the short links in the shop's messages, and how many followed them."""

import argparse

from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.conversations.short_link import short_links
from kaiwa.vocabulary.time import iso


def add(commands: Commands) -> None:
    """Add the group."""
    inner = group(commands, "link", "short links in messages")
    shown = command(inner, "list", _list, "the newest links, and who followed them", merchant=True)
    shown.add_argument("--limit", type=int, default=50, help="how many (50)")


def _list(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        found = house.db.read_now(
            lambda s: short_links(s, the_merchant(s, chosen).id, max(1, chosen.limit))
        )
    for one in found:
        first = iso(one.first_click_at) if one.first_click_at else "-"
        print(f"{one.code} {one.clicks} {first} until {iso(one.expires_at)} {one.url}")
    return 0
