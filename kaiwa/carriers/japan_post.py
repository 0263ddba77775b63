"""Japan Post (日本郵便): 11 or 12 digits at home, the S10 form (AB123456785JP) abroad."""

import re
from collections.abc import Mapping
from typing import Final

from kaiwa.carriers.contract import Carrier, ShipmentState, bare, checked
from kaiwa.vocabulary.errors import Invalid

_S10: Final = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


class _JapanPost:
    kind = "japan_post"
    name = "日本郵便"
    slots: tuple[str, ...] = ("am", "12-14", "14-16", "16-18", "18-20", "19-21", "20-21")
    words: Mapping[str, ShipmentState] = {
        "引受": "shipped",
        "発送": "in_transit",
        "通過": "in_transit",
        "到着": "in_transit",
        "持ち出し中": "out_for_delivery",
        "ご不在のため持ち戻り": "absent",
        "保管": "held",
        "お届け済み": "delivered",
        "お届け先にお届け済み": "delivered",
        "返送": "sent_back",
        "差出人に返送": "sent_back",
    }

    def number(self, written: str) -> str:
        number = bare(written)
        if found := _S10.fullmatch(number):
            if _s10_digit(found[1]) != int(found[2]):
                raise Invalid(f"The check digit of this tracking number is wrong: {written!r}.")
            return number
        return checked(written, (11, 12), "Japan Post")

    def link(self, number: str) -> str:
        return (
            "https://trackings.post.japanpost.jp/services/srv/search/direct"
            f"?reqCodeNo1={number}&locale=ja"
        )


def _s10_digit(serial: str) -> int:
    rest = 11 - sum(w * int(d) for w, d in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


CARRIER: Carrier = _JapanPost()
