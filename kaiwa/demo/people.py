"""Who buys in the example shop. Nobody of them exists: their mail ends at `.example`."""

from typing import Final

import msgspec

from kaiwa.orders.address import PostalAddress


class Person(msgspec.Struct, frozen=True):
    """Somebody with a name, a mail address and a telephone."""

    key: str
    name: str
    email: str
    phone: str
    place: int


_TOWNS: Final = (
    ("1100001", "東京都", "台東区谷中"),
    ("1500001", "東京都", "渋谷区神宮前"),
    ("2310023", "神奈川県", "横浜市中区山下町"),
    ("3300854", "埼玉県", "さいたま市大宮区桜木町"),
    ("0600042", "北海道", "札幌市中央区大通西"),
    ("9800811", "宮城県", "仙台市青葉区一番町"),
    ("9200981", "石川県", "金沢市片町"),
    ("4600008", "愛知県", "名古屋市中区栄"),
    ("6048004", "京都府", "京都市中京区中島町"),
    ("5300001", "大阪府", "大阪市北区梅田"),
    ("7300011", "広島県", "広島市中区基町"),
    ("8100001", "福岡県", "福岡市中央区天神"),
    ("9000013", "沖縄県", "那覇市牧志"),
)
_NAMES: Final = """sasaki:佐々木 美穂 laurent:Emma Laurent takahashi:高橋 健一 kobayashi:小林 直樹
    chen:Lucy Chen inoue:井上 さくら carter:James Carter fujii:藤井 美和 mori:森 大地 ono:小野 由香
    ueda:上田 拓也 walker:Olivia Walker hayashi:林 千尋 ishii:石井 恵 sato:佐藤 陽子
    suzuki:鈴木 隆 ito:伊藤 美咲 watanabe:渡辺 誠 yamamoto:山本 真理 nakata:中田 光
    kato:加藤 香織 yoshida:吉田 学 yamada:山田 明日香 matsumoto:松本 涼 kimura:木村 紀子
    shimizu:清水 悠斗 saito:斎藤 奈緒 abe:阿部 健太 ikeda:池田 愛 hashimoto:橋本 翼
    yamashita:山下 玲奈 ishikawa:石川 修 maeda:前田 志保 okada:岡田 亮 hasegawa:長谷川 綾
    goto:後藤 裕太 murakami:村上 春奈 kondo:近藤 茂 sakamoto:坂本 理恵 endo:遠藤 航
    aoki:青木 百合 nishimura:西村 浩 fukuda:福田 彩香 ota:太田 修平 miura:三浦 琴音
    okamoto:岡本 洋介 nakajima:中島 麻衣 fujiwara:藤原 圭 harada:原田 結衣 takagi:高木 徹
    ando:安藤 早苗 taniguchi:谷口 仁 miller:Noah Miller brown:Sophie Brown garcia:Luis Garcia
    martin:Claire Martin schmidt:Jonas Schmidt rossi:Giulia Rossi kim:Daniel Kim tan:Grace Tan
    evans:Rhys Evans novak:Petra Novak"""


def _people() -> dict[str, Person]:
    words = _NAMES.replace("\n", " ").split()
    pairs = zip(words[::2], words[1::2], strict=True)
    people = {}
    for place, (head, last) in enumerate(pairs):
        key, _, first = head.partition(":")
        people[key] = Person(
            key,
            f"{first} {last}",
            f"{key}@mail.example",
            f"090{place * 137 % 10_000:04}{place * 7_919 % 10_000:04}",
            place,
        )
    return people


PEOPLE: Final = _people()


def address_of(one: Person) -> PostalAddress:
    """Where their parcels go."""
    code, region, city = _TOWNS[one.place % len(_TOWNS)]
    block = f"{one.place % 4 + 1}-{one.place % 9 + 1}-{one.place % 13 + 2}"
    return PostalAddress(one.name, code, region, city, block, phone=one.phone)
