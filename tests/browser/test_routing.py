"""Two people at the desk and three who want one: who gets whom, and what a supervisor sees of it.

On a server of its own, because routing is the whole shop's.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from kaiwa.commands.demo import AGENT, OWNER
from tests.browser.conftest import PHONE, Contexts
from tests.browser.people import Agent, Shopper
from tests.browser.server import ROOT, demo_server
from tests.browser.test_accessible import violations

DESK = ROOT / "ui" / "desk"
FIRST, SECOND = "中村 彩", "田中 翔"
ASKS = {"ja": "担当者と話したいです", "en": "I would like to talk to a person"}
CALLED = {"ja": "担当者をお呼びしています", "en": "Calling"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo whose routing these tests may change."""
    with demo_server(tmp_path_factory.mktemp("office")) as address:
        yield address


class Words:
    """The desk's words in one language."""

    def __init__(self, language: str) -> None:
        self._all: dict[str, str] = {}
        for folder in ("", "staff/", "composer/", "settings/"):
            self._all |= json.loads(
                (DESK / folder / "strings" / f"{language}.json").read_text("utf-8")
            )

    def __call__(self, key: str, **values: Any) -> str:
        return self._all[key].format(**values)


Arrives: TypeAlias = Callable[..., Agent]


@pytest.fixture(scope="module")
def keys(browser: Browser, office: str) -> dict[str, StorageState]:
    """The cookies of both, who log in once."""
    kept: dict[str, StorageState] = {}
    for email in (OWNER, AGENT):
        context = browser.new_context(locale="ja-JP")
        made = Agent(context, office)
        made.arrive()
        made.log_in(email)
        made.page.locator("a.row").first.wait_for()
        kept[email] = context.storage_state()
        context.close()
    return kept


@pytest.fixture
def arrives(contexts: Contexts, office: str, keys: dict[str, StorageState]) -> Arrives:
    """Has somebody come to the desk, in a language."""

    def make(email: str, language: str = "ja", **options: Any) -> Agent:
        told = {"name": "kaiwa.language", "value": language}
        disk = {"origin": office, "localStorage": [told]}
        kept = {**keys[email], "origins": [disk]}
        context = contexts.new(language, bypass_csp=True, storage_state=kept, **options)
        made = Agent(context, office, language)
        made.arrive()
        made.page.locator("#list").wait_for()
        return made

    return make


def write(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Ask the server as the page would."""
    csrf = page.request.get(f"{origin(page)}/api/auth/me").json()["csrf"]
    headers = {"X-CSRF-Token": csrf, "Origin": origin(page)}
    answer = page.request.post(f"{origin(page)}{path}", data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def origin(page: Page) -> str:
    found = re.match(r"https?://[^/]+", page.url)
    assert found is not None
    return found[0]


def nobody_waits(page: Page) -> None:
    """What the demo brought, and a test before left, is settled."""
    for view in ("open?assignee=1", "open?assignee=2", "unassigned"):
        path = f"/api/conversations?limit=100&view={view.replace('?', '&')}"
        found = page.request.get(f"{origin(page)}{path}").json()["conversations"]
        chosen = [{"id": one["id"], "epoch": one["epoch"]} for one in found]
        if chosen:
            deed = {"conversations": chosen, "deed": {"do": "close"}}
            write(page, "/api/conversations/bulk", deed)


def asks(contexts: Contexts, base: str, language: str) -> Shopper:
    """Somebody who wants a person."""
    somebody = Shopper(contexts.new(language), base, language)
    somebody.visit()
    somebody.open()
    somebody.say(ASKS[language])
    return somebody


def has(page: Page, name: str) -> Locator:
    """An agent's line on the wallboard."""
    return page.locator(".agent-button").filter(has_text=name)


def status(desk: Agent, words: Words, wanted: str) -> None:
    """Say what one is, by the menu under one's name."""
    desk.page.locator(".self-button").click()
    desk.page.get_by_role("radio", name=words(f"staff.{wanted}")).check()
    desk.page.keyboard.press("Escape")


def the_only_row(desk: Agent) -> Locator:
    """The one conversation of the view, once the view before is gone."""
    rows = desk.page.locator("a.row")
    expect(rows).to_have_count(1)
    return rows


def both_ready(lead: Agent, other: Agent) -> None:
    """Nobody waits, nothing is given yet, and both are there."""
    write(lead.page, "/api/routing", {"on": False})
    nobody_waits(lead.page)
    write(lead.page, "/api/presence", {"status": "online"})
    write(other.page, "/api/presence", {"status": "online"})


def set_by_hand(page: Page, words: Words) -> None:
    """Routing for one conversation each, as an owner sets it."""
    page.locator(".self-button").click()
    page.get_by_role("button", name=words("routing.open")).click()
    page.get_by_label(words("routing.on")).check()
    page.get_by_label(words("routing.capacity"), exact=True).fill("1")
    page.get_by_label(words("routing.grace")).fill("2")
    normal = words("desk.priority.normal")
    cell = words("routing.cell", priority=normal, kind=words("routing.first"))
    page.get_by_label(cell, exact=True).fill("10")
    page.get_by_role("button", name=words("routing.save")).click()
    expect(page.get_by_text(words("routing.kept"))).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=words("board.back")).click()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_third_waits_and_who_goes_away_is_stood_in_for(
    arrives: Arrives, contexts: Contexts, office: str, language: str
) -> None:
    words = Words(language)
    lead, other = arrives(OWNER, language), arrives(AGENT, language)
    both_ready(lead, other)
    set_by_hand(lead.page, words)
    wall = lead.context.new_page()
    wall.goto(f"{office}/desk/wallboard")
    expect(has(wall, FIRST)).to_contain_text("0 / 1")
    for _ in range(3):
        asks(contexts, office, language)
    expect(has(wall, FIRST)).to_contain_text("1 / 1")
    expect(has(wall, SECOND)).to_contain_text("1 / 1")
    tiles = wall.locator(".tile")
    expect(tiles.first).to_contain_text(re.compile(r"3\s"))
    waits = wall.locator(".board-row").filter(has_text=words("board.unassigned"))
    expect(waits).to_have_count(1)
    left = "|".join(words("staff.left", time=words("staff.minutes", n=n)) for n in (10, 9, 8))
    expect(waits).to_contain_text(re.compile(left))
    assert violations(wall) == []

    # Why it went there stands in the thread of whoever has it.
    mine = other.page.locator("a.row").filter(has_text=words("desk.row.assigned", name=SECOND))
    mine.click()
    line = other.thread.locator(".happening-long")
    expect(line).to_contain_text(words("desk.event.routed", name=SECOND))
    expect(line).to_contain_text(words("staff.load", load=1, capacity=1))
    status(other, words, "away")
    expect(has(wall, SECOND)).to_contain_text(words("staff.away"))
    expect(waits).to_have_count(2)
    gone = other.thread.get_by_text(words("desk.event.requeued", name=SECOND))
    expect(gone).to_be_visible()

    # The other closes theirs: who has waited longest has somebody again.
    lead.page.get_by_role("link", name=words("desk.view.mine")).click()
    the_only_row(lead).click()
    lead.press("close")
    expect(waits).to_have_count(1)
    again = other.thread.get_by_text(words("desk.event.routed", name=FIRST))
    expect(again).to_be_visible()
    expect(has(wall, FIRST)).to_contain_text("1 / 1")
    expect(has(wall, SECOND)).to_contain_text("0 / 1")


def whispers(lead: Agent, other: Agent, somebody: Shopper, words: Words) -> None:
    """The one takes what waits, the other whispers, and the customer sees nothing of it."""
    other.page.get_by_role("link", name=words("desk.view.unassigned")).click()
    the_only_row(other).click()
    other.press("take")
    lead.page.goto(other.page.url)
    lead.thread.get_by_role("button", name=words("staff.whisper.to", name=SECOND)).click()
    lead.page.get_by_label(words("staff.whisper.to", name=SECOND)).last.fill("送料はお店で持ちます")
    lead.page.get_by_role("button", name=words("staff.whisper.send"), exact=True).click()
    bar = other.page.locator(".whisper")
    expect(bar).to_contain_text("送料はお店で持ちます")
    note = words("staff.whisper.by", name=FIRST, to=SECOND)
    expect(other.thread.get_by_role("article", name=note)).to_be_visible()
    expect(somebody.panel.get_by_text("送料はお店で持ちます")).to_have_count(0)
    assert violations(other.page) == []
    bar.get_by_role("button", name=words("desk.close")).click()
    expect(bar).to_have_count(0)


def test_a_supervisor_whispers_and_takes_over(
    arrives: Arrives, contexts: Contexts, office: str
) -> None:
    words = Words("ja")
    lead, other = arrives(OWNER), arrives(AGENT)
    write(lead.page, "/api/routing", {"on": False})
    nobody_waits(lead.page)
    somebody = asks(contexts, office, "ja")
    expect(somebody.panel.get_by_text(CALLED["ja"])).to_be_visible()
    whispers(lead, other, somebody, words)

    lead.page.goto(f"{office}/desk/wallboard")
    has(lead.page, SECOND).click()
    row = lead.page.locator(".agent-list .board-row")
    row.get_by_role("button", name=re.compile(words("board.take"))).click()
    expect(lead.thread.get_by_text(words("desk.event.taken", name=FIRST))).to_be_visible()
    expect(other.thread.get_by_text(words("staff.takenFrom", name=SECOND))).to_be_visible()
    lead.reply("中村が代わってお答えします。")
    expect(somebody.message("中村が代わってお答えします。")).to_be_visible()


@pytest.mark.parametrize("page", ["wallboard", "settings/routing"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_on_a_phone(arrives: Arrives, office: str, page: str, scheme: str) -> None:
    desk = arrives(OWNER, viewport=PHONE, has_touch=True, color_scheme=scheme)
    desk.page.goto(f"{office}/desk/{page}")
    expect(desk.page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert desk.page.evaluate(wide) is False
    assert violations(desk.page) == []


def test_an_agent_who_types_the_addresses_sees_nothing_of_them(
    arrives: Arrives, office: str
) -> None:
    desk = arrives(AGENT)
    desk.page.goto(f"{office}/desk/wallboard")
    expect(desk.page.locator("#list")).to_be_visible()
    expect(desk.page.locator(".wallboard, .settings")).to_have_count(0)
    desk.page.goto(f"{office}/desk/settings/routing")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    expect(desk.page.locator(".settings-form")).to_have_count(0)
