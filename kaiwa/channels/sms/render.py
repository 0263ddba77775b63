"""A reply as the texts of short messages: everything in one, as few messages as it fits in."""

from kaiwa.channels.sms import cards
from kaiwa.channels.sms.page import Page, address
from kaiwa.vocabulary import reply
from kaiwa.vocabulary.reply import Block, Degradation, Reply


def render(answer: Reply) -> tuple[list[str], list[Degradation]]:
    """The texts that say `answer`, and what was lost."""
    page = Page()
    if not _native(answer, page):
        quick: list[reply.Action] = []
        for block in answer.blocks:
            if isinstance(block, reply.QuickReplies):
                quick.extend(block.actions)
            else:
                _put(block, page)
        page.text(*cards.pressed(tuple(quick), page, "quick_replies"))
    texts = page.messages()
    if not texts:
        page.lose("reply", "nothing", "a reply without words")
    return texts, page.losses


def _native(answer: Reply, page: Page) -> bool:
    """Texts of the merchant's own: each is a `text`."""
    given = answer.native.get("sms")
    if given is None:
        return False
    texts = [each.get("text") for each in given]
    if texts and all(isinstance(each, str) and each.strip() for each in texts):
        page.text(*map(str, texts))
        return True
    page.lose("native", "blocks", "a payload for SMS is a list of {text}")
    return False


def _put(block: Block, page: Page) -> None:
    match block:
        case reply.TextBlock(text=text):
            page.text(text)
        case reply.ImageBlock() | reply.VideoBlock() | reply.AudioBlock() | reply.FileBlock():
            _media(block, page)
        case reply.StickerBlock():
            page.lose("sticker", "text", "the picture of a sticker")
            page.text(block.alt_text)
        case _:
            _card(block, page)


def _media(
    block: reply.ImageBlock | reply.VideoBlock | reply.AudioBlock | reply.FileBlock, page: Page
) -> None:
    kind = {
        reply.ImageBlock: "image",
        reply.VideoBlock: "video",
        reply.AudioBlock: "audio",
        reply.FileBlock: "file",
    }[type(block)]
    url = address(block.url)
    page.lose(kind, "text with link" if url else "text", "media, as short messages carry words")
    page.text(block.alt_text, url)


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
        case reply.Form():
            cards.form(block, page)
