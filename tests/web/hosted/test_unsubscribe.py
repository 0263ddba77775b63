"""One click ends advertising: by POST only, as often as it is pressed, for that address alone."""

import msgspec
import pytest

from kaiwa.channels import Route, Thread
from kaiwa.conversations.one_click import OneClick
from kaiwa.customers.consent import ConsentGiven, consent_state, record_consent
from kaiwa.customers.identity import Identity, resolve
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inbox_by_key
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.reply import Reply, TextBlock, plain
from tests.web.asgi import call
from tests.web.doors import CHAT, NOW, Doors
from tests.web.hosted.window import Window

FORM = {"content-type": "application/x-www-form-urlencoded"}
PARTS = {"content-type": "multipart/form-data; boundary=b"}
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
)


@pytest.fixture
def where(doors: Doors) -> Identity:
    def make(session: Session) -> Identity:
        box = inbox_by_key(session, CHAT)
        found = resolve(session, box.merchant_id, Address(box.id, "visitor", "mika"), NOW)
        agreed = ConsentGiven("granted", "test")
        record_consent(session, box.merchant_id, found.id, agreed, NOW)
        return found

    return doors.db.write_now(make)


def state(doors: Doors, where: Identity) -> str:
    return doors.db.read_now(lambda s: consent_state(s, where.merchant_id, where.id))


def path(doors: Doors, where: Identity, by: int = 0) -> str:
    links = OneClick(doors.running.context.secrets, "https://kaiwa.example")
    return links.path(where.merchant_id + by, where.id)


async def test_looking_changes_nothing_and_the_button_ends_it(
    doors: Doors, where: Identity
) -> None:
    window = await Window(doors).go(path(doors, where))
    assert (window.answer.status, state(doors, where)) == (200, "granted")
    assert "配信を停止しますか" in window.text
    action = window.form(window.path).action
    await window.post(action, [("List-Unsubscribe", "One-Click")])
    assert ("停止しました" in window.text, state(doors, where)) == (True, "refused")


@pytest.mark.parametrize(
    ("headers", "body"), [(FORM, b"List-Unsubscribe=One-Click"), (PARTS, MULTIPART)]
)
async def test_a_mail_program_ends_it_without_cookies_once_or_twice(
    doors: Doors, where: Identity, headers: dict[str, str], body: bytes
) -> None:
    for _ in range(2):
        answer = await call(doors.app, "POST", path(doors, where), headers=headers, body=body)
        assert answer.status == 200
    assert state(doors, where) == "refused"
    assert doors.count("consent", "state = 'refused'") == 1


async def test_another_post_and_another_address_change_nothing(
    doors: Doors, where: Identity
) -> None:
    own = path(doors, where)
    for target, body, status in (
        (own, b"yes=1", 400),
        (own.replace("/unsubscribe/A", "/unsubscribe/B"), b"List-Unsubscribe=One-Click", 404),
        (path(doors, where, by=1), b"List-Unsubscribe=One-Click", 404),
        ("/unsubscribe/" + "é" * 20, b"List-Unsubscribe=One-Click", 404),
    ):
        answer = await call(doors.app, "POST", target, headers=FORM, body=body)
        assert answer.status == status
    assert state(doors, where) == "granted"


def test_advertising_and_what_answers_no_mail_of_theirs_carry_the_way_out(
    doors: Doors, where: Identity
) -> None:
    links = OneClick(doors.running.context.secrets, "https://kaiwa.example")
    by_mail = msgspec.structs.replace(where, channel="email")
    reply = Reply((TextBlock(text="セールです。"),))
    for thread, advertises, marked in (
        (Thread("Re"), False, False),
        (Thread("Re"), True, True),
        (None, False, True),
    ):
        route = links.marked(
            Route("mail", "a@b.example", thread=thread), by_mail, advertises=advertises
        )
        assert bool(route.opt_out) == marked
        told = plain(links.told(reply, route, advertises=advertises).blocks)
        assert (f"配信停止はこちら：{route.opt_out}" in told) == advertises
    assert links.marked(Route("push", "U1"), where, advertises=True).opt_out == ""
    private = OneClick(doors.running.context.secrets, None)
    assert private.marked(Route("mail", "a@b.example"), by_mail, advertises=True).opt_out == ""
