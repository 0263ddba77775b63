"""How urgent something is, from the most urgent on."""

from typing import Final, Literal, TypeAlias

Priority: TypeAlias = Literal["urgent", "high", "normal", "low"]
# Kept as its place in this order, so that the database sorts by it.
PRIORITIES: Final[tuple[Priority, ...]] = ("urgent", "high", "normal", "low")
