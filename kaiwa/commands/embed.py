"""embed: the vectors of a shop's titles, made now instead of never."""

import argparse
import sys

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.vocabulary.errors import Conflict, Refused


def add(commands: Commands) -> None:
    """Add the command."""
    words = "make the vectors of titles that the finder does not have yet"
    command(commands, "embed", _embed, words, merchant=True)


def _embed(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        shelf = Shelf(shop.id, house.settings.data / "search" / str(shop.id))
        try:
            if shelf.dense is None:
                raise Refused("There is no engine for it. Run: pip install 'kaiwa[embeddings]'")
            made = 0
            while (page := house.db.read_now(shelf.next_titles)) is not None:
                shelf.embed(page)
                made += len(page.titles)
                sys.stderr.write(f"\r{made} titles")
            if not shelf.dense.makes:
                raise Conflict("Another process makes them now. Wait for it.")
            print(f"{made} made, {len(shelf.dense)} there")
        finally:
            shelf.close()
    return 0
