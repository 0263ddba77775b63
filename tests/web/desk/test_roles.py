"""The table of who may do what: as documented, as described by the server, as it is."""

import re
from pathlib import Path
from typing import Any

import httpx

from kaiwa.conversations.merge import merge_customers
from kaiwa.customers.identity import Evidence
from kaiwa.engines.db import Session
from kaiwa.knowledge.unanswered import Unanswered, keep_unanswered
from tests.web.desk.test_sorting import label
from tests.web.desk.trading import Trade
from tests.web.desk.world import Browser, Shop, World
from tests.world import dump

DOCS = Path(__file__).parents[3] / "docs"
ROLES = ("owner", "admin", "agent")
NOBODY = 2**40
_ROW = re.compile(r"^\| `(\w+) (/\S+)` \| (✓|–) \| (✓|–) \| (✓|–) \|$", re.MULTILINE)


class Ids(dict[str, Any]):
    """The ids of one shop's things, by the name they have in paths and bodies."""


def bodies(ids: Ids) -> dict[str, Any]:
    """What each operation takes, with these ids wherever it takes ids."""
    conv, order = ids["conversation_id"], ids["order"]
    deed = {"conversation": conv, "client_id": "d1", "version": 1}
    card = [{"type": "product", "variant": ids["variant"], "seen_minor": 8800}]
    one = "/api/conversations/{conversation_id}"
    address = {
        "name": "A", "postal_code": "150-0001", "region": "東京都", "city": "渋谷区", "line1": "1"
    }  # fmt: skip
    return {
        f"POST {one}/take": {"epoch": 1},
        f"POST {one}/hand-back": {"epoch": 1},
        f"POST {one}/close": {"epoch": 1},
        f"POST {one}/continue": {"client_id": "g1", "epoch": 1, "identity": ids["identity"]},
        f"POST {one}/code": {"client_id": "p1", "identity": ids["identity"]},
        f"POST {one}/link": {"inbox": ids["inbox"]},
        "POST /api/fallback": {"chain": []},
        f"POST {one}/assign": {"epoch": 1, "agent": ids["agent"]},
        f"POST {one}/sort": {"deed": {"do": "labels", "add": [ids["label_id"]]}, "epoch": 1},
        f"POST {one}/messages": {
            "client_id": "c1", "text": "Hello", "epoch": 1, "last_seq": 9,
            "identity": ids["identity"], "cards": [*card, {"type": "order", "order": order}],
        },
        f"POST {one}/rewrite": {"text": "Hello", "way": "shorter"},
        f"POST {one}/preview": {"text": "Hello", "cards": [{"type": "order", "order": order}]},
        f"POST {one}/notes": {"client_id": "n1", "text": "Hello"},
        f"POST {one}/whisper": {"client_id": "w1", "text": "Hello"},
        "POST /api/presence": {"status": "online"},
        "PUT /api/mail": {"choice": {}},
        "PUT /api/staff/second-factor": {"leads_need_factor": False},
        "POST /api/routing": {"abilities": [{"agent": ids["agent"]}]},
        f"POST {one}/read": {"seq": 1},
        f"POST {one}/messages/{{message_id}}/retry": {"may_double": True},
        "POST /api/conversations/bulk": {
            "conversations": [{"id": conv, "epoch": 1}],
            "deed": {"do": "assign", "team": ids["team_id"]},
        },
        "POST /api/orders/{order_id}/cancel": deed,
        "POST /api/orders/{order_id}/address": {**deed, **address},
        "POST /api/orders/{order_id}/return": {**deed, "lines": {"1": 1}},
        "POST /api/orders/{order_id}/refund": {**deed, "amount_minor": 1},
        "POST /api/customers/{customer_id}/merge": {"other": ids["other"], "words": "x"},
        "POST /api/unanswered/{cluster_id}/answer": {"answer": "Yes"},
    } | of_the_shop(ids)  # fmt: skip


def of_the_shop(ids: Ids) -> dict[str, Any]:
    """The same for what is about no conversation."""
    return {
        "POST /api/labels": {"name": "New"},
        "POST /api/forms": a_form("New"),
        "PUT /api/forms/{form_id}": a_form("Other"),
        "PUT /api/forms/{form_id}/flows": {"flows": []},
        "PUT /api/labels/{label_id}": {"name": "Other"},
        "POST /api/teams": {"name": "New", "members": [ids["agent"]]},
        "PUT /api/teams/{team_id}": {"name": "Other", "members": [ids["agent"]]},
        "POST /api/views": {"name": "V", "view": "open", "only": {"label": ids["label_id"]}},
        "POST /api/saved-replies": {"title": "T", "text": "T"},
        "PUT /api/saved-replies/{reply_id}": {"title": "T", "text": "Other"},
        "POST /api/voice/preview": {"voice": {}},
        "POST /api/faq": {"question": "", "answer": "", "language": "en"},
        "PUT /api/faq/{faq_id}": {"question": "Why?", "answer": "So.", "language": "en"},
        "POST /api/auth/password": {"old": "not it", "new": "not long"},
        "POST /api/staff": {"email": "nobody"},
        "PUT /api/staff/{agent_id}": {"name": "Other"},
        "POST /api/inboxes": {"channel": "web_chat", "origins": ["none"]},
        "POST /api/inboxes/try": {"channel": "web_chat"},
        "PUT /api/inboxes/{inbox_id}": {"name": "Other"},
    }  # fmt: skip


def operations(world: World) -> list[str]:
    """Every operation of the description, log-in and log-out left out."""
    schema = world.app.openapi_schema.to_schema()
    found = [f"{m.upper()} {path}" for path, item in schema["paths"].items() for m in item]
    return sorted(one for one in found if "/api/auth/log" not in one)


def table(language: str) -> dict[str, tuple[bool, ...]]:
    text = (DOCS / language / "reference" / "roles.md").read_text("utf-8")
    rows = _ROW.findall(text)
    return {f"{m} {path}": tuple(mark == "✓" for mark in marks) for m, path, *marks in rows}


async def ask(browser: Browser, operation: str, ids: Ids) -> httpx.Response:
    method, path = operation.split()
    where = re.sub(r"{(\w+)}", lambda name: str(ids[name[1]]), path)
    body = bodies(ids).get(operation, {})
    headers = {"X-CSRF-Token": browser.csrf}
    if operation == "POST /api/files":
        headers["content-type"] = "image/png"
        return await browser.http.post(
            f"{where}?name=a.png", content=b"no picture", headers=headers
        )
    if method in ("GET", "DELETE"):
        params = {"q": "x", "at": str(NOBODY), "language": "en"}
        return await browser.http.request(method, where, params=params, headers=headers)
    return await browser.http.request(method, where, json=body, headers=headers)


def nothing() -> Ids:
    names = "conversation_id message_id cluster_id label_id team_id view_id reply_id order_id"
    names += " merge_id customer_id other agent_id inbox_id faq_id form_id"
    return Ids(dict.fromkeys(f"{names} order agent identity inbox variant".split(), NOBODY))


async def test_every_role_may_do_what_the_table_says_and_nothing_else(world: World) -> None:
    said = table("en")
    assert said == table("ja")
    assert sorted(said) == operations(world)
    people = {"owner": world.shop.hana, "admin": world.shop.hire("ami", "admin")}
    people["agent"] = world.shop.ken
    for place, role in enumerate(ROLES):
        browser = await world.browser(people[role])
        for operation in operations(world):
            answer = await ask(browser, operation, nothing())
            let_in = answer.status_code != 403
            assert let_in is said[operation][place], (operation, role, answer.text)
            assert answer.status_code < 500, (operation, role, answer.text)


async def test_nobody_is_let_in_without_a_session(world: World) -> None:
    browser = await world.browser()
    for operation in operations(world):
        answer = await ask(browser, operation, nothing())
        assert (answer.status_code, answer.json()["error"]) == (401, "not_authentic"), operation


def a_form(words: str) -> dict[str, Any]:
    said = {"en": words}
    return {"title": said, "questions": [{"kind": "text", "label": said}]}


async def answered(browser: Browser, mark: str) -> int:
    body = {"question": f"{mark}?", "answer": mark, "language": "en", "tags": [mark]}
    kept = await browser.post("/api/faq", body)
    return int(kept.json()["entry"]["id"])


async def furnished(world: World, shop: Shop, mark: str) -> Ids:
    """Something of everything that has an id; every text of it carries the mark."""
    conv = shop.hears("v1", f"{mark} asks", name=f"{mark} Miho")
    trade = Trade(shop)
    kettle = trade.article(f"{mark}-KETTLE", 8800)
    found = await trade.bought(conv, (kettle, 1))
    shop.bot_says(conv.id, f"{mark} answer")
    browser = await world.browser(shop.hana)
    put = await label(browser, f"{mark} label")
    team = await browser.post("/api/teams", {"name": f"{mark} team", "members": []})
    view = await browser.post("/api/views", {"name": f"{mark} view", "view": "open"})
    kept = await browser.post("/api/saved-replies", {"title": mark, "text": mark, "shared": True})

    message_id, cluster_id = world.db.write_now(lambda s: missed(s, shop, conv.id, mark))
    second, third = (shop.hears(f"{mark}{n}", mark).customer_id for n in (2, 3))
    evidence = Evidence("claimed", mark, "test")
    merged = world.db.write_now(
        lambda s: merge_customers(s, shop.id, (conv.customer_id, third), evidence, shop.clock.now())
    )
    return Ids(
        merge_id=merged.id,
        customer_id=conv.customer_id,
        other=second,
        conversation_id=conv.id,
        message_id=message_id,
        cluster_id=cluster_id,
        label_id=put,
        team_id=team.json()["team"]["id"],
        view_id=view.json()["view"]["id"],
        reply_id=kept.json()["reply"]["id"],
        order_id=found.id,
        order=found.id,
        agent=shop.hana.id,
        agent_id=shop.ken.id,
        faq_id=await answered(browser, mark),
        form_id=(await browser.post("/api/forms", a_form(mark))).json()["form"]["id"],
        inbox_id=shop.inbox.id,
        identity=conv.identity_id,
        inbox=shop.inbox.id,
        variant=kettle,
    )


def missed(session: Session, shop: Shop, conversation_id: int, mark: str) -> tuple[int, int]:
    """The last message, and the cluster of a question that nobody answered."""
    message = session.one("SELECT max(id) FROM message WHERE merchant_id = :m", m=shop.id)
    assert message is not None
    asked = Unanswered(message[0], conversation_id, "en", f"{mark} missed", shop.clock.now())
    keep_unanswered(session, shop.id, asked)
    cluster = session.one(
        "SELECT max(id) FROM unanswered_cluster WHERE merchant_id = :m", m=shop.id
    )
    assert cluster is not None
    return int(message[0]), int(cluster[0])


async def test_every_operation_with_another_shops_ids(world: World) -> None:
    mine = await furnished(world, world.shop, "OURS")
    theirs = await furnished(world, world.other, "THEIRS")
    browser = await world.browser(world.shop.hana)
    # The queue belongs to all shops: what our own presence plans is there before.
    await browser.post("/api/presence", {"status": "online"})
    before = dump(world.db, world.other.id)
    reads = [one for one in operations(world) if one.startswith("GET")]
    writes = [one for one in operations(world) if not one.startswith("GET")]
    # It names nobody, and counts the tries of everybody.
    writes.remove("POST /api/auth/password")
    for act in ("begin", "off", "on", "recovery-codes"):
        writes.remove(f"POST /api/auth/second-factor/{act}")
    for operation in [*reads, *writes]:
        # All of it theirs, then each id of it theirs among ours.
        for name in (None, *sorted(theirs)):
            ids = theirs if name is None else Ids(mine | {name: theirs[name]})
            if name is not None and name not in used(operation, mine):
                continue
            answer = await ask(browser, operation, ids)
            assert "THEIRS" not in answer.text, (operation, name, answer.text)
            assert answer.status_code < 500, (operation, name, answer.text)
            assert dump(world.db, world.other.id) == before, (operation, name)


def used(operation: str, ids: Ids) -> set[str]:
    """Which of the ids an operation takes."""
    told = set(re.findall(r"{(\w+)}", operation))
    for name in ids:
        probe = Ids(ids | {name: NOBODY})
        if bodies(probe).get(operation) != bodies(ids).get(operation):
            told.add(name)
    return told
