"""What the description says of answers: all of it, and nothing else than what is answered."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest

from tests.web.desk.answers import Answers, answers_of
from tests.web.desk.describing import described, good
from tests.web.desk.test_roles import ask, furnished, operations
from tests.web.desk.world import World

# A provider's own words for what left, and a form as it wants it told: what is in them is its own.
OPEN: Final = {"DeskMessageShape.sent_as", "FlowTold.flow"}


# What needs more than the ids of things: a code, another state, a provider.
_IN_A_STORY: Final = (
    "DELETE /api/staff/{agent_id}/second-factor",
    "GET /api/forms/{form_id}/flow",
    "POST /api/auth/password",
    "POST /api/auth/second-factor/begin",
    "POST /api/auth/second-factor/off",
    "POST /api/auth/second-factor/on",
    "POST /api/auth/second-factor/recovery-codes",
    "POST /api/conversations/{conversation_id}/account-link",
    "POST /api/conversations/{conversation_id}/assign",
    "POST /api/conversations/{conversation_id}/close",
    "POST /api/conversations/{conversation_id}/code",
    "POST /api/conversations/{conversation_id}/continue",
    "POST /api/conversations/{conversation_id}/hand-back",
    "POST /api/conversations/{conversation_id}/link",
    "POST /api/conversations/{conversation_id}/messages",
    "POST /api/conversations/{conversation_id}/messages/{message_id}/cancel",
    "POST /api/conversations/{conversation_id}/messages/{message_id}/retry",
    "POST /api/conversations/{conversation_id}/rating",
    "POST /api/conversations/{conversation_id}/rewrite",
    "POST /api/conversations/{conversation_id}/take",
    "POST /api/conversations/{conversation_id}/template",
    "POST /api/conversations/{conversation_id}/whisper",
    "POST /api/faq",
    "POST /api/files",
    "POST /api/inboxes",
    "POST /api/inboxes/{inbox_id}/connect",
    "POST /api/orders/{order_id}/address",
    "POST /api/orders/{order_id}/cancel",
    "POST /api/orders/{order_id}/refund",
    "POST /api/orders/{order_id}/return",
    "POST /api/staff",
    "POST /api/unanswered/{cluster_id}/dismiss",
)


def anything(schemas: dict[str, Any], part: Any, place: str, seen: set[str]) -> Iterator[str]:
    """The places below which anything at all may stand."""
    if not isinstance(part, dict) or part == {}:
        yield place
        return
    if ref := part.get("$ref"):
        name = ref.rpartition("/")[2]
        if name not in seen:
            seen.add(name)
            yield from anything(schemas, schemas[name], name, seen)
        return
    for field, one in part.get("properties", {}).items():
        yield from anything(schemas, one, f"{place}.{field}", seen)
    for one in (*part.get("oneOf", ()), *part.get("anyOf", ())):
        yield from anything(schemas, one, place, seen)
    if part.get("type") == "array":
        yield from anything(schemas, part.get("items"), place, seen)
    if part.get("type") == "object" and "properties" not in part:
        yield from anything(schemas, part.get("additionalProperties"), place, seen)


def test_every_answer_is_described_to_its_last_field() -> None:
    schema, seen = described(), set[str]()
    loose = [
        where
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        for kind in good(operation).get("content", {}).values()
        for where in anything(schema["components"]["schemas"], kind["schema"], path + method, seen)
    ]
    assert set(loose) == OPEN


@pytest.mark.parametrize(
    "body",
    [
        {"labels": [{"id": 1, "name": "VIP", "colour": "red"}]},
        {"labels": [{"id": 1}]},
        {"labels": [{"id": "1", "name": "VIP"}]},
        {"labels": [], "next": None},
        {},
    ],
)
async def test_an_answer_that_says_more_or_less_than_described_is_found(body: Any) -> None:
    answers = Answers(described())
    asked = httpx.Request("GET", "http://shop.example/api/labels")
    await answers.hold(httpx.Response(200, json={"labels": []}, request=asked))
    with pytest.raises(AssertionError, match="otherwise than described"):
        await answers.hold(httpx.Response(200, json=body, request=asked))


async def test_the_doors_answer_an_owner_as_described(world: World) -> None:
    ids = await furnished(world, world.shop, "OURS")
    browser = await world.browser(world.shop.hana)
    order = sorted(operations(world), key=lambda one: (one.startswith("DELETE"), "/undo" in one))
    refused = {one for one in order if not (await ask(browser, one, ids)).is_success}
    # Each of these is answered in a story of its own, and held against its description there.
    assert refused == {*_IN_A_STORY}
    assert set(order) - refused <= answers_of(world.app).given
