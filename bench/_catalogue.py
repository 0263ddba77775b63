"""A made-up catalog of any size in two languages, and what its shoppers would type.

Half of the products speak Japanese, half English; words are drawn head-heavy from about 30,000.
Rows go to the tables directly, so that a million take a minute; prices, stock, colours and sizes
are as spread as a real shop's.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from kaiwa.catalog.change import next_change
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.time import to_micros

NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)
BATCH: Final = 5_000
THINGS_JA: Final = (
    "シャツ 財布 炊飯器 湯のみ 急須 リュック 傘 毛布 包丁 "
    "まな板 水筒 弁当箱 手袋 靴下 帽子 時計 椅子 机 "
    "枕 布団 タオル 石鹸 掃除機 冷蔵庫 電子レンジ "
    "扇風機 加湿器 イヤホン キーボード 充電器 スニーカー "
    "長靴 コート セーター ネクタイ ベルト 鞄 皿 茶碗 "
    "箸 鍋 フライパン 花瓶 照明 カーテン 絨毯 本棚 鏡"
).split()
THINGS_EN: Final = (
    "lamp keyboard backpack mug headphones shirt wallet "
    "kettle umbrella blanket knife bottle gloves "
    "socks hat watch chair desk pillow towel soap "
    "vacuum fan humidifier charger sneakers boots coat "
    "sweater belt bag plate bowl pan vase curtain "
    "rug shelf mirror speaker monitor mouse cable tripod"
).split()
MANNERS_JA: Final = (
    "軽い 丈夫な 北欧風 有機 防水 折りたたみ 高級 手作り 伝統 大きい 小さい 静かな".split()
)
MANNERS_EN: Final = (
    "slim wireless vintage outdoor folding waterproof handmade compact heavy classic soft".split()
)
MATERIALS: Final = {
    "ja": "革 綿 木 鉄 ガラス 絹 陶器 竹 麻".split(),
    "en": "leather cotton wooden steel glass silk ceramic bamboo linen".split(),
}
COLOURS: Final = {
    "ja": "赤 青 黒 白 ベージュ 緑 茶色".split(),
    "en": "red blue black white beige green".split(),
}
SIZES: Final = ("S", "M", "L", "")
_KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニネノハヒフヘマミムメモヤユヨラリルレロ"
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"

_PRODUCT: Final = """INSERT INTO product (id, merchant_id, handle, title, body, brand, category,
    tags, attributes, images, status, language, updated_at, change) VALUES (:id, :merchant_id,
    :handle, :title, :body, :brand, :category, '[]', :attributes, '[]', 'active', :language, :now,
    :change)"""
_VARIANT: Final = """INSERT INTO variant (id, merchant_id, product_id, sku, title, options,
    amount_minor, currency, tax_class, tax_included, position) VALUES (:id, :merchant_id,
    :product_id, :sku, :title, :options, :price, 'JPY', 'standard', 1, :position)"""
_STOCK: Final = """INSERT INTO stock (variant_id, merchant_id, on_hand, change)
    VALUES (:id, :merchant_id, :on_hand, :change)"""


def words(language: str, count: int = 15_000) -> list[str]:
    """Names nobody has heard of, the same ones in every run."""
    luck = random.Random(language)
    if language == "ja":
        return ["".join(luck.choices(_KANA, k=luck.randint(3, 6))) for _ in range(count)]
    return [
        "".join(luck.choice(_CONSONANTS) + luck.choice(_VOWELS) for _ in range(luck.randint(2, 4)))
        + luck.choice("nrsxt")
        for _ in range(count)
    ]


WORDS: Final = {language: words(language) for language in ("ja", "en")}


def _word(luck: random.Random, language: str) -> str:
    # Head-heavy: the first is in every tenth product, half of them in one of 600 or fewer.
    known = WORDS[language]
    return known[int(len(known) * luck.random() ** 2)]


def fill(db: Database, count: int) -> int:
    """The id of a merchant with so many products of two variants each."""
    shop = db.write_now(lambda s: create_merchant(s, NewMerchant("Bench"), NOW)).id
    for start in range(0, count, BATCH):
        some = range(start, min(start + BATCH, count))
        db.write_now(lambda s, some=some: _put(s, shop, some))  # type: ignore[misc]
    return shop


def _put(session: Session, shop: int, numbers: range) -> None:
    change = next_change(session, shop)
    base = {"merchant_id": shop, "change": change, "now": to_micros(NOW)}
    told = [_told(number) for number in numbers]
    session.many(_PRODUCT, [base | product for product, _ in told])
    variants = [base | one for _, some in told for one in some]
    session.many(_VARIANT, variants)
    session.many(_STOCK, variants)


def _told(number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    luck = random.Random(number)
    language = ("ja", "en")[number % 2]
    things, manners = (THINGS_JA, MANNERS_JA) if language == "ja" else (THINGS_EN, MANNERS_EN)
    thing, manner = luck.choice(things), luck.choice(manners)
    material = luck.choice(MATERIALS[language])
    names = [_word(luck, language) for _ in range(12)]
    material_name = "素材" if language == "ja" else "material"
    of = "の" if language == "ja" else " "
    product = {
        "id": number + 1,
        "handle": f"p-{number}",
        "title": f"{names[0]} {manner}{'' if language == 'ja' else ' '}{material}{of}{thing}",
        "body": " ".join([*names, *luck.choices(manners, k=3), luck.choice(things)]),
        "brand": WORDS["en"][luck.randint(0, 499)].title(),
        "category": thing,
        "attributes": msgspec.json.encode({material_name: material}).decode(),
        "language": language,
    }
    price = round(100 * 1.6 ** luck.uniform(2, 14))
    colour_name, size_name = {"ja": ("色", "サイズ"), "en": ("color", "size")}[language]
    variants = []
    for place, colour in enumerate(luck.sample(COLOURS[language], 2)):
        size = luck.choice(SIZES)
        options = {colour_name: colour} | ({size_name: size} if size else {})
        variants.append(
            {
                "id": number * 2 + place + 1,
                "product_id": number + 1,
                "sku": f"{number}-{place}",
                "title": " / ".join(options.values()),
                "options": msgspec.json.encode(options).decode(),
                "price": price + place * 100,
                "position": place + 1,
                "on_hand": max(0, luck.randint(-3, 9)),
            }
        )
    return product, variants


def queries(count: int) -> Iterator[str]:
    """One to three words, half of them bound by price, colour, size or stock; some misspelt."""
    luck = random.Random(7)
    for number in range(count):
        language = ("ja", "en")[number % 2]
        things, manners = (THINGS_JA, MANNERS_JA) if language == "ja" else (THINGS_EN, MANNERS_EN)
        parts = [luck.choice(things)]
        if luck.random() < 0.5:
            parts.insert(0, luck.choice([*manners, *MATERIALS[language]]))
        if luck.random() < 0.4:
            parts.insert(0, _word(luck, language))
        if luck.random() < 0.15:
            place = luck.randrange(len(parts))
            parts[place] = _misspelt(luck, parts[place])
        if luck.random() < 0.1:
            parts.insert(0, WORDS["en"][luck.randint(0, 499)])
        yield " ".join(parts) + _bound(luck, language) * (luck.random() < 0.5)


def _misspelt(luck: random.Random, word: str) -> str:
    if len(word) < 3:
        return word
    at = luck.randrange(len(word) - 1)
    return luck.choice([word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at:]])


def _bound(luck: random.Random, language: str) -> str:
    price = luck.choice([500, 1_000, 3_000, 5_000, 20_000])
    colour = luck.choice(COLOURS[language])
    if language == "ja":
        ways = [f"{price}円以下", f"{colour}", "在庫あり", f"{price}円以下 在庫あり", "Mサイズ"]
        ways.append(f"{colour} {price}円以下 在庫あり")
    else:
        ways = [f"under {price} yen", colour, "in stock", f"under {price} yen in stock", "size M"]
        ways.append(f"{colour} under {price} yen in stock")
    return f" {luck.choice(ways)}"
