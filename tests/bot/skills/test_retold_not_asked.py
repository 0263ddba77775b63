"""What only sounds like a wish: a sigh over a code, a question of another size, a value behind."""

import datetime as dt

import pytest

from kaiwa.bot.nlu.size_told import size_told
from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import NOW, Shop, Sold, talked, texts
from tests.bot.skills.test_ordering import cart

BISCUITS = ProductText(
    "biscuits",
    "犬のビスケット",
    category="おやつ",
    translations={
        "en": Translation(
            title="Dog biscuits",
            category="Treats",
            options={"味": "Flavour", "ささみ": "Chicken", "かぼちゃ": "Pumpkin"},
        )
    },
)
PUMPKIN = ProductText(
    "pumpkin",
    "かぼちゃの缶詰",
    category="缶詰",
    translations={"en": Translation(title="Pumpkin can", category="Cans")},
)
LEASH = ProductText(
    "leash",
    "引きひも",
    category="さんぽ",
    attributes={"長さ": "120cm"},
    translations={"en": Translation(title="Leash", category="Walks")},
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(BISCUITS, Sold({"味": "ささみ"}, 900), Sold({"味": "かぼちゃ"}, 900))
    shop.sells(PUMPKIN, Sold(price=400))
    shop.sells(LEASH, Sold(price=2_000))
    return shop


def with_codes(shop: Shop) -> None:
    good = CouponRule("WANWAN10", "percent", percent_hundredths=1_000)
    old = CouponRule(
        "HARU20", "percent", percent_hundredths=2_000, ends_at=NOW - dt.timedelta(days=3)
    )
    shop.db.write_now(lambda s: put_coupon(s, shop.merchant.id, good, NOW))
    shop.db.write_now(lambda s: put_coupon(s, shop.merchant.id, old, NOW))


@pytest.mark.parametrize(
    ("language", "first", "code", "sigh", "why"),
    [
        (
            "ja",
            "引きひもを1つください",
            "HARU20を使います",
            "あら、どうしてかしら。大事にしまっておいたのに",
            "期限",
        ),
        (
            "ja",
            "引きひもを1つください",
            "HARU20を使います",
            "え、なんで？楽しみにしてたのに",
            "期限",
        ),
        (
            "en",
            "add one leash to my cart",
            "use HARU20",
            "why is that? i kept it all spring",
            "expired",
        ),
    ],
)
def test_a_sigh_over_a_refused_code_puts_nothing_in(
    shop: Shop, language: Language, first: str, code: str, sigh: str, why: str
) -> None:
    with_codes(shop)
    talk = talked(shop, language, first, code)
    before = cart(talk)
    answer = talk.say(sigh)
    assert "apply_coupon" in answer.acts and why in "".join(texts(answer))
    assert cart(talk) == before and sum(before.values()) == 1


@pytest.mark.parametrize(
    ("language", "first", "code", "said"),
    [
        (
            "ja",
            "引きひもを1つください",
            "HARU20を使います",
            "ほかに何か、お安くなる番号は教えていただけませんの",
        ),
        (
            "en",
            "add one leash to my cart",
            "use HARU20",
            "is there any other code you could tell me",
        ),
    ],
)
def test_another_code_asked_for_watches_no_price(
    shop: Shop, language: Language, first: str, code: str, said: str
) -> None:
    with_codes(shop)
    talk = talked(shop, language, first, code)
    assert talk.say(said).acts == ("faq",)
    assert sum(cart(talk).values()) == 1


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("ja", "引きひもを1つください", "あ、WANWAN10っていうの持ってた気がする。入れてみて"),
        (
            "en",
            "add one leash to my cart",
            "oh i think i have WANWAN10. put it in and see if it works",
        ),
    ],
)
def test_a_code_that_is_tried_puts_no_second_one_in(
    shop: Shop, language: Language, first: str, said: str
) -> None:
    with_codes(shop)
    talk = talked(shop, language, first)
    answer = talk.say(said)
    assert "apply_coupon" in answer.acts and "WANWAN10" in "".join(texts(answer))
    assert sum(cart(talk).values()) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "犬のビスケットにする！かぼちゃ味ね"),
        ("ja", "犬のビスケットを買います。かぼちゃのほう。"),
        ("en", "I'll take the dog biscuits! Pumpkin flavour."),
    ],
)
def test_a_value_behind_the_article_is_of_it(shop: Shop, language: Language, said: str) -> None:
    talk = talked(shop, language)
    assert talk.say(said).acts == ("add_to_cart",)
    assert len(cart(talk)) == 1 and sum(cart(talk).values()) == 1


def test_a_question_behind_the_article_stays_one(shop: Shop) -> None:
    talk = talked(shop, "ja")
    assert (
        "product_question"
        in talk.say("引きひもをください。かぼちゃ味のビスケットはありますか").acts
    )


@pytest.mark.parametrize(
    "said", ["よし、これで頼むわ", "うん、このままで頼みます", "それで注文する"]
)
def test_the_cart_is_ordered_as_it_is(shop: Shop, said: str) -> None:
    talk = talked(shop, "ja", "引きひもを1つください", "合計いくら？")
    assert talk.say(said).acts == ("checkout",)
    assert sum(cart(talk).values()) == 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("身長が110cmなので、そのサイズでお願いします", "110"),
        ("足が23.5センチだから、それに合うのをください", "23.5"),
        ("he's 110 cm tall, so that size please", "110"),
        ("100か110で迷うので、そのサイズでお願いします", None),
        ("身長が110cmなんですけど大丈夫ですか", None),
    ],
)
def test_the_size_in_an_answer_with_its_reason(text: str, size: str | None) -> None:
    assert size_told(text) == size


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("ええ、その通りに進めてください", "ja"),
        ("うん、そうしてくれ", "ja"),
        ("その内容で間違いございません", "ja"),
        ("おっしゃる通りにお願いします", "ja"),
        ("yes, please go ahead with that", "en"),
        ("ok, do it like that", "en"),
    ],
)
def test_a_yes_that_says_more_of_the_same(said: str, language: Language) -> None:
    assert verdict(said, language) == "yes"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("そのままでお願いします", "ja"),
        ("その内容で間違いないか見せて", "ja"),
        ("don't go ahead with that", "en"),
    ],
)
def test_what_is_no_such_yes(said: str, language: Language) -> None:
    assert verdict(said, language) != "yes"


def test_what_is_not_on_the_list_takes_nothing_off(shop: Shop) -> None:
    talk = talked(shop, "ja", "引きひもをお気に入りに入れて", "お気に入りを見せて")
    talk.say("かぼちゃの缶詰はお気に入りから外して")
    assert any("引きひも" in one for one in texts(talk.say("お気に入りを見せて")))
