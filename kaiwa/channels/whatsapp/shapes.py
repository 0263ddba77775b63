"""Which cards may stand side by side: each with a picture, all of one shape.

A shape is one link on every card, or the same number of answers on every card. A card that fits
none costs the others nothing: it stands below them.
"""

from typing import NamedTuple, TypeAlias

from kaiwa.channels.whatsapp.buttons import answers_of, links_of
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Json, Page
from kaiwa.vocabulary.reply import ProductCard

# A card's answers, or the label and address of its one link.
Buttons: TypeAlias = list[Json] | tuple[str, str]
Shown: TypeAlias = tuple[ProductCard, Buttons]


class Laid(NamedTuple):
    """Rows of cards of one shape each, and the cards that fit into none."""

    rows: list[list[Shown]]
    apart: list[ProductCard]


def laid(cards: list[ProductCard]) -> Laid:
    """The cards in rows; no rows at all where most of the cards fit into none."""
    answering, linking = list[tuple[ProductCard, list[Json]]](), list[Shown]()
    for card in filter(lambda one: web_address(one.image_url), cards):
        # What a card can do is tried on a page that nobody sees.
        if answers := answers_of(card.actions, Page(), "product_card"):
            answering.append((card, answers))
        elif links := links_of(card.actions, Page(), "product_card"):
            linking.append((card, links[0]))
    rows = [row for row in (*_alike(answering), linking) if len(row) >= most("cards_min")]
    held = {id(card) for row in rows for card, _ in row}
    if 2 * len(held) <= len(cards):
        return Laid([], cards)
    return Laid(rows, [card for card in cards if id(card) not in held])


def _alike(answering: list[tuple[ProductCard, list[Json]]]) -> list[list[Shown]]:
    """The cards by how many answers they show: two where most have as many, else one on each."""
    two = most("card_buttons")
    full: list[Shown] = [(card, answers[:two]) for card, answers in answering if answers[two - 1 :]]
    if 2 * len(full) <= len(answering):
        return [[(card, answers[:1]) for card, answers in answering]]
    return [full, [(card, answers) for card, answers in answering if not answers[two - 1 :]]]
