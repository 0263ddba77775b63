"""Whatever a reply lets people press is there wherever it goes, or named among the losses."""

import pytest
from msgspec.structs import replace

from kaiwa.channels import Rendered
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.reply import Block, Reply
from tests.every.test_rendering import rendered, routes, shown

PICTURE = "https://shop.example/m.jpg"


def answer(name: str) -> r.ReplyAction:
    return r.ReplyAction(f"Do {name}", f"Please do {name}", f"do:{name}")


def long_answer(name: str) -> r.ReplyAction:
    return r.ReplyAction(f"Do {name}, gladly", f"Please do {name}", f"do:{name}")


def link(name: str) -> r.UrlAction:
    return r.UrlAction(f"See {name}", url=f"https://shop.example/{name}")


def call(name: str) -> r.CallAction:
    return r.CallAction(f"Call {name}", phone="+81312345678")


def place(name: str) -> r.LocationAction:
    return r.LocationAction(f"Where {name}")


MIXED = (answer, link, answer, call, answer, place, answer)
SHAPES = {
    "one answer": (answer,),
    "four answers": (answer,) * 4,
    "long words": (long_answer,) * 6,
    "answers and links": (answer, answer, link, link),
    "links alone": (link, link, link, link),
    "of all kinds": MIXED,
}


def pressed(shape: str, at: int) -> tuple[r.Action, ...]:
    return tuple(make(f"{at}x{each}") for each, make in enumerate(SHAPES[shape]))


def card(at: int, actions: tuple[r.Action, ...], picture: str | None = PICTURE) -> r.ProductCard:
    return r.ProductCard(
        alt_text=f"Mug {at}", title=f"Mug {at}", number=at, actions=actions, image_url=picture,
        sku=f"MUG-{at}",
    )  # fmt: skip


def held(kind: str, block: Block) -> None:
    """Every action of the block can be found in what leaves, or by its label in the losses."""
    ways = routes(kind)
    for way in (*ways, replace(ways[0], catalogue="1001")):
        made = rendered(kind, Reply((block,)), way)
        missing = [one.label for one in actions_of(block, made) if not found(one, made)]
        assert not missing, (way.kind, way.catalogue, missing, made.degradations)


def found(action: r.Action, made: Rendered) -> bool:
    read = shown(made)
    match action:
        case r.ReplyAction(payload=str(payload)) if payload in read.split("\n"):
            return True
        case r.UrlAction(url=url):
            there = url in read
        case r.CallAction(phone=phone):
            there = phone in read
        case _:
            # A text may be cut between two of its words.
            there = all(word in read for word in action.label.split())
    return there or any(action.label in loss.lost for loss in made.degradations)


def actions_of(block: Block, made: Rendered) -> list[r.Action]:
    """What must be there; a card that is left out whole is counted among the losses."""
    match block:
        case r.Carousel(cards=cards):
            told = {one.lost for one in made.degradations}
            left = [n for n in range(len(cards)) if f"{n} of {len(cards)} cards" in told]
            kept = cards[: len(cards) - sum(left)]
            return [one for card in kept for one in card.actions]
        case r.ProductCard(actions=actions) | r.Buttons(actions=actions):
            return list(actions)
        case r.QuickReplies(actions=actions):
            return list(actions)
        case r.ChoiceList(items=items):
            return [item.action for item in items if item.action is not None]
    return []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 2, 5, 13])
def test_the_buttons_of_cards(kind: str, shape: str, count: int) -> None:
    cards = tuple(card(at, pressed(shape, at)) for at in range(1, count + 1))
    held(kind, r.Carousel(alt_text="Mugs", cards=cards) if count > 1 else cards[0])


@pytest.mark.parametrize("shape", SHAPES)
def test_cards_that_are_not_alike(kind: str, shape: str) -> None:
    cards = [card(at, pressed(shape, at)) for at in range(1, 8)]
    cards[2] = card(3, ())
    cards[4] = card(5, pressed("links alone", 5))
    cards[5] = card(6, pressed(shape, 6), picture=None)
    held(kind, r.Carousel(alt_text="Mugs", cards=tuple(cards)))


@pytest.mark.parametrize("shape", SHAPES)
def test_buttons_quick_replies_and_rows(kind: str, shape: str) -> None:
    actions = tuple(one for at in range(30) for one in pressed(shape, at))
    items = tuple(r.ListItem(f"Row {one.label}", action=one) for one in actions)
    held(kind, r.Buttons(alt_text="Well?", text="Well?", actions=actions[:13]))
    held(kind, r.Buttons(alt_text="Well?", text="Well?", actions=actions))
    held(kind, r.QuickReplies(actions=actions))
    held(kind, r.ChoiceList(alt_text="Rows", title="Rows", items=items))
