"""The words of an answer so far, from the nudge that carries them to the shopper's open chats.

No row is read: who listens gets them at once, and they are kept for nobody.
"""

from collections.abc import Callable

import msgspec

from kaiwa.conversations.so_far import told_so_far
from kaiwa.engines.db import Nudge
from kaiwa.engines.live import LiveEvent


def so_far_events(nudge: Nudge, listened: Callable[[str], bool]) -> list[LiveEvent]:
    """The words for their shopper; for the desk only that the bot is writing."""
    seen = told_so_far(nudge)
    if seen is None:
        return []
    shown = {
        "kind": "so_far",
        "conversation": seen.conversation_id,
        "after_seq": seen.after_seq,
        "texts": seen.texts,
    }
    topics = [f"identity:{seen.identity_id}"]
    if seen.customer_id is not None:
        topics.append(f"customer:{seen.customer_id}")
    events = [LiveEvent(one, msgspec.json.encode(shown), "so_far", passing=True) for one in topics]
    if seen.texts:
        events.append(_typing(seen.conversation_id))
    return [one for one in events if listened(one.topic)]


def _typing(conversation_id: int) -> LiveEvent:
    told = {"kind": "typing", "sender": "bot", "name": "", "conversation": conversation_id}
    return LiveEvent(f"conversation:{conversation_id}", msgspec.json.encode(told), "typing:bot")
