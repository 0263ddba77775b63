"""The legal notice says what the checkout does, and names what only the merchant can say."""

import pytest
from msgspec.structs import replace

from kaiwa.engines.db import Database
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.orders.legal_notice import LegalNotice, NoticeRow, legal_notice
from kaiwa.orders.shipping import Rate, add_rate, all_rates, end_rate
from kaiwa.orders.terms import GiftWrap, Seller, Terms, Words, set_terms, terms
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language
from tests.orders.shop import NOW, Shop
from tests.orders.till import Till

SELLER = Seller(
    "株式会社 山の端", "山端茶子", "京都府京都市中京区1-2", "075-123-4567", "tea@example.jp"
)
JA = Words(
    payment_time="ご注文のとき。銀行振込は7日以内",
    delivery_time="ご注文から5日以内に発送します",
    returns="送料はお客さまのご負担です",
)
EN = Words(
    seller="Yamanoha Inc.",
    payment_time="When you order",
    delivery_time="Sent within 5 days",
    returns="You pay for sending it back.",
)


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def say_terms(till: Till, new: Terms) -> None:
    till.db.write_now(lambda s: set_terms(s, till.shop.merchant_id, new))


def notice(till: Till, language: Language = "ja") -> LegalNotice:
    return till.db.read_now(lambda s: legal_notice(s, till.shop.merchant_id, language))


def texts(told: LegalNotice) -> dict[str, str]:
    return {row.key: row.text for row in told.rows}


def test_a_shop_that_said_nothing_is_told_what_to_fill_in(database: Database) -> None:
    new = NewMerchant("Bare")
    bare = database.write_now(lambda s: create_merchant(s, new, NOW)).id
    told = database.read_now(lambda s: legal_notice(s, bare, "ja"))
    assert not told.complete
    assert told.missing == (
        "seller", "representative", "address", "phone", "fees", "payment",
        "payment_time", "delivery_time", "returns",
    )  # fmt: skip
    assert texts(told) == {
        "prices": "各商品のページと、ご注文の確認画面に表示する金額です。",
        "returns": "商品の到着から8日以内に限り、返品をお受けします。",
    }


def test_the_whole_notice_in_japanese(till: Till) -> None:
    wraps = (GiftWrap("noshi", {"ja": "熨斗"}, 330), GiftWrap("bag", {}, 0))
    say_terms(till, Terms(SELLER, "T7010705000725", wraps=wraps, words={"ja": JA}))
    told = notice(till)
    assert (told.complete, told.missing) == (True, ())
    assert [(row.label, row.text) for row in told.rows] == [
        ("販売業者", "株式会社 山の端"),
        ("運営統括責任者", "山端茶子"),
        ("所在地", "京都府京都市中京区1-2"),
        ("電話番号", "075-123-4567"),
        ("メールアドレス", "tea@example.jp"),
        ("販売価格", "各商品のページと、ご注文の確認画面に表示する金額です。"),
        (
            "商品代金以外の必要料金",
            "宅急便：¥550（¥10,000以上のお買い上げで無料）\n"
            "ギフト包装 熨斗：¥330\n代金引換の手数料：¥330",
        ),
        ("お支払い方法", "Moody、代金引換、銀行振込"),
        ("お支払いの時期", "ご注文のとき。銀行振込は7日以内"),
        ("商品の引渡時期", "ご注文から5日以内に発送します"),
        (
            "返品・交換",
            "商品の到着から8日以内に限り、返品をお受けします。\n送料はお客さまのご負担です",
        ),
        ("適格請求書発行事業者の登録番号", "T7010705000725"),
    ]


def test_in_english_the_shop_keeps_its_own_words_where_it_gave_no_others(till: Till) -> None:
    say_terms(till, Terms(SELLER, words={"ja": JA, "en": EN}))
    told = notice(till, "en")
    assert told.complete
    assert told.rows[:3] == (
        NoticeRow("seller", "Seller", "Yamanoha Inc.", "en"),
        NoticeRow("representative", "Person responsible", "山端茶子", "ja"),
        NoticeRow("address", "Address", "京都府京都市中京区1-2", "ja"),
    )
    assert texts(told)["returns"] == (
        "Goods can be returned within 8 days of their arrival.\nYou pay for sending it back."
    )


def test_a_shop_that_takes_nothing_back_says_so(till: Till) -> None:
    say_terms(till, Terms(SELLER, return_days=0, words={"ja": JA}))
    assert texts(notice(till, "en"))["returns"].startswith("Goods are not taken back")


def test_rates_are_told_with_where_and_how_heavy(till: Till) -> None:
    owner = till.shop.merchant_id

    def furnish(s) -> None:
        for one in all_rates(s, owner):
            end_rate(s, owner, one.id, NOW)
        add_rate(s, owner, Rate("ゆうパケット", up_to_g=1000, amount_minor=0))
        far = Rate("島便", regions=("北海道", "沖縄県"), over_g=1000, up_to_g=2500)
        add_rate(s, owner, replace(far, amount_minor=1200, tax_included=False))
        add_rate(s, owner, Rate("EMS", country="US", amount_minor=3000, days=7))

    till.db.write_now(furnish)
    assert texts(notice(till))["fees"].splitlines()[:3] == [
        "ゆうパケット（1,000 gまで）：無料",
        "島便（北海道、沖縄県、1,000 gを超えるもの、2,500 gまで）：¥1,200（税別）",
        "EMS（US）：¥3,000",
    ]


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        (Terms(return_days=-1), "return_days"),
        (Terms(days_ahead=400), "days_ahead"),
        (Terms(abandoned_after_minutes=-5), "abandoned_after_minutes"),
        (Terms(first_number=0), "order number"),
        (Terms(wraps=(GiftWrap("x", {}, -1),)), "wrapping"),
    ],
)
def test_terms_that_cannot_be_change_nothing(till: Till, wrong: Terms, about: str) -> None:
    say_terms(till, Terms(SELLER))
    with pytest.raises(Invalid, match=about):
        say_terms(till, wrong)
    assert till.db.read_now(lambda s: terms(s, till.shop.merchant_id)) == Terms(SELLER)


def test_nobody_has_no_notice(till: Till) -> None:
    with pytest.raises(NotFound):
        till.db.read_now(lambda s: legal_notice(s, 10**6, "ja"))
