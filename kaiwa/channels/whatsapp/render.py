"""A reply as WhatsApp messages, one call each: as few as can be, quick replies on the last."""

import re
from typing import Final

from kaiwa.channels import in_words
from kaiwa.channels.contract import Rendered, Route, Wire
from kaiwa.channels.whatsapp import cards, flows
from kaiwa.channels.whatsapp.buttons import answers_of, ask, links_of, reply
from kaiwa.channels.whatsapp.carousel import carousel, single
from kaiwa.channels.whatsapp.filling import message as filled
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.media import media, sticker
from kaiwa.channels.whatsapp.merging import merge
from kaiwa.channels.whatsapp.page import OTHERWISE, Json, Page
from kaiwa.vocabulary import reply as said
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.reply import Action, Block, Reply

MESSAGE: Final = "messages"
_USER_ID: Final = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+")


def render(answer: Reply, route: Route) -> Rendered:
    """The calls that say `answer` over `route`, and what was lost."""
    page = Page(route.catalogue)
    if answer.template is not None:
        page.messages = [filled(answer.template)]
    elif not _native(answer, page):
        quick: list[Action] = []
        for block in answer.blocks:
            if isinstance(block, said.QuickReplies):
                quick.extend(block.actions)
            else:
                _put(block, page)
        merge(page)
        _attach_quick(tuple(quick), page)
        _ask_place(page)
    if not page.messages:
        page.lose("reply", "nothing", "a reply without words")
    head: Json = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    to = {"recipient" if _USER_ID.fullmatch(route.to) else "to": route.to}
    return _rendered(page, head | to)


def _rendered(page: Page, head: Json) -> Rendered:
    """The calls of a page; one that shows Meta's catalogue has what is said without it."""
    wires = []
    for message in page.messages:
        plainly = message.pop(OTHERWISE, None)
        if plainly is not None:
            merge(plainly)
        otherwise = None if plainly is None else _rendered(plainly, head)
        wires.append(Wire(MESSAGE, head | message, otherwise))
    return Rendered(tuple(wires), tuple(page.losses))


def _native(answer: Reply, page: Page) -> bool:
    """Payloads of the merchant's own: each names its `type` and has what belongs to it."""
    messages = answer.native.get("whatsapp")
    if messages is None:
        return False
    if messages and all(isinstance(each.get("type"), str) and len(each) > 1 for each in messages):
        page.messages = [dict(each) for each in messages]
        return True
    page.lose(
        "native", "blocks", "a WhatsApp payload is messages, each with a type and its content"
    )
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
            carousel(block, page)
        case _:
            _card(block, page)
    if page.after:
        page.text("")


def _card(block: Block, page: Page) -> None:
    match block:
        case said.ProductCard():
            single(block, page)
        case said.ChoiceList():
            cards.choices(block, page)
        case said.Buttons():
            cards.pressables(block, page)
        case said.Form() if block.flow is not None:
            plainly = Page()
            _plain_form(block, plainly)
            flows.shown(block, page, plainly)
        case said.Form():
            _plain_form(block, page)
        case _ if told := in_words.told(block):
            cards.linked(told, page)


def _plain_form(block: said.Form, page: Page) -> None:
    if told := in_words.told(block):
        cards.linked(told, page)
    else:
        cards.form(block, page)


def _attach_quick(actions: tuple[Action, ...], page: Page) -> None:
    """On the last message when it is a text or has place; else below a line of their labels."""
    answers = answers_of(actions, page, "quick_replies")
    for label, url in links_of(actions, page, "quick_replies"):
        page.after.append(f"{label} {url}".strip())
        page.lose("quick_replies", "text", f"link among quick replies: {label or url}")
    for answer in answers[most("rows") :]:
        page.lose("quick_replies", "dropped", f"beyond ten: {answer['title']}")
    answers = answers[: most("rows")]
    last = page.messages[-1] if page.messages else {}
    if not answers or (not page.after and _joins(last, answers, page)):
        if page.after:
            page.text("")
            merge(page)
        return
    if last.get("type") == "text":
        page.messages.pop()
        ask(last["text"]["body"], answers, page, "quick_replies")
        return
    if last.get("type") == "image" and len(answers) <= most("buttons") and "link" in last["image"]:
        page.messages.pop()
        picture = last["image"]
        ask(picture.get("caption", ""), answers, page, "quick_replies", picture["link"])
        return
    if page.messages:
        page.lose("quick_replies", "message", "a message of their own, which is billed")
    ask(" / ".join(answer["title"] for answer in answers), answers, page, "quick_replies")


def _joins(last: Json, answers: list[Json], page: Page) -> bool:
    """Beside the buttons that the last message has, while there are three at most."""
    shown = last.get("interactive", {})
    if shown.get("type") != "button":
        return False
    held = shown["action"]["buttons"]
    titles, ids = ({one["reply"][name] for one in held} for name in ("title", "id"))
    apart = all(one["title"] not in titles and one["id"] not in ids for one in answers)
    short = all(units(one["title"]) <= most("button_title") for one in answers)
    if len(held) + len(answers) > most("buttons") or not apart or not short:
        return False
    held.extend(reply(answer, page, "quick_replies") for answer in answers)
    return True


def _ask_place(page: Page) -> None:
    """WhatsApp asks for a place in a message of its own."""
    if page.place is not None:
        page.interactive("location_request_message", page.place, {"name": "send_location"})
