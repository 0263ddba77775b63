"""Who uses the pages: a shopper with the chat on the shop's page, an agent at the desk."""

import re
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from kaiwa.commands.demo import PASSWORD

HEARD_WITHIN_S = 60.0
WORDS: dict[str, dict[str, str | re.Pattern[str]]] = {
    "ja": {
        "open": re.compile("チャットを開く"),
        "field": "メッセージを入力",
        "send": "送る",
        "attach": "写真やファイルを選ぶ",
        "reply": "返信",
        "take": "引き受ける",
        "hand_back": "ボットに戻す",
        "close": "完了",
        "email": "メールアドレス",
        "password": "パスワード",
        "log_in": "ログイン",
    },
    "en": {
        "open": re.compile("Open chat"),
        "field": "Write a message",
        "send": "Send",
        "attach": "Choose a photo or file",
        "reply": "Reply",
        "take": "Take over",
        "hand_back": "Back to the bot",
        "close": "Close",
        "email": "E-mail",
        "password": "Password",
        "log_in": "Log in",
    },
}


class Shopper:
    """Somebody on the shop's pages."""

    def __init__(self, context: BrowserContext, base: str, language: str) -> None:
        self.context, self._base = context, base
        self._words = WORDS[language]
        self._folder = "" if language == "ja" else "/en"
        self.page: Page = context.new_page()

    def visit(self, page: str = "/") -> None:
        """Look at a page of the shop."""
        self.page.goto(f"{self._base}{self._folder}{page}")
        expect(self.launcher).to_be_visible()

    @property
    def launcher(self) -> Locator:
        """The round button."""
        return self.page.get_by_role("button", name=self._words["open"])

    @property
    def panel(self) -> FrameLocator:
        """The chat's own document."""
        return self.page.frame_locator("kaiwa-widget iframe")

    @property
    def field(self) -> Locator:
        """Where words are typed."""
        return self.panel.get_by_label(self._words["field"])

    def open(self) -> None:
        """Open the chat."""
        self.launcher.click()
        expect(self.field).to_be_visible()

    def close(self) -> None:
        """Close the chat."""
        self.page.keyboard.press("Escape")
        expect(self.launcher).to_be_visible()

    def say(self, text: str) -> None:
        """Type and send."""
        self.field.fill(text)
        self.panel.get_by_role("button", name=self._words["send"], exact=True).click()

    def attach(self, name: str, kind: str, body: bytes) -> None:
        """Choose a file, wait for it to be up, send it."""
        picker = self.panel.locator("input[type=file]")
        picker.set_input_files({"name": name, "mimeType": kind, "buffer": body})
        send = self.panel.get_by_role("button", name=self._words["send"], exact=True)
        expect(send).to_be_enabled()
        send.click()

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """Messages of the thread with this text."""
        return self.panel.get_by_role("article").filter(has_text=text)

    def own_words(self) -> Sequence[str]:
        """What the shopper sees of their own, in the order of the thread."""
        return self.panel.locator(".group-own .bubble").all_inner_texts()


class Agent:
    """Somebody at the desk."""

    def __init__(self, context: BrowserContext, base: str, language: str = "ja") -> None:
        self.context, self._base = context, base
        self.words = WORDS[language]
        self.page: Page = context.new_page()

    def arrive(self) -> None:
        """Go to the desk, logged in or not."""
        self.page.goto(f"{self._base}/desk")

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the form."""
        self.page.get_by_label(self.words["email"]).fill(email)
        self.page.get_by_label(self.words["password"], exact=True).fill(password)
        self.page.get_by_role("button", name=self.words["log_in"]).click()

    def row(self, text: str) -> Locator:
        """The conversation of the list with these words."""
        return self.page.locator("a.row").filter(has_text=text)

    def open(self, words: str) -> None:
        """Open the conversation in which this was said.

        The row shows only what was said last, which may be the bot's answer to it.
        """
        self.page.locator(f'a.row[data-row="{self.heard_in(words)}"]').click()
        expect(self.field).to_be_visible()

    def open_with(self, name: str) -> None:
        """Open the conversation with a customer of this name."""
        self.row(name).click()
        expect(self.field).to_be_visible()

    def heard_in(self, words: str) -> int:
        """The conversation in which this was said, once it is there."""
        until = time.monotonic() + HEARD_WITHIN_S
        while True:
            answer = self.page.request.get(f"{self._base}/api/search", params={"q": words})
            if hits := answer.json()["hits"]:
                return int(hits[0]["conversation"])
            assert time.monotonic() < until, words
            time.sleep(0.05)

    @property
    def field(self) -> Locator:
        """Where replies are written."""
        return self.page.locator("#composer-text")

    @property
    def thread(self) -> Locator:
        """The conversation on the screen."""
        return self.page.get_by_role("main")

    @property
    def customer(self) -> Locator:
        """What is known of the customer."""
        return self.page.get_by_role("complementary")

    def message(self, text: str) -> Locator:
        """Messages of the thread with this text."""
        return self.thread.get_by_role("article").filter(has_text=text)

    def press(self, what: str) -> None:
        """One of the acts at the head of the thread."""
        self.thread.get_by_role("button", name=self.words[what], exact=True).first.click()

    def reply(self, text: str) -> None:
        """Write and send."""
        self.field.fill(text)
        self.send()

    def send(self) -> None:
        """Send what is written."""
        self.may_send()
        self.field.press("Control+Enter")

    def may_send(self) -> None:
        """Wait until the desk knows where it may go; sooner, the keys do nothing."""
        button = self.page.locator("#composer button[type=submit]")
        expect(button).to_have_attribute("aria-disabled", "false")


Shoppers: TypeAlias = Callable[..., Shopper]
Agents: TypeAlias = Callable[..., Agent]
