"""A code that was told once is not asked for again."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import NOW, Shop, Sold, texts
from tests.bot.skills.test_ordering import CAKE


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(CAKE, Sold(price=1_800))
    rule = CouponRule("SORA10", "percent", percent_hundredths=1_000)
    shop.db.write_now(lambda s: put_coupon(s, shop.merchant.id, rule, NOW))
    return shop


@pytest.mark.parametrize(
    ("language", "puts_in", "again", "told"),
    [
        ("en", "one castella please", "and the code", "SORA10 took ¥180 off."),
        ("en", "one castella please", "try it again", "SORA10 took ¥180 off."),
        ("ja", "カステラをください", "さっきのクーポンで", "「SORA10」で¥180お安くなりました。"),
        ("ja", "カステラをください", "もう一度使って", "「SORA10」で¥180お安くなりました。"),
    ],
)
def test_the_code_told_before_is_used_now(
    shop: Shop, language: Language, puts_in: str, again: str, told: str
) -> None:
    talk = shop.talk(language)
    talk.say("SORA10")
    talk.say(puts_in)
    answer = talk.say(again)
    assert answer.acts == ("apply_coupon",)
    assert texts(answer)[0] == told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "i have another code"), ("ja", "別のクーポンを使います")]
)
def test_another_code_is_asked_for(shop: Shop, language: Language, said: str) -> None:
    talk = shop.talk(language)
    talk.say("SORA10")
    assert talk.say(said).asks_for == ("coupon",)


def test_without_any_code_it_is_asked_for(shop: Shop) -> None:
    assert shop.talk("en").say("and the code").asks_for == ("coupon",)
