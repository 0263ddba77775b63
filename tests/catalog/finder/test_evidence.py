"""What a shop does not have is not answered with what only looks alike, and the thing leads."""

from collections.abc import Iterator

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.find import Answer, Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.subject import japanese_subject, japanese_things, without_count
from kaiwa.catalog.product import ProductText, Translation, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Database, Session
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant

# handle, title, category, body, attributes, yen, then title and category in English
GOODS = [
    ("backpack", "防水リュック「みね」22L", "かばん", "雨でも濡れません。",
     {"素材": "ナイロン"}, 15400, "Mine waterproof backpack 22 L", "Bags"),
    ("tote", "帆布トート「ふな」", "かばん", "持ち手に革を使いました。", {"素材": "綿、牛革"}, 8800,
     "Funa canvas tote", "Bags"),
    ("tea", "ほうじ茶ティーバッグ 20包", "日本茶", "革新の焙煎。", {}, 1080,
     "Hojicha, 20 tea bags", "Japanese tea"),
    ("lantern", "充電ランタン「ほたる」", "照明", "テントの中を照らします。", {}, 6600,
     "Hotaru lantern", "Lamps"),
    ("headphones", "ヘッドホン「しじま」", "ヘッドホン", "静かに聴く。湯気にも強い。", {}, 18000,
     "Shijima headphones", "Headphones"),
    ("earphones", "イヤホン「こえ」", "イヤホン", "充電ケースつき。", {"付属品": "ケース"}, 9800,
     "Koe earphones with a case", "Earphones"),
    ("mug", "マグカップ「はぎ」", "マグカップ", "毎日使える陶器。", {}, 2200, "Hagi mug", "Mugs"),
    ("kettle", "ケトル 0.8L", "ケトル", "お茶のための器。", {}, 9900,
     "Kettle 0.8 L, 3 cups", "Kettles"),
    ("scarf", "ガーゼのストール", "ストール", "軽い。", {"素材": "ウール100%"}, 7700,
     "Gauze scarf", "Scarves"),
]  # fmt: skip


def stocked(session: Session) -> int:
    shop = merchant(session, "Mori")
    change = next_change(session, shop)
    for handle, title, category, body, attributes, yen, english, kind in GOODS:
        text = ProductText(
            handle,
            title,
            body,
            "",
            category,
            attributes=attributes,
            language="ja",
            translations={"en": Translation(title=english, category=kind)},
        )
        product_id = put_product(session, shop, text, NOW, change)
        told = [VariantText(Money(yen, "JPY"), sku=handle)]
        (variant_id,) = put_variants(session, shop, product_id, told, NOW)
        set_stock(session, shop, variant_id, Level(5), change)
    return shop


class Asking:
    def __init__(self, db: Database) -> None:
        self.db = db
        self.shelf = Shelf(db.write_now(stocked), None)

    def __call__(self, query: str) -> Answer:
        return self.db.read_now(lambda s: find(s, self.shelf, query, Shopper("JPY", "ja")))

    def handles(self, query: str) -> list[str]:
        return [one.product.handle for one in self(query).results]


@pytest.fixture
def ask(database: Database) -> Iterator[Asking]:
    asking = Asking(database)
    yield asking
    asking.shelf.close()


@pytest.mark.parametrize(
    "query",
    [
        "湯のみ",
        "テント",
        "snowboard",
        "ギター",
        "phone case",
        "時計のバンド",
        "湯のみ 3000円以下",
        "ゲーム機",
    ],
)
def test_what_the_shop_does_not_have_finds_nothing_and_says_so(ask: Asking, query: str) -> None:
    answer = ask(query)
    assert (answer.results, answer.total, answer.relaxed) == ((), 0, ("words",))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("リュック", "backpack"),
        ("りゅっく", "backpack"),
        ("ryukku", "backpack"),
        ("カップ", "mug"),
        ("ウール", "scarf"),
        ("wool scarf", "scarf"),
        ("kettel", "kettle"),
        ("暗いところを照らすもの", "lantern"),
    ],
)
def test_a_word_spelt_otherwise_or_told_as_material_is_evidence(
    ask: Asking, query: str, first: str
) -> None:
    assert ask.handles(query)[0] == first


@pytest.mark.parametrize(
    ("query", "before", "behind"),
    [
        ("waterproof bag", "tote", "tea"),
        ("革のバッグ", "backpack", "tea"),
        ("leather bag", "tote", "tea"),
        ("tea cup", "mug", "kettle"),
    ],
)
def test_what_is_called_so_comes_before_what_only_has_it(
    ask: Asking, query: str, before: str, behind: str
) -> None:
    found = [*ask.handles(query), behind]
    assert found.index(before) < found.index(behind)


def test_a_bound_is_not_kept_by_what_is_only_a_little_alike(ask: Asking) -> None:
    answer = ask("防水リュック 15000円以下")
    assert [one.product.handle for one in answer.results][:1] == ["backpack"]
    assert answer.relaxed == ("price",)


def test_a_category_is_known_by_its_other_names(ask: Asking) -> None:
    told = {
        query: ask(query).asked.category
        for query in ("bags", "かばん", "バッグ", "cup", "ティーバッグ")
    }
    assert told == {
        "bags": "かばん",
        "かばん": "かばん",
        "バッグ": "かばん",
        "cup": "マグカップ",
        "ティーバッグ": None,
    }


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("腕時計のバンド「みち」20mm", "バンド"),
        ("防水リュック 22L", "リュック"),
        ("ケース iPhone用", "ケース"),
        ("", ""),
    ],
)
def test_a_japanese_title_is_about_its_last_nouns(title: str, subject: str) -> None:
    assert japanese_subject(title) == subject


def test_the_thing_asked_for_is_the_last_noun_of_each_piece() -> None:
    assert japanese_things("革のバッグ 黒い傘") == {"バッグ", "傘"}


def test_the_contents_of_a_packet_are_no_name() -> None:
    assert without_count("Hojicha, 20 tea bags") == ("Hojicha", ", 20 tea bags")
    assert without_count("Desk, 4 GB of nothing much at all") == (
        "Desk, 4 GB of nothing much at all",
        "",
    )
