"""What a reply becomes while it is rendered: messages, quick replies and the losses so far."""

from typing import Any, TypeAlias

from kaiwa.channels.line.limits import most
from kaiwa.vocabulary.cutting import clip, split, units
from kaiwa.vocabulary.reply import Degradation

Json: TypeAlias = dict[str, Any]


class Page:
    """Collects LINE messages; every way to add one keeps within the limits and notes losses."""

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.quick: list[Json] = []
        self.losses: list[Degradation] = []

    def lose(self, block: str, became: str, lost: str) -> None:
        """Declare that something of a block could not be shown as it was meant."""
        self.losses.append(Degradation(block, became, lost))

    def clipped(self, text: str, limit: str, block: str, part: str) -> str:
        """`text` within the limit called `limit`; clipping is declared."""
        text = text.strip()
        if units(text) <= most(limit):
            return text
        self.lose(block, "clipped", f"{part} over {most(limit)} characters: {clip(text, 40)}")
        return clip(text, most(limit))

    def text(self, text: str) -> None:
        """As many text messages as it takes."""
        self.messages.extend({"type": "text", "text": part} for part in split(text, most("text")))

    def flex(self, block: str, alt: str, contents: Json) -> None:
        """A Flex message; `alt` is what notifications and the chat list show."""
        alt_text = self.clipped(alt, "alt_text", block, "alternative text") or block
        self.messages.append({"type": "flex", "altText": alt_text, "contents": contents})
