"""What goes in beside what is there, how it is written, and what nobody asked to be put in."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, Talk, texts
from tests.bot.skills.test_ordering import cart

SHAMPOO = ProductText(
    "shampoo",
    "つやシャンプー",
    "からまりにくい。",
    category="シャンプー",
    translations={
        "en": Translation(
            title="Gloss shampoo",
            category="Shampoo",
            options={"香り": "Scent", "椿": "Camellia", "ゆず": "Yuzu"},
        )
    },
)
TONGS = ProductText(
    "tongs",
    "先のやわらかいトング",
    category="調理小物",
    attributes={"食洗機": "使えます"},
    translations={
        "en": Translation(
            title="Soft tongs",
            category="Kitchen tools",
            options={"色": "Colour", "灰": "Grey", "赤": "Red"},
        )
    },
)
COMB = ProductText("comb", "つげの櫛", category="櫛")
DINO = ProductText("dino", "きょうりゅうの長袖シャツ", category="シャツ")
BOX = ProductText("box", "銘茶の二缶箱", category="お茶")
SALT = ProductText(
    "salt", "バスソルト うみ", category="入浴剤", attributes={"追いだき": "使えません"}
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(SHAMPOO, Sold({"香り": "椿"}), Sold({"香り": "ゆず"}))
    shop.sells(TONGS, Sold({"色": "灰"}), Sold({"色": "赤"}))
    shop.sells(COMB, Sold({"大きさ": "4寸"}), Sold({"大きさ": "5寸"}))
    shop.sells(DINO, Sold({"サイズ": "100"}), Sold({"サイズ": "110"}))
    shop.sells(BOX)
    shop.sells(SALT)
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "トングの灰を1つください", "あとシャンプーのゆず"),
        ("ja", "トングの灰を1つください", "よっしゃ　シャンプーのゆずもいっとこ"),
        ("ja", "トングの灰を1つください", "シャンプーのゆずも頼む"),
        ("ja", "トングの灰を1つください", "今のはそのままで、シャンプーのゆずも"),
        ("en", "one of the tongs in grey please", "and the gloss shampoo in yuzu"),
    ],
)
def test_a_thing_and_its_option_beside_the_cart_go_in(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert talk.say(then).acts == ("add_to_cart",)
    assert cart(talk) == {"tongs-0": 1, "shampoo-1": 1}


def test_after_all_was_taken_out_only_that_goes_in(talk: Talk) -> None:
    talk.say("シャンプーの椿を1つください")
    talk.say("全部なしで")
    assert cart(talk) == {}
    talk.say("…やっぱトングの赤だけ！")
    assert cart(talk) == {"tongs-1": 1}


def test_a_number_that_is_of_a_value_counts_nothing(talk: Talk) -> None:
    talk.say("つげの櫛の5寸を1本と4寸を2本ください")
    assert cart(talk) == {"comb-1": 1, "comb-0": 2}


def test_a_number_of_the_name_counts_nothing(talk: Talk) -> None:
    talk.say("銘茶の二缶箱をください")
    assert cart(talk) == {"box-0": 1}


def test_what_the_shop_writes_in_kana_is_said_in_kanji(talk: Talk) -> None:
    talk.say("恐竜シャツの100と110を1枚ずつください")
    assert cart(talk) == {"dino-0": 1, "dino-1": 1}


def test_it_is_what_was_named_just_before(talk: Talk) -> None:
    talk.say("バスソルトを1つください")
    talk.say("お茶の二缶箱もありましたよね、それも")
    assert cart(talk) == {"salt-0": 1, "box-0": 1}


def test_what_was_only_looked_at_is_not_put_in(talk: Talk) -> None:
    assert talk.say("夜更かしの友になるものください笑").acts == ("add_to_cart",)
    answer = talk.say("バスソルトは追い焚きできますか")
    assert answer.acts == ("product_question",)
    assert "使えません" in " ".join(texts(answer))
    assert cart(talk) == {}
    talk.say("じゃあそれ1つ")
    assert cart(talk) == {"salt-0": 1}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "前に買ったトングが動かなくなったので新しいトングを探しています"),
        ("en", "i bought tongs from you last year and they broke, looking for new tongs"),
    ],
)
def test_who_looks_for_another_is_shown_some(shop: Shop, language: Language, said: str) -> None:
    answer = shop.talk(language).say(said)
    assert (answer.acts, answer.handoff) == (("find_product",), None)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "9月に購入したトングが急に開かなくなりました"),
        ("en", "i ordered the tongs from you last month and they stopped closing"),
    ],
)
def test_what_was_bought_before_is_not_bought_again(
    shop: Shop, language: Language, said: str
) -> None:
    talk = shop.talk(language)
    assert "add_to_cart" not in talk.say(said).acts
    assert cart(talk) == {}


@pytest.mark.parametrize(
    "said", ["送料つくのかぁ…まあ仕方ない、注文します", "残念。そのままでいいです。注文します"]
)
def test_what_ends_in_an_order_is_paid(talk: Talk, said: str) -> None:
    talk.say("バスソルトを1つください")
    assert talk.say(said).acts == ("checkout",)
    assert cart(talk) == {"salt-0": 1}


def test_an_option_is_asked_about_where_another_is_sold_out(shop: Shop) -> None:
    shop.sells(
        ProductText("pan", "鉄のフライパン", category="フライパン"),
        Sold({"大きさ": "24cm"}),
        Sold({"大きさ": "28cm"}, stock=0),
    )
    talk = shop.talk()
    talk.say("鉄のフライパンの28cmを1枚注文したい")
    assert cart(talk) == {}
    assert talk.say("24センチなら買えるのか").acts == ("product_question",)
    talk.say("ではそれを1枚")
    assert cart(talk) == {"pan-0": 1}


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "もうすぐ始まるんです"), ("ja", "火曜に行こうかと思ってたんですけど"), ("en", "u up")],
)
def test_nobody_is_fetched_where_nothing_went_wrong(
    shop: Shop, language: Language, said: str
) -> None:
    assert shop.talk(language).say(said).handoff is None


@pytest.mark.parametrize("said", ["本人に聞きます", "ちぇ　姉に聞いてみます"])
def test_who_asks_somebody_else_asks_for_no_person(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, answer.handoff) == (("goodbye",), None)


def test_what_may_not_be_in_it_is_told_before_it_is_sought(shop: Shop) -> None:
    for handle, title, told in (
        ("baum", "バウムクーヘン", "小麦、卵、乳を使っています"),
        ("rice", "お米のクッキー", "小麦、卵は使っていません"),
    ):
        allergy = {"アレルギー": told}
        shop.sells(ProductText(handle, title, category="焼き菓子", attributes=allergy))
    answer = shop.talk().say("息子が卵と小麦ダメで。食べられる焼き菓子あります？")
    assert answer.products[:1] == ("rice",)
    assert "baum" not in answer.products


def test_what_is_avoided_is_not_answered_with_yes(shop: Shop) -> None:
    allergy = {"アレルギー": "乳、ナッツを使っています"}
    shop.sells(ProductText("choco", "チョコレート ぎんが", category="菓子", attributes=allergy))
    talk = shop.talk()
    talk.say("チョコレートある？")
    told = " ".join(texts(talk.say("ナッツがだめなんですけど大丈夫ですか")))
    assert "ナッツを使っています" in told
    assert "はい" not in told


def test_something_like_that_is_sought_though_a_colour_is_still_asked_for(shop: Shop) -> None:
    shop.sells(ProductText("vest", "夜に光る上着", "夜に目立つ上着です。", category="上着"))
    talk = shop.talk()
    assert talk.say("トングを1つください").asks_for == ("colour",)
    answer = talk.say("あと夜に目立つ上着みたいなのは")
    assert answer.acts == ("find_product",)
    assert answer.products == ("vest",)
