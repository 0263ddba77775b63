"""The same provider against a stateful Stripe that somebody else wrote, over real HTTP.

It knows cards and refunds; it has no Checkout Sessions, no vouchers, no search and no idempotency,
for which tests/fakes has our own stand-in.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from kaiwa.engines.http import AiohttpHttp
from kaiwa.payments import Account, Charge, GiveBack, provider
from kaiwa.vocabulary.money import Money

STRIPE = provider("stripe")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("localstripe")
    command = [str(program), "--from-scratch", "--port", str(port)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=dict(os.environ))
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(url, trust_env=False)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def card(base: str, number: str) -> str:
    """A payment method of a test card."""
    form = {
        "type": "card",
        "card[number]": number,
        "card[exp_month]": "12",
        "card[exp_year]": "2040",
        "card[cvc]": "123",
    }
    answer = httpx.post(
        f"{base}/v1/payment_methods",
        content=urlencode(form),
        headers={
            "authorization": "Bearer sk_test_1",
            "content-type": "application/x-www-form-urlencoded",
        },
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text
    return str(json.loads(answer.content)["id"])


async def test_a_card_is_charged_looked_up_and_given_back(base: str) -> None:
    http, account = AiohttpHttp(), Account({"secret_key": "sk_test_1"}, base, {"kind": "card"})
    charge = Charge("key-1", Money(1650, "JPY"), card(base, "4242424242424242"))
    paid = await STRIPE.pay(charge, account, http)
    assert paid.state == "paid"
    known = Charge("key-1", Money(1650, "JPY"), reference=paid.reference)
    assert await STRIPE.look_up(known, account, http) == paid
    back = GiveBack("back-1", paid.reference or "", Money(650, "JPY"))
    assert (await STRIPE.give_back(back, account, http)).state == "completed"
    await http.close()


async def test_a_declined_card_is_declined(base: str) -> None:
    http, account = AiohttpHttp(), Account({"secret_key": "sk_test_1"}, base, {"kind": "card"})
    charge = Charge("key-2", Money(1650, "JPY"), card(base, "4000000000000341"))
    no = await STRIPE.pay(charge, account, http)
    assert (no.state, no.reason) == ("failed", "declined")
    await http.close()
