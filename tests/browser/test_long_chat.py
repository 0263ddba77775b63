"""A chat of hundreds of messages: what is far costs nothing, is still there, and moves nothing."""

from pathlib import Path

from playwright.sync_api import Frame, expect

from bench.browser_opening import remember
from tests.browser.people import Shopper, Shoppers
from tests.browser.test_accessible import _panel

MESSAGES = 300
HEIGHT = "document.querySelector('.thread').scrollHeight"


def read_up(somebody: Shopper, frame: Frame) -> None:
    frame.locator("article").last.hover()
    while frame.locator('[data-place$=":1"]').count() == 0:
        somebody.page.mouse.wheel(0, -1500)
        somebody.page.wait_for_timeout(30)


def test_it_is_read_up_to_its_first_message_and_nothing_moves(
    shopper: Shoppers, data: Path
) -> None:
    somebody = shopper()
    somebody.visit()
    somebody.open()
    somebody.say("送料はいくらですか")
    expect(somebody.message("全国一律660円")).to_be_visible()
    remember(data / "kaiwa.db", MESSAGES)
    somebody.visit()
    somebody.open()
    expect(somebody.message(f"{MESSAGES}番目の言葉")).to_be_visible()
    frame = _panel(somebody)
    read_up(somebody, frame)
    expect(somebody.panel.get_by_role("article")).to_have_count(MESSAGES)
    first, last = frame.locator(".log-part").first, frame.locator(".log-part").last
    expect(last).to_have_css("content-visibility", "auto")
    # A part that is far is as high as it was near: the whole is, at the top and at the end.
    somebody.page.mouse.wheel(0, -100_000)
    expect(first).to_have_css("content-visibility", "visible")
    height = frame.evaluate(HEIGHT)
    for _ in range(80):
        somebody.page.mouse.wheel(0, 800)
        somebody.page.wait_for_timeout(20)
    expect(last).to_have_css("content-visibility", "visible")
    expect(first).to_have_css("content-visibility", "auto")
    assert abs(frame.evaluate(HEIGHT) - height) <= 1
    expect(somebody.message(f"{MESSAGES}番目の言葉")).to_be_in_viewport()
