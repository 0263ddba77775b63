"""A second factor set up with an app, asked for at the door; a colleague named in a note."""

import base64
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import expect

from kaiwa.commands.demo import AGENT, PASSWORD
from kaiwa.engines.one_time_code import code_at, step_of
from tests.browser.conftest import NOT_LOGGED_IN, PHONE, Contexts
from tests.browser.people import Agent, Agents
from tests.browser.test_accessible import violations
from tests.browser.test_settings import gone_to

OWN = "いまのパスワード"
# A letter in the same moment as the choice, another after the page was drawn.
TYPED_ON = """async () => {
    const field = document.getElementById("composer-text");
    const enter = {key: "Enter", bubbles: true, cancelable: true};
    field.dispatchEvent(new KeyboardEvent("keydown", enter));
    document.execCommand("insertText", false, "x");
    for (const _ of "12") await new Promise((drawn) => requestAnimationFrame(drawn));
    document.execCommand("insertText", false, "y");
    return field.value;
}"""


def shown(secret: str, apart: int = 0) -> str:
    """What the app shows."""
    letters = secret.replace(" ", "")
    padded = letters + "=" * (-len(letters) % 8)
    return code_at(base64.b32decode(padded), step_of(datetime.now(UTC)) + apart)


def test_a_code_is_asked_for_from_the_set_up_on(
    agent: Agents, contexts: Contexts, base: str
) -> None:
    desk = agent(bypass_csp=True)
    page = desk.page
    gone_to(page, "account")
    part = page.locator("section.part").filter(has_text="2段階認証")
    part.get_by_role("button", name="設定する").click()
    part.get_by_label(OWN).fill(PASSWORD)
    part.get_by_label(OWN).press("Enter")
    expect(part.get_by_role("img", name="認証アプリに登録するQRコード")).to_be_visible()
    assert violations(page) == []
    secret = part.locator("code").inner_text()
    field = part.get_by_label("認証コード")
    expect(field).to_be_focused()
    field.fill(shown(secret))
    field.press("Enter")
    expect(part.get_by_role("region", name="リカバリーコード")).to_be_visible()
    paper = part.locator("code").inner_text().split()
    assert len(paper) == 10
    assert violations(page) == []
    part.get_by_role("button", name="保管しました").click()
    expect(
        part.get_by_text(re.compile("からオンです。リカバリーコードは残り10個です。"))
    ).to_be_visible()
    try:
        _comes_in(contexts, base, [lambda: shown(secret, 1), lambda: paper[0]])
    finally:
        part.get_by_role("button", name="オフにする").click()
        part.get_by_label(OWN).fill(PASSWORD)
        part.get_by_role("button", name="オフにする").last.click()
        expect(part.get_by_text("オフです。")).to_be_visible()


def _comes_in(contexts: Contexts, base: str, codes: list[Callable[[], str]]) -> None:
    """By the app's code with the keyboard alone, and on a phone by one from paper."""
    for code, options in zip(codes, ({}, {"viewport": PHONE, "has_touch": True}), strict=True):
        context = contexts.new("ja", bypass_csp=True, **options)
        with contexts.watch(context).expecting(NOT_LOGGED_IN, "401 .*/api/auth/login"):
            other = Agent(context, base)
            other.arrive()
            other.log_in(AGENT)
            field = other.page.get_by_label("認証コード")
            expect(field).to_be_focused()
            assert violations(other.page) == []
            other.page.keyboard.type("000000")
            other.page.keyboard.press("Enter")
            expect(other.page.get_by_role("alert")).to_contain_text("コードが違うか")
            field.fill(code())
            field.press("Enter")
            expect(other.page.locator("a.row").first).to_be_visible()


def test_a_colleague_is_named_by_keyboard_and_finds_it(agent: Agents) -> None:
    lead, other = agent(owner=True), agent()
    lead.page.locator("a.row").first.click()
    expect(lead.field).to_be_visible()
    lead.page.get_by_role("button", name="社内メモ").click()
    lead.field.press_sequentially("見てください @田")
    expect(lead.page.get_by_role("region", name="メンションする相手")).to_be_visible()
    # Typing goes on in the same moment, before the page is drawn anew.
    assert lead.page.evaluate(TYPED_ON) == "見てください @田中 翔 xy"
    for _ in "xy":
        lead.field.press("Backspace")
    mark = f"至急 {time.time_ns()}"
    lead.field.press_sequentially(mark)
    lead.send()
    expect(lead.page.get_by_role("article").filter(has_text=mark)).to_contain_text("@田中 翔")
    told = other.page.get_by_role("status").filter(has_text="からのメンション")
    expect(told).to_contain_text(mark)
    other.page.get_by_role("link", name=re.compile("自分へのメンション")).click()
    other.page.locator("a.row").first.click()
    expect(other.page.get_by_role("article").filter(has_text=mark)).to_be_visible()
