"""Stickers of our own: a drawing for our screens, a picture for other channels, words for both."""

from typing import Final

from kaiwa.languages.strings import say
from kaiwa.vocabulary.content import Sticker
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import ImageBlock

PACKAGE: Final = "kaiwa"
STICKERS: Final = (
    "hello", "thanks", "ok", "please", "sorry", "wait",
    "found", "love", "hurray", "think", "night", "parcel",
)  # fmt: skip


def sticker_block(origin: str, name: str, language: Language) -> ImageBlock:
    """What an agent sends: a picture with its words; `NotFound` for a name there is not."""
    words = _words(name, language)
    return ImageBlock(url=f"{origin}/stickers/{name}.png", alt_text=words, speech=words)


def sticker_said(name: str, language: Language) -> Sticker:
    """What a shopper sends; `NotFound` for a name there is not."""
    return Sticker(PACKAGE, name, text=_words(name, language))


def _words(name: str, language: Language) -> str:
    if name not in STICKERS:
        raise NotFound("There is no such sticker.")
    return say(f"sticker.{name}", language)
