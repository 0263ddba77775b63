"""Any other carrier, and the shop's own van: every plain number is taken, there is no link."""

import re
from collections.abc import Mapping
from typing import Final

from kaiwa.carriers.contract import STATES, Carrier, ShipmentState, bare
from kaiwa.vocabulary.errors import Invalid

_NUMBER: Final = re.compile(r"[A-Z0-9]{1,40}")


class _Generic:
    kind = "generic"
    name = "配送業者"
    slots: tuple[str, ...] = ("am", "pm")
    words: Mapping[str, ShipmentState] = {
        **{state: state for state in STATES},
        "発送済み": "shipped",
        "配送中": "in_transit",
        "配達中": "out_for_delivery",
        "不在": "absent",
        "配達完了": "delivered",
    }

    def number(self, written: str) -> str:
        number = bare(written)
        if not _NUMBER.fullmatch(number):
            raise Invalid(f"A tracking number is letters and digits, up to 40: {written!r}.")
        return number

    def link(self, number: str) -> None:
        return None


CARRIER: Carrier = _Generic()
