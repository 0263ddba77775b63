"""Rich blocks as cards and as texts with buttons: products, lists, coupons, receipts, orders.

Meta's receipt template wants the recipient's name and the way of payment, which a receipt of ours
does not say; so a receipt is a text, with a button to its page.
"""

from kaiwa.channels import in_words
from kaiwa.channels.in_words import InWords, lines
from kaiwa.channels.meta.buttons import buttons_of, link, pressable
from kaiwa.channels.meta.page import Json, Page
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.reply import (
    Action,
    Buttons,
    Carousel,
    ChoiceList,
    Form,
    ListItem,
    ProductCard,
    UrlAction,
)


def product(card: ProductCard, page: Page) -> None:
    """One product as one card."""
    elements = _elements(card, page)
    if elements:
        page.cards(elements)


def carousel(block: Carousel, page: Page) -> None:
    """The cards side by side; one bad card costs no other."""
    elements = [element for card in block.cards for element in _elements(card, page)]
    if elements:
        page.cards(elements)
    else:
        page.lose("carousel", "text", "all cards")
        page.text(block.alt_text)


def _elements(card: ProductCard, page: Page) -> list[Json]:
    """The card, and beside it one like it for every three buttons that it has no place for."""
    titled = _titled(card)
    if not titled:
        page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
        return []
    made: Json = {"title": page.clipped(titled, "element_title", "product_card", "title")}
    shown, size = buttons_of(card.actions, page, "product_card"), page.most("buttons")
    first = made | _facts(card, page) | ({"buttons": shown[:size]} if shown else {})
    if opens := _opens(card.actions, page):
        first["default_action"] = {"type": "web_url", "url": opens}
    further = [{**made, "buttons": shown[at : at + size]} for at in range(size, len(shown), size)]
    if further:
        beyond = len(shown) - size
        page.lose("product_card", "further card", f"{beyond} buttons of {clip(titled, 40)}")
    # A card of a title alone is refused.
    return [first if len(first) > 1 else {**first, "subtitle": "…"}, *further]


def _titled(card: ProductCard) -> str:
    named = (card.title or card.alt_text).strip()
    return named if card.number is None or not named else f"{card.number}. {named}"


def _facts(card: ProductCard, page: Page) -> Json:
    """The line below the title, and the picture above it."""
    made: Json = {}
    facts = (in_words.price(card), card.stock, " ".join(card.facts.split()))
    if about := " · ".join(part.strip() for part in facts if part.strip()):
        made["subtitle"] = page.clipped(about, "element_subtitle", "product_card", "facts")
    if picture := page.address(card.image_url):
        made["image_url"] = picture
    elif (card.image_url or "").strip():
        named = (card.title or card.alt_text).strip()[:80]
        page.lose("product_card", "no picture", f"address nobody can fetch: {named}")
    return made


def _opens(actions: tuple[Action, ...], page: Page) -> str | None:
    """What a touch on the card itself opens: the page its first link leads to."""
    links = (page.address(each.url) for each in actions if isinstance(each, UrlAction))
    return next((url for url in links if url), None)


def choices(block: ChoiceList, page: Page) -> None:
    """A text with three buttons when they say it all, else a card for each row."""
    title = block.title.strip() or block.alt_text.strip()
    actions = tuple(item.action for item in block.items if item.action and _plain(item))
    if 0 < len(actions) == len(block.items) <= page.most("buttons"):
        pressable(title, actions, page, "choice_list")
        return
    texts, elements = [title], list[Json]()
    for item in block.items:
        element = _row(item, page)
        elements += [element] if element else []
        texts += [] if element else _words(item, page)
    page.text(lines(texts))
    if elements:
        page.cards(elements)


def _plain(item: ListItem) -> bool:
    said = not item.description.strip() and item.action is not None
    return said and item.title.strip() in ("", (item.action.label if item.action else "").strip())


def _row(item: ListItem, page: Page) -> Json | None:
    """A row that leads somewhere as a card; None for one that is to be read only."""
    title = " ".join(item.title.split())
    if item.action is None or not title:
        return None
    shown = buttons_of((item.action,), page, "choice_list")
    if not shown:
        return None
    made: Json = {"title": page.clipped(title, "element_title", "choice_list", "row")}
    if about := " ".join(item.description.split()):
        made["subtitle"] = page.clipped(about, "element_subtitle", "choice_list", "description")
    return {**made, "buttons": shown}


def _words(item: ListItem, page: Page) -> list[str]:
    title, about = item.title.strip(), item.description.strip()
    if not title and not about:
        page.lose("choice_list", "dropped", "row without words")
        return []
    title = page.clipped(title, "field", "choice_list", "row title")
    about = page.clipped(about, "field", "choice_list", "row description")
    return [f"・{title}：{about}" if title and about else f"・{title or about}"]


def pressables(block: Buttons, page: Page) -> None:
    """A sentence with its buttons."""
    pressable(block.text.strip() or block.alt_text, block.actions, page, "buttons")


def form(block: Form, page: Page) -> None:
    """What a form asks that has no page."""
    page.lose("form", "text", "fields to fill in")
    page.text(in_words.asked(block))


def linked(said: InWords, page: Page) -> None:
    """What a block says in words, with a button to its page."""
    if said.block == "form":
        page.lose("form", "link", "fields shown on a page")
    given = (said.url or "").strip()
    address = page.address(given)
    if address:
        page.buttons(said.text, [link(said.label.strip(), address, page, said.block)])
        return
    if given:
        page.after.append(given)
        page.lose(said.block, "text", f"address Meta does not open: {given[:80]}")
    page.text(said.text)
