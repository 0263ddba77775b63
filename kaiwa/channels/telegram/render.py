"""A reply as calls of the Bot API, a message each: quick replies hang on the last."""

from typing import Final

from kaiwa.channels import in_words
from kaiwa.channels.contract import Rendered, Route, Wire
from kaiwa.channels.telegram import cards
from kaiwa.channels.telegram.keyboard import button, rows, web_address
from kaiwa.channels.telegram.limits import most
from kaiwa.channels.telegram.page import Json, Page
from kaiwa.vocabulary import reply
from kaiwa.vocabulary.reply import Block, Reply

METHODS: Final = frozenset(
    {"sendMessage", "sendPhoto", "sendVideo", "sendAudio", "sendDocument", "sendSticker"}
)
STICKERS: Final = "telegram"


def render(answer: Reply, route: Route) -> Rendered:
    """The calls that say `answer` over `route`, and what was lost."""
    page = Page()
    if not _native(answer, page):
        quick: list[reply.Action] = []
        for block in answer.blocks:
            if isinstance(block, reply.QuickReplies):
                quick.extend(block.actions)
            else:
                _put(block, page)
        _attach_quick(quick, page)
        _ask_place(page)
    if not page.messages:
        page.lose("reply", "nothing", "a reply without words")
    wires = tuple(Wire(method, {"chat_id": route.to, **body}) for method, body in page.messages)
    return Rendered(wires, tuple(page.losses))


def _native(answer: Reply, page: Page) -> bool:
    """Payloads of the merchant's own: each names its `method`."""
    messages = answer.native.get("telegram")
    if messages is None:
        return False
    if messages and all(each.get("method") in METHODS for each in messages):
        for each in messages:
            body = {name: value for name, value in each.items() if name != "method"}
            page.messages.append((str(each["method"]), body))
        return True
    page.lose("native", "blocks", f"a Telegram payload names one of {', '.join(sorted(METHODS))}")
    return False


def _put(block: Block, page: Page) -> None:
    match block:
        case reply.TextBlock(text=text):
            page.text(text)
        case reply.ImageBlock() | reply.VideoBlock() | reply.AudioBlock() | reply.FileBlock():
            _media(block, page)
        case reply.StickerBlock(package=package, sticker=sticker):
            if package == STICKERS:
                page.messages.append(("sendSticker", {"sticker": sticker}))
                return
            page.text(block.alt_text)
            page.lose("sticker", "text", "not a sticker of Telegram")
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
        case _ if told := in_words.told(block):
            cards.linked(told, page)
        case reply.Form():
            cards.form(block, page)


def _media(
    block: reply.ImageBlock | reply.VideoBlock | reply.AudioBlock | reply.FileBlock, page: Page
) -> None:
    url = (block.url or "").strip()
    method, name, ends, limit = {
        reply.ImageBlock: (
            "sendPhoto",
            "photo",
            (".jpg", ".jpeg", ".png", ".webp"),
            "photo_by_url",
        ),
        reply.VideoBlock: ("sendVideo", "video", (".mp4",), "file_by_url"),
        reply.AudioBlock: ("sendAudio", "audio", (".mp3", ".m4a"), "file_by_url"),
        # Telegram fetches documents of these two kinds only.
        reply.FileBlock: ("sendDocument", "document", (".pdf", ".zip"), "file_by_url"),
    }[type(block)]
    why = "no web address Telegram can fetch"
    if url and web_address(url):
        path = url.partition("?")[0].partition("#")[0].lower()
        fetched = path.endswith(ends) or isinstance(block, reply.ImageBlock)
        small = block.file is None or block.file.size_bytes <= most(limit)
        if fetched and small:
            page.messages.append((method, {name: url}))
            return
        why = "Telegram does not fetch this kind" if small else f"over {most(limit)} bytes"
    kind = name if name != "photo" else "image"
    page.text("\n".join(part for part in (block.alt_text.strip(), url) if part))
    page.lose(kind, "text with link" if url else "text", why)


def _attach_quick(actions: list[reply.Action], page: Page) -> None:
    """Under the last message, behind its buttons; under a line of labels if it has no words."""
    made = [one for one in (button(action, page, "quick_replies") for action in actions) if one]
    laid = rows(made)
    if page.after:
        page.text("")
    if not laid:
        return
    last: Json = page.messages[-1][1] if page.messages else {}
    if not page.messages or "text" not in last and "caption" not in last:
        page.text(" / ".join(one["text"] for row in laid for one in row), laid)
        return
    held = last.get("reply_markup", {}).get("inline_keyboard", [])
    page.under([*held, *laid])


def _ask_place(page: Page) -> None:
    """A button that sends the customer's place stands in the keyboard, under a line of its own."""
    if page.place is None:
        return
    asked = {"text": page.place, "request_location": True}
    board: Json = {"keyboard": [[asked]], "one_time_keyboard": True, "resize_keyboard": True}
    page.messages.append(("sendMessage", {"text": page.place, "reply_markup": board}))
