"""What a reply becomes while it is rendered: bubbles to come, in order, and the losses so far."""

from typing import Any, Final, TypeAlias

from kaiwa.channels.whatsapp.limits import most
from kaiwa.vocabulary.cutting import clip, split, units
from kaiwa.vocabulary.language import detect
from kaiwa.vocabulary.reply import Degradation

Json: TypeAlias = dict[str, Any]

# Under this key a message waits with a page that says the same without Meta's catalogue.
OTHERWISE: Final = "otherwise"
CHOOSE = {"ja": "選択する", "en": "Choose"}


class Page:
    """Collects messages; every way to add one keeps within the limits and notes losses.

    `after` are lines that a block's buttons could not carry; `place` is the sentence of a message
    that asks for the customer's place. `catalogue` is Meta's, where the products are known.
    """

    def __init__(self, catalogue: str = "") -> None:
        self.catalogue = catalogue
        self.messages: list[Json] = []
        self.losses: list[Degradation] = []
        self.after: list[str] = []
        self.place: str | None = None

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
        """As many messages as it takes."""
        for part in split(self.whole(text), most("text")):
            self.messages.append({"type": "text", "text": {"body": part}})

    def whole(self, text: str) -> str:
        """`text` and the lines that wait to stand below it."""
        rest, self.after = self.after, []
        return "\n".join(part for part in (text.strip(), *rest) if part)

    def media(self, kind: str, media: Json, caption: str = "") -> None:
        """A picture, film, sound or file; words that are no caption follow as text."""
        words = self.whole(caption)
        fits = units(words) <= most("caption") and kind != "audio"
        shown = {**media, "caption": words} if words and fits else media
        self.messages.append({"type": kind, kind: shown})
        if words and not fits:
            self.text(words)

    def interactive(self, kind: str, text: str, action: Json, picture: str | None = None) -> None:
        """Something to press under `text`; what its body cannot hold goes before it."""
        body = self._fitting_tail(self.whole(text) or "…")
        made: Json = {"type": kind, "body": {"text": body}, "action": action}
        if picture:
            made["header"] = {"type": "image", "image": {"link": picture}}
        self.messages.append({"type": "interactive", "interactive": made})

    def _fitting_tail(self, text: str) -> str:
        text = text.strip()
        tail = split(text, most("body"))[-1]
        head = text[: len(text) - len(tail)]
        if head.strip():
            self.text(head)
        return tail


def choose(text: str) -> str:
    """What stands on the button that opens a list, in the language of the words above it."""
    return CHOOSE[detect(text) or "en"]
