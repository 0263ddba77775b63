"""Templates as Meta lists them, fills them and tells of them; pure, and against the fake."""

from typing import Any

import pytest

from kaiwa.channels import Account, Route, Standing
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Invalid, Refused
from kaiwa.vocabulary.reply import Reply, TextBlock
from kaiwa.vocabulary.template import Blank, Template, TemplateButton, TemplateUse, blanks
from tests.channels.whatsapp.conftest import NOW, NUMBER, USER
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import WhatsAppWebhooks

KINDS = ("whatsapp_user", "whatsapp_number")
HEADER = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x.test/a"]}}
BUTTONS = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "はい"},
        {
            "type": "URL",
            "text": "追跡",
            "url": "https://shop.example/t/{{1}}",
            "example": ["https://shop.example/t/99"],
        },
        {"type": "COPY_CODE", "example": "SALE10"},
    ],
}
BODY = "{{customer_name}}様、ご注文{{order_number}}を発送しました。"


async def listed(platform: WhatsAppPlatform, account: Account) -> list[Template]:
    return await CHANNEL.templates(account, InProcessHttp(platform))


async def sent(platform: WhatsAppPlatform, account: Account, use: TemplateUse, to: str) -> Any:
    reply = Reply((TextBlock(text=use.text),), template=use)
    (wire,) = CHANNEL.render(reply, Route("template", to, "metered")).wires
    return await CHANNEL.send(wire, account, InProcessHttp(platform), retry_key="k")


async def test_every_page_is_read_and_each_blank_is_known(
    platform: WhatsAppPlatform, account: Account
) -> None:
    body = {"body_text_named_params": [{"param_name": "customer_name", "example": "はな"}]}
    platform.templates.add("one", "UTILITY", "こんにちは。")
    platform.templates.add("two", "MARKETING", "{{1}}がお得", language="ja", status="PAUSED")
    made = platform.templates.add("shipped", "UTILITY", BODY, HEADER, BUTTONS)
    made["components"][0]["example"] = body
    platform.templates.add("form", "UTILITY", "どうぞ", {"type": "ORDER_DETAILS"})
    found = await listed(platform, account)
    states = [(one.name, one.category, one.status, one.beyond) for one in found]
    assert states == [
        ("one", "utility", "approved", ""),
        ("two", "marketing", "paused", ""),
        ("shipped", "utility", "approved", ""),
        ("form", "utility", "approved", "order_details"),
    ]
    assert blanks(found[2]) == [
        Blank("header.media", "image"),
        Blank("body.customer_name", "text", "はな"),
        Blank("body.order_number", "text"),
        Blank("button.1", "url", "99"),
        Blank("button.2", "code", "SALE10"),
    ]


async def test_a_filled_template_goes_out_whole_and_reads_as_shown(
    platform: WhatsAppPlatform, account: Account
) -> None:
    platform.templates.add("shipped", "UTILITY", BODY, HEADER, BUTTONS)
    platform.templates.add("greeting", "UTILITY", "{{2}}、{{1}}", language="en_US")
    platform.wrote_at.clear()
    found = await listed(platform, account)
    values = {
        "header.media": "https://shop.example/box.jpg",
        "body.customer_name": "はな\n",
        "body.order_number": "1042",
        "button.1": "1042-2",
        "button.2": "SALE10",
    }
    use = CHANNEL.fill(found[0], values, 1)
    assert use.text.splitlines()[1:] == [
        "はな様、ご注文1042を発送しました。",
        "[はい]",
        "[追跡 https://shop.example/t/1042-2]",
        "[SALE10]",
    ]
    await sent(platform, account, use, USER)
    await sent(platform, account, CHANNEL.fill(found[1], {"body.1": "a", "body.2": "b"}, 1), NUMBER)
    assert [one["type"] for one in platform.journal] == ["template", "template"]


def card(words: str, shop: str = "https://shop.example/p/{{1}}") -> dict[str, Any]:
    url = {"type": "URL", "text": "見る", "url": shop, "example": ["https://shop.example/p/mug"]}
    buttons = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "ほかにも"}, url]}
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
    return {"components": [header, {"type": "BODY", "text": words}, buttons]}


CAROUSEL = {"type": "CAROUSEL", "cards": [card("{{product_title}}"), card("{{1}} {{2}}")]}
FILLED = {
    "body.1": "はな",
    "card.0.media": "https://shop.example/mug.jpg",
    "card.0.body.product_title": "青いマグ",
    "card.0.button.1": "mug",
    "card.1.media": "https://shop.example/cup.jpg",
    "card.1.body.1": "茶碗",
    "card.1.body.2": "¥2,400",
    "card.1.button.1": "cup",
}


async def test_a_carousel_is_filled_card_by_card(
    platform: WhatsAppPlatform, account: Account
) -> None:
    platform.templates.add("cart", "MARKETING", "{{1}}様、お待ちしています。", CAROUSEL)
    (found,) = await listed(platform, account)
    assert [(one.key, one.kind, one.example) for one in blanks(found)] == [
        ("body.1", "text", ""),
        ("card.0.media", "image", ""),
        ("card.0.body.product_title", "text", ""),
        ("card.0.button.1", "url", "mug"),
        ("card.1.media", "image", ""),
        ("card.1.body.1", "text", ""),
        ("card.1.body.2", "text", ""),
        ("card.1.button.1", "url", "mug"),
    ]
    use = CHANNEL.fill(found, FILLED, 1)
    assert use.text.splitlines() == [
        "はな様、お待ちしています。",
        "https://shop.example/mug.jpg",
        "青いマグ",
        "[ほかにも]",
        "[見る https://shop.example/p/mug]",
        "https://shop.example/cup.jpg",
        "茶碗 ¥2,400",
        "[ほかにも]",
        "[見る https://shop.example/p/cup]",
    ]
    assert (await sent(platform, account, use, USER)).external_ids
    for wrong in (
        {"card.1.media": "http://shop.example/cup.jpg"},
        {"card.1.body.1": "茶" * 154},
        {"card.0.button.1": "青"},
    ):
        with pytest.raises(Invalid) as error:
            CHANNEL.fill(found, FILLED | wrong, 1)
        assert set(wrong) <= set(error.value.detail["blanks"])
    assert len(platform.journal) == 1


async def test_a_carousel_of_products_in_meta_s_catalogue_is_beyond(
    platform: WhatsAppPlatform, account: Account
) -> None:
    header = {"type": "HEADER", "format": "PRODUCT"}
    buttons = {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}
    cards = [{"components": [header, buttons]}] * 2
    platform.templates.add("p", "MARKETING", "?", {"type": "CAROUSEL", "cards": cards})
    (found,) = await listed(platform, account)
    assert found.beyond == "product, spm"


async def test_a_one_time_code_goes_to_a_number_and_to_no_id_of_meta_s(
    platform: WhatsAppPlatform, account: Account
) -> None:
    copying = {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "コピー"}]}
    platform.templates.add(
        "code", "AUTHENTICATION", "*{{1}}* がコードです。", copying,
        {"type": "FOOTER", "code_expiration_minutes": 10},
    )  # fmt: skip
    (found,) = await listed(platform, account)
    assert [one.key for one in blanks(found)] == ["body.1"]
    use = CHANNEL.fill(found, {"body.1": "042042"}, 1)
    assert use.text == "*042042* がコードです。\n[コピー]"
    assert (await sent(platform, account, use, NUMBER)).external_ids
    with pytest.raises(Refused):
        await sent(platform, account, use, USER)
    with pytest.raises(Invalid):
        CHANNEL.fill(found, {"body.1": "4" * 16}, 1)
    by = [Standing(Address(1, kind, "?"), template="authentication") for kind in KINDS]
    assert [len(CHANNEL.routes(one, NOW)) for one in by] == [0, 1]
    assert len(platform.journal) == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "unfilled"),
        ({"body.1": " \n"}, "unfilled"),
        ({"body.1": "a" * 1_025, "button.0": "x"}, "unfit"),
        ({"body.1": "a", "button.0": "今"}, "unfit"),
    ],
)
def test_what_whatsapp_would_refuse_is_refused_before(values: dict[str, str], reason: str) -> None:
    button = TemplateButton("url", "見る", "https://shop.example/{{1}}")
    made = Template(
        name="t", language="ja", category="utility", status="approved", body="{{1}}",
        buttons=(button,),
    )  # fmt: skip
    with pytest.raises(Invalid) as error:
        CHANNEL.fill(made, values, 1)
    assert error.value.detail["reason"] == reason


async def test_meta_refuses_what_is_not_approved_or_not_wanted(
    platform: WhatsAppPlatform, account: Account
) -> None:
    made = platform.templates.add("sale", "MARKETING", "お得です。")
    (known,) = await listed(platform, account)
    use = CHANNEL.fill(known, {}, 1)
    for change, reason in (({"status": "PAUSED"}, "template"), ({"status": "APPROVED"}, None)):
        made.update(change)
        if reason is None:
            platform.templates.stopped.add(USER)
        with pytest.raises(Refused) as error:
            await sent(platform, account, use, USER)
        assert error.value.detail["reason"] == (reason or "no_consent")
    assert platform.journal == []


def told(field: str, value: dict[str, Any], at: float = NOW.timestamp()) -> list[Any]:
    meta = WhatsAppWebhooks("s", now_s=lambda: at)
    return [event for _, event in CHANNEL.parse(meta.deliver(value, field=field)[0], NOW)]


def test_what_meta_tells_of_a_template_is_heard_and_twice_the_same_is_two_things() -> None:
    named = {
        "message_template_id": 12,
        "message_template_name": "sale",
        "message_template_language": "ja",
    }
    paused = {"event": "PAUSED", "reason": "NONE", **named}
    (first,) = told("message_template_status_update", paused)
    (again,) = told("message_template_status_update", paused, NOW.timestamp() + 60)
    assert first.heard == heard.TemplateTold("sale", "ja", "12", status="paused", reason="")
    assert first.occurred_at == NOW
    assert first.external_id != again.external_id
    (better,) = told("message_template_quality_update", {"new_quality_score": "RED", **named})
    assert better.heard == heard.TemplateTold("sale", "ja", "12", quality="red")
    (moved,) = told("template_category_update", {"new_category": "MARKETING", **named})
    assert moved.heard == heard.TemplateTold("sale", "ja", "12", category="marketing")
    announced = {"new_category": "UTILITY", "correct_category": "MARKETING", **named}
    (soon,) = told("template_category_update", announced)
    assert soon.heard == heard.TemplateTold("sale", "ja", "12")


def test_a_wish_about_advertising_is_the_customers_word() -> None:
    meta = WhatsAppWebhooks("s", now_s=NOW.timestamp)
    contacts = [{"wa_id": NUMBER, "user_id": USER}, {"wa_id": "1", "user_id": "US.1"}]
    wishes = meta.wish("stop", number=NUMBER)["user_preferences"]
    wishes += meta.wish("resume", USER)["user_preferences"]
    events = told("user_preferences", {"contacts": contacts, "user_preferences": wishes})
    assert [(one.sender.kind, one.sender.value) for one in events] == [("whatsapp_user", USER)] * 2
    assert [one.heard for one in events] == [
        heard.Declined("User requested to stop marketing messages"),
        heard.Agreed("User requested to resume marketing messages"),
    ]
