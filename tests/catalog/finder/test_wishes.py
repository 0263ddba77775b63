"""What a thing is for, what it must be without, and the thing itself before what goes with it."""

from collections.abc import Iterator

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.document import document_of
from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.subject import other_spellings, subject_of
from kaiwa.catalog.product import ProductText, products, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Database
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant

# handle, title, body, yen
GOODS = [
    ("candy", "Ginger sweets", "Made with cane sugar.", 800),
    ("free-candy", "Sugar-free mint sweets", "Sweetened with birch.", 900),
    ("cover", "Silicone keyboard cover", "Protects the keyboard of any keyboard maker.", 900),
    ("keyboard", "Acme K300 keyboard", "Wired.", 4000),
    ("mug", "マグカップ 白", "毎日使える陶器。", 1500),
    ("gift-mug", "マグカップ 桜", "箱入り。母の日のプレゼントに。", 1600),
    ("gift-box", "母の日のプレゼント 特選プレゼント箱", "プレゼントに。", 5200),
    ("soap", "固形石鹸", "香料と植物油。", 700),
    ("plain-soap", "無香料の固形石鹸", "植物油のみ。", 720),
    ("mat", "キャンプ用マット", "軽い。", 3000),
    ("drive", "Acme portable wi-fi drive 1 TB", "", 9000),
]


@pytest.fixture
def shelf(database: Database) -> Iterator[tuple[Database, Shelf]]:
    def fill(s):
        shop = merchant(s, "Hana")
        change = next_change(s, shop)
        for handle, title, body, yen in GOODS:
            text = ProductText(handle, title, body, "", "")
            product_id = put_product(s, shop, text, NOW, change)
            told = [VariantText(Money(yen, "JPY"), sku=handle)]
            (variant_id,) = put_variants(s, shop, product_id, told, NOW)
            set_stock(s, shop, variant_id, Level(5), change)
        return shop

    shelf = Shelf(database.write_now(fill), None)
    yield database, shelf
    shelf.close()


def handles(told: tuple[Database, Shelf], query: str) -> list[str]:
    database, shelf = told
    answer = database.read_now(lambda s: find(s, shelf, query, Shopper("JPY", "ja")))
    assert answer.relaxed == ()
    return [one.product.handle for one in answer.results]


def test_what_says_it_is_without_something_is_not_left_out_for_naming_it(shelf) -> None:
    assert handles(shelf, "sugar-free sweets") == ["free-candy"]
    assert handles(shelf, "sweets without sugar") == ["free-candy"]
    soaps = handles(shelf, "香料を使っていない石鹸")
    assert soaps[0] == "plain-soap"
    assert "soap" not in soaps


def test_the_thing_itself_comes_before_what_goes_with_it(shelf) -> None:
    assert handles(shelf, "keyboard")[:2] == ["keyboard", "cover"]
    assert handles(shelf, "keyboard cover")[0] == "cover"


@pytest.mark.parametrize("query", ["keybaord", "acme keybord", "portble drive"])
def test_a_mistyped_english_word_is_read_as_the_shops(shelf, query) -> None:
    assert handles(shelf, query)[0] in ("keyboard", "drive")


def test_a_purpose_leads_but_leaves_nothing_out(shelf) -> None:
    assert handles(shelf, "マグカップ")[0] == "mug"
    assert handles(shelf, "母の日に贈るマグカップ")[:2] == ["gift-mug", "mug"]
    assert handles(shelf, "母の日のプレゼント 2000円以下")[0] == "gift-mug"
    assert len(handles(shelf, "母の日のプレゼント")) == len(GOODS)
    assert handles(shelf, "キャンプに使えるもの")[0] == "mat"


@pytest.mark.parametrize("query", ["wifi drive", "wi-fi drive", "1tb drive", "drive 1 tb"])
def test_words_written_apart_and_together_meet(shelf, query) -> None:
    assert handles(shelf, query)[0] == "drive"


@pytest.mark.parametrize(
    ("title", "brand", "subject"),
    [
        ("Acme keyboard cover", "Acme", "cover"),
        ("Acme K300 keyboard", "Acme", "k300 keyboard"),
        ("Leather case for Acme phone", "Acme", "case"),
        ("Desk with drawers", "", "desk"),
        ("For Acme", "Acme", "for"),
        ("", "", ""),
    ],
)
def test_a_title_is_about_its_last_companion_or_all_of_it(title, brand, subject) -> None:
    assert subject_of(title, brand) == subject


def test_other_spellings_are_those_of_one_word() -> None:
    assert other_spellings("Wi-Fi drive 1 TB, USB-C") == "wifi usbc 1tb"


def test_a_document_says_what_the_product_is_without(shelf) -> None:
    database, one = shelf
    told = database.read_now(
        lambda s: {p.handle: document_of(p, []) for p in products(s, one.merchant_id, range(1, 40))}
    )
    assert told["free-candy"].texts["lacks"] == "sugar"
    assert told["candy"].texts["lacks"] == ""


def test_a_bound_is_kept_though_what_fits_best_is_dearer(shelf) -> None:
    database, there = shelf

    def fill(s):
        change = next_change(s, there.merchant_id)
        plain = "毎日の食卓で長く使える、丈夫で軽い陶器のうつわ。電子レンジと食洗機で使えます。"
        text = ProductText("bowl", "飯碗", "プレゼントにも。" + plain * 12)
        product_id = put_product(s, there.merchant_id, text, NOW, change)
        told = [VariantText(Money(300, "JPY"), sku="bowl")]
        (variant_id,) = put_variants(s, there.merchant_id, product_id, told, NOW)
        set_stock(s, there.merchant_id, variant_id, Level(5), change)

    database.write_now(fill)
    assert handles(shelf, "プレゼント")[0] == "gift-box"
    assert handles(shelf, "プレゼント 500円以下")[0] == "bowl"


def test_what_is_no_present_is_not_told_as_one(shelf) -> None:
    database, there = shelf
    ask = "プレゼント 750円以下"
    answer = database.read_now(lambda s: find(s, there, ask, Shopper("JPY", "ja")))
    assert answer.relaxed == ("price", "price_off")
    assert answer.results[0].product.handle in ("gift-box", "gift-mug")


def test_made_in_japan_is_told_by_the_country(shelf) -> None:
    database, there = shelf

    def fill(s):
        change = next_change(s, there.merchant_id)
        text = ProductText("towel", "今治の手ぬぐい", attributes={"原産国": "日本"})
        product_id = put_product(s, there.merchant_id, text, NOW, change)
        told = [VariantText(Money(900, "JPY"), sku="towel")]
        (variant_id,) = put_variants(s, there.merchant_id, product_id, told, NOW)
        set_stock(s, there.merchant_id, variant_id, Level(5), change)

    database.write_now(fill)
    assert handles(shelf, "日本製のもの") == ["towel"]
    assert handles(shelf, "国産") == ["towel"]
