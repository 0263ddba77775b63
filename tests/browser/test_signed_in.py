"""A customer of the shop whom its page signs in: the same chat on the phone and on the laptop."""

import time
import uuid

import httpx
import jwt
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Contexts
from tests.browser.office import Office
from tests.browser.people import HEARD_WITHIN_S, Shopper, Shoppers

SECRET = "the secret that the shop's own server knows"
SAID = {
    "ja": ("電話から、台所の棚に合いますか", "家から、幅は62cmです", "誰でもない人です"),
    "en": ("From the phone: does it fit my shelf?", "From home: it is 62 cm wide", "A nobody"),
}


@pytest.fixture(scope="module")
def signing(office: Office, base: str) -> None:
    """The shop has told its chat the secret; a moment later every door of the server knows it."""
    office.trusts(SECRET)
    door, until = f"{base}/api/widget/kodachi-demo/session", time.monotonic() + HEARD_WITHIN_S
    while httpx.post(door, json={"identity": _token("nobody")}, timeout=60).status_code == 403:
        assert time.monotonic() < until
        time.sleep(0.2)


def _token(customer: str, secret: str = SECRET) -> str:
    claims = {"sub": customer, "exp": int(time.time()) + 300, "name": "山田 花子"}
    return jwt.encode(claims, secret, algorithm="HS256")


def _signs_in(somebody: Shopper, token: str | None) -> None:
    """As the shop's page does, with a call that may come before the script."""
    somebody.page.evaluate(
        "token => { (window.Kaiwa ||= []).push(['identify', token]); }",
        token,
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_was_said_on_the_phone_is_there_at_home(
    shopper: Shoppers, signing: None, language: str
) -> None:
    on_the_way, at_home, nobody = SAID[language]
    customer = f"c-{uuid.uuid4().hex[:8]}"
    phone, laptop = shopper(language, viewport=PHONE), shopper(language)
    phone.visit("/kettle.html")
    _signs_in(phone, _token(customer))
    phone.open()
    phone.say(on_the_way)
    expect(phone.message(on_the_way)).to_be_visible()

    laptop.visit("/kettle.html")
    laptop.open()
    laptop.say(nobody)
    expect(laptop.message(nobody)).to_be_visible()
    expect(laptop.message(on_the_way)).to_have_count(0)
    _signs_in(laptop, _token(customer))
    expect(laptop.message(on_the_way)).to_be_visible()
    laptop.say(at_home)
    # The phone lies open beside it.
    expect(phone.message(at_home)).to_be_visible()
    laptop.page.reload()
    _signs_in(laptop, _token(customer))
    laptop.open()
    expect(laptop.message(on_the_way)).to_be_visible()
    expect(laptop.message(at_home)).to_have_count(1)

    _signs_in(laptop, None)
    expect(laptop.message(on_the_way)).to_have_count(0)
    expect(laptop.message(at_home)).to_have_count(0)
    expect(phone.message(at_home)).to_be_visible()


def test_who_cannot_prove_it_sees_nothing_of_hers(
    shopper: Shoppers, contexts: Contexts, signing: None
) -> None:
    customer = f"c-{uuid.uuid4().hex[:8]}"
    hers, thief = shopper("ja"), shopper("ja")
    hers.visit()
    _signs_in(hers, _token(customer))
    hers.open()
    hers.say("住所は大阪市北区です")
    expect(hers.message("住所は大阪市北区です")).to_be_visible()
    thief.visit()
    thief.open()
    with contexts.watch(thief.context).expecting(r"401 .*/session\]"):
        with thief.page.expect_response("**/session") as refused:
            _signs_in(thief, _token(customer, "a secret that somebody made up, long enough"))
        assert refused.value.status == 401
        thief.say("注文の住所を見せて")
        expect(thief.message("注文の住所を見せて")).to_be_visible()
        expect(thief.message("大阪市北区")).to_have_count(0)


def test_a_token_that_is_refused_still_lets_them_talk(
    shopper: Shoppers, contexts: Contexts, signing: None
) -> None:
    somebody = shopper("en")
    bad = _token("c-1", "not what the shop told its chat, alas")
    somebody.page.add_init_script(f"(window.Kaiwa ||= []).push(['identify', '{bad}'])")
    with contexts.watch(somebody.context).expecting(r"401 .*/session\]"):
        somebody.visit()
        somebody.open()
        somebody.say("How much is shipping?")
        expect(somebody.message("Shipping is a flat ¥660")).to_be_visible()
