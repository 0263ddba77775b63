"""An agent's draft rewritten: every fact stays, none is added, nothing personal leaves."""

import msgspec
import pytest

from kaiwa.bot.model.masking import Masking
from kaiwa.bot.model.phrased import Untrue
from kaiwa.bot.model.rewriting import NamesOf, Rewriting, Way, messages, rewritten
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Completion, Usage
from kaiwa.vocabulary.errors import Unreachable
from tests.bot.model.shops import ModelShop, Scripted

DRAFT = "佐々木様、ご注文A-1001は3月2日（月）15時に届きます。送料は¥500です。https://shop.example/a"
PERSONAL = ("佐々木",)


def said(raw: str, way: Way, draft: str = DRAFT, names: NamesOf | None = None) -> str:
    wanted, masking = Rewriting(draft, way, PERSONAL), Masking(PERSONAL)
    messages(wanted, masking)
    return rewritten(raw, wanted, masking, names)


def test_nothing_personal_and_no_instruction_of_the_draft_is_the_models_to_follow() -> None:
    masking = Masking(PERSONAL)
    system, user = messages(Rewriting(DRAFT, "politer", PERSONAL), masking)
    assert system.role == "system"
    assert "[NAME_1]" in system.text
    told = msgspec.json.decode(user.text)
    assert "佐々木" not in told["draft"]
    assert "[NAME_1]様" in told["draft"]
    assert "¥500" in told["draft"]


POLITER = (
    "[NAME_1]様、ご注文[ORDER_1]は3月2日（月）15時にお届けいたします。"
    "送料は500円でございます。https://shop.example/a"
)
ENGLISH = (
    "[NAME_1], your order [ORDER_1] arrives on Monday, March 2 at 3 pm. "
    "Shipping is 500 yen. https://shop.example/a"
)


@pytest.mark.parametrize(("way", "raw"), [("politer", POLITER), ("to_en", ENGLISH)])
def test_the_same_facts_in_other_words_or_another_language(way: Way, raw: str) -> None:
    told = said(raw.replace("[ORDER_1]", order_token()), way)
    assert "佐々木" in told
    assert "A-1001" in told.upper()
    assert "[" not in told


def order_token() -> str:
    """What stands for the order's number, if anything does."""
    masked = Masking(PERSONAL).masked(DRAFT)
    return "A-1001" if "A-1001" in masked else masked.partition("ご注文")[2].partition("は")[0]


@pytest.mark.parametrize(
    ("way", "draft", "raw"),
    [
        ("politer", "送料は¥500です。", "送料は¥400でございます。"),
        ("politer", "すぐに送ります。", "明日までにお送りいたします。"),
        ("politer", "すぐに送ります。", "送料無料、10%オフでお送りいたします。"),
        ("shorter", "3日以内に、3月2日に届きます。", "3日以内に届きます。"),
        ("friendlier", "ご確認ください。", "https://evil.example をご確認ください。"),
        ("friendlier", "ご連絡ください。", "03-1234-5678 にご連絡くださいね。"),
        ("to_en", "二千円です。", "It is 2,500 yen."),
        ("to_en", "3日で届きます。", "It arrives in three or four days."),
        ("to_en", "届きます。", "届きます。"),
        ("politer", "{{order.number}}です。", "ご注文でございます。"),
        ("politer", "はい。", "[NAME_7]様、はい。"),
        ("politer", "佐々木様、はい。", "はい、承りました。"),
        ("shorter", "はい。", "は" * 400),
        ("shorter", "はい。", "  "),
    ],
)
def test_what_the_draft_does_not_say_is_refused(way: Way, draft: str, raw: str) -> None:
    with pytest.raises(Untrue):
        said(raw, way, draft)


def test_an_article_that_the_draft_does_not_name_is_refused() -> None:
    def names(text: str) -> frozenset[str]:
        return frozenset(one for one in ("しずく", "ゆげ") if one in text)

    draft = "しずくをご案内します。"
    assert said("しずくをご案内いたします。", "politer", draft, names)
    with pytest.raises(Untrue, match="not named"):
        said("しずくとゆげをご案内いたします。", "politer", draft, names)


async def test_it_is_paid_from_the_days_budget_and_gives_up_in_time(database: Database) -> None:
    model = Scripted(Completion("はい、かしこまりました。", Usage(100, 20)), Unreachable("slow"))
    shop = ModelShop(database, lambda _: model)
    shop.connect()
    wanted = Rewriting("はい", "politer")
    assert await (await shop.turn()).rewrite(wanted) == "はい、かしこまりました。"
    assert (await shop.spent()).tokens == 120
    assert await (await shop.turn()).rewrite(wanted) is None
    shop.connect(daily_tokens=100)
    assert await (await shop.turn()).rewrite(wanted) is None
    shop.connect(jobs=("understand",))
    assert await (await shop.turn()).rewrite(wanted) is None
    assert len(model.asked) == 2
    assert (await shop.spent()).taken == 1
