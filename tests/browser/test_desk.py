"""Shopper and agents together: hand-off, answers, collisions, what the desk shows."""

import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from bench.browser_opening import fill
from kaiwa.commands.demo import AGENT
from tests.browser.conftest import NOT_LOGGED_IN, PHONE, Contexts
from tests.browser.people import Agent, Agents, Shopper, Shoppers

PICTURE = (Path(__file__).parents[2] / "demo" / "wobbly-handle.png").read_bytes()


SAID = {
    "ja": ("担当者と話したいです", "担当者をお呼びしています", "注文 {} の件です"),
    "en": ("I want to talk to a person", "We're getting a colleague", "It is about order {}"),
}


def _asks_for_a_person(somebody: Shopper, language: str = "ja") -> str:
    """Ask, and add words that nobody else in this run says."""
    ask, called, about = SAID[language]
    words = about.format(uuid.uuid4().hex[:8])
    somebody.visit("/kettle.html")
    somebody.open()
    somebody.say(ask)
    expect(somebody.panel.get_by_text(called)).to_be_visible()
    somebody.say(words)
    return words


def test_from_the_bot_to_a_person_and_back(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    expect(desk.row(words)).to_be_visible()
    desk.open(words)
    expect(desk.thread.get_by_label("ボットからの引き継ぎ")).to_contain_text("担当者との会話を希望")
    desk.press("take")
    expect(desk.thread.get_by_text("田中 翔 さんが引き受けました")).to_be_visible()
    desk.reply("田中です。注文を確認しました。")
    answer = somebody.message("田中です。注文を確認しました。")
    expect(answer).to_be_visible()
    expect(somebody.panel.get_by_role("heading", name="田中 翔")).to_be_visible()
    expect(somebody.panel.get_by_text("田中 翔が会話に加わりました")).to_be_visible()
    expect(desk.message("田中です。注文を確認しました。")).to_contain_text("既読")
    desk.press("hand_back")
    somebody.say("送料はいくらですか")
    expect(somebody.message("全国一律660円（税込）")).to_be_visible()
    expect(somebody.panel.get_by_text("ここからは自動応答です")).to_be_visible()


def test_by_keyboard_alone_a_hard_question_is_answered_with_a_card_and_a_coupon(
    shopper: Shoppers, agent: Agents
) -> None:
    desk, somebody = agent("en"), shopper("en")
    words = _asks_for_a_person(somebody, "en")
    page, keys = desk.page, desk.page.keyboard
    conversation = desk.heard_in(words)
    # Typed at once, as people do: nothing of it may go to the desk's own keys.
    keys.press("Control+k")
    keys.type(words)
    palette = page.get_by_role("dialog", name="Find an action")
    expect(palette.get_by_role("option", name=re.compile("^Visitor"))).to_have_count(1)
    keys.press("Enter")
    expect(page).to_have_url(re.compile(f"/conversations/{conversation}\\?"))
    expect(desk.message(words)).to_be_visible()
    _by_palette(desk, "hikiukeru")
    expect(desk.thread.get_by_text("took over", exact=False)).to_be_visible()
    _by_palette(desk, "send product")
    picker = page.get_by_role("dialog", name="Choose products")
    keys.type("whistling kettle")
    expect(picker.get_by_role("checkbox").first).to_be_visible()
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    while not picker.get_by_role("button", name="Put 1 in the reply").evaluate(FOCUSED):
        keys.press("Tab")
    keys.press("Enter")
    _by_palette(desk, "waribiki")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    keys.press("Enter")
    chosen = page.get_by_role("list", name="Sent with the message")
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    _by_palette(desk, "write a reply")
    keys.type("This one sings, and the coupon is yours.")
    desk.may_send()
    keys.press("Control+Enter")
    expect(somebody.message("This one sings")).to_be_visible()
    expect(somebody.panel.get_by_text("SOURYO0").first).to_be_visible()
    desk.thread.focus()
    keys.press("b")
    expect(somebody.panel.get_by_text("From here, our assistant answers")).to_be_visible()
    somebody.say("How much is shipping?")
    expect(somebody.message("Shipping is a flat ¥660")).to_be_visible()


FOCUSED = "one => one === document.activeElement"


def _by_palette(desk: Agent, words: str) -> None:
    """Find an act by its words and do it."""
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type(words)
    palette = desk.page.get_by_role("dialog", name="Find an action")
    expect(palette.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    desk.page.keyboard.press("Enter")
    expect(palette).to_have_count(0)


def test_no_letter_falls_between_the_palette_and_where_it_leads(
    shopper: Shoppers, agent: Agents
) -> None:
    desk, somebody = agent("en"), shopper("en")
    words = _asks_for_a_person(somebody, "en")
    expect(desk.row(words)).to_be_visible()
    desk.open(words)
    keys = desk.page.keyboard
    keys.press("Control+k")
    keys.type("write a reply")
    palette = desk.page.get_by_role("dialog", name="Find an action")
    expect(palette.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    # Before the browser gets to anything else, as when two keys are pressed in one moment.
    where = """field => {
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        return document.activeElement.id;
    }"""
    assert palette.get_by_role("combobox").evaluate(where) == "composer-text"
    expect(palette).to_have_count(0)


def test_a_new_message_is_on_the_desk_within_a_second(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    _asks_for_a_person(somebody)
    took_s = []
    for _ in range(3):
        words = f"急ぎです {uuid.uuid4().hex[:8]}"
        begun = time.perf_counter()
        somebody.say(words)
        desk.row(words).wait_for()
        took_s.append(time.perf_counter() - begun)
    assert min(took_s) < 1.0, took_s


def test_the_agents_typing_is_seen(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    desk.field.press_sequentially("お待たせ")
    expect(somebody.panel.get_by_text("田中 翔が入力しています")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ja", "田中です。お調べします。", "中村です。お調べします。"),
        ("en", "Sho here, looking into it.", "Aya here, looking into it."),
    ],
)
def test_two_agents_answer_at_once_and_one_is_told(
    shopper: Shoppers, agent: Agents, language: str, one: str, other: str
) -> None:
    first, second, somebody = agent(language), agent(language, owner=True), shopper(language)
    words = _asks_for_a_person(somebody, language)
    first.open(words)
    second.open(words)
    second.field.fill(other)
    first.reply(one)
    expect(somebody.message(one)).to_be_visible()
    expect(second.page.get_by_role("alert").filter(has_text="田中 翔")).to_be_visible()
    second.field.press("Control+Enter")
    expect(second.field).to_have_value(other)
    expect(second.message(other)).to_have_count(0)
    expect(somebody.message(one)).to_have_count(1)
    expect(somebody.message(other)).to_have_count(0)


def test_both_press_in_the_same_moment_and_nothing_is_doubled(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    first, second, somebody = agent(), agent(owner=True), shopper()
    words = _asks_for_a_person(somebody)
    first.open(words)
    second.open(words)
    second.field.fill("中村です。承ります。")
    second.may_send()
    with contexts.watch(second.context).expecting("ERR_INTERNET_DISCONNECTED", "409", "WebSocket"):
        second.context.set_offline(True)
        second.field.press("Control+Enter")
        first.reply("田中です。承ります。")
        expect(somebody.message("田中です。承ります。")).to_be_visible()
        second.context.set_offline(False)
        expect(second.page.get_by_role("alert").filter(has_text="下書き")).to_be_visible()
        expect(second.field).to_have_value("中村です。承ります。")
    expect(somebody.message("承ります。")).to_have_count(1)


def test_a_photo_reaches_the_desk(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    somebody.attach("取っ手.png", "image/png", PICTURE)
    photo = desk.thread.get_by_role("article").locator("a.picture img")
    expect(photo).to_be_visible()
    assert photo.evaluate("one => one.complete && one.naturalWidth") == 640
    expect(somebody.panel.locator(".group-own .picture img")).to_have_count(1)


def test_hostile_words_and_names_are_words_and_names(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    hostile = f'<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> {words}'
    somebody.say(hostile)
    somebody.attach('"><svg onload=window.hurt=1>.png', "image/png", PICTURE)
    desk.open(words)
    expect(desk.message(hostile)).to_be_visible()
    expect(desk.thread.get_by_role("article").locator("a.picture img")).to_be_visible()
    expect(somebody.message(hostile)).to_be_visible()
    desk.reply(hostile)
    expect(somebody.message(hostile)).to_have_count(2)
    for frame in (*desk.page.frames, *somebody.page.frames):
        assert frame.evaluate("window.hurt") is None


def _session_ends_with(desk: Agent, call: str) -> Callable[[], None]:
    """The next call of this name is the first that finds no session; what brings it back.

    Not a moment sooner: the first refused call closes the composer, whatever call that is.
    """
    kept = desk.context.storage_state()["cookies"]

    def ended(sent: Route) -> None:
        desk.context.clear_cookies()
        sent.continue_()

    def back() -> None:
        desk.context.add_cookies(kept)  # type: ignore[arg-type]
        desk.page.reload()

    desk.page.route(f"**/api/conversations/*/{call}", ended, times=1)
    return back


def test_a_reply_that_finds_the_session_ended_goes_out_after_the_next_log_in(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    desk, somebody = agent(), shopper()
    desk.open(_asks_for_a_person(somebody))
    log_in_again = _session_ends_with(desk, "messages")
    with contexts.watch(desk.context).expecting("401", "WebSocket"):
        desk.reply("お待たせしました。")
        expect(desk.page.get_by_text("ログインの期限が切れました")).to_be_visible()
        expect(somebody.message("お待たせしました。")).to_have_count(0)
        log_in_again()
        expect(somebody.message("お待たせしました。")).to_be_visible()
    expect(somebody.message("お待たせしました。")).to_have_count(1)
    expect(desk.message("お待たせしました。")).to_have_count(1)


def test_words_that_are_being_written_when_the_session_ends_stay_a_draft(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    desk, somebody = agent(), shopper()
    desk.open(_asks_for_a_person(somebody))
    log_in_again = _session_ends_with(desk, "typing")
    with contexts.watch(desk.context).expecting("401", "WebSocket"):
        desk.field.fill("お待たせしております。")
        expect(desk.page.get_by_text("ログインの期限が切れました")).to_be_visible()
        log_in_again()
        expect(desk.field).to_have_value("お待たせしております。")
    desk.send()
    expect(somebody.message("お待たせしております。")).to_have_count(1)


def test_pages_and_cart_are_on_the_desk(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    expect(desk.customer).to_contain_text("細口ケトル「しずく」0.8L")
    expect(desk.customer).to_contain_text("カートは空です")
    somebody.close()
    somebody.page.get_by_label("藍墨").check()
    somebody.page.get_by_role("button", name="増やす").click()
    somebody.page.get_by_role("button", name="カートに入れる").click()
    expect(desk.customer).to_contain_text("細口ケトル「しずく」0.8L 藍墨 ×2")
    expect(desk.customer).to_contain_text("¥17,600")
    somebody.visit("/teapot.html")
    expect(desk.customer).to_contain_text("急須「こもれび」0.35L")


def test_a_closed_conversation_goes_on_as_a_new_one(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    desk.reply("田中です。解決しました。")
    expect(somebody.message("田中です。解決しました。")).to_be_visible()
    desk.press("close")
    expect(somebody.panel.get_by_text("この会話は終わりました")).to_be_visible()
    somebody.say("のしは付けられますか")
    expect(somebody.message("はい、無料です。")).to_be_visible()
    expect(somebody.panel.get_by_text("この会話は終わりました")).to_have_count(0)
    # The new conversation counts from 1 again: nothing of the old one may give way to it.
    assert somebody.own_words() == ["担当者と話したいです", words, "のしは付けられますか"]
    expect(somebody.message("田中です。解決しました。")).to_have_count(1)


def test_a_note_stays_in_the_desk(shopper: Shoppers, agent: Agents) -> None:
    desk, somebody = agent(), shopper()
    words = _asks_for_a_person(somebody)
    desk.open(words)
    desk.page.get_by_role("button", name="社内メモ").click()
    desk.reply("倉庫に確認中")
    expect(desk.thread.get_by_label(re.compile("社内メモ")).filter(has_text="倉庫")).to_be_visible()
    desk.page.get_by_role("button", name="社内メモ").click()
    desk.reply("確認しております。")
    expect(somebody.message("確認しております。")).to_be_visible()
    expect(somebody.panel.get_by_text("倉庫に確認中")).to_have_count(0)


def test_a_long_thread_stays_where_it_is_read(agent: Agents, base: str, data: Path) -> None:
    desk, long = agent(), fill(data / "kaiwa.db", rows=1, messages=1000)
    page = desk.page
    page.goto(f"{base}/desk/conversations/{long}?seq=60")
    chosen = page.locator(f"#message-{long}-60")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_in_viewport()
    # All is there, but only what somebody comes near to is drawn.
    assert page.get_by_role("article").count() < 400
    log = page.get_by_role("log")
    log.focus()
    page.keyboard.press("Home")
    first = page.locator(f"#message-{long}-1")
    expect(first).to_be_in_viewport()
    expect(first).to_have_attribute("aria-posinset", "1")
    page.keyboard.press("End")
    expect(page.locator(f"#message-{long}-1000")).to_be_in_viewport()

    page.goto(f"{base}/desk/conversations/{long}")
    expect(page.get_by_role("article")).to_have_count(50)
    read = page.locator(f"#message-{long}-956")
    read.evaluate(
        "one => one.closest('.thread').scrollBy(0, one.getBoundingClientRect().top - 200)"
    )
    expect(page.get_by_role("article")).to_have_count(75)
    box = read.bounding_box()
    assert box is not None
    assert abs(box["y"] - 200) < 2


@pytest.mark.parametrize("who", [AGENT, "nobody@kodachi.example"])
def test_a_wrong_log_in_says_one_thing(contexts: Contexts, base: str, who: str) -> None:
    stranger = Agent(contexts.new("ja"), base)
    with contexts.watch(stranger.context).expecting(NOT_LOGGED_IN, r"401 .*/api/auth/login\]"):
        stranger.arrive()
        stranger.log_in(who, "not the password")
        wrong = stranger.page.get_by_role("alert").filter(has_text="が違います")
        expect(wrong).to_be_visible()
        expect(stranger.page.locator("a.row")).to_have_count(0)


def test_the_desk_on_a_phone(shopper: Shoppers, agent: Agents) -> None:
    somebody = shopper()
    words = _asks_for_a_person(somebody)
    desk = agent(viewport=PHONE, has_touch=True, is_mobile=True)
    desk.row(words).click()
    expect(desk.message(words)).to_be_visible()
    wide = desk.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
