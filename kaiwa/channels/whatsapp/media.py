"""Pictures, films, sounds, files and stickers by their addresses: Meta fetches them itself."""

from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Page
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.reply import AudioBlock, FileBlock, ImageBlock, StickerBlock, VideoBlock

STICKERS: Final = "whatsapp"
MediaBlock: TypeAlias = ImageBlock | VideoBlock | AudioBlock | FileBlock
_KINDS: Final[dict[type[MediaBlock], str]] = {
    ImageBlock: "image",
    VideoBlock: "video",
    AudioBlock: "audio",
    FileBlock: "document",
}
_TYPES: Final = {
    "image": ("image/jpeg", "image/png"),
    "video": ("video/mp4", "video/3gpp"),
    "audio": ("audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"),
}


def media(block: MediaBlock, page: Page) -> None:
    """The native message; what WhatsApp would not show becomes its words and its link."""
    kind = _KINDS[type(block)]
    link = web_address(block.url)
    why = _unfit(kind, block.file) if link else "no web address Meta can fetch"
    if link and not why:
        named = {"filename": _name(block.file, link)} if kind == "document" else {}
        page.media(kind, {"link": link, **named})
        return
    given = (block.url or "").strip()
    page.text("\n".join(part for part in (block.alt_text.strip(), given) if part))
    name = "file" if kind == "document" else kind
    page.lose(name, "text with link" if given else "text", why)


def _unfit(kind: str, file: File | None) -> str:
    if file is None:
        return ""
    if file.size_bytes > most(kind):
        return f"over {most(kind)} bytes"
    types = _TYPES.get(kind)
    return "" if types is None or file.type in types else f"WhatsApp does not show {file.type}"


def _name(file: File | None, link: str) -> str:
    last = unquote(urlsplit(link).path, errors="replace").rpartition("/")[2]
    return clip((file.name if file else "").strip() or last or "file", most("file_name"))


def sticker(block: StickerBlock, page: Page) -> None:
    """A sticker by its address or by the id of uploaded media; others are their words."""
    link = web_address(block.sticker)
    if block.package == STICKERS and (link or block.sticker.isascii() and block.sticker.isdigit()):
        shown = {"link": link} if link else {"id": block.sticker}
        page.messages.append({"type": "sticker", "sticker": shown})
        return
    page.text(block.alt_text)
    page.lose("sticker", "text", "not a sticker of WhatsApp")
