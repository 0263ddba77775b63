"""Message templates from the command line, on both databases."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.commands.test_commands import Kaiwa, kaiwa, shop
from tests.fakes.line_http import served
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID

__all__ = ["kaiwa", "shop"]

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def meta() -> Iterator[str]:
    """The address of a platform that has approved two templates."""
    platform = WhatsAppPlatform("s3cret", "t0ken", now_s=time.time())
    platform.templates.add("shipped", "UTILITY", "{{customer_name}}様、{{item}}を発送。")
    platform.templates.add("sale", "MARKETING", "セールです。")
    with served(platform) as api:
        yield api


def _number(shop: Kaiwa, api: str) -> str:
    """A WhatsApp number of the shop whose platform is there; its inbox."""
    options = {
        "--access-token": "t0ken",
        "--app-secret": "s3cret",
        "--verify-token": "a-token-of-our-own",
        "--phone-number-id": NUMBER_ID,
        "--business-account-id": ACCOUNT_ID,
        "--api-base": api,
    }
    given = (word for pair in options.items() for word in pair)
    out = shop("channel", "add", "whatsapp", "-m", "kodachi", *given)[1]
    return re.findall(r"inbox: (\d+)", out)[0]


def _listed(shop: Kaiwa) -> list[list[str]]:
    """Inbox and name of each template that the shop knows of."""
    lines = shop("template", "list", "-m", "kodachi")[1].splitlines()
    return sorted(line.split()[:2] for line in lines if line[0].isdigit())


def test_a_platform_out_of_reach_keeps_nobody_from_the_others_templates(
    shop: Kaiwa, meta: str
) -> None:
    first, dead, last = _number(shop, meta), _number(shop, NOBODY), _number(shop, meta)
    status, out, err = shop("template", "sync", "-m", "kodachi")
    assert (status, out) == (1, f"inbox {first}: 2 changed\ninbox {last}: 2 changed\n")
    assert re.fullmatch(rf"kaiwa: inbox {dead}: .+\n", err)
    assert _listed(shop) == [
        [first, "sale"], [first, "shipped"], [last, "sale"], [last, "shipped"],
    ]  # fmt: skip


def test_what_was_read_before_has_not_changed(shop: Kaiwa, meta: str) -> None:
    number = _number(shop, meta)
    assert shop("template", "sync", "-m", "kodachi") == (0, f"inbox {number}: 2 changed\n", "")
    assert shop("template", "sync", "-m", "kodachi") == (0, f"inbox {number}: 0 changed\n", "")


def test_a_shop_without_such_an_inbox_is_told(shop: Kaiwa) -> None:
    words = "kaiwa: No inbox of this shop has message templates.\n"
    assert shop("template", "sync", "-m", "kodachi") == (1, "", words)
