"""Any reply as it would leave on every channel, and what would be lost. Nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from kaiwa.channels.contract import Channel, Rendered, Route, Standing
from kaiwa.channels.registry import channels
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.reply import Degradation, Reply

# Somebody to write to: every channel has a way to one of these, once they have written.
_SOMEBODY: Final = ("+819012345678", "customer@shop.example")
# Where the words and addresses stand that a reader sees, whatever the platform calls them.
_SEEN: Final = frozenset(
    {
        "text", "body", "Body", "caption", "title", "subtitle", "description", "label", "name",
        "code", "contents", "altText", "alt_text", "display_text", "button", "url", "uri", "link",
        "subject", "html", "plain",
    }
)  # fmt: skip


class Preview(msgspec.Struct, frozen=True):
    """A reply on one channel: how many messages it becomes, what is read in each, what is lost."""

    channel: str
    name: str
    messages: int
    wires: tuple[dict[str, object], ...]
    degradations: tuple[Degradation, ...]

    @property
    def seen(self) -> list[str]:
        """What is read, in order, each once."""
        return list(dict.fromkeys(line for wire in self.wires for line in _strings(wire)))


def previews(
    reply: Reply,
    now: datetime,
    kinds: Sequence[str] = (),
    catalogues: Mapping[str, str] | None = None,
) -> list[Preview]:
    """The reply on these channels, or on all; to somebody who wrote a moment ago.

    `catalogues` has by channel the shop's catalogue there. `NotFound` names the channels there are.
    """
    shelves = catalogues or {}
    known = channels()
    for kind in kinds:
        if kind not in known:
            raise NotFound(f"There is no channel {kind!r}. There are: {', '.join(sorted(known))}.")
    wanted = kinds or sorted(known)
    return [_preview(known[kind], reply, now, shelves.get(kind, "")) for kind in wanted]


def _preview(channel: Channel, reply: Reply, now: datetime, catalogue: str) -> Preview:
    way = msgspec.structs.replace(_way(channel, now), catalogue=catalogue)
    made = channel.render(reply, way)
    wires = tuple(wire.body for wire in made.wires)
    return Preview(channel.kind, channel.name, _messages(made), wires, made.degradations)


def _way(channel: Channel, now: datetime) -> Route:
    for somebody in _SOMEBODY:
        standing = Standing(Address(0, channel.address_kind, somebody), last_inbound_at=now)
        for route in channel.routes(standing, now):
            return route
    return Route("preview", _SOMEBODY[0])


def _messages(made: Rendered) -> int:
    """What a reader counts: some platforms take several messages in one call."""
    together = (wire.body.get("messages") for wire in made.wires)
    return sum(len(each) if isinstance(each, list) else 1 for each in together)


def _strings(value: Any, name: str = "") -> Iterator[str]:
    match value:
        case str():
            if name in _SEEN and value.strip():
                yield value
        case dict():
            for inner, each in value.items():
                yield from _strings(each, inner)
        case list() | tuple():
            for each in value:
                yield from _strings(each, name)
