"""Rich blocks as texts with buttons: products, lists, coupons, receipts, orders, payments."""

from kaiwa.channels import in_words
from kaiwa.channels.in_words import InWords, lines
from kaiwa.channels.telegram.keyboard import button, copy, link, rows, web_address
from kaiwa.channels.telegram.limits import most
from kaiwa.channels.telegram.page import Json, Page
from kaiwa.vocabulary.reply import (
    Action,
    Buttons,
    Carousel,
    ChoiceList,
    CouponBlock,
    Form,
    ProductCard,
)


def product(card: ProductCard, page: Page) -> None:
    """One product: its picture with the words under it."""
    text = _card(card, page)
    if not text:
        page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
        return
    buttons = rows(_pressed(card.actions, page, "product_card"))
    picture = (card.image_url or "").strip()
    if picture and web_address(picture):
        page.shown("sendPhoto", {"photo": picture}, text, buttons)
        return
    if picture:
        page.lose("product_card", "no picture", f"address Telegram cannot fetch: {card.title}")
    page.text(text, buttons)


def carousel(block: Carousel, page: Page) -> None:
    """Few products come one by one with their pictures, many as a numbered list."""
    if len(block.cards) <= most("cards_apart"):
        for card in block.cards:
            product(card, page)
        if not block.cards and block.alt_text.strip():
            page.lose("carousel", "text", "all cards")
            page.text(block.alt_text)
        return
    page.lose("carousel", "list", f"pictures of {len(block.cards)} cards")
    size = most("cards_in_a_list")
    for start in range(0, len(block.cards), size):
        _listed(block.cards[start : start + size], start, page)


def _listed(cards: tuple[ProductCard, ...], start: int, page: Page) -> None:
    texts: list[str] = []
    buttons: list[list[Json]] = []
    for number, card in enumerate(cards, start + 1):
        text = _card(card, page)
        if not text:
            page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
            continue
        number = card.number or number
        numbered = text if card.number is not None else f"{number}. {text}"
        texts.append(numbered)
        pressed = _pressed(card.actions, page, "product_card")
        for one in pressed:
            one["text"] = page.clipped(f"{number}. {one['text']}", "label", "carousel", "label")
        buttons += rows(pressed)
    page.text("\n\n".join(texts), buttons)


def choices(block: ChoiceList, page: Page) -> None:
    """A line for each row, a button for each that can be pressed."""
    lines = [block.title.strip() or block.alt_text.strip()]
    for item in block.items:
        title = page.clipped(item.title, "field", "choice_list", "row title")
        about = page.clipped(item.description, "field", "choice_list", "row description")
        if not title and not about:
            page.lose("choice_list", "dropped", "row without words")
            continue
        lines.append(f"・{title}：{about}" if title and about else f"・{title or about}")
    actions = tuple(item.action for item in block.items if item.action is not None)
    page.text("\n".join(lines), rows(_pressed(actions, page, "choice_list")))


def pressables(block: Buttons, page: Page) -> None:
    """A sentence with its buttons."""
    buttons = rows(_pressed(block.actions, page, "buttons"))
    page.text(block.text.strip() or block.alt_text, buttons)


def coupon(block: CouponBlock, page: Page) -> None:
    """The code, a button that copies it, and where to use it."""
    buttons = [
        copy(f"📋 {block.code.strip()}", block.code.strip()),
        link(f"🎟 {block.title.strip()}", block.url, page, "coupon"),
    ]
    page.text(in_words.coupon(block).text, rows([one for one in buttons if one]))


def form(block: Form, page: Page) -> None:
    """What a form asks that has no page."""
    page.lose("form", "text", "fields to fill in")
    page.text(in_words.asked(block))


def linked(said: InWords, page: Page) -> None:
    """What a block says in words, with a button to its page."""
    if said.block == "form":
        page.lose("form", "link", "fields shown on a page")
    one = link(said.label, said.url, page, said.block)
    page.text(said.text, rows([one]) if one else None)


def _card(card: ProductCard, page: Page) -> str:
    title = page.clipped(card.title or card.alt_text, "field", "product_card", "title")
    if not title:
        return ""
    facts = page.clipped(card.facts, "field", "product_card", "facts")
    stock = page.clipped(card.stock, "field", "product_card", "stock")
    numbered = title if card.number is None else f"{card.number}. {title}"
    return lines([numbered, in_words.price(card), facts, stock])


def _pressed(actions: tuple[Action, ...], page: Page, block: str) -> list[Json]:
    made = (button(action, page, block) for action in actions)
    return [one for one in made if one]
