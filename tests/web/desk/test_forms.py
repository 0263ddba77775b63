"""The shop's forms at the desk: kept by who may, sent as a card, read as an answer."""

from typing import Any

from kaiwa.conversations.form_asking import Given, answer_form
from tests.web.desk.test_cards import send
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
