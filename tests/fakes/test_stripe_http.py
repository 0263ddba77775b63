"""The stand-in for Stripe is as strict as it says, and its pages lead where they should."""

import json

from tests.fakes.line_http import InProcessHttp
from tests.fakes.stripe_http import SECRET_KEY, StripeHttp

OWN = {
    "authorization": f"Bearer {SECRET_KEY}",
    "stripe-version": "2026-10-28.endive",
    "content-type": "application/x-www-form-urlencoded",
}
SESSION = (
    b"mode=payment&payment_method_types[0]=card&success_url=https://shop.example/done"
    b"&cancel_url=https://shop.example/back&line_items[0][quantity]=1"
    b"&line_items[0][price_data][currency]=jpy&line_items[0][price_data][unit_amount]=1650"
    b"&line_items[0][price_data][product_data][name]=Cup"
)
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def create(http: InProcessHttp, body: bytes = SESSION, **headers: str):
    given = {**OWN, "idempotency-key": "k1", **headers}
    url = "http://stripe.test/v1/checkout/sessions"
    answer = await http.call("POST", url, headers=given, body=body)
    return answer.status, json.loads(answer.body)


async def test_a_buyer_is_declined_then_pays_and_goes_back() -> None:
    fake = StripeHttp(now=lambda: 1_000_000.0)
    http = InProcessHttp(fake)
    _, session = await create(http)
    page = await http.call("GET", session["url"])
    assert page.status == 200
    assert b"1650 JPY" in page.body
    no = await http.call("POST", session["url"], headers=FORM, body=b"card=pm_card_chargeDeclined")
    assert (no.status, b"declined" in no.body) == (200, True)
    yes = await http.call("POST", session["url"], headers=FORM, body=b"card=pm_card_visa")
    assert (yes.status, yes.headers["location"]) == (303, "https://shop.example/done")
    kinds = [json.loads(body)["type"] for body in fake.events]
    assert kinds == [
        "payment_intent.payment_failed",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    again = await http.call("POST", session["url"], headers=FORM, body=b"card=pm_card_visa")
    assert b"no longer valid" in again.body
    assert len(fake.events) == 3


async def test_what_stripe_would_refuse_is_refused() -> None:
    http = InProcessHttp(StripeHttp(now=lambda: 1_000_000.0))
    for body, headers, status in (
        (SESSION, {"authorization": "Bearer sk_other"}, 401),
        (SESSION, {"stripe-version": "latest"}, 400),
        (SESSION, {"idempotency-key": ""}, 400),
        (SESSION, {"content-type": "application/json"}, 400),
        (SESSION + b"&colour=red", {}, 400),
        (SESSION + b"&customer_email=", {}, 400),
        (SESSION.replace(b"=1650", b"=49"), {}, 400),
        (SESSION.replace(b"https://shop.example/back", b"/back"), {}, 400),
        (SESSION + b"&expires_at=1000060", {}, 400),
    ):
        assert (await create(http, body, **headers))[0] == status, body
    first = await create(http)
    assert first == await create(http)
    status, other = await create(http, SESSION.replace(b"=1650", b"=1651"))
    assert (status, other["error"]["type"]) == (400, "idempotency_error")
