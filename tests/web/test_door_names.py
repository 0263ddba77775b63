"""The page of the web protocol names every door of the chat, in both languages, and no other."""

import re

import pytest

from kaiwa.web.widget_doors import DOORS, LIVE
from tests.house import tree
from tests.web.doors import Doors

PAGES = [
    ("docs/en/reference/web-protocol.md", "## Desk"),
    ("docs/ja/reference/web-protocol.md", "## デスク"),
]
NAMED = re.compile(r"`(?:(GET|POST|WebSocket) )?(?:/api/widget/\{inbox_key\}|…)/([a-z/]+)")
ENGLISH, CLOSED = {"accept-language": "en"}, "There is no such call."
CODE = re.compile(r"`([^`]*)`", re.DOTALL)
WORD = re.compile(r'"([a-z_]+)"')


def of_the_chat(page: tuple[str, str]) -> str:
    """What the page says before it comes to the desk."""
    whole = (tree.ROOT / page[0]).read_text("utf-8")
    said, heading, _ = whole.partition(f"\n{page[1]}\n")
    assert heading
    return said


def named(text: str) -> set[tuple[str, str]]:
    """The doors in a text; one without a method has that of the one before."""
    found, method = set(), ""
    for said, what in NAMED.findall(text):
        method = said or method
        found.add((method, what))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_door_is_named_and_every_name_is_a_door(page: tuple[str, str]) -> None:
    assert named(of_the_chat(page)) == DOORS | {("WebSocket", LIVE)}


def test_both_languages_name_the_same_fields() -> None:
    english, japanese = [
        {word for code in CODE.findall(of_the_chat(page)) for word in WORD.findall(code)}
        for page in PAGES
    ]
    assert english ^ japanese == set()


@pytest.mark.parametrize(("method", "what"), sorted(DOORS))
async def test_every_door_opens(doors: Doors, method: str, what: str) -> None:
    token = await doors.visitor()
    answer = await doors.ask(method, f"{what}?wait_s=0", token, body={}, headers=ENGLISH)
    assert answer.json.get("message") != CLOSED


@pytest.mark.parametrize(
    ("method", "what"),
    [("GET", "wishes"), ("POST", "cart"), ("DELETE", "messages"), ("POST", "checkout/nothing")],
)
async def test_what_is_no_door_does_not_open(doors: Doors, method: str, what: str) -> None:
    token = await doors.visitor()
    answer = await doors.ask(method, what, token, body={}, headers=ENGLISH)
    assert (answer.status, answer.json["message"]) == (404, CLOSED)
