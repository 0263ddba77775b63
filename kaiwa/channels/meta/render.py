"""A reply as messages of Meta's, one call each, quick replies on the last."""

from typing import Final

from kaiwa.channels import in_words
from kaiwa.channels.contract import Rendered, Route, Wire
from kaiwa.channels.meta import cards
from kaiwa.channels.meta.buttons import quick_replies
from kaiwa.channels.meta.media import media, sticker
from kaiwa.channels.meta.page import Json, Page
from kaiwa.channels.meta.routes import HUMAN_AGENT
from kaiwa.channels.meta.surface import Surface
from kaiwa.vocabulary import reply as said
from kaiwa.vocabulary.reply import Action, Block, Reply

MESSAGE: Final = "messages"


def render(answer: Reply, route: Route, surface: Surface) -> Rendered:
    """The calls that say `answer` over `route`, and what was lost."""
    page = Page(surface)
    if not _native(answer, page):
        quick: list[Action] = []
        for block in answer.blocks:
            if isinstance(block, said.QuickReplies):
                quick.extend(block.actions)
            else:
                _put(block, page)
        _attach_quick(tuple(quick), page)
    if not page.messages:
        page.lose("reply", "nothing", "a reply without words")
    head: Json = {"recipient": {"id": route.to}}
    if route.kind == HUMAN_AGENT:
        head |= {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    else:
        head |= {"messaging_type": "RESPONSE"}
    wires = tuple(Wire(MESSAGE, {**head, "message": message}) for message in page.messages)
    return Rendered(wires, tuple(page.losses))


def _native(answer: Reply, page: Page) -> bool:
    """Messages of the merchant's own: each has a text or an attachment."""
    messages = answer.native.get(page.surface.kind)
    if messages is None:
        return False
    if messages and all("text" in each or "attachment" in each for each in messages):
        page.messages = [dict(each) for each in messages]
        return True
    name = page.surface.name
    page.lose("native", "blocks", f"a {name} payload is messages with a text or an attachment")
    return False


def _put(block: Block, page: Page) -> None:
    match block:
        case said.TextBlock(text=text):
            page.text(text)
        case said.ImageBlock() | said.VideoBlock() | said.AudioBlock() | said.FileBlock():
            media(block, page)
        case said.StickerBlock():
            sticker(block, page)
        case said.Carousel():
            cards.carousel(block, page)
        case _:
            _card(block, page)
    if page.after:
        page.text("")


def _card(block: Block, page: Page) -> None:
    match block:
        case said.ProductCard():
            cards.product(block, page)
        case said.ChoiceList():
            cards.choices(block, page)
        case said.Buttons():
            cards.pressables(block, page)
        case _ if told := in_words.told(block):
            cards.linked(told, page)
        case said.Form():
            cards.form(block, page)


def _attach_quick(actions: tuple[Action, ...], page: Page) -> None:
    """On the last message when it may carry them; else below a line of their labels."""
    made = quick_replies(actions, page)
    if page.after:
        page.text("")
    if not made:
        return
    last = page.messages[-1] if page.messages else {}
    if not last or not ("text" in last or page.surface.asks_anywhere):
        if last:
            page.lose("quick_replies", "message", "a message of their own")
        page.text(" / ".join(one["title"] for one in made))
        last = page.messages[-1]
    last["quick_replies"] = made
