"""Pictures, films, sounds, files and stickers by their addresses: Meta fetches them itself."""

from typing import Final, TypeAlias

from kaiwa.channels.meta.page import Page
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.reply import AudioBlock, FileBlock, ImageBlock, StickerBlock, VideoBlock

MediaBlock: TypeAlias = ImageBlock | VideoBlock | AudioBlock | FileBlock
_KINDS: Final[dict[type[MediaBlock], str]] = {
    ImageBlock: "image",
    VideoBlock: "video",
    AudioBlock: "audio",
    FileBlock: "file",
}
# What Instagram shows, by its documents of 2026-04; Messenger's do not name any.
_TYPES: Final = {
    "image": ("image/jpeg", "image/png", "image/gif"),
    "video": ("video/mp4", "video/ogg", "video/avi", "video/x-msvideo", "video/quicktime",
              "video/webm"),
    "audio": ("audio/aac", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav"),
    "file": ("application/pdf",),
}  # fmt: skip
HEART: Final = "like_heart"


def media(block: MediaBlock, page: Page) -> None:
    """The native message; what Meta would not show becomes its words and its link."""
    kind = _KINDS[type(block)]
    link = page.address(block.url)
    why = _unfit(kind, block.file, page) if link else "no web address Meta can fetch"
    if link and not why:
        page.attach(kind, {"url": link})
        return
    given = (block.url or "").strip()
    page.text("\n".join(part for part in (block.alt_text.strip(), given) if part))
    page.lose(kind, "text with link" if given else "text", why)


def _unfit(kind: str, file: File | None, page: Page) -> str:
    if file is None:
        return ""
    if file.size_bytes > page.most(kind):
        return f"over {page.most(kind)} bytes"
    shown = page.surface.kind != "instagram" or file.type in _TYPES[kind]
    return "" if shown else f"Instagram does not show {file.type}"


def sticker(block: StickerBlock, page: Page) -> None:
    """Instagram has one sticker that may be sent, the heart; others are their words."""
    if page.surface.kind == block.package == "instagram" and block.sticker == HEART:
        page.messages.append({"attachment": {"type": HEART}})
        return
    page.text(block.alt_text)
    page.lose("sticker", "text", f"not a sticker {page.surface.name} lets us send")
