"""Templates of offers that end, and of Meta's catalogue: filled, and sent as Meta takes them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kaiwa.channels import Account
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.template import Blank, Template, blanks
from tests.channels.whatsapp.conftest import NUMBER
from tests.channels.whatsapp.test_templates import listed, sent
from tests.fakes.whatsapp_platform import WhatsAppPlatform

ENDS = "2026-11-30T23:59+09:00"
ENDS_MS = int(datetime(2026, 11, 30, 14, 59, tzinfo=UTC).timestamp() * 1_000)
OFFER = {
    "type": "LIMITED_TIME_OFFER",
    "limited_time_offer": {"text": "秋の特別価格", "has_expiration": True},
}
CODE = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "COPY_CODE", "example": "AKI10"},
        {"type": "URL", "text": "見る", "url": "https://shop.example/{{1}}", "example": ["x"]},
    ],
}


def button(kind: str) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": [{"type": kind, "text": "商品を見る"}]}


async def one(platform: WhatsAppPlatform, account: Account, *parts: Any) -> Template:
    platform.templates.add("aki", "MARKETING", "{{1}}様へ", *parts)
    (found,) = await listed(platform, account)
    assert found.beyond == ""
    return found


def parts(platform: WhatsAppPlatform) -> dict[str, Any]:
    (body,) = platform.journal
    components = body["template"]["components"]
    return {f"{each['type']}{each.get('index', '')}": each["parameters"] for each in components}


async def test_an_offer_says_when_it_ends(platform: WhatsAppPlatform, account: Account) -> None:
    found = await one(platform, account, OFFER, CODE)
    assert blanks(found) == [
        Blank("offer.ends", "moment"),
        Blank("body.1", "text"),
        Blank("button.0", "code", "AKI10"),
        Blank("button.1", "url", "x"),
    ]
    values = {"offer.ends": ENDS, "body.1": "はな", "button.0": "AKI10", "button.1": "aki"}
    use = CHANNEL.fill(found, values, 1)
    assert use.text.splitlines()[:2] == ["秋の特別価格 ⏳ 2026-11-30 23:59+09:00", "はな様へ"]
    assert (await sent(platform, account, use, NUMBER)).external_ids
    told = parts(platform)
    assert told["limited_time_offer"] == [
        {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": ENDS_MS}}
    ]
    assert told["button0"] == [{"type": "coupon_code", "coupon_code": "AKI10"}]


@pytest.mark.parametrize("ends", ["soon", "2026-11-30", "2026-11-30T23:59", "2026-13-01T00:00Z"])
async def test_a_moment_that_is_none_is_not_sent(
    platform: WhatsAppPlatform, account: Account, ends: str
) -> None:
    found = await one(platform, account, OFFER)
    with pytest.raises(Invalid) as refused:
        CHANNEL.fill(found, {"offer.ends": ends, "body.1": "はな"}, 1)
    assert refused.value.detail["blanks"] == ["offer.ends"]
    assert platform.journal == []


async def test_an_offer_without_an_end_has_no_blank_for_one(
    platform: WhatsAppPlatform, account: Account
) -> None:
    lasting = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "秋の特別価格"}}
    found = await one(platform, account, lasting)
    assert [each.key for each in blanks(found)] == ["body.1"]
    use = CHANNEL.fill(found, {"body.1": "はな"}, 1)
    assert use.text == "秋の特別価格\nはな様へ"
    assert (await sent(platform, account, use, NUMBER)).external_ids


async def test_a_catalogue_opens_on_a_product_if_one_is_named(
    platform: WhatsAppPlatform, account: Account
) -> None:
    found = await one(platform, account, button("CATALOG"))
    assert blanks(found)[1] == Blank("button.0", "product", optional=True)
    use = CHANNEL.fill(found, {"body.1": "はな"}, 1)
    assert (await sent(platform, account, use, NUMBER)).external_ids
    assert sorted(parts(platform)) == ["body"]
    platform.journal.clear()
    use = CHANNEL.fill(found, {"body.1": "はな", "button.0": "MUG-1"}, 1)
    assert use.text == "はな様へ\n[商品を見る]"
    assert (await sent(platform, account, use, NUMBER)).external_ids
    action = {"thumbnail_product_retailer_id": "MUG-1"}
    assert parts(platform)["button0"] == [{"type": "action", "action": action}]


async def test_chosen_products_are_a_list_below_the_words(
    platform: WhatsAppPlatform, account: Account
) -> None:
    found = await one(platform, account, button("MPM"))
    use = CHANNEL.fill(found, {"body.1": "はな", "button.0": "MUG-1, MUG-2, MUG-1"}, 1)
    assert (await sent(platform, account, use, NUMBER)).external_ids
    items = [{"product_retailer_id": "MUG-1"}, {"product_retailer_id": "MUG-2"}]
    assert parts(platform)["button0"] == [
        {
            "type": "action",
            "action": {
                "thumbnail_product_retailer_id": "MUG-1",
                "sections": [{"title": "商品を見る", "product_items": items}],
            },
        }
    ]


@pytest.mark.parametrize("skus", ["", " , ", ",".join(f"MUG-{n}" for n in range(31)), "x" * 101])
async def test_products_are_one_to_thirty(
    platform: WhatsAppPlatform, account: Account, skus: str
) -> None:
    found = await one(platform, account, button("MPM"))
    with pytest.raises(Invalid) as refused:
        CHANNEL.fill(found, {"body.1": "はな", "button.0": skus}, 1)
    assert refused.value.detail["blanks"] == ["button.0"]
