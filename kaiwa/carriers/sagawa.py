"""Sagawa Express (佐川急便): 12 digits, the last one checks the others."""

from collections.abc import Mapping

from kaiwa.carriers.contract import Carrier, ShipmentState, checked


class _Sagawa:
    kind = "sagawa"
    name = "佐川急便"
    slots: tuple[str, ...] = ("am", "12-14", "14-16", "16-18", "18-20", "18-21", "19-21")
    words: Mapping[str, ShipmentState] = {
        "集荷": "shipped",
        "集荷完了": "shipped",
        "輸送中": "in_transit",
        "中継": "in_transit",
        "持出": "out_for_delivery",
        "配達中": "out_for_delivery",
        "ご不在": "absent",
        "不在持戻": "absent",
        "保管中": "held",
        "配達完了": "delivered",
        "配達終了": "delivered",
        "返送": "sent_back",
    }

    def number(self, written: str) -> str:
        return checked(written, (12,), "Sagawa")

    def link(self, number: str) -> str:
        return f"https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo={number}"


CARRIER: Carrier = _Sagawa()
