"""A shop's data leaves the desk whole, for those who may, and it is written down."""

import csv
import io
import json

from kaiwa.conversations import export as pages
from kaiwa.merchants.audit import deeds
from tests.web.desk.trading import Trade
from tests.web.desk.world import World


async def test_messages_come_whole_page_by_page(world: World) -> None:
    first = world.shop.hears("v1", "One")
    for number in range(600):
        world.shop.hears(f"w{number}", f"Message {number}")
    world.shop.bot_says(first.id, "Answer")
    world.other.hears("v1", "Somebody else's")
    browser = await world.browser(world.shop.hana)
    answer = await browser.get("/api/export")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="mori-messages-20260302.jsonl"'
    )
    lines = [json.loads(line) for line in answer.text.splitlines()]
    expected = world.db.read_now(lambda s: list(pages.exported_messages(s, world.shop.id, 0)))
    # More than one page: more conversations than one page holds.
    assert len(lines) == 602 > len(expected)
    assert [line["text"] for line in lines[:2]] == ["One", "Answer"]
    assert len({(line["conversation"], line["seq"]) for line in lines}) == 602
    assert "Somebody" not in answer.text
    deed = world.db.read_now(lambda s: deeds(s, world.shop.id))[0][1]
    assert (deed.actor, deed.action, deed.detail) == (
        f"agent:{world.shop.hana.id}", "exported", {"what": "messages", "form": "jsonl"},
    )  # fmt: skip


async def test_a_spreadsheet_gets_every_column_and_no_formula(world: World) -> None:
    conv = world.shop.hears(
        "v1", '=HYPERLINK("http://evil.example"), "あ"\nsecond line', name="+Miho"
    )
    trade = Trade(world.shop)
    await trade.bought(conv, (trade.article("KETTLE", 8800), 2))
    browser = await world.browser(world.shop.hana)
    tables = {}
    for what in ("messages", "orders", "customers", "events"):
        answer = await browser.get("/api/export", what=what, form="csv")
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith("\ufeff".encode())
        text = answer.content.decode("utf-8-sig")
        tables[what] = list(csv.DictReader(io.StringIO(text, newline="")))
        plain = await browser.get("/api/export", what=what)
        lines = [json.loads(line) for line in plain.text.splitlines()]
        assert len(lines) == len(tables[what]), what
        # What a line says is in a column.
        for line, row in zip(lines, tables[what], strict=True):
            assert set(line) <= set(row), what
    (message,) = (one for one in tables["messages"] if one["direction"] == "in")
    assert message["text"] == '\'=HYPERLINK("http://evil.example"), "あ"\nsecond line'
    assert [one["name"] for one in tables["customers"]] == ["'+Miho"]
    (order,) = tables["orders"]
    assert json.loads(order["lines"])[0]["sku"] == "KETTLE"


async def test_an_agent_gets_nothing(world: World) -> None:
    world.shop.hears("v1", "One")
    before = world.rows("SELECT count(*) FROM audit WHERE action = 'exported'")
    ken = await world.browser(world.shop.ken)
    for what in ("messages", "orders", "customers", "events"):
        answer = await ken.get("/api/export", what=what)
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    owner = await world.browser(world.shop.hana)
    assert (await owner.get("/api/export", what="secrets")).status_code == 400
    assert world.rows("SELECT count(*) FROM audit WHERE action = 'exported'") == before
