"""What a reply becomes while it is rendered: calls to come, in order, and the losses so far."""

from typing import Any, TypeAlias

from kaiwa.channels.telegram.limits import most
from kaiwa.vocabulary.cutting import clip, split, units
from kaiwa.vocabulary.reply import Degradation

Json: TypeAlias = dict[str, Any]


class Page:
    """Collects messages; every way to add one keeps within the limits and notes losses.

    `after` are lines that a block's buttons could not carry; `place` is the label of a button that
    asks for the customer's place, which Telegram has in the keyboard below the chat only.
    """

    def __init__(self) -> None:
        self.messages: list[tuple[str, Json]] = []
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

    def text(self, text: str, buttons: list[list[Json]] | None = None) -> None:
        """As many messages as it takes; buttons stand under the last, or under further ones."""
        words = "\n".join(part for part in (text.strip(), *self._rest()) if part)
        for part in split(words or ("…" if buttons else ""), most("text")):
            self.messages.append(("sendMessage", {"text": part}))
        self.under(buttons or [])

    def shown(self, method: str, media: Json, caption: str, buttons: list[list[Json]]) -> None:
        """A picture, film or file with its caption; words beyond the caption follow as text."""
        words = "\n".join(part for part in (caption.strip(), *self._rest()) if part)
        if units(words) > most("caption"):
            self.messages.append((method, media))
            self.text(words, buttons)
            return
        self.messages.append((method, media | ({"caption": words} if words else {})))
        self.under(buttons)

    def under(self, buttons: list[list[Json]]) -> None:
        """As many rows under the last message as it may have, the others under further ones."""
        taken, fits = 0, 0
        while fits < len(buttons) and taken + len(buttons[fits]) <= most("buttons"):
            taken, fits = taken + len(buttons[fits]), fits + 1
        if fits:
            self.messages[-1][1]["reply_markup"] = {"inline_keyboard": buttons[:fits]}
        if fits < len(buttons):
            self.messages.append(("sendMessage", {"text": "…"}))
            self.under(buttons[fits:])

    def _rest(self) -> list[str]:
        rest, self.after = self.after, []
        return rest
