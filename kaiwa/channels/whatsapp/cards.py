"""Rich blocks as texts with something to press: products, lists, coupons, receipts, orders."""

from kaiwa.channels import in_words
from kaiwa.channels.in_words import InWords, lines
from kaiwa.channels.whatsapp.buttons import answers_of, ask, link, links_of, listed, pressable, row
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Json, Page
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.reply import (
    Buttons,
    ChoiceList,
    Form,
    ListItem,
    ProductCard,
)


def product(card: ProductCard, page: Page) -> None:
    """One product: its picture over the words and the buttons."""
    text = card_text(card, page)
    if not text:
        page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
        return
    picture = web_address(card.image_url)
    if card.image_url and card.image_url.strip() and not picture:
        page.lose("product_card", "no picture", f"address nobody can fetch: {card.title}")
    pressable(text, card.actions, page, "product_card", picture)


def card_text(card: ProductCard, page: Page) -> str:
    """The words of a card, a line for each fact; empty for a card without a title."""
    title = page.clipped(card.title or card.alt_text, "field", "product_card", "title")
    if not title:
        return ""
    numbered = title if card.number is None else f"{card.number}. {title}"
    facts = page.clipped(card.facts, "field", "product_card", "facts")
    stock = page.clipped(card.stock, "field", "product_card", "stock")
    return lines([numbered, in_words.price(card), facts, stock])


def choices(block: ChoiceList, page: Page) -> None:
    """Rows to choose from; those that lead nowhere stand in the text."""
    texts, rows = [block.title.strip() or block.alt_text.strip()], list[Json]()
    for item in block.items:
        made = _pressed(item, rows, page)
        texts += _words(item, made, page)
        rows += [made] if made else []
    plain = all("description" not in one and _short(one) for one in rows)
    if 0 < len(rows) <= most("buttons") and plain:
        ask(lines(texts), rows, page, "choice_list")
    else:
        listed(lines(texts), rows, page)


def _short(answer: Json) -> bool:
    return units(answer["title"]) <= most("button_title")


def _pressed(item: ListItem, others: list[Json], page: Page) -> Json | None:
    actions = (item.action,) if item.action else ()
    for label, url in links_of(actions, page, "choice_list"):
        page.after.append(f"{label or item.title} {url}".strip())
        page.lose("choice_list", "text", f"row that opens a page: {label or url}")
    answers = answers_of(actions, page, "choice_list")
    if not answers:
        return None
    title = " ".join(item.title.split())
    if not title or any(answers[0]["id"] == one["id"] for one in others):
        page.lose("choice_list", "text", f"row that cannot be pressed: {item.title or '…'}")
        return None
    answer = {**answers[0], "title": title, "description": item.description}
    return row(answer, page, "choice_list")


def _words(item: ListItem, made: Json | None, page: Page) -> list[str]:
    """The line of an item that is no row, or whose row does not say all of it."""
    title, about = item.title.strip(), item.description.strip()
    if not title and not about:
        page.lose("choice_list", "dropped", "row without words")
        return []
    if made and made["title"] == title and made.get("description", "") == about:
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
    address = web_address(given)
    if address:
        link(said.text, (said.label, address), page, said.block)
        return
    if given:
        page.after.append(given)
        page.lose(said.block, "text", f"address WhatsApp does not open: {given[:80]}")
    page.text(said.text)
