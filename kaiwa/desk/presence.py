"""Who has which conversation open.

Kept in the memory of one process: with several nodes an agent sees the colleagues whose desks are
connected to the same node. Nothing depends on it but courtesy between colleagues.
"""

from collections import Counter

import msgspec


class Person(msgspec.Struct, frozen=True, order=True):
    """An agent as colleagues see them."""

    name: str
    id: int


class Presence:
    """Counts the open desks of each agent per conversation."""

    def __init__(self) -> None:
        self._open: dict[int, Counter[Person]] = {}

    def enter(self, conversation_id: int, who: Person) -> None:
        """One more desk of this agent has the conversation open."""
        self._open.setdefault(conversation_id, Counter())[who] += 1

    def leave(self, conversation_id: int, who: Person) -> bool:
        """One less; True when it was the agent's last."""
        here = self._open.get(conversation_id)
        if here is None or who not in here:
            return False
        here[who] -= 1
        if here[who] > 0:
            return False
        del here[who]
        if not here:
            del self._open[conversation_id]
        return True

    def here(self, conversation_id: int) -> list[Person]:
        """Who has it open, by name."""
        return sorted(self._open.get(conversation_id, ()))
