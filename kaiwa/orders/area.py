"""The areas by which Japanese carriers price a parcel, and the prefectures in each."""

import unicodedata
from typing import Final

from kaiwa.orders.address import PREFECTURES, prefecture
from kaiwa.vocabulary.errors import Invalid

AREAS: Final[dict[str, tuple[str, ...]]] = {
    area: tuple(names.split())
    for area, names in {
        "北海道": "北海道",
        "北東北": "青森県 岩手県 秋田県",
        "南東北": "宮城県 山形県 福島県",
        "関東": "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 山梨県",
        "信越": "新潟県 長野県",
        "北陸": "富山県 石川県 福井県",
        "中部": "岐阜県 静岡県 愛知県 三重県",
        "関西": "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県",
        "中国": "鳥取県 島根県 岡山県 広島県 山口県",
        "四国": "徳島県 香川県 愛媛県 高知県",
        "九州": "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県",
        "沖縄": "沖縄県",
    }.items()
}
_ALSO: Final = {
    "東北": AREAS["北東北"] + AREAS["南東北"],
    "甲信越": ("山梨県", *AREAS["信越"]),
    "東海": AREAS["中部"],
    "近畿": AREAS["関西"],
}


def area_of(name: str) -> str:
    """The area a prefecture lies in; `Invalid` when there is no such prefecture."""
    whole = prefecture(name)
    return next(area for area, names in AREAS.items() if whole in names)


def prefectures_in(written: str) -> tuple[str, ...]:
    """The prefectures that an area's or a prefecture's name means, from north to south."""
    name = unicodedata.normalize("NFKC", written).strip()
    if area := AREAS.get(name) or _ALSO.get(name):
        return tuple(one for one in PREFECTURES if one in area)
    try:
        return (prefecture(name),)
    except Invalid as error:
        known = "、".join(AREAS)
        raise Invalid(
            f"There is no prefecture {written!r}, and no area. Areas: {known}."
        ) from error
