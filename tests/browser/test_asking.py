"""A form goes from the settings to the shopper and back; emoji, stickers and speech."""

import base64
import re

from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import Contexts
from tests.browser.people import Agent, Agents, Shopper, Shoppers
from tests.browser.test_accessible import violations
from tests.browser.test_settings import opened

# Two frames of one pixel: a moving picture.
GIF = base64.b64decode(
    "R0lGODlhAQABAIAAAAAAAP///yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAK"
    "AAAALAAAAAABAAEAAAICTAEAOw=="
)
# A browser's ear that hears one sentence.
EAR = """window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { setTimeout(() => this.onresult({resultIndex: 0, results: [
    Object.assign([{transcript: "送料はいくら"}], {isFinal: true})]}), 50) }
  stop() {} abort() { window.deaf = (window.deaf ?? 0) + 1 } };"""


def frame_of(somebody: Shopper) -> Frame:
    """The chat's own document."""
    found = somebody.page.locator("kaiwa-widget iframe").element_handle().content_frame()
    assert found is not None
    return found


def keep_form(page: Page) -> None:
    """An owner writes a form of three questions."""
    opened(page, "フォーム")
    page.get_by_role("button", name="新しいフォーム").click()
    page.get_by_label("題名（日本語）").fill("採寸フォーム")
    for label, kind in (("手首まわり", "数字"), ("色", "一つ選ぶ"), ("同意します", "同意")):
        if label != "手首まわり":
            page.get_by_role("button", name="質問を加える").click()
        last = page.get_by_role("group", name=re.compile("^質問")).last
        last.get_by_label("質問（日本語）").fill(label)
        last.get_by_label("答え方").select_option(label=kind)
    page.get_by_label("選択肢（一行に一つ）（日本語）").fill("藍\n生成り")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("質問3件")).to_be_visible()
    assert violations(page) == []


def sent_form(desk: Agent, visitor: Shopper) -> None:
    """The agent puts it beside a few words, with a sticker."""
    visitor.visit()
    visitor.open()
    visitor.say("担当者と話したいです")
    expect(visitor.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    visitor.say("採寸をお願いします")
    desk.arrive()
    desk.open("採寸をお願いします")
    desk.page.get_by_role("button", name="たずねる").click()
    desk.page.get_by_role("menuitem", name=re.compile("採寸フォーム")).click()
    desk.page.get_by_role("button", name="絵文字とスタンプ").click()
    desk.page.get_by_role("button", name="スタンプ", exact=True).click()
    desk.page.get_by_role("button", name="お願いします", exact=True).click()
    desk.reply("こちらにご記入ください")


def test_a_form_is_filled_in_the_chat_through_a_lost_network(
    agent: Agents, shopper: Shoppers, contexts: Contexts
) -> None:
    desk, visitor = agent(owner=True, bypass_csp=True), shopper(bypass_csp=True)
    keep_form(desk.page)
    sent_form(desk, visitor)
    form = visitor.panel.get_by_role("form", name="採寸フォーム")
    expect(form.get_by_label("手首まわり")).to_be_visible()
    expect(visitor.panel.get_by_role("img", name="お願いします")).to_be_visible()
    form.get_by_label("手首まわり").fill("ほそめ")
    with contexts.watch(visitor.context).expecting("400"):
        form.get_by_role("button", name="送信する").click()
        expect(form.get_by_text("数字でご記入ください")).to_be_visible()
    expect(form.get_by_label("手首まわり")).to_be_focused()
    assert violations(frame_of(visitor)) == []
    form.get_by_label("手首まわり").fill("１５０")
    form.get_by_label("藍").check()
    form.get_by_label("同意します").check()
    with contexts.watch(visitor.context).expecting("ERR_INTERNET_DISCONNECTED"):
        visitor.context.set_offline(True)
        form.get_by_role("button", name="送信する").click()
        expect(form.get_by_text("オフラインです")).to_be_visible()
        visitor.context.set_offline(False)
        expect(visitor.panel.get_by_text("ご回答を受け取りました")).to_be_visible()
    answer = desk.message("手首まわり")
    expect(answer.last).to_contain_text("150")
    expect(answer.last).to_contain_text("藍")
    expect(answer).to_have_count(2)  # what was asked, what was answered
    assert violations(desk.page) == []


def test_beside_the_words_are_emoji_stickers_speech_and_pictures_that_stop(
    shopper: Shoppers,
) -> None:
    visitor = shopper(reduced_motion="reduce", bypass_csp=True)
    visitor.page.add_init_script(EAR)
    visitor.visit()
    visitor.open()
    panel = visitor.panel
    panel.get_by_role("button", name="絵文字とスタンプ").press("Enter")
    panel.get_by_label("絵文字を探す").fill("ネコ")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("button", name=re.compile("猫"))).to_be_focused()
    assert violations(frame_of(visitor)) == []
    visitor.page.keyboard.press("Escape")
    expect(visitor.field).to_have_value("🐱")
    expect(visitor.field).to_be_focused()
    panel.get_by_role("button", name="話して入力する").click()
    expect(panel.get_by_text("提供元のサービスへ送ります")).to_be_visible()
    panel.get_by_role("button", name="話す", exact=True).click()
    expect(visitor.field).to_have_value("🐱送料はいくら")
    visitor.page.keyboard.press("Escape")
    expect(visitor.field).to_be_focused()
    visitor.field.fill("")
    panel.get_by_role("button", name="絵文字とスタンプ").click()
    panel.get_by_role("button", name="スタンプ", exact=True).click()
    panel.get_by_role("button", name="ありがとうございます").click()
    expect(panel.get_by_role("img", name="ありがとうございます")).to_be_visible()
    visitor.attach("moves.gif", "image/gif", GIF)
    # What has arrived takes the place of what was on its way, and stands still like it.
    expect(panel.locator(".gif img")).not_to_have_attribute("src", re.compile("^blob:"))
    play = panel.get_by_role("button", name="再生")
    expect(play).to_be_visible()
    play.click()
    expect(panel.get_by_role("button", name="止める")).to_be_visible()
