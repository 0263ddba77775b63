"""Carriers: one file each knows its tracking numbers, links, time slots and words for states."""

from kaiwa.carriers.contract import STATES, Carrier, ShipmentState, mod_seven
from kaiwa.carriers.registry import carrier, carriers

__all__ = ["STATES", "Carrier", "ShipmentState", "carrier", "carriers", "mod_seven"]
