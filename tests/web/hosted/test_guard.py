"""What protects the hosted pages: tokens, headers, secret addresses."""

import pytest

from kaiwa.web.hosted import HEADERS
from tests.web.asgi import call
from tests.web.hosted.counter import ADDRESS, Counter
from tests.web.hosted.window import Window


async def test_every_page_is_unkept_unfound_and_unframed(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    found = window.answer.headers
    assert {name: found[name] for name in HEADERS} == HEADERS
    assert "'unsafe" not in HEADERS["content-security-policy"]
    assert found["cache-control"] == "no-store"
    assert found["referrer-policy"] == "same-origin"
    page = window.answer.body.decode()
    assert " style=" not in page
    assert " onclick=" not in page


async def test_the_cookie_is_for_the_server_alone(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    answer = await call(counter.doors.app, "GET", window.path)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("kaiwa_browser=")
    assert cookie.endswith("; HttpOnly; SameSite=Lax; Secure")


@pytest.mark.parametrize("broken", ["token", "cookie", "origin", "site"])
@pytest.mark.parametrize("what", ["address", "delivery", "payment", "coupon", "quantity", "order"])
async def test_a_form_that_is_not_ours_changes_nothing(
    counter: Counter, what: str, broken: str
) -> None:
    window = await counter.reviewed("card")
    before = counter.checkout(window)
    form = window.form("/order")
    fields = [*form.fields, *ADDRESS.items(), ("way", "1"), ("code", "HARU")]
    headers = {}
    if broken == "token":
        fields = [(name, value) for name, value in fields if name != "token"]
    elif broken == "cookie":
        window.cookies = {}
    elif broken == "origin":
        headers = {"origin": "https://evil.example"}
    else:
        headers = {"sec-fetch-site": "cross-site"}
    await window.post(form.action.replace("order", what), fields, **headers)
    assert window.answer.status == 403
    assert "ページを開いてから時間がたっています。" in window.text
    assert counter.checkout(window) == before
    assert counter.orders() == []


async def test_a_token_of_another_checkout_is_no_token(counter: Counter) -> None:
    one, other = await counter.begin(("KETTLE", 1)), await counter.begin(("TEA", 1))
    other.cookies = dict(one.cookies)
    token = dict(one.form("/address").fields)["token"]
    action = other.form("/address").action
    await other.post(action, [*ADDRESS.items(), ("token", token)])
    assert other.answer.status == 403


@pytest.mark.parametrize(
    "path",
    ["/checkout/nobody", "/checkout/a/b/c", "/orders/nobody", "/orders/%00", "/legal/x"],
)
async def test_what_is_not_there_is_a_page_that_says_so(counter: Counter, path: str) -> None:
    window = Window(counter.doors, "en")
    await window.go(path)
    assert window.answer.status == 404
    assert "We can't show this page" in window.text


@pytest.mark.parametrize("value", ["\0", "\ud7ff", "'; DROP TABLE cart;--", "<script>x</script>"])
async def test_odd_characters_are_text(counter: Counter, value: str) -> None:
    window = await counter.begin(("KETTLE", 1))
    await window.send("/address", **{**ADDRESS, "line2": value})
    assert window.answer.status == 200
    assert "<script>x" not in window.answer.body.decode()


async def test_a_head_is_a_page_without_its_body(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    answer = await call(counter.doors.app, "HEAD", window.path)
    assert (answer.status, answer.body) == (200, b"")
