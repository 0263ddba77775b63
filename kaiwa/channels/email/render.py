"""A reply as one mail: the same words as plain text and as HTML, files behind them.

No picture or link in it tells anybody that it was looked at.
"""

import re
from typing import Any, Final

from kaiwa.channels.contract import Rendered, Route, Wire
from kaiwa.channels.email import cards
from kaiwa.channels.email.charset import clean
from kaiwa.channels.email.limits import most
from kaiwa.channels.email.page import Page, link, paragraph, picture, web_address
from kaiwa.vocabulary import reply
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.language import detect
from kaiwa.vocabulary.reply import Block, Reply

MAIL: Final = "mail"
_ANSWER: Final = re.compile(r"^\s*((re|aw|sv|返信|回复)\s*(\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)
_Medium = reply.ImageBlock | reply.VideoBlock | reply.AudioBlock | reply.FileBlock


def render(answer: Reply, route: Route) -> Rendered:
    """One mail over `route`, and what was lost; a reply without words is none."""
    page = Page()
    for block in answer.blocks:
        _put(block, page)
    text = clean(page.text())
    if text != page.text():
        page.lose("text", "text", "control characters")
    if not text.strip():
        page.lose("reply", "nothing", "a reply without words")
        return Rendered((), tuple(page.losses))
    subject = _subject(route, text)
    body: dict[str, object] = {
        "to": route.to,
        "subject": subject,
        "text": text,
        "html": clean(page.html(detect(text) or "ja", subject)),
        "references": list(route.thread.ids) if route.thread else [],
    }
    if route.opt_out:
        body["opt_out"] = route.opt_out
    if page.files:
        body["files"] = page.files
    return Rendered((Wire(MAIL, body),), tuple(page.losses))


def _subject(route: Route, text: str) -> str:
    """The thread's own, so that mail programs keep it together; else how the mail begins."""
    if route.thread is not None and route.thread.subject.strip():
        own = _ANSWER.sub("", " ".join(route.thread.subject.split()))
        return clip(f"Re: {own}", most("subject"))
    return clip(" ".join(text.split("\n")[0].split()), most("subject") // 2)


def _put(block: Block, page: Page) -> None:
    match block:
        case reply.TextBlock(text=text):
            page.put(text, paragraph(text))
        case reply.ImageBlock() | reply.VideoBlock() | reply.AudioBlock() | reply.FileBlock():
            _medium(block, page)
        case reply.StickerBlock():
            page.put(block.alt_text, paragraph(block.alt_text))
            page.lose("sticker", "text", f"the picture of sticker {block.sticker}")
        case _:
            _card(block, page)


def _card(block: Block, page: Page) -> None:
    put: dict[type, Any] = {
        reply.ProductCard: cards.product,
        reply.Carousel: cards.carousel,
        reply.ChoiceList: cards.choices,
        reply.Buttons: cards.pressables,
        reply.QuickReplies: cards.suggestions,
        reply.CouponBlock: cards.coupon,
        reply.Receipt: cards.receipt,
        reply.OrderStatusBlock: cards.order,
        reply.PaymentRequest: cards.payment,
        reply.Form: cards.form,
    }
    put[type(block)](block, page)


def _medium(block: _Medium, page: Page) -> None:
    """A kept file goes with the mail, what lies elsewhere is a picture or a link."""
    kind = type(block).__name__.removesuffix("Block").lower()
    url, alt = web_address(block.url), block.alt_text.strip()
    if block.file is not None and url and block.file.size_bytes <= most("attached_out"):
        name = block.file.name or alt or kind
        page.files.append({"url": url, "name": name, "type": block.file.type})
        told = "\n".join(part for part in (alt, f"📎 {name}") if part)
        page.put(told, paragraph(told))
        return
    if not url:
        page.lose(kind, "text", "no address a mail can show")
        told = "\n".join(part for part in (alt, (block.url or "").strip()) if part)
        page.put(told, paragraph(told))
        return
    shown = picture(url, alt) if kind == "image" else ""
    page.put("\n".join(part for part in (alt, url) if part), shown + link(alt or url, url))
