"""One turn with a model: what it understands and says is taken when it holds, else nothing is."""

import datetime as dt
import json
from typing import Any

import pytest

from kaiwa.bot.dialogue.state import (
    Dialogue,
    Frame,
    ShownProduct,
    ShownVariant,
    ask,
    open_frame,
    show,
)
from kaiwa.bot.model.brief import Brief, Said, ShownTitle, briefed
from kaiwa.bot.model.kept import REST_S
from kaiwa.bot.nlu.command import ChitChat, Choose, Reading, SetSlot, StartFlow
from kaiwa.bot.nlu.slot import Email, OrderNumber, Quantity
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Completion, Usage
from kaiwa.merchants.language_model import remove_model
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.bot.model.drafts import DRAFTS
from tests.bot.model.shops import DAY, ModelShop, Scripted, served
from tests.fakes.model_server import ModelServer, Say, Stall

PRICE = DRAFTS["price.ja"]
HONEST = "{{p1.title}}のお値段は税込で{{p1.price}}です。いまなら在庫もございますよ。"
HEARD = "東雲ケトルのお値段は税込で¥6,600です。いまなら在庫もございますよ。"
GREETED = '{"commands":[{"command":"chit_chat","kind":"greet"}]}'
TODAY = dt.date(2026, 11, 22)


def brief(text: str = "やあ", **fields: Any) -> Brief:
    return Brief(text, "ja", TODAY, **fields)


def scripted(db: Database, *answers: Any, **terms: Any) -> tuple[ModelShop, Scripted]:
    model = Scripted(*answers)
    shop = ModelShop(db, lambda _: model)
    shop.connect(**terms)
    return shop, model


async def test_without_a_model_there_is_no_turn(database: Database) -> None:
    shop = ModelShop(database)
    assert await shop.models.turn(shop.merchant) is None


async def test_words_and_commands_come_over_the_wire_and_are_counted(database: Database) -> None:
    pytest.importorskip("pydantic_ai")
    server = ModelServer([Say(GREETED), Say(HONEST)])
    async with served(database, server, price_in_minor=20, price_out_minor=80) as shop:
        turn = await shop.turn()
        assert await turn.understand(brief()) == Reading("ja", (ChitChat("greet"),))
        assert await turn.phrase(PRICE) == [HEARD]
        day = await shop.spent()
    assert (day.day, day.calls, day.taken) == (DAY, 2, 2)
    assert day.tokens == day.tokens_in + day.tokens_out > 0
    assert day.cost_micro == day.tokens_in * 20 + day.tokens_out * 80
    schema = server.asked[0]["response_format"]["json_schema"]["schema"]
    assert '"confirm"' not in json.dumps(schema)
    told = json.loads(server.asked[1]["messages"][1]["content"])
    assert told["reply"] == ["{{p1.title}}は{{p1.price}}（税込）です。在庫があります。"]
    assert "6,600" not in json.dumps(server.asked[1])


async def test_the_seconds_of_a_turn_are_shared_by_its_calls(database: Database) -> None:
    pytest.importorskip("pydantic_ai")
    server = ModelServer([Stall(), Say(HONEST)])
    async with served(database, server, turn_timeout_s=0.4) as shop:
        turn = await shop.turn()
        assert await turn.understand(brief()) is None
        assert await turn.phrase(PRICE) is None
        assert (await shop.spent()).unreachable == 1
    assert len(server.asked) == 1


async def test_only_its_jobs_are_given_to_it(database: Database) -> None:
    shop, model = scripted(database, GREETED, jobs=("understand",))
    turn = await shop.turn()
    assert await turn.phrase(PRICE) is None
    assert await turn.understand(brief()) is not None
    assert len(model.asked) == 1


async def test_a_turn_has_no_more_tokens_than_its_own(database: Database) -> None:
    shop, model = scripted(database, HONEST, HONEST, turn_tokens=2_500)
    turn = await shop.turn()
    assert await turn.understand(brief("長い" * 400)) is None
    # What a call did not use is there for the next.
    assert await turn.phrase(PRICE) == [HEARD]
    assert await turn.phrase(PRICE) == [HEARD]
    assert len(model.asked) == 2


async def test_when_the_day_is_spent_the_deterministic_bot_goes_on(database: Database) -> None:
    shop, model = scripted(database, HONEST, HONEST, HONEST, daily_tokens=2_000)
    told = [await _asked(shop) for _ in range(3)]
    model.answers = [Completion(HONEST, Usage(900, 100))]
    told += [await _asked(shop) for _ in range(2)]
    assert told == [[HEARD], [HEARD], [HEARD], [HEARD], None]
    day = await shop.spent()
    assert (day.taken, day.exhausted, day.tokens) == (4, 1, 1_330)
    shop.clock.move(86_400)
    model.answers = [HONEST]
    assert await (await shop.turn()).phrase(PRICE) == [HEARD]


async def _asked(shop: ModelShop) -> list[str] | None:
    """A turn after those before it are written down."""
    await shop.models.settled()
    return await (await shop.turn()).phrase(PRICE)


async def test_a_model_that_is_down_rests(database: Database) -> None:
    down = [Unreachable("no")] * 3
    shop, model = scripted(database, *down, HONEST)
    for _ in range(3):
        assert await (await shop.turn()).phrase(PRICE) is None
    assert await shop.models.turn(shop.merchant) is None
    shop.clock.move(REST_S)
    assert await (await shop.turn()).phrase(PRICE) == [HEARD]
    assert len(model.asked) == 4
    # What was never answered cost nothing.
    assert (await shop.spent()).tokens == 110


@pytest.mark.parametrize(
    "trouble", [Refused("no"), Unreachable("no", maybe_done=True), KeyError("x"), MemoryError()]
)
async def test_no_failure_reaches_the_turn(database: Database, trouble: Exception) -> None:
    shop, _ = scripted(database, trouble, trouble, trouble)
    turn = await shop.turn()
    assert await turn.understand(brief()) is None
    assert await turn.phrase(PRICE) is None


async def test_a_change_of_the_model_takes_hold_with_the_next_turn(database: Database) -> None:
    made: list[Scripted] = []

    def opener(account: Any) -> Scripted:
        made.append(Scripted(HONEST, HONEST))
        return made[-1]

    shop = ModelShop(database, opener)
    shop.connect()
    await (await shop.turn()).phrase(PRICE)
    await (await shop.turn()).phrase(PRICE)
    assert len(made) == 1
    shop.connect(jobs=("phrase",))
    await (await shop.turn()).phrase(PRICE)
    assert len(made) == 2
    database.write_now(lambda s: remove_model(s, shop.merchant.id))
    assert await shop.models.turn(shop.merchant) is None
    await shop.models.close()
    assert [one.closed for one in made] == [True, True]


async def test_personal_data_stays_here_unless_the_shop_allows_it(database: Database) -> None:
    text = "佐藤美香です。注文1024の件、mika@example.com か 090-1234-5678 へ。東京都港区芝1-2-3です"
    told = brief(text, turns=(Said("shopper", "mika@example.com です"),), personal=("佐藤美香",))
    answer = {
        "commands": [
            {"command": "start_flow", "act": "order_status", "confidence": 0.9},
            {"command": "set_slot", "slot": {"slot": "order_number", "text": "[ORDER_1]"}},
            {"command": "set_slot", "slot": {"slot": "email", "address": "[EMAIL_1]"}},
        ]
    }
    shop, model = scripted(database, json.dumps(answer), GREETED)
    reading = await (await shop.turn()).understand(told)
    assert reading is not None
    assert reading.commands == (
        StartFlow("order_status", 0.9),
        SetSlot(OrderNumber("1024")),
        SetSlot(Email("mika@example.com")),
    )
    left = model.asked[0][1].text
    for own in ("佐藤", "1024", "mika", "090-1234", "港区"):
        assert own not in left
    shop.connect(personal=True)
    await (await shop.turn()).understand(told)
    assert "mika@example.com" in model.asked[1][1].text


async def test_it_is_told_what_is_shown_and_asked_but_no_price(database: Database) -> None:
    kettle = ShownProduct(7, "東雲ケトル", (ShownVariant(1, 6_600),))
    dripper = ShownProduct(9, "朝霧ドリッパー", (ShownVariant(2, 2_200),))
    state = ask(open_frame(show(Dialogue(), (kettle, dripper)), Frame("add_to_cart")), "quantity")
    told = briefed(brief("2番目を3つ"), state)
    assert told.shown == (ShownTitle(7, "東雲ケトル"), ShownTitle(9, "朝霧ドリッパー"))
    answer = {
        "commands": [
            {"command": "choose", "product_ids": [2], "how": "ordinal"},
            {"command": "set_slot", "slot": {"slot": "quantity", "count": 3}},
        ]
    }
    shop, model = scripted(database, f"```json\n{json.dumps(answer)}\n```")
    reading = await (await shop.turn()).understand(told)
    assert reading is not None
    assert reading.commands == (Choose((9,), "ordinal"), SetSlot(Quantity(3)))
    left = json.loads(model.asked[0][1].text)
    assert left["shown"][1] == {"place": 2, "title": "朝霧ドリッパー"}
    assert (left["open_act"], left["open_question"]) == ("add_to_cart", "quantity")
    assert "6600" not in model.asked[0][1].text
