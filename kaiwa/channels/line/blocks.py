"""Every block of a reply as LINE messages on the page."""

from kaiwa.channels.line import cards
from kaiwa.channels.line.actions import open_page, quick_reply
from kaiwa.channels.line.flex import bubble, buttons, words
from kaiwa.channels.line.limits import most
from kaiwa.channels.line.links import action_uri, media_url
from kaiwa.channels.line.page import Json, Page
from kaiwa.vocabulary import reply
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.reply import Block


def put(block: Block, page: Page) -> None:
    """Add `block` to the page."""
    match block:
        case reply.TextBlock(text=text):
            page.text(text)
        case reply.QuickReplies(actions=actions):
            made = (quick_reply(action, page) for action in actions)
            page.quick.extend(item for item in made if item)
        case reply.ImageBlock() | reply.VideoBlock() | reply.AudioBlock() | reply.FileBlock():
            _media(block, page)
        case reply.StickerBlock():
            _sticker(block, page)
        case reply.Form():
            _form(block, page)
        case _:
            _card(block, page)


def _card(block: Block, page: Page) -> None:
    match block:
        case reply.ProductCard():
            cards.product(block, page)
        case reply.Carousel():
            cards.carousel(block, page)
        case reply.ChoiceList():
            cards.choices(block, page)
        case reply.Buttons():
            cards.pressables(block, page)
        case reply.CouponBlock():
            cards.coupon(block, page)
        case reply.Receipt():
            cards.receipt(block, page)
        case reply.OrderStatusBlock():
            cards.order(block, page)
        case reply.PaymentRequest():
            cards.payment(block, page)


def _media(
    block: reply.ImageBlock | reply.VideoBlock | reply.AudioBlock | reply.FileBlock, page: Page
) -> None:
    made = _shown(block)
    if isinstance(made, dict):
        page.messages.append(made)
        return
    kind = {reply.ImageBlock: "image", reply.VideoBlock: "video", reply.AudioBlock: "audio"}.get(
        type(block), "file"
    )
    link = action_uri(block.url) if block.url else None
    page.text("\n".join(part for part in (block.alt_text.strip(), link) if part))
    page.lose(kind, "text with link" if link else "text", made)


def _shown(
    block: reply.ImageBlock | reply.VideoBlock | reply.AudioBlock | reply.FileBlock,
) -> Json | str:
    """The native message, or why there is none."""
    if isinstance(block, reply.FileBlock):
        return "LINE accounts cannot send files"
    url = media_url(block.url)
    if url is None:
        return "no https address LINE takes"
    match block:
        case reply.ImageBlock():
            return _image(block, url)
        case reply.VideoBlock():
            preview = media_url(block.preview_url)
            made = {"type": "video", "originalContentUrl": url, "previewImageUrl": preview}
            if preview is None:
                return "no https preview picture"
            return _unfit(block.file, "video", ("video/mp4",)) or made
        case reply.AudioBlock(duration_ms=duration):
            sound: Json = {"type": "audio", "originalContentUrl": url, "duration": max(1, duration)}
            return _unfit(block.file, "audio", ("audio/mp4", "audio/x-m4a", "audio/mpeg")) or sound


def _image(block: reply.ImageBlock, url: str) -> Json | str:
    preview = media_url(block.preview_url) or url
    made = {"type": "image", "originalContentUrl": url, "previewImageUrl": preview}
    return _unfit(block.file, "image", ("image/jpeg", "image/png")) or made


def _unfit(file: File | None, limit: str, types: tuple[str, ...]) -> str | None:
    if file is None:
        return None
    if file.size_bytes > most(limit):
        return f"over {most(limit)} bytes"
    return None if file.type in types else f"LINE does not take {file.type}"


def _sticker(block: reply.StickerBlock, page: Page) -> None:
    ids = (block.package, block.sticker)
    if all(each.isascii() and each.isdigit() for each in ids):
        page.messages.append(
            {"type": "sticker", "packageId": block.package, "stickerId": block.sticker}
        )
        return
    page.text(block.alt_text)
    page.lose("sticker", "text", "not a sticker of LINE")


def _form(block: reply.Form, page: Page) -> None:
    """A button to the form's page; without one, the questions as text."""
    title = page.clipped(block.title or block.alt_text, "card_title", "form", "title")
    action = open_page(block.submit_label.strip() or title or "…", block.url)
    if action:
        page.flex("form", block.alt_text or title, bubble([words(title or "…")], buttons([action])))
        page.lose("form", "link", "fields shown on a page")
        return
    page.text("\n".join(part for part in (block.title.strip(), *_questions(block)) if part))
    page.lose("form", "text", "fields to fill in")


def _questions(block: reply.Form) -> list[str]:
    lines = []
    for number, field in enumerate(block.fields, 1):
        options = f" ({' / '.join(field.options)})" if field.options else ""
        lines.append(f"{number}. {field.label.strip()}{options}")
    return lines
