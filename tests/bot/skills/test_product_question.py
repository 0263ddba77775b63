"""Questions about products are answered from records and the shop's own words, or not at all."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def test_an_attribute_answers_word_for_word(talk: Talk) -> None:
    answer = talk.say("ふなでの素材は？")
    assert texts(answer)[0] == "帆布トート「ふなで」の素材は「綿100%」です。"
    # It was not shown yet.
    assert answer.products == ("tote",)
    assert (answer.acts, answer.answered) == (("product_question",), True)


def test_it_is_asked_on_about_the_same_product(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    assert texts(talk.say("重さは？")) == ["帆布トート「ふなで」の重さは「620g」です。"]


@pytest.mark.parametrize(
    "asked",
    ["ふなでにポケットはありますか", "ふなでにはポケットがついてますか", "ふなでにポケットある？"],
)
def test_a_sentence_of_the_description_answers_with_its_source(talk: Talk, asked: str) -> None:
    answer = talk.say(asked)
    assert texts(answer)[0] == "商品説明より：「内ポケットは三つあります。」"


@pytest.mark.parametrize("asked", ["しずくはIHで使えますか", "しずくは電磁調理器でも使えますか"])
def test_no_is_said_where_the_shop_says_no(talk: Talk, asked: str) -> None:
    told = texts(talk.say(asked))
    assert told[0] == "いいえ。\n細口ケトル「しずく」の対応熱源は「ガス火（IH不可）」です。"


def test_what_the_shop_does_not_say_is_not_known(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    answer = talk.say("この商品のファスナーの色は何ですか")
    assert not answer.answered
    assert "担当者と話す" in texts(answer)


def test_a_near_word_is_no_answer_to_another_part(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    answer = talk.say("持ち手の重さは何グラムですか")
    # The page is told as it stands, and that it does not say this.
    assert answer.answered is False
    assert "書かれておらず分かりません" in texts(answer)[0]
    assert not texts(answer)[0].startswith("帆布トート「ふなで」の重さ")


def test_a_colour_that_is_there_is_there_with_its_stock(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    answer = talk.say("青はありますか？")
    assert texts(answer) == [
        "はい、帆布トート「ふなで」（青）はございます（残り2点、¥9,800）。",
        "かごに入れる",
    ]


def test_a_colour_that_is_sold_out_offers_the_others_and_word_of_it(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    assert texts(talk.say("黒はありますか？")) == [
        "申し訳ありません。帆布トート「ふなで」（黒）はただいま売り切れです。\n白・青",
        "入荷を知らせてもらう",
    ]


def test_a_colour_that_it_does_not_come_in_is_a_no_with_those_there_are(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    assert texts(talk.say("赤はありますか？")) == [
        "いいえ、帆布トート「ふなで」に赤のご用意はありません。\n色：白・黒（売り切れ）・青"
    ]


def test_a_price_is_the_records(talk: Talk) -> None:
    assert texts(talk.say("ふなではいくらですか？")) == [
        "帆布トート「ふなで」の価格は次のとおりです。\n白・黒：¥8,800\n青：¥9,800",
        *("帆布トート「ふなで」", "¥8,800", "在庫あり", "かごに入れる"),
    ]
    # What was seen is not shown again.
    assert texts(talk.say("青はありますか？")) == [
        "はい、帆布トート「ふなで」（青）はございます（残り2点、¥9,800）。",
        "かごに入れる",
    ]
    assert texts(talk.say("いくらですか？")) == ["帆布トート「ふなで」（青）は¥9,800です。"]


def test_an_english_question_gets_the_english_words(talk: Talk) -> None:
    answer = talk.say("What is the Funade tote made of?")
    assert texts(answer)[0] == "Funade canvas tote – Material: 100% cotton"
    assert texts(talk.say("does it come in red?"))[0].startswith(
        "No, Funade canvas tote does not come in red."
    )


def test_one_question_is_put_to_each_of_several(talk: Talk) -> None:
    talk.say("しずくとゆげを比べてください")
    assert texts(talk.say("保温は何分できますか？")) == [
        "・電気ケトル「ゆげ」：温度調節 40〜100℃・保温60分\n（商品情報より）"
    ]
