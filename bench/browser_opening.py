"""What opening costs in a real browser: the chat on a phone, and the desk with much in it.

Run: `python -m bench.browser_opening`. The phone is Chromium with its CPU slowed four times and
the line of a slow 4G (150 ms, 1.6 Mbit/s). Limits: ui/README and the issue of the interface.
"""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Page,
    Request,
    sync_playwright,
)

from bench._measure import say
from kaiwa.commands.demo import OWNER, PASSWORD
from kaiwa.vocabulary.reply import Reply, TextBlock
from tests.browser.find_chromium import find
from tests.browser.people import Agent, Shopper
from tests.browser.server import demo_server

MESSAGES, ROWS, SAID = 10_000, 5_000, 2_000
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
LONG = """window.longest = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
}).observe({type: "longtask", buffered: true});"""


SHIFTED = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted += one.value;
}).observe({type: "layout-shift", buffered: true});"""


def phone(browser: Browser) -> BrowserContext:
    return browser.new_context(
        locale="ja-JP", viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    )


def slowed(context: BrowserContext, page: Page) -> None:
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def chat(browser: Browser, base: str) -> None:
    """From the press on the launcher until words can be typed, nothing cached."""
    context = phone(browser)
    context.add_init_script(SHIFTED)
    visitor = Shopper(context, base, "ja")
    sizes: dict[str, int] = {}

    def finished(request: Request) -> None:
        if "/assets/" in request.url or request.url.endswith("/widget.js"):
            sizes[request.url] = request.sizes()["responseBodySize"]

    visitor.page.on("requestfinished", finished)
    visitor.visit()
    visitor.page.wait_for_load_state("load")
    # The shop's own pictures are not what is measured.
    slowed(context, visitor.page)
    before = sum(sizes.values())
    began = visitor.page.evaluate("performance.now()")
    visitor.launcher.click()
    visitor.field.wait_for()
    took = visitor.page.evaluate("performance.now()") - began
    say("chat, bytes before it is opened, as sent", before / 1000, "kB", "25 gzip")
    say("chat, bytes when it is opened, as sent", (sum(sizes.values()) - before) / 1000, "kB")
    say("chat, press to field on a slow phone", took, "ms", "1000 warm, 3000 cold")
    say("shop's page, layout shift with the chat", visitor.page.evaluate("window.shifted"), "", "0")
    context.close()


def long_chat(browser: Browser, base: str, database: Path) -> None:
    """A shopper comes back to 2,000 messages, and reads up to the first of them."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800})
    context.add_init_script(LONG)
    somebody = Shopper(context, base, "ja")
    somebody.visit()
    somebody.open()
    somebody.say("送料はいくらですか")
    somebody.message("全国一律660円").wait_for()
    remember(database)
    took: list[float] = []

    def asked(request: Request) -> None:
        if request.url.endswith("/session"):
            took.append(request.timing["responseStart"] - request.timing["requestStart"])

    somebody.page.on("requestfinished", asked)
    somebody.visit()
    began = somebody.page.evaluate("performance.now()")
    somebody.open()
    somebody.panel.locator(f'[data-place$=":{SAID}"]').wait_for()
    opened = somebody.page.evaluate("performance.now()") - began
    frame = next(one for one in somebody.page.frames if one.url.startswith(f"{base}/widget/"))
    say("chat with 2,000 messages, the server's answer", max(took), "ms", "200")
    say("chat with 2,000 messages, press to the last of them", opened, "ms", "1000 warm")
    say("chat with 2,000 messages, longest task of opening", longest(frame), "ms", "100")
    frame.locator("article").last.hover()
    # Found by its place: a look through all words would be measured with the rest.
    while frame.locator('[data-place$=":1"]').count() == 0:
        somebody.page.mouse.wheel(0, -2000)
        somebody.page.wait_for_timeout(50)
    say("chat, messages read up", frame.locator("article").count(), "messages")
    say("chat, longest task of reading up to the first", longest(frame), "ms", "100")
    frame.evaluate("window.longest = 0")
    somebody.say("のしは付けられますか")
    frame.locator(f'[data-place$=":{SAID + 2}"]').wait_for()
    say("chat, longest task of a question and its answer there", longest(frame), "ms", "100")
    context.close()


def remember(database: Path, messages: int = SAID) -> None:
    """The newest conversation has gone on for so long."""
    with sqlite3.connect(database, timeout=30) as db:
        conversation, merchant, identity, inbox, last = db.execute(
            """SELECT c.id, c.merchant_id, c.identity_id, i.inbox_id, c.last_seq FROM conversation c
            JOIN identity i ON i.id = c.identity_id ORDER BY c.id DESC LIMIT 1"""
        ).fetchone()
        db.executemany(
            """INSERT INTO message (merchant_id, conversation_id, seq, direction, sender, inbox_id,
            identity_id, external_id, state, text, body, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (merchant, conversation, n, *spoken(n), inbox, identity, f"long{n}", "read",
                 f"{n}番目の言葉", body(n) if n % 2 else told(n), n * 1_000_000)
                for n in range(last + 1, messages + 1)
            ],
        )  # fmt: skip
        db.execute("UPDATE conversation SET last_seq = ? WHERE id = ?", (messages, conversation))


def spoken(number: int) -> tuple[str, str]:
    return ("in", "customer") if number % 2 else ("out", "bot")


def told(number: int) -> str:
    words = f"{number}番目の言葉です。" + "お返事は少し長めに書きます。" * 4
    return msgspec.json.encode(Reply((TextBlock(text=words),))).decode()


def fill(database: Path, rows: int = ROWS, messages: int = MESSAGES) -> int:
    """Many conversations, the first with many messages, beside what the demo has; its id."""
    with sqlite3.connect(database, timeout=30) as db:
        merchant, inbox = db.execute(
            "SELECT merchant_id, id FROM inbox WHERE channel = 'web_chat' ORDER BY id"
        ).fetchone()
        first = 10**6
        ids = range(first, first + rows)
        db.executemany(
            "INSERT INTO customer (id, merchant_id, name, created_at) VALUES (?, ?, ?, 0)",
            [(n, merchant, f"客 {n}") for n in ids],
        )
        db.executemany(
            """INSERT INTO identity (id, merchant_id, inbox_id, kind, value, created_at)
            VALUES (?, ?, ?, 'visitor', ?, 0)""",
            [(n, merchant, inbox, f"v{n}") for n in ids],
        )
        db.executemany(
            """INSERT INTO identity_link (merchant_id, identity_id, customer_id, grade, evidence,
            linked_at, linked_by) VALUES (?, ?, ?, 'claimed', '', 0, 'bench')""",
            [(merchant, n, n) for n in ids],
        )
        db.executemany(
            """INSERT INTO conversation (id, merchant_id, customer_id, identity_id, channel,
            status, answered_by, epoch, language, last_seq, last_in_seq, last_out_seq, read_seq,
            unread, misunderstood, preview, preview_sender, opened_at, updated_at, waiting_since)
            VALUES (?, ?, ?, ?, 'web_chat', 'open', 'nobody', 1, 'ja', ?, 1, 0, 0, 1, 0, 'お願い',
            'customer', 0, ?, ?)""",
            [(n, merchant, n, n, messages if n == first else 1, n, n) for n in ids],
        )
        db.executemany(
            """INSERT INTO message (merchant_id, conversation_id, seq, direction, sender, inbox_id,
            identity_id, external_id, state, text, body, recorded_at)
            VALUES (?, ?, ?, 'in', 'customer', ?, ?, ?, 'accepted', ?, ?, ?)""",
            [
                (merchant, first, n, inbox, first, f"b{n}", f"{n}番目の言葉", body(n), n)
                for n in range(1, messages + 1)
            ],
        )
    return first


def body(number: int) -> str:
    return f'{{"type":"text","text":"{number}番目の言葉です。少し長めに書きます。"}}'


def desk(browser: Browser, base: str, database: Path) -> None:
    """The longest task while the list is walked through and the long thread opened and read up."""
    long = fill(database)
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800})
    context.add_init_script(LONG)
    agent = Agent(context, base)
    agent.arrive()
    agent.log_in(OWNER, PASSWORD)
    agent.page.locator("a.row").first.wait_for()
    scrolled(agent.page, "a.row", 40)
    say("desk, longest task with 5,000 rows", longest(agent.page), "ms", "100")
    agent.page.goto(f"{base}/desk/conversations/{long}")
    agent.page.get_by_role("article").first.wait_for()
    scrolled(agent.page, "article", -200)
    say("desk, messages read up", agent.page.get_by_role("article").count(), "messages")
    say("desk, longest task with 10,000 messages", longest(agent.page), "ms", "100")
    agent.page.goto(f"{base}/desk/conversations/{long}?seq=20")
    agent.page.locator(f"#message-{long}-20").wait_for()
    agent.page.wait_for_timeout(500)
    say("desk, longest task on the way to the 20th of 10,000", longest(agent.page), "ms", "100")
    context.close()


def scrolled(page: Page, what: str, notches: int) -> None:
    page.locator(what).last.hover()
    for _ in range(abs(notches)):
        page.mouse.wheel(0, 800 if notches > 0 else -800)
        page.wait_for_timeout(50)


def longest(page: Page | Frame) -> float:
    found: Any = page.evaluate("window.longest")
    return float(found)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_server(Path(folder)) as base,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        chat(browser, base)
        long_chat(browser, base, Path(folder) / "kaiwa.db")
        desk(browser, base, Path(folder) / "kaiwa.db")
        browser.close()


if __name__ == "__main__":
    main()
