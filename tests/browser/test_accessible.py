"""axe finds nothing on the screens a shopper and an agent see, in both themes."""

from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import NOT_LOGGED_IN, PHONE, Contexts
from tests.browser.people import Agent, Agents, Shopper, Shoppers
from tests.browser.server import ROOT

AXE = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
# In the middle of a fade half a contrast is measured; what never ends is not waited for.
RUN = """async only => {
  const ends = (one) => one.effect.getTiming().iterations !== Infinity;
  const fading = document.getAnimations().filter(ends);
  await Promise.all(fading.map((one) => one.finished.catch(() => undefined)));
  return axe.run(document, {
    iframes: false, resultTypes: ["violations"],
    ...(only && {runOnly: {type: "rule", values: only}})
  });
}"""
# In the dark a page says the same in other colours.
RULES = {"light": None, "dark": ["color-contrast"]}


def violations(where: Page | Frame, only: list[str] | None = None) -> list[str]:
    """What axe says of one document, a line each; all its rules, or only some."""
    if not where.evaluate("'axe' in window"):
        where.add_script_tag(path=AXE)
    found: dict[str, Any] = where.evaluate(RUN, only)
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def _panel(somebody: Shopper) -> Frame:
    element = somebody.page.locator("kaiwa-widget iframe").element_handle()
    frame = element.content_frame()
    assert frame is not None
    return frame


@pytest.mark.parametrize("page", ["/", "/kettle.html", "/cart.html"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_shops_pages(shopper: Shoppers, language: str, page: str) -> None:
    somebody = shopper(language, bypass_csp=True)
    somebody.visit(page)
    assert violations(somebody.page) == []


@pytest.mark.parametrize(
    "size", [{}, {"viewport": PHONE, "has_touch": True}], ids=["wide", "phone"]
)
def test_the_open_chat(shopper: Shoppers, size: dict[str, Any]) -> None:
    somebody = shopper(bypass_csp=True, **size)
    somebody.visit("/kettle.html")
    somebody.open()
    assert violations(_panel(somebody)) == []
    somebody.say("送料はいくらですか")
    expect(somebody.message("全国一律660円（税込）")).to_be_visible()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    assert violations(_panel(somebody)) == []
    assert violations(somebody.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chat_on_a_page_of_its_own(contexts: Contexts, base: str, scheme: str) -> None:
    page = contexts.new("en", bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(f"{base}/widget/kodachi-demo/panel?lang=en")
    page.get_by_label("Write a message").fill("How much is shipping?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Shipping is a flat ¥660")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk(agent: Agents, scheme: str) -> None:
    desk = agent(bypass_csp=True, color_scheme=scheme)
    assert violations(desk.page) == []
    desk.open_with("井上 さくら")
    expect(desk.thread.get_by_role("article").first).to_be_visible()
    assert violations(desk.page) == []


def test_the_log_in(contexts: Contexts, base: str) -> None:
    stranger = Agent(contexts.new("en", bypass_csp=True), base, "en")
    with contexts.watch(stranger.context).expecting(NOT_LOGGED_IN):
        stranger.arrive()
        expect(stranger.page.get_by_role("button", name="Log in")).to_be_visible()
        assert violations(stranger.page) == []
