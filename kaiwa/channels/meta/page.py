"""What a reply becomes while it is rendered: messages to come, in order, and the losses so far."""

from typing import Any, TypeAlias

from kaiwa.channels.meta.limits import clipped, fits, limit, most, parts
from kaiwa.channels.meta.links import web_address
from kaiwa.channels.meta.surface import Surface
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.reply import Degradation

Json: TypeAlias = dict[str, Any]


class Page:
    """Collects messages; every way to add one keeps within the limits and notes losses.

    `after` are lines that a block's buttons could not carry.
    """

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.messages: list[Json] = []
        self.losses: list[Degradation] = []
        self.after: list[str] = []

    def most(self, name: str) -> int:
        """A limit of this face."""
        return most(self.surface.kind, name)

    def address(self, url: str | None) -> str | None:
        """The web address as Meta takes it, or None."""
        return web_address(url, self.surface.kind)

    def lose(self, block: str, became: str, lost: str) -> None:
        """Declare that something of a block could not be shown as it was meant."""
        self.losses.append(Degradation(block, became, lost))

    def clipped(self, text: str, name: str, block: str, part: str) -> str:
        """`text` within the limit called `name`; clipping is declared."""
        text, of = text.strip(), limit(self.surface.kind, name)
        if fits(text, of):
            return text
        self.lose(block, "clipped", f"{part} over {of.value} characters: {clip(text, 40)}")
        return clipped(text, of)

    def fits(self, text: str, name: str) -> bool:
        """Whether the text is within the limit called `name`."""
        return fits(text, limit(self.surface.kind, name))

    def text(self, text: str) -> None:
        """As many messages as it takes."""
        for part in parts(self.whole(text), limit(self.surface.kind, "text")):
            self.messages.append({"text": part})

    def whole(self, text: str) -> str:
        """`text` and the lines that wait to stand below it."""
        rest, self.after = self.after, []
        return "\n".join(part for part in (text.strip(), *rest) if part)

    def attach(self, kind: str, payload: Json) -> None:
        """A picture, film, sound, file or template."""
        self.messages.append({"attachment": {"type": kind, "payload": payload}})

    def buttons(self, text: str, buttons: list[Json]) -> None:
        """Up to three buttons under `text`, the others under further messages.

        What the message with the buttons cannot hold of the text goes before it.
        """
        said = parts(self.whole(text) or "…", limit(self.surface.kind, "button_text"))
        if len(said) > 1:
            self.text("\n".join(said[:-1]))
        size = self.most("buttons")
        for start in range(0, len(buttons), size):
            shown = said[-1] if start == 0 else "…"
            chosen = buttons[start : start + size]
            self.attach("template", {"template_type": "button", "text": shown, "buttons": chosen})

    def cards(self, elements: list[Json]) -> None:
        """Up to ten cards side by side, the others in further messages."""
        size = self.most("elements")
        for start in range(0, len(elements), size):
            chosen = elements[start : start + size]
            self.attach("template", {"template_type": "generic", "elements": chosen})
