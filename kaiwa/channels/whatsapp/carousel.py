"""Cards from Meta's catalogue, else side by side where the rules let them be, else a list, words.

What a card can do that its shape has no place for is offered below it.

A media carousel has 2 to 10 cards, each with at most 160 characters in three lines.
"""

from kaiwa.channels import in_words
from kaiwa.channels.in_words import lines
from kaiwa.channels.whatsapp import products
from kaiwa.channels.whatsapp.buttons import answers_of, links_of
from kaiwa.channels.whatsapp.cards import card_text, product
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.offering import Offer, further, named, offered
from kaiwa.channels.whatsapp.page import Json, Page
from kaiwa.channels.whatsapp.shapes import Buttons, Shown, laid
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.reply import Carousel, ProductCard


def carousel(block: Carousel, page: Page) -> None:
    """The cards in the best shape that holds all of them."""
    cards = [card for card in block.cards if (card.title or card.alt_text).strip()]
    for card in block.cards:
        if card not in cards:
            page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
    if cards and products.known(cards, page):
        products.listed(block.alt_text, cards, page, lambda some: _plainly(block.alt_text, some))
    else:
        _shown(block.alt_text, cards, page)


def single(card: ProductCard, page: Page) -> None:
    """One card by itself."""
    if (card.title or card.alt_text).strip() and products.known([card], page):
        products.listed(card.alt_text, [card], page, lambda some: _plainly(card.alt_text, some))
    else:
        product(card, page)


def _plainly(alt_text: str, cards: list[ProductCard]) -> Page:
    """A page of its own with the cards as they are without a catalogue."""
    page = Page()
    _shown(alt_text, cards, page)
    if page.after:
        page.text("")
    return page


def _shown(alt_text: str, cards: list[ProductCard], page: Page) -> None:
    """The cards as we draw them ourselves."""
    if len(cards) == 1:
        product(cards[0], page)
    elif not cards:
        page.lose("carousel", "text", "all cards")
        page.text(alt_text)
    else:
        _apart_or_together(alt_text, cards, page)


def _apart_or_together(alt_text: str, cards: list[ProductCard], page: Page) -> None:
    """Side by side what has one shape, the others below; a list when that is most of them."""
    found = laid(cards)
    for row in found.rows:
        for chosen in _chunks(row):
            _side_by_side(alt_text, chosen, page)
    for row in found.rows:
        _beyond(row, page)
    if found.rows and found.apart:
        lost = f"{len(found.apart)} of {len(cards)} cards, not of the others' shape"
        page.lose("carousel", "apart", lost)
    if found.rows and len(found.apart) == 1:
        product(found.apart[0], page)
    elif found.apart:
        _one_below_the_other(found.apart, page)


def _chunks(cards: list[Shown]) -> list[list[Shown]]:
    """Up to ten in each; the last has never one alone."""
    size, start, made = most("cards"), 0, []
    while start < len(cards):
        left = len(cards) - start
        take = left if left <= size else size - 1 if left == size + 1 else size
        made.append(cards[start : start + take])
        start += take
    return made


def _side_by_side(alt_text: str, chosen: list[Shown], page: Page) -> None:
    made = [_card(at, card, buttons, page) for at, (card, buttons) in enumerate(chosen)]
    # Words that come before stand over the cards; without any, the alternative text does.
    before = page.messages[-1] if page.messages else {}
    spoken = before.get("type") == "text" and units(before["text"]["body"]) <= most("body")
    page.interactive("carousel", "…" if spoken else alt_text, {"cards": made})


def _card(at: int, card: ProductCard, buttons: Buttons, page: Page) -> Json:
    made: Json = {
        "card_index": at,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": web_address(card.image_url)}},
        "body": {"text": _body(card, page)},
    }
    if isinstance(buttons, tuple):
        label, url = buttons
        title = page.clipped(label or "🔗", "link_title", "product_card", "label")
        opens = {"name": "cta_url", "parameters": {"display_text": title, "url": url}}
        return made | {"action": opens}
    return made | {"action": {"buttons": [_quick(answer, page) for answer in buttons]}}


def _beyond(shown: list[Shown], page: Page) -> None:
    """What the cards' one shape had no place for follows below them."""
    offers = list[Offer]()
    for card, buttons in shown:
        answers = answers_of(card.actions, page, "product_card")
        links = links_of(card.actions, page, "product_card")
        linked = isinstance(buttons, tuple)
        offers.append((card, answers if linked else answers[len(buttons) :]))
        _links(card, links[1:] if linked else links, page)
    further(offers, page)
    if page.after:
        page.text("")


def _quick(answer: Json, page: Page) -> Json:
    title = page.clipped(answer["title"], "button_title", "product_card", "label")
    return {"type": "quick_reply", "quick_reply": {"id": answer["id"], "title": title}}


def _body(card: ProductCard, page: Page) -> str:
    """Title, price and the rest in three lines; they may not have more."""
    title = (card.title or card.alt_text).strip()
    named = title if card.number is None else f"{card.number}. {title}"
    rest = " · ".join(part.strip() for part in (card.facts, card.stock) if part.strip())
    text = lines([" ".join(part.split()) for part in (named, in_words.price(card), rest)])
    return page.clipped(text, "card_body", "product_card", "card")


def _one_below_the_other(cards: list[ProductCard], page: Page) -> None:
    """A numbered text, and lists of what the cards answer."""
    page.lose("carousel", "list", f"pictures of {len(cards)} cards")
    size = most("rows")
    for start in range(0, len(cards), size):
        texts, offers = list[str](), list[Offer]()
        for at, card in enumerate(cards[start : start + size], start + 1):
            numbered = "" if card.number is not None else f"{at}. "
            texts.append(numbered + card_text(card, page))
            offers.append((card, answers_of(card.actions, page, "product_card")))
            _links(card, links_of(card.actions, page, "product_card"), page)
        offered("\n\n".join(texts), offers, page)


def _links(card: ProductCard, links: list[tuple[str, str]], page: Page) -> None:
    for label, url in links:
        page.after.append(" ".join(part for part in (named(card), label, url) if part))
        page.lose("product_card", "text", f"link of a card: {label or url}")
