"""Who bought it says what it is like; the merchant decides whether it is shown."""

import pytest

from kaiwa.catalog.review import Average, average, decide_review, of_product, reviews
from tests.bot.skills.aftersale import AfterSale
from tests.orders.shop import NOW


def test_a_review_waits_until_the_merchant_shows_it(place: AfterSale) -> None:
    place.bought("TEA")
    talk = place.member()
    assert talk.say("レビューを書きたいです").asks_for == ("rating",)
    assert talk.say("星4つです").asks_for == ("text",)
    shown = talk.reads("香りがとてもよかったです")
    assert "★★★★\n香りがとてもよかったです" in shown
    merchant_id = place.shop.merchant_id
    assert place.db.read_now(lambda s: reviews(s, merchant_id, "waiting")) == []
    talk.say("はい")
    (waiting,) = place.db.read_now(lambda s: reviews(s, merchant_id, "waiting"))
    assert (waiting.rating, waiting.words) == (4, "香りがとてもよかったです")
    assert place.db.read_now(lambda s: average(s, merchant_id, waiting.product_id)) is None
    place.db.write_now(lambda s: decide_review(s, merchant_id, waiting.id, "published", NOW))
    found = place.db.read_now(lambda s: average(s, merchant_id, waiting.product_id))
    assert found == Average(1, 4.0)
    (told,) = place.db.read_now(lambda s: of_product(s, merchant_id, waiting.product_id))
    assert told.id == waiting.id
    assert place.db.read_now(lambda s: reviews(s, merchant_id + 1, "published")) == []


def test_who_has_not_shown_to_be_a_buyer_writes_none(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    assert talk.say("レビューを書きたいです").asks_for == ("order_number",)
    assert talk.say(order.number).asks_for == ("email",)
    assert talk.say("hanako@example.com").asks_for == ("rating",)


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("ほうじ茶をもう2袋ください", "add_to_cart"),
        ("登録の電話番号を直したいです", "account_data"),
        ("お気に入りを見せて", "wishlist_view"),
        ("わかりました、また今度にします。ありがとうございました", "thanks"),
    ],
)
def test_another_wish_is_no_review(place: AfterSale, said: str, act: str) -> None:
    place.bought("TEA")
    talk = place.member()
    assert talk.say("レビューを書きたいです").asks_for == ("rating",)
    answer = talk.say(said)
    assert act in answer.acts
    assert "review" not in answer.acts
    merchant_id = place.shop.merchant_id
    assert place.db.read_now(lambda s: reviews(s, merchant_id, "waiting")) == []


def test_the_words_of_a_review_are_kept_as_they_are_written(place: AfterSale) -> None:
    place.bought("TEA")
    talk = place.member()
    talk.say("i'd like to write a review")
    talk.say("4 stars")
    assert "teh best, jsut hav it cold nd w/ mlik" in talk.reads(
        "teh best, jsut hav it cold nd w/ mlik"
    )


def test_a_thank_you_in_a_review_is_of_the_review(place: AfterSale) -> None:
    place.bought("TEA")
    talk = place.member()
    talk.say("レビューを書きたいです")
    assert talk.say("星5つです").asks_for == ("text",)
    talk.say("香りがとてもよかったです😊 いつもありがとうございます")
    talk.say("はい")
    (waiting,) = place.db.read_now(lambda s: reviews(s, place.shop.merchant_id, "waiting"))
    assert waiting.words == "香りがとてもよかったです😊 いつもありがとうございます"
