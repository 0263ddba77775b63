"""A small shop in two languages, for the finder's stories."""

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Session
from kaiwa.vocabulary.money import Money
from tests.catalog.shop import NOW, merchant

# handle, title, brand, category, body, then variants as (colour, size, price, stock)
GOODS = [
    ("shirt", "綿のTシャツ", "花園", "Tシャツ", "素材：綿100%",
     [("白", "M", 2900, 3), ("黒", "M", 2900, 0), ("黒", "L", 3200, 5)]),
    ("dear-shirt", "シルクTシャツ", "Solea", "Tシャツ", "なめらか", [("白", "M", 9800, 3)]),
    ("sneaker", "軽いスニーカー", "Kitto", "スニーカー", "歩きやすい靴",
     [("赤", "26cm", 6800, 2), ("黒", "27cm", 6800, 1)]),
    ("wallet", "革の財布", "Kitto", "財布", "本革", [("茶", "", 12000, 4)]),
    ("cloth-wallet", "布の財布", "花園", "財布", "帆布", [("紺", "", 3400, 4)]),
    ("tea", "宇治の緑茶", "山茶房", "日本茶", "新茶", [("", "", 1080, 50)]),
    ("teapot", "急須", "山茶房", "茶器", "常滑焼", [("", "", 4800, 0)]),
    ("mug", "Ceramic mug", "Nordhem", "Mugs", "A large cup for coffee", [("blue", "", 1500, 9)]),
    ("headphones", "Wireless headphones", "Nordhem", "Headphones", "Noise cancelling",
     [("black", "", 18000, 2)]),
]  # fmt: skip


def goods(session: Session, name: str = "Hana") -> int:
    """The shop's id."""
    shop = merchant(session, name)
    change = next_change(session, shop)
    for handle, title, brand, category, body, variants in GOODS:
        text = ProductText(handle, title, body, brand, category)
        product_id = put_product(session, shop, text, NOW, change)
        told = [
            VariantText(
                Money(price, "JPY"),
                sku=f"{handle}-{place}",
                options={k: v for k, v in (("色", colour), ("サイズ", size)) if v},
            )
            for place, (colour, size, price, _) in enumerate(variants)
        ]
        ids = put_variants(session, shop, product_id, told, NOW)
        for variant_id, (*_, stock) in zip(ids, variants, strict=True):
            set_stock(session, shop, variant_id, Level(stock), change)
    return shop
