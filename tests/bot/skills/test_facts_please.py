"""What is asked of a thing as one asks for the thing, and what its page says in other letters."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, texts
from tests.bot.skills.test_ordering import cart

ALBUM = ProductText(
    "album",
    "アルバム こよみ",
    category="アルバム",
    attributes={
        "台紙": "黒、20枚",
        "貼り方": "のりか写真コーナー",
        "写真": "L判で160枚",
        "大きさ": "25×25cm",
        "重さ": "780g",
    },
    language="ja",
    translations={
        "en": Translation(
            title="Koyomi photo album",
            category="Albums",
            attributes={"Size": "25×25cm", "Weight": "780g"},
            options={"色": "Colour", "生成り": "Ivory", "紺": "Navy"},
        )
    },
)
PACK = ProductText(
    "pack",
    "街のリュック",
    category="バッグ",
    attributes={"パソコン": "14インチまで", "はっ水": "あり"},
)
POUCH = ProductText(
    "pouch", "肩かけポーチ", category="バッグ", attributes={"ひも": "65〜120cm、調節できます"}
)
PENCILS = ProductText(
    "pencils",
    "色鉛筆 のはら",
    category="色鉛筆",
    attributes={"種類": "油性"},
    language="ja",
    translations={
        "en": Translation(
            title="Nohara pencils",
            category="Pencils",
            options={"本数": "Set", "12色": "12 colors", "24色": "24 colors"},
        )
    },
)
PAPER = ProductText("paper", "便箋 あさぎり", category="便箋", attributes={"罫線": "あり、縦書き"})


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(ALBUM, Sold({"色": "生成り"}), Sold({"色": "紺"}))
    shop.sells(PACK, Sold(price=12_100))
    shop.sells(POUCH, Sold(price=2_970))
    shop.sells(PENCILS, Sold({"本数": "12色"}), Sold({"本数": "24色"}))
    shop.sells(PAPER, Sold({"柄": "梅"}), Sold({"柄": "雪"}))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "asked", "told"),
    [
        ("ja", "アルバムこよみを見せて", "棚に入るかしら、寸法をお願いします", "25×25cm"),
        ("ja", "アルバムこよみを見せて", "重さを教えてください", "780g"),
        ("en", "show me the koyomi album", "and the size please", "25×25cm"),
        ("en", "show me the koyomi album", "the weight of it, please", "780g"),
        ("ja", "アルバムこよみを見せて", "生成り以外だと何色？", "紺"),
        ("en", "show me the koyomi album", "anything other than ivory?", "Navy"),
        ("ja", "便箋を見せて", "梅以外はある？", "雪"),
        ("ja", "色鉛筆を見せて", "一番たくさん入っているのは何色入りですか？", "24色"),
        ("en", "show me the nohara pencils", "how many colors does it have?", "24 colors"),
    ],
)
def test_what_is_asked_is_told_and_nothing_put_in(
    shop: Shop, language: Language, first: str, asked: str, told: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    answer = talk.say(asked)
    assert answer.acts == ("product_question",)
    assert told in texts(answer)[0] and answer.answered
    assert cart(talk) == {} and answer.state.top is None


@pytest.mark.parametrize(
    ("language", "first", "said", "inside"),
    [
        ("ja", "アルバムこよみを見せて", "紺をお願いします", {"album-1": 1}),
        ("en", "show me the koyomi album", "the navy please", {"album-1": 1}),
    ],
)
def test_an_option_asked_for_is_put_in(
    shop: Shop, language: Language, first: str, said: str, inside: dict[str, int]
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    talk.say(said)
    assert cart(talk) == inside


@pytest.mark.parametrize(
    ("language", "first", "asked"),
    [
        ("ja", "アルバムこよみを見せて", "色は選べますか。"),
        ("en", "show me the koyomi album", "can I choose the color?"),
    ],
)
def test_what_may_be_chosen_is_what_it_comes_in(
    shop: Shop, language: Language, first: str, asked: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    told = texts(talk.say(asked))[0]
    assert ("紺" in told and "生成り" in told) or ("Navy" in told and "Ivory" in told)


def test_how_many_is_told_by_a_number_of_the_kind(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("アルバムこよみを見せて")
    told = texts(talk.say("何枚くらい貼れますでしょう"))[0]
    assert "L判で160枚" in told and "写真コーナー" not in told


@pytest.mark.parametrize("asked", ["何枚まで買えますか", "何枚から割引になりますか"])
def test_how_many_may_be_bought_is_told_by_no_page(shop: Shop, asked: str) -> None:
    talk = shop.talk()
    talk.say("アルバムこよみを見せて")
    assert not any("160枚" in one.split("\n")[0] for one in texts(talk.say(asked)))


@pytest.mark.parametrize(
    ("language", "first", "asked"),
    [
        ("ja", "街のリュックを見せて", "肩かけポーチと比べるとどんな違いがありますか"),
        ("ja", "街のリュックを見せて", "肩かけポーチとの違いは？"),
        ("en", "show me the nohara pencils", "how is it different from the koyomi album?"),
    ],
)
def test_what_is_spoken_of_is_set_beside_what_is_named(
    shop: Shop, language: Language, first: str, asked: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    answer = talk.say(asked)
    assert answer.acts == ("compare",)
    assert "①" in texts(answer)[0] and "②" in texts(answer)[0]


def test_nobody_gives_thanks_for_nothing(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("おはようございます")
    assert talk.say("寒くなりましたねえ").acts == ("out_of_scope",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("おたくまで行ったら書き味ためせる？", "金沢に店があります。火曜定休です。"),
        ("火曜に行っても平気？", "金沢に店があります。火曜定休です。"),
        ("紙だけ先に触ってみたい", "紙の見本を無料でお送りします。"),
    ],
)
def test_who_would_come_by_or_try_is_told_of_the_shop(shop: Shop, asked: str, told: str) -> None:
    shop.tells(
        FaqEntry(0, "実店舗はありますか", "金沢に店があります。火曜定休です。", "ja", ("店舗",)),
        FaqEntry(
            0, "紙の見本を送ってもらえますか", "紙の見本を無料でお送りします。", "ja", ("見本",)
        ),
        FaqEntry(0, "送料はいくらですか", "600円です。", "ja", ("送料",)),
    )
    answer = shop.talk().say(asked)
    assert (answer.acts, texts(answer)[0]) == (("faq",), told)


def test_a_page_that_writes_it_in_kana_tells_it_too(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("街のリュックを見せて")
    assert texts(talk.say("雨は平気ですか？"))[0] == "はい。\n街のリュックのはっ水は「あり」です。"


def test_a_cord_that_can_be_made_longer_is_no_room(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("バッグを見せて")
    told = texts(talk.say("13インチのノートなんだけど入りますかね"))[0]
    assert "14インチまで" in told
    assert "ひも" not in told


def test_the_one_that_was_asked_about_is_taken(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("便箋を見せて")
    talk.say("雪のほうは縦書きよね？")
    talk.say("じゃあそれ2つ")
    assert cart(talk) == {"paper-1": 2}


@pytest.mark.parametrize(
    ("language", "first", "asked"),
    [
        ("ja", "アルバムこよみの紺をください", "支払い額をもう一度教えてください"),
        ("ja", "アルバムこよみの紺をください", "お会計の金額は？"),
        ("en", "one koyomi album in navy please", "how much do i owe now?"),
    ],
)
def test_what_is_to_be_paid_is_the_sum_of_the_cart(
    shop: Shop, language: Language, first: str, asked: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert talk.say(asked).acts == ("view_cart",)


@pytest.mark.parametrize("said", ["おっけー考えとく", "検討しときますわ"])
def test_who_will_think_about_it_leaves(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("アルバムこよみを見せて")
    assert talk.say(said).acts == ("goodbye",)


def test_what_is_put_on_the_list_to_be_weighed_is_put_there(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("アルバムこよみを見せて")
    said = "アルバムこよみをお気に入りに入れておいてください。比較検討します。"
    assert talk.say(said).acts == ("wishlist_add",)


@pytest.mark.parametrize(
    ("language", "first", "asked", "told"),
    [
        ("ja", "名前って入れられますか", "それいくら余計にかかるの", "10文字まで、1点880円です。"),
        ("en", "can you engrave a name?", "how much extra is that?", "Ten letters, $8 each."),
    ],
)
def test_what_it_costs_more_is_of_what_was_told_last(
    shop: Shop, language: Language, first: str, asked: str, told: str
) -> None:
    shop.tells(
        FaqEntry(0, "名入れはできますか", "10文字まで、1点880円です。", "ja", ("名前",)),
        FaqEntry(0, "送料はいくらですか", "全国一律620円です。", "ja", ("送料",)),
        FaqEntry(0, "Can you engrave a name?", "Ten letters, $8 each.", "en", ("engraving",)),
        FaqEntry(0, "How much is shipping?", "$5 in the US.", "en", ("postage",)),
    )
    talk = shop.talk(language)
    assert texts(talk.say(first))[0] == told
    answer = talk.say(asked)
    assert (answer.acts, texts(answer)[0]) == (("faq",), told)


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("ja", "アルバムこよみを見せて", "塗る色鉛筆もあれば一緒に"),
        ("en", "show me the koyomi album", "and some nohara pencils if you have any"),
    ],
)
def test_what_shall_come_along_if_there_is_any_is_looked_at(
    shop: Shop, language: Language, first: str, said: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    answer = talk.say(said)
    assert answer.products[:1] == ("pencils",)
    assert cart(talk) == {} and answer.state.top is None
