"""At the desk a message template is chosen, filled beside its preview, and sent as one."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.people import Agents
from tests.browser.server import ROOT
from tests.fakes.line_http import served
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID

USER = "JP.70000000000000000001"
BUTTON = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "受け取りました"}]}


class OnWhatsApp:
    """A shop's number on the fake platform, and somebody who writes to it."""

    def __init__(self, base: str, data: Path, api: str, platform: WhatsAppPlatform) -> None:
        self.platform = platform
        options = {
            "--access-token": "t0ken",
            "--app-secret": "s3cret",
            "--verify-token": "a-token-of-our-own",
            "--phone-number-id": NUMBER_ID,
            "--business-account-id": ACCOUNT_ID,
            "--api-base": api,
        }
        given = [word for pair in options.items() for word in pair]
        told = self._kaiwa(data, "channel", "add", "whatsapp", *given)
        path = next(word for word in told.split() if "/webhooks/whatsapp/" in word)
        self._url = base + path[path.index("/webhooks") :]
        # Other stories leave numbers behind whose platform is gone: those are told apart.
        assert "2 changed" in self._kaiwa(data, "template", "sync", check=False)

    def say(self, words: str) -> None:
        hooks = self.platform.webhooks()
        body, headers = hooks.deliver(hooks.text(words, USER))
        httpx.post(self._url, content=body, headers=headers, timeout=60).raise_for_status()

    def _kaiwa(self, data: Path, *words: str, check: bool = True) -> str:
        command = [sys.executable, "-m", "kaiwa.cli", *words, "-m", "kodachi", "--data", str(data)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=check)
        return done.stdout


@pytest.fixture
def number(base: str, data: Path) -> Iterator[OnWhatsApp]:
    platform = WhatsAppPlatform("s3cret", "t0ken", now_s=time.time())
    platform.templates.add("shipped", "UTILITY", "{{customer_name}}様、{{item}}を発送。", BUTTON)
    platform.templates.add("sale", "MARKETING", "セールです。")
    with served(platform) as api:
        yield OnWhatsApp(base, data, api, platform)


def test_an_agent_fills_a_template_and_sees_what_will_be_read(
    agent: Agents, number: OnWhatsApp
) -> None:
    desk = agent()
    number.say("発送はまだですか 8841")
    desk.open("発送はまだですか 8841")
    desk.page.locator("#composer-templates").click()
    sheet = desk.page.get_by_role("dialog")
    sale = sheet.get_by_role("button", name="sale")
    expect(sale).to_have_attribute("aria-disabled", "true")
    expect(sheet.get_by_text("お客様の同意がありません")).to_be_visible()
    sheet.get_by_role("button", name="shipped").click()
    preview = sheet.get_by_label("お客様が読む文面")
    expect(preview).to_contain_text("はな様、{{item}}を発送。")
    send = sheet.get_by_role("button", name="テンプレートを送る")
    expect(send).to_have_attribute("aria-disabled", "true")
    sheet.get_by_label("入れる言葉 body.item").fill("青いマグ")
    expect(preview).to_contain_text("はな様、青いマグを発送。")
    send.click()
    expect(sheet).to_be_hidden()
    expect(desk.message("はな様、青いマグを発送。")).to_be_visible()
    until = time.monotonic() + 60
    while not any(one["type"] == "template" for one in number.platform.journal):
        assert time.monotonic() < until, number.platform.journal
        time.sleep(0.05)
