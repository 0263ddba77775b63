"""One agent with two tabs and no network: what is written in both is sent, once each."""

import time

from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_MS, Contexts
from tests.browser.people import Agents, Shoppers
from tests.browser.test_desk import _asks_for_a_person
from tests.browser.test_several_tabs import KEPT, another_tab


def test_what_two_tabs_wrote_without_network_is_said_once_each(
    shopper: Shoppers, agent: Agents, contexts: Contexts, base: str
) -> None:
    one, somebody = agent(), shopper()
    two = another_tab(one, base)
    words = _asks_for_a_person(somebody)
    for desk in (one, two):
        desk.open(words)
    with contexts.watch(one.context).expecting("ERR_INTERNET_DISCONNECTED", "WebSocket"):
        one.context.set_offline(True)
        # Nobody has taken it over yet: whichever goes first does.
        one.reply("一つ目です。")
        two.reply("二つ目です。")
        one.reply("三つ目です。")
        expect(one.message("三つ目です。")).to_be_visible()
        expect(two.message("二つ目です。")).to_be_visible()
        one.context.set_offline(False)
        for said in ("一つ目です。", "二つ目です。", "三つ目です。"):
            for place in (somebody, one, two):
                expect(place.message(said)).to_have_count(1)
    for desk in (one, two):
        expect(desk.field).to_have_value("")
        expect(desk.page.get_by_role("alert")).to_have_count(0)
    # The page's policy lets no string be run in it, so it is asked from outside.
    waits = f"{KEPT}.some(([, text]) => text.includes('clientId'))"
    until = time.monotonic() + PATIENCE_MS / 1000
    while one.page.evaluate(waits) and time.monotonic() < until:
        one.page.wait_for_timeout(100)
    assert not one.page.evaluate(waits)
