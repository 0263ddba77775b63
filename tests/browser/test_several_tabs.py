"""One agent with several tabs of the desk: they agree, and what is done in one is done once."""

import re

from playwright.sync_api import Locator, expect

from kaiwa.commands.demo import AGENT
from tests.browser.conftest import NOT_LOGGED_IN, Contexts
from tests.browser.people import Agent, Agents, Shopper, Shoppers
from tests.browser.test_desk import _asks_for_a_person

KEPT = """Object.entries(localStorage).filter(([key]) => /^kaiwa\\.desk\\.\\d/.test(key))"""


def another_tab(desk: Agent, base: str) -> Agent:
    """The same browser, a second page."""
    other = Agent(desk.context, base)
    other.arrive()
    other.page.locator("a.row").first.wait_for()
    return other


def hand_back(desk: Agent) -> Locator:
    return desk.thread.get_by_role("button", name="ボットに戻す", exact=True)


def answer_in_turn(one: Agent, two: Agent, somebody: Shopper) -> None:
    """Neither tab is told that somebody was faster."""
    two.reply("在庫がありました。")
    expect(one.message("在庫がありました。")).to_have_count(1)
    one.reply("お送りします。")
    expect(two.message("お送りします。")).to_have_count(1)
    expect(somebody.message("お送りします。")).to_have_count(1)
    assert [desk.page.get_by_role("alert").count() for desk in (one, two)] == [0, 0]


def test_what_is_done_in_one_tab_stands_once_in_the_other(
    shopper: Shoppers, agent: Agents, base: str
) -> None:
    one, colleague, somebody = agent(), agent(owner=True), shopper()
    two = another_tab(one, base)
    words = _asks_for_a_person(somebody)
    row = f'a.row[data-row="{one.heard_in(words)}"]'
    expect(two.page.locator(row)).to_have_class(re.compile("row-unread"))
    one.open(words)
    expect(two.page.locator(row)).not_to_have_class(re.compile("row-unread"))
    two.open(words)
    colleague.open(words)
    # Two tabs are one person.
    viewing = colleague.thread.get_by_text("田中 翔 さんが閲覧中", exact=True)
    expect(viewing).to_be_visible()
    expect(one.thread.get_by_text("中村 彩 さんが閲覧中", exact=True)).to_be_visible()

    one.press("take")
    expect(hand_back(one)).to_be_visible()
    expect(hand_back(two)).to_be_visible()

    one.field.press_sequentially("お調べ")
    typing = "田中 翔 さんが入力しています"
    expect(colleague.thread.get_by_text(typing)).to_be_visible()
    expect(two.field).to_have_value("お調べ")
    expect(two.page.get_by_text(typing)).to_have_count(0)
    two.field.fill("お調べして、折り返します。")
    expect(one.field).to_have_value("お調べして、折り返します。")

    one.send()
    for place in (one, two, somebody):
        expect(place.message("お調べして、折り返します。")).to_have_count(1)
    for desk in (one, two):
        expect(desk.field).to_have_value("")
        expect(desk.page.get_by_role("alert")).to_have_count(0)

    answer_in_turn(one, two, somebody)
    two.page.close()
    somebody.say("ありがとうございます")
    expect(one.message("ありがとうございます")).to_have_count(1)
    expect(viewing).to_be_visible()
    assert _status(colleague, base) == "online"
    one.page.close()
    expect(viewing).to_have_count(0)


def _status(desk: Agent, base: str) -> str:
    """Whether 田中 can be given conversations."""
    agents = desk.page.request.get(f"{base}/api/wallboard").json()["agents"]
    return str(next(one["status"] for one in agents if one["name"] == "田中 翔"))


def test_what_waits_in_two_tabs_without_network_is_kept_of_both(
    shopper: Shoppers, agent: Agents, contexts: Contexts, base: str
) -> None:
    one, somebody = agent(), shopper()
    two = another_tab(one, base)
    words = _asks_for_a_person(somebody)
    for desk in (one, two):
        desk.open(words)
    one.press("take")
    expect(hand_back(two)).to_be_visible()
    with contexts.watch(one.context).expecting("ERR_INTERNET_DISCONNECTED", "409", "WebSocket"):
        one.context.set_offline(True)
        one.reply("一つ目です。")
        expect(one.message("一つ目です。")).to_be_visible()
        two.reply("二つ目です。")
        expect(two.message("二つ目です。")).to_be_visible()
        kept = [text for _, text in one.page.evaluate(KEPT) if "clientId" in text]
        said = [said for said in ("一つ目です。", "二つ目です。") for text in kept if said in text]
        assert (said, len(kept)) == (["一つ目です。", "二つ目です。"], 2)
        one.context.set_offline(False)
        expect(somebody.message("一つ目です。")).to_have_count(1)


def test_who_leaves_in_one_tab_has_left_in_the_other(
    shopper: Shoppers, contexts: Contexts, base: str
) -> None:
    somebody = shopper()
    words = _asks_for_a_person(somebody)
    # A session of its own: it is ended here.
    one = Agent(contexts.new("ja"), base)
    with contexts.watch(one.context).expecting(NOT_LOGGED_IN, "401", "WebSocket"):
        one.arrive()
        one.log_in(AGENT)
        one.page.locator("a.row").first.wait_for()
        two = another_tab(one, base)
        two.open(words)
        two.field.fill("書きかけの返事です。")
        one.page.locator(".self-button").click()
        one.page.get_by_role("button", name="ログアウト").click()
        expect(one.page.get_by_label("パスワード", exact=True)).to_be_visible()
        expect(one.page.get_by_role("status")).to_have_count(0)
        said = two.page.get_by_role("status").filter(has_text="ほかのタブでログアウトしました")
        expect(said).to_be_visible()
        expect(two.page.get_by_text(words)).to_have_count(0)
        # Longer than a draft waits to be saved.
        two.page.wait_for_timeout(600)
        assert one.page.evaluate(KEPT) == []
        one.log_in(AGENT)
        one.page.locator("a.row").first.wait_for()
        expect(two.field).to_have_value("")
        expect(two.message(words)).to_be_visible()
        two.reply("あらためてお返事します。")
        expect(somebody.message("あらためてお返事します。")).to_have_count(1)
