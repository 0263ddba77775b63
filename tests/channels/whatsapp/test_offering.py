"""What a card's buttons do stays within reach, whatever shape the cards take on WhatsApp."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import Postback
from kaiwa.vocabulary.reply import Degradation
from tests.channels.whatsapp.test_parse import content
from tests.channels.whatsapp.test_render import (
    MORE,
    PICTURE,
    SAY,
    SEE,
    YEN,
    card,
    carousel,
    messages,
    only,
    render,
)


def does(number: int, *names: str) -> tuple[r.Action, ...]:
    """What a card answers: other words for each, with a meaning of its own."""
    return tuple(r.ReplyAction(name, name, f"{name}:{number}") for name in names)


def lists(made: Any) -> list[list[tuple[str | None, list[str]]]]:
    """Each list as its sections' titles with the ids of their rows."""
    return [
        [(each.get("title"), [row["id"] for row in each["rows"]]) for each in action["sections"]]
        for message in messages(made)
        if "sections" in (action := message.get("interactive", {}).get("action", {}))
    ]


def test_what_three_cards_answer_stands_in_one_list_a_section_for_each() -> None:
    cards = [card(at, *does(at, "入れる", "似た品"), image_url=None) for at in (1, 2, 3)]
    made = render(carousel(*cards))
    (message,) = messages(made)
    shown = message["interactive"]
    assert shown["body"]["text"] == "1. マグ\n¥1,980\n\n2. マグ\n¥1,980\n\n3. マグ\n¥1,980"
    assert shown["action"] == {
        "button": "選択する",
        "sections": [
            {
                "title": f"{at}. マグ",
                "rows": [
                    {"id": f"入れる:{at}", "title": "入れる"},
                    {"id": f"似た品:{at}", "title": "似た品"},
                ],
            }
            for at in (1, 2, 3)
        ],
    }
    assert made.degradations == (Degradation("carousel", "list", "pictures of 3 cards"),)


def test_where_ten_rows_are_too_few_each_card_is_a_row_and_the_rest_follows() -> None:
    cards = [card(at, *does(at, "入れる", "似た品"), image_url=None) for at in range(1, 9)]
    made = render(carousel(*cards))
    first, more = lists(made)
    assert first == [(None, [f"入れる:{at}" for at in range(1, 9)])]
    assert more == [(f"{at}. マグ", [f"似た品:{at}"]) for at in range(1, 9)]
    assert messages(made)[1]["interactive"]["body"]["text"] == "ほかにできること"
    assert [(loss.became, loss.lost) for loss in made.degradations] == [
        ("list", "pictures of 8 cards"),
        ("list", "8 answers of cards, in lists of their own, each of which is billed"),
    ]


def test_what_cards_side_by_side_have_no_place_for_follows_below_them() -> None:
    third = [card(at, *does(at, "Add", "Like", "Ask")) for at in range(1, 13)]
    made = render(carousel(*third))
    counts = [len(each["interactive"]["action"].get("cards", ())) for each in messages(made)]
    assert counts == [10, 2, 0, 0]
    assert lists(made) == [
        [(f"{at}. マグ", [f"Ask:{at}"]) for at in range(1, 11)],
        [(f"{at}. マグ", [f"Ask:{at}"]) for at in (11, 12)],
    ]
    assert messages(made)[2]["interactive"]["body"]["text"] == "What else you can do"


def test_thirteen_cards_with_three_buttons_are_two_carousels_with_their_links_below() -> None:
    cards = [card(at, SAY, MORE, SEE, facts="350 ml", stock="残りわずか") for at in range(1, 14)]
    made = render(carousel(*cards))
    *beside, below = messages(made)
    assert [len(each["interactive"]["action"]["cards"]) for each in beside] == [10, 3]
    lines = [f"{at}. マグ 見る https://shop.example/mug" for at in range(1, 14)]
    assert below["text"]["body"] == "\n".join(lines)
    assert {loss.became for loss in made.degradations} == {"text"}
    eleven = messages(render(carousel(*cards[:11])))[:2]
    assert [len(each["interactive"]["action"]["cards"]) for each in eleven] == [9, 2]


def test_a_long_title_stands_whole_beside_the_answer_of_its_section() -> None:
    long = "手びねりの大きなマグカップ・青磁・木の箱入り"
    made = only(carousel(card(1, *does(1, "入れる", "似た品"), title=long), card(2)))
    (section,) = made["interactive"]["action"]["sections"]
    assert section["title"] == f"1. {long}"[:23] + "…"
    assert [row["description"] for row in section["rows"]] == [f"1. {long}"] * 2


def test_a_pressed_row_means_what_the_button_of_its_card_does() -> None:
    made = render(
        carousel(*[card(at, *does(at, "入れる", "似た品"), image_url=None) for at in (1, 2)])
    )
    (sections,) = lists(made)
    pressed = {"id": sections[1][1][1], "title": "似た品"}
    assert content(
        "interactive", interactive={"type": "list_reply", "list_reply": pressed}
    ) == Postback("似た品", "似た品:2")


answers = st.lists(st.sampled_from(["Add", "Like", "Ask", "Keep", "Tell"]), unique=True, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), answers, st.booleans()), min_size=1, max_size=14))
def test_whatever_the_cards_are_every_answer_and_link_is_there(
    cards: list[tuple[bool, list[str], bool]],
) -> None:
    shown, wanted = [], set()
    for at, (has_picture, names, opens) in enumerate(cards):
        url = f"https://shop.example/{at}/x"
        link = (r.UrlAction("See", url=url),) if opens else ()
        shown.append(
            r.ProductCard(
                alt_text="Mug",
                title=f"Mug {at}",
                price=YEN,
                image_url=PICTURE if has_picture else None,
                number=at + 1,
                actions=(*does(at, *names), *link),
            )
        )
        wanted |= {f"{name}:{at}" for name in names} | ({url} if opens else set())
    made = render(carousel(*shown))
    found = str([wire.body for wire in made.wires])
    assert [each for each in wanted if f"'{each}'" not in found and f" {each}" not in found] == []
    assert not [loss for loss in made.degradations if loss.became == "dropped"]
