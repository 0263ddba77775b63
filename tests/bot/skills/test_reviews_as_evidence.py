"""Where the records are silent, buyers are quoted as buyers."""

from kaiwa.catalog.review import NewReview, ReviewState, decide_review, put_review
from kaiwa.customers.customer import new_customer
from kaiwa.engines.db import Database, Session
from tests.bot.skills.shop import KETTLE, NOW, TOTE, Shop, Sold, texts


def reviewed(
    shop: Shop, product_id: int, *told: tuple[int, str], state: ReviewState = "published"
) -> None:
    """Reviews of a product, by one buyer each."""

    def work(session: Session) -> None:
        for rating, words in told:
            who = new_customer(session, shop.merchant.id, NOW)
            new = NewReview(product_id, who, rating, words)
            made = put_review(session, shop.merchant.id, new, NOW)
            decide_review(session, shop.merchant.id, made.id, state, NOW)

    shop.db.write_now(work)


def shop_with_kettle(database: Database) -> tuple[Shop, int]:
    shop = Shop(database)
    return shop, shop.sells(KETTLE, Sold(price=8_800))


def test_buyers_are_quoted_with_their_number_and_never_as_the_shops_claim(
    database: Database,
) -> None:
    shop, kettle = shop_with_kettle(database)
    reviewed(
        shop,
        kettle,
        (5, "とても丈夫です。三年使っています。"),
        (2, "ふたが緩い。丈夫とは言えません。"),
        (4, "色がきれい。"),
    )
    answer = shop.talk().say("しずくは丈夫ですか？")
    assert texts(answer)[0].split("\n") == [
        "細口ケトル「しずく」について、商品情報には書かれていません。レビュー2件によると：",
        "・「丈夫とは言えません。」（★2）",
        "・「とても丈夫です。」（★5）",
        "お買い上げの方の感想で、当店の説明ではありません。",
    ]
    assert (answer.answered, answer.misunderstood, answer.acts) == (
        True, False, ("product_question",),
    )  # fmt: skip


def test_what_the_shop_says_itself_comes_first(database: Database) -> None:
    shop = Shop(database)
    tote = shop.sells(TOTE, Sold({"色": "白"}, 8_800))
    reviewed(shop, tote, (1, "全然丈夫ではない。"))
    told = "\n".join(texts(shop.talk().say("帆布トートは丈夫ですか？")))
    assert "毎日使える丈夫なトートです。" in told
    assert "レビュー" not in told


def test_reviews_that_are_not_shown_or_speak_of_something_else_say_nothing(
    database: Database,
) -> None:
    shop, kettle = shop_with_kettle(database)
    reviewed(shop, kettle, (5, "とても丈夫です。"), state="waiting")
    reviewed(shop, kettle, (1, "丈夫でした。"), state="declined")
    reviewed(shop, kettle, (5, "かわいい。"))
    answer = shop.talk().say("しずくは丈夫ですか？")
    assert "商品情報に書かれておらず分かりません" in texts(answer)[0]
    assert not answer.answered


def test_another_products_and_another_shops_reviews_are_not_heard(database: Database) -> None:
    shop, _ = shop_with_kettle(database)
    tote = shop.sells(TOTE, Sold({"色": "白"}, 8_800))
    reviewed(shop, tote, (5, "とても丈夫です。"))
    assert "レビュー" not in "\n".join(texts(shop.talk().say("しずくは丈夫ですか？")))


def test_english_questions_quote_english_words(database: Database) -> None:
    shop = Shop(database)
    tote = shop.sells(TOTE, Sold({"色": "白"}, 8_800))
    reviewed(shop, tote, (4, "Straps are comfortable. I love it."), (5, "持ちやすい。"))
    answer = shop.talk("en").say("Is the Funade canvas tote comfortable?")
    assert texts(answer)[0].split("\n") == [
        "The product page of Funade canvas tote does not say. From 1 of its reviews:",
        "- “Straps are comfortable.” (4 stars)",
        "These are buyers' own words, not the shop's.",
    ]


def test_what_buyers_think_on_the_whole(database: Database) -> None:
    shop, kettle = shop_with_kettle(database)
    talk = shop.talk()
    assert texts(talk.say("しずくの口コミを教えて"))[0] == (
        "細口ケトル「しずく」のレビューはまだありません。"
    )
    reviewed(shop, kettle, (5, "注ぎやすい。"), (4, ""))
    assert texts(talk.say("しずくの口コミを教えて"))[0].split("\n") == [
        "細口ケトル「しずく」のレビューは2件、平均は星4.5です。",
        "・「注ぎやすい。」（★5）",
        "お買い上げの方の感想で、当店の説明ではありません。",
    ]
