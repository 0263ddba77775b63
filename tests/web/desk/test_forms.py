"""The shop's forms at the desk: kept by who may, sent as a card, read as an answer."""

from typing import Any

from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.conversations.form_asking import Given, answer_form
from kaiwa.merchants.inbox import NewInbox, add_inbox
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID
from tests.web.desk.test_cards import send
from tests.web.desk.test_inboxes import reach
from tests.web.desk.world import World

FORM: dict[str, Any] = {
    "title": {"ja": "採寸", "en": "Measuring"},
    "intro": {"ja": "", "en": "At home, please."},
    "thanks": {"ja": "", "en": ""},
    "questions": [
        {"kind": "number", "label": {"ja": "手首", "en": "Wrist"}, "required": True},
        {
            "kind": "choice",
            "label": {"ja": "色", "en": "Colour"},
            "options": [{"ja": "藍", "en": "Indigo"}, {"ja": "白", "en": "White"}],
        },
    ],
}


async def test_a_form_is_kept_sent_as_a_card_and_its_answer_read(world: World) -> None:
    owner = await world.browser(world.shop.hana)
    made = (await owner.post("/api/forms", FORM)).json()["form"]
    assert made["questions"][1]["options"][0] == {"ja": "藍", "en": "Indigo"}
    ken = await world.browser(world.shop.ken)
    assert [one["id"] for one in (await ken.get("/api/forms")).json()["forms"]] == [made["id"]]
    conv = world.shop.hears("v1", "Which size do I need?")
    card = {"type": "form", "form": made["id"]}
    for _ in range(2):
        answer = await send(ken, conv.id, card, text="Please")
        assert answer.status_code == 201, answer.text
    _, block = answer.json()["message"]["blocks"]
    assert (block["type"], block["title"], block["submit_label"]) == ("form", "Measuring", "Send")
    assert block["fields"][1]["options"] == ["Indigo", "White"]
    assert block["url"].startswith(owner.base + "/forms/")
    assert world.counted()["form_asking"] == 1
    given = Given("k1", {"q1": ["150"], "q2": ["White"]})
    ids, now = (world.shop.id, block["asked"]), world.shop.clock.now()
    world.db.write_now(lambda s: answer_form(s, ids, given, lambda s, fact: None, now))
    page = await ken.page(conv.id)
    content = page["messages"][-1]["content"]
    assert (content["type"], content["title"]) == ("form_answer", "Measuring")
    assert [(one["label"], one["values"]) for one in content["filled"]] == [
        ("Wrist", ["150"]),
        ("Colour", ["White"]),
    ]
    fact = (await owner.get("/api/export", what="events")).text
    assert '"fact":"form_asked"' in fact
    assert '"values":["White"]' in fact


async def test_who_may_not_changes_no_form_and_no_other_shop_sees_it(world: World) -> None:
    owner = await world.browser(world.shop.hana)
    made = (await owner.post("/api/forms", FORM)).json()["form"]
    ken, stranger = await world.browser(world.shop.ken), await world.browser(world.other.hana)
    before = world.counted()
    assert (await ken.post("/api/forms", FORM)).status_code == 403
    where = f"/api/forms/{made['id']}"
    for browser, status in ((ken, 403), (stranger, 404)):
        headers = {"X-CSRF-Token": browser.csrf}
        put = await browser.http.put(where, json=FORM, headers=headers)
        gone = await browser.http.delete(where, headers=headers)
        assert (put.status_code, gone.status_code) == (status, status)
    theirs = world.other.hears("v1", "Hello")
    answer = await send(stranger, theirs.id, {"type": "form", "form": made["id"]})
    assert answer.status_code == 404
    bad = FORM | {"questions": [{"kind": "choice", "label": {"ja": "色"}}]}
    refused = await owner.post("/api/forms", bad)
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (400, "form_options")
    huge = FORM | {"title": {"ja": "x" * 500}}
    assert (await owner.post("/api/forms", huge)).status_code == 400
    after = world.counted()
    assert {name: after[name] for name in ("form", "form_asking")} == {
        name: before[name] for name in ("form", "form_asking")
    }


async def test_a_sticker_leaves_as_a_picture_with_words(world: World) -> None:
    conv = world.shop.hears("v1", "Thank you for the kettle")
    ken = await world.browser(world.shop.ken)
    unknown = await send(ken, conv.id, {"type": "sticker", "sticker": "../secret"})
    assert (unknown.status_code, unknown.json()["error"]) == (404, "not_found")
    answer = await send(ken, conv.id, {"type": "sticker", "sticker": "thanks"}, client_id="c2")
    (block,) = answer.json()["message"]["blocks"]
    assert (block["type"], block["alt_text"]) == ("image", "Thank you")
    assert block["file"]["url"] == f"{ken.base}/stickers/thanks.png"


def whatsapp(world: World) -> tuple[WhatsAppPlatform, int]:
    """A WhatsApp inbox of the shop's, and the platform behind it."""
    platform = WhatsAppPlatform("s3cret", "t0ken", now_s=world.shop.clock.now().timestamp())
    reach(world, http=InProcessHttp(platform))
    known = {field.name: "a-token-of-16-characters" for field in CHANNEL.credential_fields}
    known |= {"access_token": "t0ken", "app_secret": "s3cret", "phone_number_id": NUMBER_ID}
    known |= {"business_account_id": ACCOUNT_ID, "catalog_id": ""}
    new = NewInbox("whatsapp", "WhatsApp", known, api_base="http://whatsapp.test")
    secrets, now = world.context.secrets, world.shop.clock.now()
    box = world.db.write_now(lambda s: add_inbox(s, world.shop.id, new, secrets, now))
    return platform, box.id


async def test_a_flow_is_connected_once_it_is_published_and_stays_until_questions_change(
    world: World,
) -> None:
    owner = await world.browser(world.shop.hana)
    made = (await owner.post("/api/forms", FORM)).json()["form"]
    assert (await owner.get("/api/forms")).json()["flow_inboxes"] == []
    platform, box = whatsapp(world)
    assert (await owner.get("/api/forms")).json()["flow_inboxes"] == [
        {"id": box, "name": "WhatsApp"}
    ]
    where = f"/api/forms/{made['id']}"
    told = (await owner.get(f"{where}/flow", at=str(box), language="en")).json()["flow"]
    assert told["screens"][0]["title"] == "Measuring"
    flow = {"inbox": box, "language": "en", "flow_id": "4242", "screen": "FORM"}
    for status, reason in (("", "flow_gone"), ("DRAFT", "flow_draft")):
        platform.flows = {"4242": (status, {"FORM"})} if status else {}
        refused = await owner.put(f"{where}/flows", {"flows": [flow]})
        assert refused.json()["detail"]["reason"] == reason
    assert (await owner.get("/api/forms")).json()["forms"][0]["flows"] == []
    platform.flows = {"4242": ("PUBLISHED", {"FORM"})}
    kept = (await owner.put(f"{where}/flows", {"flows": [flow]})).json()["form"]
    assert kept["flows"] == [flow | {"fits": True}]
    changed = FORM | {"questions": FORM["questions"][:1]}
    again = (await owner.put(where, changed)).json()["form"]
    assert again["flows"] == [flow | {"fits": False}]
    # The same flow still asks what it asked; only another one can fit.
    still = (await owner.put(f"{where}/flows", {"flows": [flow]})).json()["form"]
    assert still["flows"] == [flow | {"fits": False}]
    platform.flows["4343"] = ("PUBLISHED", {"FORM"})
    newer = flow | {"flow_id": "4343"}
    fits = (await owner.put(f"{where}/flows", {"flows": [newer]})).json()["form"]
    assert fits["flows"] == [newer | {"fits": True}]


async def test_flows_are_for_those_who_keep_forms_and_for_channels_that_have_them(
    world: World,
) -> None:
    owner, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    stranger = await world.browser(world.other.hana)
    made = (await owner.post("/api/forms", FORM)).json()["form"]
    platform, box = whatsapp(world)
    platform.flows = {"4242": ("PUBLISHED", {"FORM"})}
    where = f"/api/forms/{made['id']}/flows"
    flow = {"inbox": box, "language": "ja", "flow_id": "4242", "screen": "FORM"}
    assert (await ken.put(where, {"flows": [flow]})).status_code == 403
    assert (await stranger.put(where, {"flows": [flow]})).status_code == 404
    chat = {**flow, "inbox": world.shop.inbox.id}
    for flows, reason in (([chat], "no_flows"), ([flow, flow], "flow_twice")):
        refused = await owner.put(where, {"flows": flows})
        assert refused.json()["detail"]["reason"] == reason
    assert (await owner.put(where, {"flows": [flow | {"screen": "a b"}]})).status_code == 400
    assert (await owner.put(where, {"flows": [flow | {"inbox": 2**60}]})).status_code == 400
    assert (await owner.get("/api/forms")).json()["forms"][0]["flows"] == []
