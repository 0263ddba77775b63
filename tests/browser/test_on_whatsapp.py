"""WhatsApp at the desk: a form opens inside the chat, and a code brings a shopper over."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.on_whatsapp import Account, whatsapp_of
from tests.browser.people import Agent, Agents, Shoppers
from tests.browser.test_accessible import violations
from tests.browser.test_chat_shop import WORDS as IN_CHAT
from tests.browser.test_chat_shop import choose_first
from tests.browser.test_routing import Words

SAID = {
    "ja": {
        "person": "担当者と話したいです",
        "called": "担当者をお呼びしています",
        "passed": "担当者に引き継ぎます",
        "ask": "皿 5561 の寸法の件です",
        "form": "寸法うかがい 5561",
        "question": "直径",
        "please": "こちらにご記入ください。5561",
        "over": "WhatsAppでもどうぞ。5561",
        "cart": "カートを見せて",
        "kettle": "ケトル",
        "bot": "ここからは自動でお答えします",
    },
    "en": {
        "person": "I want to talk to a person",
        "called": "We're getting a colleague",
        "passed": "passing you to a colleague",
        "ask": "About the size of plate 5562",
        "form": "Your size 5562",
        "question": "Diameter",
        "please": "Please fill this in. 5562",
        "over": "On WhatsApp too, 5562",
        "cart": "show me my cart",
        "kettle": "kettle",
        "bot": "From here on I answer automatically",
    },
}
FLOWS = {"ja": "700100200300401", "en": "700100200300402"}
NUMBERS = {"ja": ("819011112221", "819011112222"), "en": ("819011112223", "819011112224")}


@pytest.fixture(scope="module")
def account(base: str, data: Path) -> Iterator[Account]:
    with whatsapp_of(base, data) as made:
        yield made


def connected(desk: Agent, base: str, language: str) -> None:
    """An owner writes a form of one question and connects the flow that was made of it."""
    words, said, page = Words(language), SAID[language], desk.page
    within = "form.inJa" if language == "ja" else "form.inEn"
    page.goto(f"{base}/desk/settings/forms")
    page.get_by_role("button", name=words("form.new")).click()
    page.get_by_label(words(within, what=words("form.name"))).fill(said["form"])
    page.get_by_label(words(within, what=words("form.label"))).fill(said["question"])
    page.get_by_label(words("form.kind")).select_option(label=words("form.kind.number"))
    page.locator("form.settings-form-one button[type=submit]").click()
    page.get_by_role("button", name=words("form.edit", name=said["form"])).click()
    part = page.get_by_role("form", name=words("flow.title"))
    tongue = words(f"flow.language.{language}")
    part.get_by_role("button", name=words("flow.make.show", language=tongue)).click()
    expect(part.locator(".copied-text")).to_contain_text(said["question"])
    part.get_by_role("button", name=words("flow.add")).click()
    part.get_by_label(words("flow.language")).select_option(label=tongue)
    part.get_by_label(words("flow.id")).fill(FLOWS[language])
    part.get_by_role("button", name=words("flow.keep")).click()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_form_opens_inside_whatsapp_and_comes_back_as_the_forms_answer(
    agent: Agents, account: Account, contexts: Contexts, base: str, language: str
) -> None:
    words, said = Words(language), SAID[language]
    desk = agent(language, owner=True, bypass_csp=True)
    with contexts.watch(desk.context).expecting("400"):
        connected(desk, base, language)
        trouble = desk.page.get_by_role("form", name=words("flow.title")).get_by_role("alert")
        expect(trouble).to_be_visible()
    saved = desk.page.get_by_text(words("flow.kept"))
    expect(saved).to_have_count(0)
    account.platform.flows[FLOWS[language]] = ("PUBLISHED", {"FORM"})
    desk.page.get_by_role("button", name=words("flow.keep")).click()
    expect(saved).to_be_visible()
    assert violations(desk.page) == []

    customer = account.customer(NUMBERS[language][0])
    customer.say(said["person"])
    customer.given("", said["passed"])
    customer.say(said["ask"])
    desk.arrive()
    desk.open(said["ask"])
    desk.page.get_by_role("button", name=words("ask.menu")).click()
    desk.page.get_by_role("menuitem", name=re.compile(said["form"])).click()
    desk.reply(said["please"])
    sent = customer.given("flow")
    assert sent["interactive"]["action"]["parameters"]["flow_id"] == FLOWS[language]
    customer.fill(sent, q1="２４０")
    answer = desk.message(said["question"]).last
    expect(answer).to_contain_text("240")
    expect(answer).to_contain_text(said["form"])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_code_brings_a_shopper_on_the_phone_over_with_their_cart(
    shopper: Shoppers, agent: Agents, account: Account, language: str
) -> None:
    words, said = Words(language), SAID[language]
    desk, somebody = agent(language), shopper(language, viewport=PHONE, has_touch=True)
    choose_first(somebody, IN_CHAT[language])
    expect(somebody.panel.locator(".put-in")).to_have_count(1)
    somebody.say(said["person"])
    expect(somebody.panel.get_by_text(said["called"])).to_be_visible()
    somebody.say(said["over"])
    desk.open(said["over"])

    desk.customer.get_by_role("button", name=words("desk.link.open")).click()
    sheet = desk.page.get_by_role("dialog")
    sheet.get_by_role("button", name="WhatsApp").click()
    expect(sheet.get_by_role("img", name=words("desk.link.code"))).to_be_visible()
    sheet.get_by_role("button", name=words("desk.link.insert")).click()
    desk.send()
    link = somebody.panel.get_by_role("link", name=re.compile(r"wa\.me"))
    expect(link).to_be_visible()
    greeting = unquote((link.get_attribute("href") or "").partition("?text=")[2])

    customer = account.customer(NUMBERS[language][1])
    customer.say(greeting)
    expect(desk.page.get_by_text(words("desk.event.arrivedNobody"))).to_be_visible()
    desk.press("hand_back")
    customer.say(said["cart"])
    customer.given("", said["kettle"])
    customer.given("", said["bot"])
    expect(desk.message(said["cart"])).to_be_visible()
