"""Whether it comes in time is asked of the delivery, whatever it is wanted for."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Talk, sold_here, texts

ENTRIES = (
    FaqEntry(0, "注文してから何日で届きますか", "3日で届きます。", "ja"),
    FaqEntry(0, "How long does delivery take?", "Three days.", "en"),
    FaqEntry(0, "返品はできますか", "14日以内にどうぞ。", "ja"),
)


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    shop.tells(*ENTRIES)
    return shop.talk()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("誕生日が12/10なんだけど間に合う？", "3日で届きます。"),
        ("クリスマスまでに届きますか", "3日で届きます。"),
        ("will it get here before friday?", "Three days."),
        ("can i get it in time for christmas", "Three days."),
        ("How long will it take to Phoenix?", "Three days."),
        ("Then my friend in Boston, how many days?", "Three days."),
        ("今日頼んだらいつ着きますか", "3日で届きます。"),
    ],
)
def test_the_delivery_is_told(talk: Talk, said: str, told: str) -> None:
    answer = talk.say(said)
    assert answer.acts == ("faq",)
    assert texts(answer)[0] == told


def test_a_present_is_still_sought(talk: Talk) -> None:
    assert talk.say("誕生日のプレゼントを探しています").acts in (("recommend",), ("find_product",))


def test_what_it_does_not_come_in_is_said_once(talk: Talk) -> None:
    talk.say("帆布トート「ふなで」を入れて")
    assert "赤のご用意はありません" in texts(talk.say("赤で"))[0]
    answer = talk.say("返品はできますか")
    assert "赤のご用意" not in " ".join(texts(answer))
    assert answer.asks_for == ("colour",)
