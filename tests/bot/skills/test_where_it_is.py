"""What somebody waits for or wants done is begun; how the shop does it is the shop's to tell."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Talk, sold_here, texts

ENTRIES = (
    FaqEntry(0, "返品や交換はできますか", "14日以内なら。", "ja"),
    FaqEntry(0, "Can I return or exchange an item?", "Within 14 days.", "en"),
    FaqEntry(0, "Can I change the delivery address?", "Before dispatch.", "en"),
    FaqEntry(0, "荷物がいまどこにあるか確認できますか", "発送のメールの番号でどうぞ。", "ja"),
    FaqEntry(0, "注文をキャンセルできますか", "発送の前なら。", "ja"),
    FaqEntry(0, "注文の内容を変更できますか", "発送の前なら。", "ja"),
    FaqEntry(0, "注文してから何日で届きますか", "3日で届きます。", "ja"),
    FaqEntry(0, "Where can I track my parcel?", "By the number in the e-mail.", "en"),
    FaqEntry(0, "How long does delivery take?", "Three days.", "en"),
)


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    shop.tells(*ENTRIES)
    return shop.talk()


@pytest.mark.parametrize(
    "said",
    [
        "注文はどこですか",
        "荷物は今どこ？",
        "先日頼んだものはどこにありますか",
        "注文した物がまだ届きません",
        "where is my order",
        "Where's my parcel right now?",
        "my order still hasn't arrived",
    ],
)
def test_ones_own_is_looked_up(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, answer.asks_for) == (("order_status",), ("order_number",))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("荷物がいまどこにあるか確認できますか", "発送のメールの番号でどうぞ。"),
        ("Where can I track my parcel?", "By the number in the e-mail."),
        ("how long until an order arrives?", "Three days."),
    ],
)
def test_how_it_is_done_is_told(talk: Talk, said: str, told: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, texts(answer)[0]) == (("faq",), told)


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("返品したいのですが", "return_request"),
        ("交換したいんですけど", "return_request"),
        ("I'd like to return something", "return_request"),
        ("I need to change my address", "change_address"),
    ],
)
def test_a_wish_is_begun_and_not_explained(talk: Talk, said: str, act: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, answer.asks_for) == ((act,), ("order_number",))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("返品できますか", "14日以内なら。"),
        ("I want to know if I can return it", "Within 14 days."),
        ("how do I return something?", "Within 14 days."),
    ],
)
def test_what_is_asked_is_explained(talk: Talk, said: str, told: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, texts(answer)[0]) == (("faq",), told)
