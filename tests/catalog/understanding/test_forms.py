"""How many ways there are to say one constraint: of each family the forms that shoppers use."""

from typing import Any

import pytest

from kaiwa.catalog.understanding import Facets, Understood
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.understand import understand

SHOP = Facets(
    ("花園", "Nordhem", "Anker"),
    ("財布", "傘", "シャツ", "スニーカー", "ワンピース", "Wallets", "Shirts", "Headphones"),
    frozenset(COLOURS),
    frozenset({"S", "M", "L", "24.5cm", "26cm", "27cm", "FREE"}),
)
NEUTRAL = {"language", "terms", "category"}


def told(query: str) -> tuple[str, dict[str, Any]]:
    japanese = not query.isascii()
    found = understand(query, SHOP, "JPY" if japanese else "USD", "ja" if japanese else "en")
    plain = Understood(found.language, found.terms)
    names = set(Understood.__struct_fields__) - NEUTRAL
    there = {n: getattr(found, n) for n in names if getattr(found, n) != getattr(plain, n)}
    return found.terms, there


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("3千円代の財布", 3000, 3999),
        ("五千円札一枚で買える傘", None, 5000),
        ("3000から5000の傘", 3000, 5000),
        ("財布、上は1万円まで", None, 10000),
        ("3000円しか出せない 傘", None, 3000),
        ("お小遣いが3000円しかない 傘", None, 3000),
        ("どんなに高くても8000円の財布", None, 8000),
        ("8000円以上は出せない 財布", None, 8000),
        ("8000円を超えるのは無理 財布", None, 8000),
        ("8000円以上の財布", 8000, None),
        ("2万円近辺の財布", 16000, 24000),
        ("1万円強の財布", 8000, 12000),
        ("wallet in the 20 to 40 range", 2000, 4000),
        ("wallet ~$50", 4000, 6000),
        ("wallet 50 ish", 4000, 6000),
        ("wallet above 50", 5000, None),
        ("i've got 50 bucks wallet", None, 5000),
        ("can't spend more than $50 wallet", None, 5000),
        ("wallet $50 at most", None, 5000),
        ("wallet, $50 limit", None, 5000),
        ("wallet capped at $50", None, 5000),
        ("wallet below the $50 mark", None, 5000),
        ("wallet between $25 & $35", 2500, 3500),
    ],
)
def test_a_price_may_be_told_so(query: str, low: int | None, high: int | None) -> None:
    terms, there = told(query)
    assert (there.pop("price_min", None), there.pop("price_max", None), there) == (low, high, {})
    assert terms in ("財布", "傘", "wallet")


@pytest.mark.parametrize(
    ("query", "slots"),
    [
        ("黒めの財布", {"colour": ("black",)}),
        ("赤みのある財布", {"colour": ("red",)}),
        ("白ベースの財布", {"colour": ("white",)}),
        ("カラーは黒で財布", {"colour": ("black",)}),
        ("色は赤がいい 財布", {"colour": ("red",)}),
        ("むらさき色の財布", {"colour": ("purple",)}),
        ("color: navy wallet", {"colour": ("navy",)}),
        ("red colored wallet", {"colour": ("red",)}),
        ("blue-green wallet", {"colour": ("blue", "green")}),
        ("reddish brown wallet", {"colour": ("brown",)}),
        ("黒ごま", {}),
        ("スニーカー 27", {"size": "27cm"}),
        ("足が24.5です スニーカー", {"size": "24.5cm"}),
        ("メンズM シャツ", {"size": "M", "gender": "m"}),
        ("エルサイズのシャツ", {"size": "L"}),
        ("hands free headphones", {}),
        ("free shipping wallet", {}),
        ("男物の傘", {"gender": "m"}),
        ("女の人向けの傘", {"gender": "f"}),
        ("女性でも持てる傘", {"gender": "f"}),
        ("男女どちらでも使える傘", {"gender": "u"}),
        ("wallet for guys", {"gender": "m"}),
        ("shirt for both men and women", {"gender": "u"}),
        ("明日までに届く傘", {"in_stock": True}),
        ("今買える傘", {"in_stock": True}),
        ("wallet i can get tomorrow", {"in_stock": True}),
        ("wallet that isn't sold out", {"in_stock": True}),
    ],
)
def test_what_it_is_like_may_be_told_so(query: str, slots: dict[str, Any]) -> None:
    assert told(query)[1] == slots


@pytest.mark.parametrize(
    ("query", "unwanted"),
    [
        ("革はもういい 財布", ("革",)),
        ("革は手入れが大変だから嫌 財布", ("革",)),
        ("黒以外ならなんでも 財布", ("black",)),
        ("派手じゃないワンピース", ()),
        ("wallet in any color but brown", ("brown",)),
        ("any wallet except brown", ("brown",)),
        ("wallet neither brown nor black", ("brown", "black")),
        ("canvas instead of leather wallet", ("leather",)),
        ("don't show me leather wallets", ("leather",)),
        ("i don't like leather, wallet", ("leather",)),
        ("headphones but not anker", ("Anker",)),
        ("wallet no rush", ()),
    ],
)
def test_what_is_not_wanted_may_be_told_so(query: str, unwanted: tuple[str, ...]) -> None:
    there = told(query)[1]
    assert (there.pop("exclude", ()), there) == (unwanted, {})


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("値段が安いほうから財布", "price_asc"),
        ("高い方から見せて 財布", "price_desc"),
        ("wallet sorted by price", "price_asc"),
        ("みんなが買ってる財布", "popular"),
        ("一番人気の財布", "popular"),
        ("most bought wallet", "popular"),
        ("what sells best wallet", "popular"),
        ("レビュー評価順 財布", "rated"),
        ("wallet with 4+ stars", "rated"),
        ("最近入荷した財布", "new"),
        ("recently added wallet", "new"),
        ("sort by date wallet", "new"),
    ],
)
def test_an_order_may_be_told_so(query: str, order: str) -> None:
    terms, there = told(query)
    assert (there, terms) == ({"order": order}, "wallet" if query.isascii() else "財布")
