"""preview: a reply as it would leave on every channel, and what would be lost."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kaiwa.channels import channels
from kaiwa.channels.preview import Preview, previews
from kaiwa.commands.options import Commands, command
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import Reply


def add(commands: Commands) -> None:
    """Add the command."""
    words = "a reply on every channel, and what is lost; nothing is sent"
    one = command(commands, "preview", _preview, words)
    one.add_argument("reply", metavar="REPLY.json", help='{"blocks": [...]}; - reads it here')
    one.add_argument(
        "--channel", action="append", default=[], choices=sorted(channels()), help="repeat it"
    )
    one.add_argument("--json", action="store_true", help="a line each, with the calls as they are")


def _preview(chosen: argparse.Namespace) -> int:
    for found in previews(_reply(chosen.reply), datetime.now(UTC), chosen.channel):
        if chosen.json:
            print(msgspec.json.encode(found).decode())
        else:
            _show(found)
    return 0


def _reply(name: str) -> Reply:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Invalid(f"{name} cannot be read: {error.strerror}.") from error
    try:
        return msgspec.json.decode(raw, type=Reply)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"{name} is no reply: {error}") from error


def _show(found: Preview) -> None:
    many = "message" if found.messages == 1 else "messages"
    print(f"== {found.name} ({found.channel}): {found.messages} {many}")
    for words in found.seen:
        print("\n".join(f"   {line}" for line in words.splitlines()))
    for loss in found.degradations:
        print(f" - {loss.block} -> {loss.became}: {loss.lost}")
