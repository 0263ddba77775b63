"""The few Flex components our cards are made of, and packing bubbles into messages."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from kaiwa.channels.line.limits import most
from kaiwa.channels.line.page import Json, Page

QUIET: Final = "#666666"


def words(text: str, **style: object) -> Json:
    """A text that wraps."""
    return {"type": "text", "text": text, "wrap": True, **style}


def column(contents: list[Json], **style: object) -> Json:
    """Things below each other."""
    return {"type": "box", "layout": "vertical", "contents": contents, **style}


def row(contents: list[Json], **style: object) -> Json:
    """Things beside each other on one line."""
    return {"type": "box", "layout": "baseline", "contents": contents, **style}


def pair(left: str, right: str, **style: object) -> Json:
    """A word on the left, its figure on the right."""
    return row(
        [words(left, flex=3, **style), words(right, flex=2, align="end", **style)], spacing="md"
    )


def rule() -> Json:
    """A thin line."""
    return {"type": "separator", "margin": "md"}


def picture(url: str) -> Json:
    """The picture on top of a card."""
    return {
        "type": "image", "url": url, "size": "full", "aspectRatio": "1:1", "aspectMode": "cover"
    }  # fmt: skip


def button(action: Json, style: str) -> Json:
    """Something to press; `style` is primary, secondary or link."""
    return {"type": "button", "action": action, "style": style, "height": "sm"}


def buttons(actions: list[Json]) -> list[Json]:
    """The first stands out."""
    return [button(each, "link" if index else "primary") for index, each in enumerate(actions)]


def bubble(body: list[Json], footer: list[Json] | None = None, hero: Json | None = None) -> Json:
    """One card."""
    made: Json = {"type": "bubble"}
    if hero:
        made["hero"] = hero
    made["body"] = column(body, spacing="sm")
    if footer:
        made["footer"] = column(footer, spacing="sm")
    return made


def size_bytes(container: Json) -> int:
    """How large the container is on the wire."""
    return len(msgspec.json.encode(container))


def fitted(card: Json, page: Page, block: str) -> Json:
    """The bubble within LINE's size: buttons go from the end until it is, declared."""
    while size_bytes(card) > most("flex_bubble") and card.get("footer", {}).get("contents"):
        dropped = card["footer"]["contents"].pop()
        page.lose(block, "dropped", f"button beyond the card's size: {dropped['action']['label']}")
        if not card["footer"]["contents"]:
            del card["footer"]
    return card


def packed(bubbles: Iterable[Json]) -> Iterator[Json]:
    """Bubbles as containers: alone when there is one, else carousels within count and size."""
    group: list[Json] = []
    size = _FRAME_BYTES
    for each in bubbles:
        adds = size_bytes(each) + len(",")
        if group and (len(group) == most("flex_bubbles") or size + adds > most("flex_carousel")):
            yield _container(group)
            group, size = [], _FRAME_BYTES
        group.append(each)
        size += adds
    if group:
        yield _container(group)


def _container(group: list[Json]) -> Json:
    return group[0] if len(group) == 1 else {"type": "carousel", "contents": group}


_FRAME_BYTES: Final = size_bytes({"type": "carousel", "contents": []})
