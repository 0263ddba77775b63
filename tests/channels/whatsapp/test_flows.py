"""Forms inside WhatsApp: sent as a published flow, as a page where there is none."""

from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, Rendered, Route
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.errors import Invalid, Refused
from kaiwa.vocabulary.reply import Reply
from tests.channels.whatsapp.conftest import USER
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_rules import check

FORM = r.Form(
    alt_text="採寸",
    title="採寸フォーム",
    fields=(
        r.FormField("q1", "手首まわり（mm）", "number", hint="お手元で測ってください"),
        r.FormField("q2", "色", "choice", options=("藍", "白")),
        r.FormField(
            "q3", "お好きな色をすべてお選びください（いくつでも）", "choices", options=("藍",)
        ),
        r.FormField("q4", "お届け日", "date", required=False),
        r.FormField("q5", "同意します", "consent"),
    ),
    submit_label="送信",
    url="https://shop.example/forms/x",
    intro="お手元で測ってください。",
    asked=7,
    flow=r.Flow(1, "4242", "FORM"),
)


def render(*blocks: r.Block) -> Rendered:
    made = CHANNEL.render(Reply(blocks), Route("service", USER, "metered"))
    for wire in made.wires:
        assert check(wire.body) == []
    return made


def test_a_form_with_a_flow_opens_in_the_chat_and_nothing_is_lost() -> None:
    made = render(r.TextBlock(text="お願いします。"), FORM)
    (wire,) = made.wires
    assert wire.body["interactive"] == {
        "type": "flow",
        "body": {"text": "お願いします。\n\n採寸フォーム"},
        "action": {
            "name": "flow",
            "parameters": {
                "mode": "published",
                "flow_message_version": "3",
                "flow_token": "form:7",
                "flow_id": "4242",
                "flow_cta": "送信",
                "flow_action": "navigate",
                "flow_action_payload": {"screen": "FORM"},
            },
        },
    }
    assert {one.block for one in made.degradations} == {"text"}
    assert wire.otherwise is not None
    plain = render(r.TextBlock(text="お願いします。"), msgspec.structs.replace(FORM, flow=None))
    assert wire.otherwise.wires == plain.wires
    assert plain.wires[0].otherwise is None


def test_what_is_to_be_published_asks_every_field_under_its_name() -> None:
    told: Any = CHANNEL.flow_of(FORM)
    (screen,) = told["screens"]
    *parts, footer = screen["layout"]["children"]
    assert (screen["id"], screen["terminal"], screen["title"]) == ("FORM", True, "採寸フォーム")
    assert [(one["type"], one.get("name", one.get("text"))) for one in parts] == [
        ("TextBody", "お手元で測ってください。"),
        ("TextInput", "q1"),
        ("RadioButtonsGroup", "q2"),
        ("TextBody", "お好きな色をすべてお選びください（いくつでも）"),
        ("CheckboxGroup", "q3"),
        ("DatePicker", "q4"),
        ("OptIn", "q5"),
    ]
    assert parts[1]["input-type"] == "number"
    assert parts[2]["data-source"] == [{"id": "藍", "title": "藍"}, {"id": "白", "title": "白"}]
    assert parts[5]["required"] is False
    assert all(len(one.get("label", "")) <= 20 for one in parts)
    assert footer["on-click-action"] == {
        "name": "complete",
        "payload": {name: f"${{form.{name}}}" for name in ("q1", "q2", "q3", "q4", "q5")},
    }


def test_a_form_that_no_screen_holds_is_not_described() -> None:
    many = tuple(r.FormField(f"q{n}", "同意", "consent") for n in range(6))
    with pytest.raises(Invalid) as refused:
        CHANNEL.flow_of(msgspec.structs.replace(FORM, fields=many))
    assert refused.value.detail["reason"] == "flow_long"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "reason"), [(None, "flow_gone"), ("DRAFT", "flow_draft"), ("PUBLISHED", None)]
)
async def test_a_flow_has_to_be_published(
    account: Account,
    platform: WhatsAppPlatform,
    http: InProcessHttp,
    status: str | None,
    reason: str | None,
) -> None:
    if status:
        platform.flows["4242"] = (status, {"FORM"})
    assert FORM.flow is not None
    if reason is None:
        await CHANNEL.require_flow(FORM.flow, account, http)
        return
    with pytest.raises(Invalid) as refused:
        await CHANNEL.require_flow(FORM.flow, account, http)
    assert refused.value.detail["reason"] == reason


@pytest.mark.anyio
async def test_a_flow_that_meta_has_not_any_more_is_told_apart(
    account: Account, platform: WhatsAppPlatform, http: InProcessHttp
) -> None:
    (wire,) = render(FORM).wires
    with pytest.raises(Refused) as refused:
        await CHANNEL.send(wire, account, http, retry_key="k")
    assert refused.value.detail["reason"] == "not_there"
    assert platform.journal == []
    platform.flows["4242"] = ("PUBLISHED", {"FORM"})
    assert (await CHANNEL.send(wire, account, http, retry_key="k")).external_ids
