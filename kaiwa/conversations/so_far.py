"""The words of an answer so far: seen while the rest is made, kept nowhere, gone with the message.

They travel in a nudge, as a typing sign does: no row ever holds them. Each holds all words so far,
so whoever misses one is right again with the next; without words nothing is to be seen any more.
"""

from typing import Final

import msgspec

from kaiwa.engines.db import Nudge

KIND: Final = "so_far"
# What PostgreSQL carries in one notice is 8,000 bytes, the frame around it included.
_MOST_BYTES: Final = 6_500


class SoFar(msgspec.Struct, frozen=True, array_like=True):
    """What is to be seen of the answer that comes after `after_seq` of a conversation.

    `customer_id` only where all of the customer's devices may see it.
    """

    conversation_id: int
    identity_id: int
    customer_id: int | None
    after_seq: int
    texts: tuple[str, ...] = ()


def so_far_nudge(merchant_id: int, seen: SoFar) -> Nudge | None:
    """Tells every process; None for more words than a notice can carry."""
    note = msgspec.json.encode(seen).decode()
    nudge = Nudge(KIND, merchant_id, seen.conversation_id, seen.identity_id, note)
    return nudge if len(msgspec.json.encode(nudge)) <= _MOST_BYTES else None


def told_so_far(nudge: Nudge) -> SoFar | None:
    """What such a nudge tells; None when a process of another release sent another shape."""
    try:
        return msgspec.json.decode(nudge.note, type=SoFar)
    except msgspec.DecodeError:
        return None
