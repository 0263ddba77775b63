"""pywa drives the fake we trust, and sends what we send.

Differences, explained: of a text the library always says whether links have previews, where we
leave WhatsApp's default (no) unsaid; a section without a title has an empty one; it checks no
length, so that the fake refuses to it what we never send; it counts a template's buttons by a
number where Meta's examples, and we, write digits; and it tells the end of an offer in seconds in a
field that Meta reads as milliseconds, so that we give it a moment a thousand times as far away.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from pywa import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types import (
    Button,
    FlowActionType,
    FlowButton,
    ProductsSection,
    Section,
    SectionList,
    SectionRow,
    URLButton,
)
from pywa.types import templates as t
from pywa.types.templates import TemplateLanguage

from kaiwa.channels import Account, Route
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Reply
from tests.channels.whatsapp.conftest import NUMBER, USER
from tests.channels.whatsapp.test_offers import CODE, ENDS, ENDS_MS, OFFER, button
from tests.channels.whatsapp.test_templates import BODY, BUTTONS, CAROUSEL, FILLED, HEADER
from tests.fakes.line_http import served
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import NUMBER_ID

ANSWERS = tuple(r.ReplyAction(f"答え{number}", payload=f"a:{number}") for number in range(5))
CARD = r.ProductCard(
    alt_text="シャツ",
    title="リネンシャツ",
    price=Money(1_980, "JPY"),
    image_url="https://shop.example/1.jpg",
    actions=(r.ReplyAction("買う", payload="add:1"),),
)
REPLIES = {
    "text": Reply((r.TextBlock(text="こんにちは。"),)),
    "image": Reply((r.ImageBlock(alt_text="マグ", url="https://shop.example/m.png"),)),
    "video": Reply((r.VideoBlock(alt_text="映像", url="https://shop.example/m.mp4"),)),
    "audio": Reply((r.AudioBlock(alt_text="声", url="https://shop.example/m.mp3"),)),
    "document": Reply((r.FileBlock(alt_text="説明書", url="https://shop.example/m.pdf"),)),
    "buttons": Reply((r.Buttons(alt_text="?", text="どちら？", actions=ANSWERS[:3]),)),
    "list": Reply((r.Buttons(alt_text="?", text="どれ？", actions=ANSWERS),)),
    "link": Reply(
        (
            r.Buttons(
                alt_text="?", text="店", actions=(r.UrlAction("見る", url="https://shop.example/"),)
            ),
        )
    ),
    "card": Reply((CARD,)),
    "product": Reply((msgspec.structs.replace(CARD, sku="SHIRT-1"),)),
    "flow": Reply(
        (
            r.Form(
                alt_text="採寸",
                title="採寸",
                fields=(r.FormField("q1", "手首"),),
                submit_label="送信",
                asked=7,
                flow=r.Flow(1, "4242", "FORM"),
            ),
        )
    ),
    "products": Reply(
        (
            r.Carousel(
                alt_text="シャツ",
                cards=tuple(msgspec.structs.replace(CARD, sku=f"SHIRT-{n}") for n in (1, 2)),
            ),
        )
    ),
}
SHELF = "1001"

SHIPPED = {
    "header.media": "https://shop.example/box.jpg",
    "body.customer_name": "はな",
    "body.order_number": "1042",
    "button.1": "1042-2",
    "button.2": "SALE10",
}


@pytest.fixture
def loopback(platform: WhatsAppPlatform) -> Iterator[str]:
    with served(platform) as base:
        yield base


@pytest.fixture
def sdk(loopback: str) -> WhatsApp:
    session = httpx.Client(timeout=60)
    made = WhatsApp(phone_id=NUMBER_ID, token="t0ken", session=session)
    # The library names Meta's host itself; its calls end at the fake.
    session.base_url = httpx.URL(
        str(session.base_url).replace("https://graph.facebook.com", loopback)
    )
    return made


async def ours(account: Account, base: str, reply: Reply, to: str) -> None:
    http = AiohttpHttp()
    here = msgspec.structs.replace(account, api_base=base)
    way = Route("service", to, "metered", catalogue=SHELF)
    try:
        for wire in CHANNEL.render(reply, way).wires:
            assert (await CHANNEL.send(wire, here, http, retry_key="k")).external_ids
    finally:
        await http.close()


def theirs(sdk: WhatsApp, body: dict[str, Any]) -> None:
    """The same message by the library's own methods and types."""
    to = body.get("to") or body["recipient"]
    match body["type"]:
        case "text":
            sdk.send_message(to, body["text"]["body"])
        case "interactive":
            shown = body["interactive"]
            if "catalog_id" in shown["action"]:
                _products(sdk, to, shown)
                return
            sdk_image = shown.get("header", {}).get("image", {}).get("link")
            if sdk_image:
                sdk.send_image(to, sdk_image, shown["body"]["text"], buttons=_pressed(shown))
            else:
                sdk.send_message(to, shown["body"]["text"], buttons=_pressed(shown))
        case "image":
            sdk.send_image(to, body["image"]["link"], body["image"].get("caption"))
        case "video":
            sdk.send_video(to, body["video"]["link"], body["video"].get("caption"))
        case "audio":
            sdk.send_audio(to, body["audio"]["link"])
        case "document":
            told = body["document"]
            sdk.send_document(to, told["link"], told.get("filename"), told.get("caption"))


def _products(sdk: WhatsApp, to: str, shown: dict[str, Any]) -> None:
    action, words = shown["action"], shown["body"]["text"]
    if shown["type"] == "product":
        sdk.send_product(to, SHELF, action["product_retailer_id"], words)
        return
    sections = [
        ProductsSection(
            section["title"], [one["product_retailer_id"] for one in section["product_items"]]
        )
        for section in action["sections"]
    ]
    sdk.send_products(to, SHELF, sections, shown["header"]["text"], words)


def _pressed(shown: dict[str, Any]) -> Any:
    action = shown["action"]
    match shown["type"]:
        case "button":
            pressed = (one["reply"] for one in action["buttons"])
            return [Button(one["title"], one["id"]) for one in pressed]
        case "flow":
            told = action["parameters"]
            return FlowButton(
                told["flow_cta"],
                told["flow_id"],
                told["flow_token"],
                FlowActionType.NAVIGATE,
                told["flow_action_payload"]["screen"],
                flow_message_version="3",
            )
        case "cta_url":
            told = action["parameters"]
            return URLButton(told["display_text"], told["url"])
        case "list":
            sections = [
                Section(
                    section.get("title", ""),
                    [
                        SectionRow(row["title"], row["id"], row.get("description"))
                        for row in section["rows"]
                    ],
                )
                for section in action["sections"]
            ]
            return SectionList(action["button"], sections)


def _without_defaults(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_defaults(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _without_defaults(each)
        for key, each in part.items()
        if each not in (None, "") and (key, each) != ("preview_url", False)
    }


@pytest.mark.parametrize("to", [USER, NUMBER])
@pytest.mark.parametrize("name", sorted(REPLIES))
async def test_the_library_and_we_put_the_same_message_on_the_wire(
    name: str, to: str, account: Account, sdk: WhatsApp, loopback: str, platform: WhatsAppPlatform
) -> None:
    platform.catalogue.connect(SHELF, "SHIRT-1", "SHIRT-2")
    platform.flows["4242"] = ("PUBLISHED", {"FORM"})
    await ours(account, loopback, REPLIES[name], to)
    mine, platform.journal = platform.journal, []
    assert mine
    for body in mine:
        theirs(sdk, body)
    assert platform.undelivered == []
    assert _without_defaults(platform.journal) == _without_defaults(mine)


async def test_the_library_and_we_hear_the_same_no(
    account: Account, sdk: WhatsApp, loopback: str, platform: WhatsAppPlatform
) -> None:
    # What the library lets through, the platform does not.
    with pytest.raises(WhatsAppError) as refused:
        sdk.send_message(USER, "x" * 4_097)
    assert refused.value.code == 131009
    with pytest.raises(WhatsAppError):
        sdk.send_message(USER, "?", buttons=[Button(f"{n}", f"{n}") for n in range(4)])
    platform.absent.add(USER)
    with pytest.raises(WhatsAppError) as refused:
        sdk.send_message(USER, "hi")
    assert refused.value.code == 131026
    with pytest.raises(Refused) as mine:
        await ours(account, loopback, REPLIES["text"], USER)
    assert mine.value.detail["reason"] == "blocked"
    assert platform.journal == []


async def test_the_library_and_we_send_the_same_templates(
    account: Account, sdk: WhatsApp, loopback: str, platform: WhatsAppPlatform
) -> None:
    platform.templates.add("shipped", "UTILITY", BODY, HEADER, BUTTONS)
    platform.templates.add("cart", "MARKETING", "{{1}}様", CAROUSEL)
    copying = {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "コピー"}]}
    platform.templates.add("code", "AUTHENTICATION", "*{{1}}*", copying)
    here = msgspec.structs.replace(account, api_base=loopback)
    http = AiohttpHttp()
    try:
        listed = {one.name: one for one in await CHANNEL.templates(here, http)}
    finally:
        await http.close()
    for name, values in (("shipped", SHIPPED), ("cart", FILLED), ("code", {"body.1": "042042"})):
        use = CHANNEL.fill(listed[name], values, 1)
        reply = Reply((r.TextBlock(text=use.text),), template=use)
        await ours(account, loopback, reply, NUMBER)
    mine, platform.journal = platform.journal, []
    for name, params in theirs_filled().items():
        sdk.send_template(NUMBER, name, TemplateLanguage.JAPANESE, params)
    assert len(mine) == 3
    assert _without_defaults(_counted(platform.journal)) == _without_defaults(_counted(mine))


def theirs_filled() -> dict[str, list[Any]]:
    """The same values by the library's own parts."""
    words: Any = t.BodyText.params
    one = [
        t.HeaderImage.params(image="https://shop.example/mug.jpg"),
        words(product_title="青いマグ"),
        t.URLButton.params(url_variable="mug", index=1),
    ]
    two = [
        t.HeaderImage.params(image="https://shop.example/cup.jpg"),
        words("茶碗", "¥2,400"),
        t.URLButton.params(url_variable="cup", index=1),
    ]
    cards = [t.CarouselCard.params(params=each, index=n) for n, each in enumerate((one, two))]
    return {
        "shipped": [
            t.HeaderImage.params(image="https://shop.example/box.jpg"),
            words(customer_name="はな", order_number="1042"),
            t.URLButton.params(url_variable="1042-2", index=1),
            t.CopyCodeButton.params(coupon_code="SALE10", index=2),
        ],
        "cart": [words("はな"), t.Carousel.params(cards=cards)],
        "code": [
            t.AuthenticationBody.params(otp="042042"),
            t.CopyCodeOTPButton.params(otp="042042"),
        ],
    }


def _counted(part: Any) -> Any:
    """With a button's place as a number, and kinds in one case: Meta reads either."""
    if isinstance(part, list):
        return [_counted(each) for each in part]
    if not isinstance(part, dict):
        return part
    told = {key: _counted(each) for key, each in part.items()}
    told |= {key: str(told[key]).lower() for key in ("type", "sub_type") if key in told}
    return told | ({"index": int(told["index"])} if "index" in told else {})


async def test_the_library_and_we_send_the_same_offers_and_products(
    account: Account, sdk: WhatsApp, loopback: str, platform: WhatsAppPlatform
) -> None:
    platform.templates.add("offer", "MARKETING", "{{1}}様へ", OFFER, CODE)
    platform.templates.add("shelf", "MARKETING", "{{1}}様へ", button("CATALOG"))
    platform.templates.add("chosen", "MARKETING", "{{1}}様へ", button("MPM"))
    here = msgspec.structs.replace(account, api_base=loopback)
    http = AiohttpHttp()
    try:
        listed = {one.name: one for one in await CHANNEL.templates(here, http)}
    finally:
        await http.close()
    offer = {"offer.ends": ENDS, "button.0": "AKI10", "button.1": "aki"}
    for name, values in (
        ("offer", offer),
        ("shelf", {"button.0": "MUG-1"}),
        ("chosen", {"button.0": "MUG-1,MUG-2"}),
    ):
        use = CHANNEL.fill(listed[name], {"body.1": "はな", **values}, 1)
        await ours(account, loopback, Reply((r.TextBlock(text="?"),), template=use), NUMBER)
    mine, platform.journal = platform.journal, []
    body: Any = t.BodyText.params
    words = body("はな")
    section = ProductsSection("商品を見る", ["MUG-1", "MUG-2"])
    params: dict[str, list[Any]] = {
        "offer": [
            words,
            t.LimitedTimeOffer.params(expiration_time=Stamp(ENDS_MS)),  # type: ignore[arg-type]
            t.CopyCodeButton.params(coupon_code="AKI10", index=0),
            t.URLButton.params(url_variable="aki", index=1),
        ],
        "shelf": [words, t.CatalogButton.params(thumbnail_product_sku="MUG-1", index=0)],
        "chosen": [
            words,
            t.MPMButton.params(product_sections=[section], thumbnail_product_sku="MUG-1", index=0),
        ],
    }
    for name, each in params.items():
        sdk.send_template(NUMBER, name, TemplateLanguage.JAPANESE, each)
    assert len(mine) == 3
    theirs_now = _without_defaults(_counted(platform.journal))
    assert _in_order(theirs_now) == _in_order(_without_defaults(_counted(mine)))


class Stamp:
    """A moment that tells milliseconds where the library asks for seconds."""

    def __init__(self, millis: int) -> None:
        self._millis = millis

    def timestamp(self) -> int:
        return self._millis


def _in_order(sent: Any) -> Any:
    """The parts of a template stand in any order."""
    for body in sent:
        parts = body["template"]["components"]
        parts.sort(key=lambda one: (one["type"], one.get("index", 0)))
    return sent
