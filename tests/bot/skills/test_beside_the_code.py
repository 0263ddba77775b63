"""What is put in or taken out in the same breath as a code is told: both are done."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import NOW, Shop, Sold
from tests.bot.skills.test_ordering import CAKE, cart
from tests.bot.skills.test_otherwise_now import SOCKS


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(SOCKS, Sold(price=990, stock=20))
    shop.sells(CAKE, Sold(price=1_800))
    rule = CouponRule("SORA10", "percent", percent_hundredths=1_000)
    shop.db.write_now(lambda s: put_coupon(s, shop.merchant.id, rule, NOW))
    return shop


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "throw in two of the grip socks and use SORA10"),
        ("en", "add two grip socks, code SORA10"),
        ("ja", "すべり止め靴下を2つ追加してSORA10使います"),
        ("ja", "すべり止め靴下2つ、SORA10も"),
    ],
)
def test_what_goes_in_beside_a_code_goes_in(shop: Shop, language: Language, said: str) -> None:
    talk = shop.talk(language)
    assert talk.say(said).acts == ("add_to_cart", "apply_coupon")
    assert cart(talk) == {"socks-0": 2}


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("en", "the grip socks and the castella please", "drop the socks & use SORA10"),
        ("ja", "すべり止め靴下とカステラをください", "靴下は外してSORA10で"),
    ],
)
def test_what_goes_out_beside_a_code_goes_out(
    shop: Shop, language: Language, first: str, said: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert talk.say(said).acts == ("remove_from_cart", "apply_coupon")
    assert cart(talk) == {"cake-0": 1}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "does SORA10 work on the grip socks"), ("ja", "SORA10は靴下にも使えますか")],
)
def test_a_code_asked_about_puts_nothing_in(shop: Shop, language: Language, said: str) -> None:
    talk = shop.talk(language)
    assert "add_to_cart" not in talk.say(said).acts
    assert cart(talk) == {}


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("en", "two of the grip socks please", "ok I'll take them"),
        ("ja", "すべり止め靴下を2つください", "じゃあそれで買います"),
    ],
)
def test_after_the_code_the_cart_is_paid_and_nothing_is_put_in_again(
    shop: Shop, language: Language, first: str, said: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    talk.say("SORA10")
    assert talk.say(said).acts == ("checkout",)
    assert cart(talk) == {"socks-0": 2}
