"""The network goes and comes back: nothing is lost, nothing is doubled."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Contexts
from tests.browser.people import Agents, Shoppers

CUT = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection")
SPOKEN = ["送料はいくらですか", "のしは付けられますか", "領収書は発行できますか"]


def test_what_was_written_offline_goes_once_and_in_order(
    shopper: Shoppers, contexts: Contexts
) -> None:
    somebody = shopper()
    somebody.visit()
    somebody.open()
    somebody.say(SPOKEN[0])
    expect(somebody.message("全国一律660円（税込）")).to_be_visible()
    with contexts.watch(somebody.context).expecting(*CUT):
        somebody.context.set_offline(True)
        somebody.say(SPOKEN[1])
        somebody.say(SPOKEN[2])
        expect(somebody.panel.get_by_text("つながったら送ります").first).to_be_visible()
        expect(somebody.panel.get_by_text("接続が切れています。").first).to_be_attached()
        somebody.page.wait_for_timeout(3_000)
        somebody.context.set_offline(False)
        expect(somebody.message("適格請求書")).to_be_visible()
        expect(somebody.panel.get_by_text("つながったら送ります")).to_have_count(0)
    assert somebody.own_words() == SPOKEN
    somebody.page.reload()
    somebody.open()
    expect(somebody.message("適格請求書")).to_have_count(1)
    assert somebody.own_words() == SPOKEN


def test_what_was_written_offline_survives_a_reload(shopper: Shoppers, contexts: Contexts) -> None:
    somebody = shopper()
    somebody.visit()
    somebody.open()
    somebody.say(SPOKEN[0])
    expect(somebody.message("全国一律660円（税込）")).to_be_visible()
    with contexts.watch(somebody.context).expecting(*CUT, "ERR_FAILED", "blocked"):
        somebody.context.route("**/api/widget/*/messages", lambda route: route.abort())
        somebody.say(SPOKEN[1])
        somebody.say(SPOKEN[2])
        expect(somebody.panel.locator(".group-own .bubble")).to_have_count(3)
        somebody.page.reload()
        somebody.context.unroute_all()
        somebody.open()
        expect(somebody.message("適格請求書")).to_be_visible()
    assert somebody.own_words() == SPOKEN


def test_an_answer_given_meanwhile_is_there_when_the_shopper_is_back(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    desk, somebody = agent(), shopper()
    somebody.visit()
    somebody.open()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    somebody.say("小包 7719 のことです")
    desk.open("小包 7719 のことです")
    with contexts.watch(somebody.context).expecting(*CUT):
        somebody.context.set_offline(True)
        for line in ("お調べしました。", "明日のお届けです。", "ご安心ください。"):
            desk.reply(line)
            expect(desk.message(line)).to_be_visible()
        somebody.context.set_offline(False)
        expect(somebody.message("ご安心ください。")).to_be_visible()
    said = somebody.panel.locator(".group:not(.group-own) .bubble").all_inner_texts()
    assert said[-3:] == ["お調べしました。", "明日のお届けです。", "ご安心ください。"]


def test_the_desks_reply_waits_for_the_network(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    desk, somebody = agent(), shopper()
    somebody.visit()
    somebody.open()
    somebody.say("担当者と話したいです")
    expect(somebody.panel.get_by_text("担当者をお呼びしています")).to_be_visible()
    somebody.say("小包 7720 のことです")
    desk.open("小包 7720 のことです")
    expect(desk.message("小包 7720 のことです")).to_be_visible()
    with contexts.watch(desk.context).expecting(*CUT):
        desk.context.set_offline(True)
        desk.reply("お待たせしました。")
        expect(somebody.message("お待たせしました。")).to_have_count(0)
        desk.context.set_offline(False)
        expect(somebody.message("お待たせしました。")).to_be_visible()
    expect(desk.message("お待たせしました。")).to_have_count(1)
    expect(somebody.message("お待たせしました。")).to_have_count(1)


MINUTE = {
    "ja": ("担当者と話したいです", "小包 7722 の件です", "まだいらっしゃいますか", "切れていました",
           "少々お待ちください。", "明日のお届けです。"),
    "en": ("I want to talk to a person", "It is about parcel 7721", "Are you still there?",
           "I was cut off.", "One moment, please.", "It comes tomorrow."),
}  # fmt: skip


@pytest.mark.slow
def test_a_whole_minute_without_network_loses_and_doubles_nothing(
    shopper: Shoppers, agent: Agents, contexts: Contexts
) -> None:
    """One shopper of each language, in the same minute."""
    pairs = {language: (shopper(language), agent(language)) for language in MINUTE}
    with ExitStack() as cut:
        for language, (somebody, desk) in pairs.items():
            ask, about, during, _, answer, _ = MINUTE[language]
            somebody.visit()
            somebody.open()
            somebody.say(ask)
            somebody.say(about)
            desk.open(about)
            cut.enter_context(contexts.watch(somebody.context).expecting(*CUT))
            somebody.context.set_offline(True)
            somebody.say(during)
            desk.reply(answer)
        # As long as a tunnel: sockets are given up and opened again many times meanwhile.
        pairs["en"][0].page.wait_for_timeout(60_000)
        for language, (somebody, desk) in pairs.items():
            _, _, during, after, _, last = MINUTE[language]
            somebody.say(after)
            desk.reply(last)
            expect(desk.message(last)).to_be_visible()
            expect(desk.message(during)).to_have_count(0)
            somebody.context.set_offline(False)
            expect(somebody.message(last)).to_be_visible()
            expect(desk.message(after)).to_be_visible()
    for language, (somebody, desk) in pairs.items():
        _, *said = MINUTE[language]
        own, answers = said[:3], said[3:]
        assert list(somebody.own_words())[-3:] == own
        for line in answers:
            expect(somebody.message(line)).to_have_count(1)
        for line in own:
            expect(desk.message(line)).to_have_count(1)
