"""An owner sets the shop up at the desk; who has no right to is told so politely."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kaiwa.commands.demo import INBOX_KEY
from kaiwa.web.places import REMEMBERED_S
from tests.browser.conftest import NOT_LOGGED_IN, PHONE, Contexts
from tests.browser.people import Agents, Shoppers
from tests.browser.test_accessible import RULES, violations

PAGES = (
    "shop", "inboxes", "inboxes/1", "inboxes/new/line", "inboxes/new/telegram", "looks", "staff",
    "teams", "labels", "replies", "faq", "unanswered", "export", "account", "fallback",
)  # fmt: skip


def opened(page: Page, name: str) -> None:
    """Go to a page of the settings by the account menu."""
    page.get_by_role("button", name="アカウント").click()
    page.get_by_role("button", name="設定").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def known(page: Page, is_so: Callable[[Any], bool]) -> None:
    """Wait until the shoppers' door says so: it remembers a shop for a moment."""
    door = page.url.partition("/desk")[0] + f"/api/widget/{INBOX_KEY}/session"
    until = time.monotonic() + 60
    while not is_so(page.request.post(door, data={}).json()["shop"]):
        assert time.monotonic() < until
        time.sleep(0.1)


def gone_over(page: Page, where: str) -> None:
    """Follow a link from one page of the settings to another; the desk stays loaded."""
    page.evaluate(
        """address => {
          history.pushState(null, "", address);
          dispatchEvent(new PopStateEvent("popstate"));
          return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        }""",
        "/".join(("/desk/settings", where)).rstrip("/"),
    )


def gone_to(page: Page, where: str) -> None:
    """Type the address of a page of the settings."""
    page.goto(re.sub(r"/desk.*", f"/desk/settings/{where}", page.url))


def test_an_owner_sets_up_an_inbox(agent: Agents, shopper: Shoppers) -> None:
    page = agent(owner=True).page
    opened(page, "窓口（チャネル）")
    page.get_by_role("link", name="ウィジェット", exact=True).click()
    page.get_by_label("窓口の名前").fill("二号店のチャット")
    page.get_by_label("チャットを表示するページ").fill("https://second.example/")
    page.get_by_role("button", name="確かめて保存").click()
    expect(page.get_by_role("heading", name="二号店のチャット")).to_be_visible()
    code = page.get_by_text('<script async src="').inner_text()
    key = re.search(r'data-shop="([^"]+)"', code)
    assert key is not None
    address = page.url.partition("/desk")[0]
    # The chat is there at once, on the page it was made for and on no other.
    chat = f"{address}/api/widget/{key[1]}/session"
    for origin, status in (("https://second.example", 200), ("https://third.example", 403)):
        answer = page.request.post(chat, headers={"origin": origin}, data={})
        assert answer.status == status, answer.text()
    page.get_by_role("button", name="この窓口を止める").click()
    page.get_by_role("button", name="本当に止める").click()
    expect(page.get_by_text("停止中")).to_be_visible()
    page.get_by_role("link", name="← 窓口の一覧").click()
    expect(page.get_by_role("listitem").filter(has_text="二号店のチャット")).to_contain_text(
        "停止中"
    )


def test_credentials_that_are_not_taken_are_not_kept(agent: Agents, contexts: Contexts) -> None:
    desk = agent(owner=True)
    opened(desk.page, "窓口（チャネル）")
    desk.page.get_by_role("link", name="Telegram").click()
    desk.page.get_by_label("ボットのトークン").fill("1:no")
    desk.page.get_by_role("button", name="自動で作る").click()
    refusal = {
        "error": "refused",
        "message": "提供元がこの値を受け付けませんでした。何も保存していません。",
        "detail": {
            "troubles": [{"ja": "Telegramがこのトークンを知りません。", "en": "No.", "stops": True}]
        },
    }
    # The platform itself is not asked: it is not ours.
    answer: dict[str, Any] = {"status": 409, "body": json.dumps(refusal)}
    desk.page.route("**/api/inboxes", lambda route: route.fulfill(**answer))
    with contexts.watch(desk.context).expecting("409"):
        desk.page.get_by_role("button", name="確かめて保存").click()
        expect(desk.page.get_by_text("Telegramがこのトークンを知りません。")).to_be_visible()
        expect(desk.page.get_by_role("alert").first).to_contain_text("何も保存していません。")


def test_somebody_is_invited_and_the_settings_stay_shut(agent: Agents, contexts: Contexts) -> None:
    page = agent(owner=True).page
    opened(page, "担当者と役割")
    page.get_by_label("メールアドレス").fill("mei@kodachi.example")
    page.get_by_label("名前", exact=True).fill("森 芽衣")
    page.get_by_role("button", name="リンクを作る").click()
    link = page.get_by_text("/desk/join#").inner_text()
    context = contexts.new("ja")
    with contexts.watch(context).expecting(NOT_LOGGED_IN):
        guest = context.new_page()
        guest.goto(link)
        expect(guest.get_by_text("森 芽衣さん（mei@kodachi.example）")).to_be_visible()
        guest.get_by_label("新しいパスワード").fill("a password of my own")
        guest.get_by_role("button", name="決めて入る").click()
        expect(guest.get_by_role("navigation").first).to_be_visible()
    assert "#" not in guest.url
    # The address of a page is typed by somebody without rights.
    gone_to(guest, "staff")
    alert = guest.get_by_role("alert")
    expect(alert).to_contain_text("この設定は、オーナーと管理者が変えられます。")
    expect(guest.get_by_role("link", name="担当者と役割")).to_have_count(0)
    guest.get_by_role("link", name="自分の設定").click()
    expect(guest.get_by_text("mei@kodachi.example · 担当者")).to_be_visible()
    # Shut out, they are at the log-in at once.
    person = page.get_by_role("listitem").filter(has_text="森 芽衣")
    person.get_by_role("button", name="利用を止める").click()
    person.get_by_role("button", name="すぐにログアウトされます。止める").click()
    expect(page.get_by_role("heading", name="利用を止めた人")).to_be_visible()
    with contexts.watch(context).expecting("401"):
        guest.reload()
        expect(guest.get_by_role("button", name="ログイン")).to_be_visible()


def test_what_is_chosen_is_what_the_shopper_sees(agent: Agents, shopper: Shoppers) -> None:
    page = agent(owner=True).page
    opened(page, "チャットの見た目")
    chat = page.frame_locator("iframe[title=プレビュー]")
    panel = chat.frame_locator("kaiwa-widget iframe")
    expect(panel.get_by_text("道具の選び方、お手入れ、送料のことなど、")).to_be_visible()
    before = page.get_by_label("最初の言葉（日本語）").input_value()
    page.get_by_label("最初の言葉（日本語）").fill("いらっしゃいませ、どうぞ。")
    expect(panel.get_by_text("いらっしゃいませ、どうぞ。")).to_be_visible()
    page.get_by_label("左下").check()
    expect(chat.locator("kaiwa-widget")).to_have_attribute("data-side", "left")
    page.get_by_label("色のコード").fill("#ffd400")
    expect(page.get_by_text("白い文字が読みにくい色です")).to_be_visible()
    page.get_by_role("button", name=re.compile("濃くした")).click()
    expect(page.get_by_text("白い文字とのコントラスト")).to_be_visible()
    expect(page.get_by_text('data-side="left"').first).to_be_visible()
    try:
        page.get_by_role("button", name="公開する").click()
        expect(page.get_by_text("公開しました。")).to_be_visible()
        known(page, lambda shop: shop["looks"]["side"] == "left")
        somebody = shopper()
        somebody.visit("/kettle.html")
        expect(somebody.page.locator("kaiwa-widget")).to_have_attribute("data-side", "left")
        somebody.open()
        expect(somebody.panel.get_by_text("いらっしゃいませ、どうぞ。")).to_be_visible()
    finally:
        page.get_by_label("最初の言葉（日本語）").fill(before)
        page.get_by_label("右下").check()
        page.get_by_label("色のコード").fill("")
        page.get_by_role("button", name="公開する").click()
        expect(page.get_by_text("公開しました。")).to_be_visible()


def test_an_answer_that_is_written_is_found_and_forgotten(agent: Agents) -> None:
    page = agent(owner=True).page
    opened(page, "よくある質問")
    page.get_by_role("button", name="質問を加える").click()
    page.get_by_label("質問", exact=True).fill("屋上の庭は見られますか？")
    page.get_by_label("答え", exact=True).fill("はい、晴れた日にご覧いただけます。")
    page.get_by_role("button", name="保存する").click()
    page.get_by_label("質問や答えの言葉で探す").fill("屋上")
    line = page.get_by_role("main").get_by_role("listitem")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("はい、晴れた日にご覧いただけます。")
    page.get_by_role("button", name="「屋上の庭は見られますか？」を変える").click()
    page.get_by_role("button", name="なくす").click()
    page.get_by_role("button", name="ボットは答えなくなります。なくす").click()
    expect(page.get_by_text("見つかりませんでした。")).to_be_visible()


def test_the_data_is_saved_as_a_file(agent: Agents) -> None:
    page = agent(owner=True).page
    opened(page, "データの書き出し")
    with page.expect_download() as download:
        page.get_by_role("link", name="お客様を保存").click()
    assert re.fullmatch(r"kodachi-customers-\d{8}\.csv", download.value.suggested_filename)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(agent: Agents, scheme: str) -> None:
    page = agent(owner=True, bypass_csp=True, color_scheme=scheme).page
    gone_to(page, "")
    for where in ("", *PAGES):
        gone_over(page, where)
        settled(page)
        assert violations(page, only=RULES[scheme]) == [], where


def test_on_a_phone(agent: Agents) -> None:
    page = agent(owner=True, viewport=PHONE, has_touch=True).page
    gone_to(page, "")
    for where in ("", *PAGES):
        gone_over(page, where)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
    page.get_by_role("link", name="設定", exact=True).click()
    expect(page.get_by_role("link", name="よくある質問")).to_be_visible()


def settled(page: Page) -> None:
    """The page is there, and nothing of it is still to come."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_a_closed_conversation_is_rated_in_the_chat(
    agent: Agents, shopper: Shoppers, base: str
) -> None:
    owner = agent(owner=True)
    wants_ratings(owner.page, wanted=True)
    try:
        somebody = shopper()
        somebody.visit("/kettle.html")
        somebody.open()
        somebody.say("評価のために担当者と話したいです")
        expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
        owner.page.goto(f"{base}/desk/conversations/{owner.heard_in('評価のために')}")
        owner.thread.get_by_role("button", name="引き受ける").click()
        owner.reply("はい、承ります。")
        expect(somebody.message("はい、承ります。")).to_be_visible()
        owner.thread.get_by_role("button", name="完了", exact=True).click()
        expect(somebody.message("ご対応はいかがでしたか。")).to_be_visible()
        somebody.panel.get_by_role("button", name="5", exact=True).click()
        expect(somebody.message("評価をいただき、ありがとうございます。")).to_be_visible()
        somebody.panel.get_by_role("button", name="ひとこと書く").click()
        expect(somebody.message("どうぞ、お書きください。")).to_be_visible()
        somebody.say("親切でした。")
        expect(somebody.message("お聞かせいただき、ありがとうございました。")).to_be_visible()
        expect(owner.thread.get_by_text("お客様が評価しました")).to_be_visible()
        owner.page.reload()
        expect(owner.thread.get_by_text("5点中 5点").first).to_be_visible()
    finally:
        wants_ratings(owner.page, wanted=False)


def wants_ratings(page: Page, *, wanted: bool) -> None:
    """Turn the question on or off."""
    gone_to(page, "shop")
    page.get_by_label("評価（1〜5）をお願いする").set_checked(wanted)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("変更しました。")).to_be_visible()
    if wanted:
        # The door that takes messages in remembers a shop for a moment.
        page.wait_for_timeout(REMEMBERED_S * 1000 + 500)
