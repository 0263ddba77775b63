"""The command line: `kaiwa …`. Errors say what to do and end with status 1."""

import argparse
import sys

from kaiwa.commands import (
    data,
    demo,
    embed,
    evaluate,
    find,
    gift_card,
    inspect,
    knowledge,
    links,
    model,
    payment,
    preview,
    recommendation,
    reviews,
    router,
    searches,
    set_up,
    shop,
    shoppers,
    stores,
    talk,
    templates,
    trade,
    unanswered,
    voice,
)
from kaiwa.vocabulary.errors import KaiwaError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the process's exit status."""
    parser = argparse.ArgumentParser(prog="kaiwa", description="Conversational commerce server.")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    selling = (shop, stores, payment, data, trade, gift_card, reviews)
    finding = (find, searches, embed, recommendation)
    knowing = (knowledge, unanswered)
    talking = (talk, evaluate, shoppers, model, voice, preview)
    for group in (
        demo,
        set_up,
        router,
        templates,
        links,
        *selling,
        *finding,
        *knowing,
        *talking,
        inspect,
    ):
        group.add(commands)
    chosen = parser.parse_args(arguments)
    if chosen.run is None:
        parser.print_help()
        return 2
    try:
        return int(chosen.run(chosen) or 0)
    except KaiwaError as error:
        sys.stderr.write(f"kaiwa: {error.message}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
