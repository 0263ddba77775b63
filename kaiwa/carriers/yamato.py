"""Yamato Transport (ヤマト運輸): 12 digits, the last one checks the others."""

from collections.abc import Mapping

from kaiwa.carriers.contract import Carrier, ShipmentState, checked


class _Yamato:
    kind = "yamato"
    name = "ヤマト運輸"
    slots: tuple[str, ...] = ("am", "14-16", "16-18", "18-20", "19-21")
    words: Mapping[str, ShipmentState] = {
        "荷物受付": "shipped",
        "発送済み": "shipped",
        "発送": "shipped",
        "輸送中": "in_transit",
        "作業店通過": "in_transit",
        "配達中": "out_for_delivery",
        "持戻": "absent",
        "持戻(ご不在)": "absent",
        "ご不在": "absent",
        "保管中": "held",
        "調査中": "held",
        "配達完了": "delivered",
        "投函完了": "delivered",
        "返品": "sent_back",
    }

    def number(self, written: str) -> str:
        return checked(written, (12,), "Yamato")

    def link(self, number: str) -> str:
        return f"https://jizen.kuronekoyamato.co.jp/jizen/servlet/crjz.b.NQ0010?id={number}"


CARRIER: Carrier = _Yamato()
