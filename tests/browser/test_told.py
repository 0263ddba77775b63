"""What an agent chose is what they are told and shown: notices, a sound, a view of one's own."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.people import Agents, Shoppers
from tests.browser.test_accessible import violations
from tests.browser.test_desk import _asks_for_a_person
from tests.browser.test_settings import opened

# The system's notices and the loudspeaker: what they were given.
SYSTEM = """window.told = []; window.rung = 0;
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, {body, tag}) { window.told.push([title, body, tag]); window.last = this; }
  close() {}
};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  window.rung += 1; return start.apply(this, at);
};"""
# A device whose clock is wrong by three hours.
WRONG_CLOCK = """const real = Date; const off = 3 * 3600e3;
window.Date = class extends real {
  constructor(...said) { said.length ? super(...said) : super(real.now() + off); }
  static now() { return real.now() + off; }
};"""


def until(page: Page, what: str, is_so: object) -> None:
    """The page's own rules forbid a function that waits inside it."""
    end = time.monotonic() + 15
    while (found := page.evaluate(what)) != is_so:
        assert time.monotonic() < end, found
        page.wait_for_timeout(50)


def test_a_customer_of_mine_is_told_of_as_i_chose(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.page.add_init_script(SYSTEM)
    desk.page.reload()
    desk.open(words)
    desk.press("take")
    mine = desk.page.url
    opened(desk.page, "自分の設定")
    somebody.say("まだでしょうか")
    expect(somebody.message("まだでしょうか")).to_be_visible()
    desk.page.get_by_label("ブラウザーの通知を出す").check()
    desk.page.get_by_label("音を鳴らす").check()
    # What came before it was chosen is not told; the sound is heard once when it is chosen.
    until(desk.page, "[told.length, rung]", [0, 2])
    # Of what comes at once it rings once.
    desk.page.wait_for_timeout(1_600)
    somebody.say("急いでいます")
    until(desk.page, "[told.length, rung]", [1, 4])
    title, body, tag = desk.page.evaluate("told[0]")
    assert re.fullmatch(r"訪問者 \d+ さんから届きました", title)
    # Whoever sees the screen does not read it.
    assert (body, tag.startswith("kaiwa-")) == ("", True)
    desk.page.evaluate("last.onclick()")
    expect(desk.message("急いでいます")).to_be_visible()
    assert desk.page.url == mine


def test_a_view_of_ones_own_stays_until_it_is_dropped(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    page = desk.page
    page.get_by_role("button", name="絞り込み").click()
    sheet = page.get_by_role("dialog", name="絞り込み")
    sheet.get_by_label("優先度").select_option(label="緊急")
    expect(page.get_by_text("この条件に合う会話はありません。")).to_be_visible()
    sheet.get_by_label("ビューの名前").fill("すぐに見るもの")
    sheet.get_by_role("button", name="保存", exact=True).click()
    views = page.get_by_role("region", name="保存したビュー")
    expect(views.get_by_role("link", name="すぐに見るもの")).to_be_visible()
    page.reload()
    expect(views.get_by_role("link", name="すぐに見るもの")).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("link", name=re.compile("未完了すべて")).click()
    expect(desk.row("").first).to_be_visible()
    views.get_by_role("link").click()
    expect(page.get_by_text("この条件に合う会話はありません。")).to_be_visible()
    page.get_by_role("button", name="絞り込み").click()
    sheet.get_by_role("button", name="ビュー すぐに見るもの を削除").click()
    expect(views).to_have_count(0)


def test_a_clock_that_is_wrong_makes_nobody_wait_longer(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.page.add_init_script(WRONG_CLOCK)
    desk.page.reload()
    row = desk.page.locator(f'a.row[data-row="{desk.heard_in(words)}"]')
    expect(row).to_contain_text(re.compile("たった今|[1-5]分待ち"))
    desk.open(words)
    desk.reply("ただいま確かめます。")
    expect(somebody.message("ただいま確かめます。")).to_have_count(1)
    expect(desk.message("ただいま確かめます。")).to_contain_text("ただいま")
    expect(desk.thread.get_by_text("明日")).to_have_count(0)


SEEN: list[dict[str, Any]] = [
    {"contrast": "more"},
    {"contrast": "more", "color_scheme": "dark"},
]


@pytest.mark.parametrize("seen", SEEN, ids=["light", "dark"])
def test_with_more_contrast_every_text_has_it(
    shopper: Shoppers, agent: Agents, seen: dict[str, Any]
) -> None:
    desk, somebody = agent(bypass_csp=True, **seen), shopper(bypass_csp=True, **seen)
    words = _asks_for_a_person(somebody)
    desk.open(words)
    expect(desk.message(words)).to_be_visible()
    assert violations(desk.page, ["color-contrast-enhanced"]) == []


def test_where_the_system_paints_what_is_chosen_still_shows(
    shopper: Shoppers, agent: Agents
) -> None:
    desk, somebody = agent(forced_colors="active"), shopper(forced_colors="active")
    words = _asks_for_a_person(somebody)
    desk.open(words)
    chosen = desk.page.locator("a.row[aria-current]")
    other = desk.page.locator("a.row:not([aria-current])").first
    edges = """one => { const s = getComputedStyle(one), b = getComputedStyle(one, "::before");
      return [s.outlineStyle, s.borderLeftWidth, s.borderLeftStyle, s.backgroundColor,
        b.content, b.backgroundColor, b.borderLeftStyle]; }"""
    assert chosen.evaluate(edges) != other.evaluate(edges)
    bubble = desk.message(words).locator(".bubble").first
    assert bubble.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    own = somebody.panel.locator(".group-own .bubble").first
    assert own.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


def test_what_is_pressed_while_writing_is_as_wide_as_a_finger(
    shopper: Shoppers, agent: Agents
) -> None:
    desk = agent(viewport=PHONE, has_touch=True, is_mobile=True)
    words = _asks_for_a_person(shopper())
    desk.row(words).tap()
    tools = desk.page.locator(".tools").get_by_role("button")
    expect(tools).to_have_count(8)
    boxes = [box for one in tools.all() if (box := one.bounding_box())]
    assert [(box["width"] >= 44, box["height"] >= 44) for box in boxes] == [(True, True)] * 8
    assert len({box["y"] for box in boxes}) == 1
