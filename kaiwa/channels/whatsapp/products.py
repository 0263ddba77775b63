"""Cards as products of Meta's catalogue, which the shop has connected: known there by their SKUs.

One is a product message, more are a list that opens on their pictures; the customer puts them into
WhatsApp's own cart, and sends that. Names and prices there are the catalogue's, so ours stand in
the words above it. What else a card answers is offered in lists below.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from kaiwa.channels.in_words import price
from kaiwa.channels.whatsapp.buttons import answers_of
from kaiwa.channels.whatsapp.cards import card_text
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.offering import further
from kaiwa.channels.whatsapp.page import OTHERWISE, Json, Page
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.language import detect
from kaiwa.vocabulary.reply import Action, ProductCard, ReplyAction, UrlAction

_PRODUCTS: Final = {"ja": "商品", "en": "Products"}


def known(cards: list[ProductCard], page: Page) -> bool:
    """Whether there is a catalogue and every card has a SKU by which it could be known there."""
    return bool(page.catalogue) and all(
        0 < units(card.sku) <= most("retailer_id") and card.sku == card.sku.strip()
        for card in cards
    )


def listed(
    alt_text: str,
    cards: list[ProductCard],
    page: Page,
    plainly: Callable[[list[ProductCard]], Page],
) -> None:
    """The cards from the catalogue, each once; `plainly` says some of them without it."""
    apart = list({card.sku: card for card in cards}.values())
    for start in range(0, len(apart), most("products")):
        chosen = apart[start : start + most("products")]
        _shown(alt_text, chosen, page)
        # The lists below follow in either case.
        page.messages[-1][OTHERWISE] = plainly([_without(card, _else(card)) for card in chosen])
    links = [one for card in apart for one in card.actions if isinstance(one, UrlAction)]
    if links:
        named = ", ".join(dict.fromkeys(one.label.strip() or one.url for one in links))
        lost = (
            f"{len(links)} links of {len(apart)} cards, where WhatsApp's own page stands: {named}"
        )
        page.lose("product_card", "catalogue", lost)
    further([(card, answers_of(_else(card), page, "product_card")) for card in apart], page)


def _else(card: ProductCard) -> tuple[Action, ...]:
    """What the catalogue does not do for the card."""
    return tuple(one for one in card.actions if not _there(one))


def _there(action: Action) -> bool:
    """Whether WhatsApp has a button or a page of its own for it."""
    puts = isinstance(action, ReplyAction) and action.adds_to_cart
    return puts or isinstance(action, UrlAction)


def _without(card: ProductCard, actions: tuple[Action, ...]) -> ProductCard:
    left = tuple(one for one in card.actions if one not in actions)
    return msgspec.structs.replace(card, actions=left)


def _shown(alt_text: str, cards: list[ProductCard], page: Page) -> None:
    if len(cards) == 1:
        action: Json = {"catalog_id": page.catalogue, "product_retailer_id": cards[0].sku}
        page.interactive("product", card_text(cards[0], page), action)
        return
    items = [{"product_retailer_id": card.sku} for card in cards]
    words = _PRODUCTS[detect(alt_text) or "en"]
    action = {
        "catalog_id": page.catalogue,
        "sections": [{"title": words, "product_items": items}],
    }
    page.interactive("product_list", _words(alt_text, cards, page), action)
    page.messages[-1]["interactive"]["header"] = {"type": "text", "text": words}


def _words(alt_text: str, cards: list[ProductCard], page: Page) -> str:
    """A line for each card, as much of each as the body of one message holds."""
    full = "\n".join(_line(at, card, facts=True) for at, card in enumerate(cards, 1))
    if units(full) <= most("body"):
        return full
    page.lose("carousel", "shorter", f"facts of {len(cards)} cards above the list")
    short = "\n".join(_line(at, card, facts=False) for at, card in enumerate(cards, 1))
    return short if units(short) <= most("body") else alt_text


def _line(at: int, card: ProductCard, *, facts: bool) -> str:
    title = " ".join((card.title or card.alt_text).split())
    number = at if card.number is None else card.number
    parts = (price(card), card.facts, card.stock) if facts else (price(card),)
    told = " · ".join(" ".join(part.split()) for part in parts if part.strip())
    return f"{number}. {title}  {told}".rstrip()
