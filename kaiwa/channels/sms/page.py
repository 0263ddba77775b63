"""What a reply becomes while it is rendered: lines of one text, and the losses so far."""

import re
from typing import Final
from urllib.parse import quote

from kaiwa.channels.sms.limits import most
from kaiwa.channels.sms.segments import cut, encoding, plainer
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.reply import Degradation

# Signs no phone shows and some providers refuse.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
_WEB: Final = re.compile(r"https?://\S", re.IGNORECASE)


class Page:
    """Collects paragraphs; they leave as few messages, for every segment is paid for."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.losses: list[Degradation] = []

    def lose(self, block: str, became: str, lost: str) -> None:
        """Declare that something of a block could not be shown as it was meant."""
        self.losses.append(Degradation(block, became, lost))

    def clipped(self, text: str, block: str, part: str) -> str:
        """`text` within the limit of a field; clipping is declared."""
        text = text.strip()
        if units(text) <= most("field"):
            return text
        self.lose(block, "clipped", f"{part} over {most('field')} characters: {clip(text, 40)}")
        return clip(text, most("field"))

    def text(self, *lines: str) -> None:
        """One paragraph of lines; empty ones are left out."""
        if any(_CONTROL.search(line) for line in lines):
            self.lose("text", "plain letters", "signs that no phone shows")
        written = (_CONTROL.sub("", line).strip() for line in lines)
        paragraph = "\n".join(line for line in written if line)
        if paragraph:
            self.paragraphs.append(paragraph)

    def messages(self) -> list[str]:
        """The texts to send. Joining bubbles, plainer letters and what is cut off are declared."""
        whole = "\n".join(self.paragraphs)
        if len(self.paragraphs) > 1:
            beside = len(self.paragraphs) - 1
            self.lose("text", "merged text", f"{beside} separate bubbles, each of which is billed")
        if encoding(whole) != encoding(plainer(whole)):
            whole = plainer(whole)
            self.lose("text", "plain letters", "typography that makes every segment shorter")
        made = cut(whole)
        if len(made) > most("messages"):
            rest = sum(map(len, made[most("messages") :]))
            self.lose("text", "dropped", f"{rest} characters beyond {most('messages')} messages")
        return made[: most("messages")]


def address(url: str | None) -> str:
    """A web address as phones find it in a text: no spaces, no letters beyond ASCII."""
    given = (url or "").strip()
    if not _WEB.match(given):
        return given
    return quote(given, safe="/?:@!$&'()*+,;=%~-._#[]", errors="replace")
