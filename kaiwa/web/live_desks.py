"""The desks that are open in this process: how many an agent has, where, and from when on."""

from collections import Counter

import msgspec

from kaiwa.desk.presence import Person, Presence
from kaiwa.engines.live import Hub, LiveEvent
from kaiwa.merchants.agent import Agent
from kaiwa.web.context import Context

MOST_SOCKETS = 20
_REMEMBERED = 10_000


class LiveDesks:
    """One per process, kept with the context. Everything runs on the event loop."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._sockets: Counter[int] = Counter()
        self._presence = Presence()
        self._loaded: dict[tuple[int, int], str] = {}

    def list_loads(self, agent: Agent) -> str:
        """Call before the list is read: from here on its changes are kept; the cursor."""
        return self._hub.touch(own_topics(agent))

    def conversation_loads(self, agent: Agent, conversation_id: int) -> str:
        """Call before a conversation is read: who follows it next misses nothing; the cursor."""
        cursor = self._hub.touch([topic_of(conversation_id)])
        self._loaded.pop((agent.id, conversation_id), None)
        self._loaded[agent.id, conversation_id] = cursor
        if len(self._loaded) > _REMEMBERED:
            del self._loaded[next(iter(self._loaded))]
        return cursor

    def loaded_at(self, agent: Agent, conversation_id: int) -> str | None:
        """The cursor at which the agent loaded the conversation; told once."""
        return self._loaded.pop((agent.id, conversation_id), None)

    def connect(self, agent: Agent) -> bool:
        """One more socket of the agent; False when there are enough."""
        if self._sockets[agent.id] >= MOST_SOCKETS:
            return False
        self._sockets[agent.id] += 1
        return True

    def disconnect(self, agent: Agent) -> None:
        """One less."""
        self._sockets[agent.id] -= 1
        if self._sockets[agent.id] <= 0:
            del self._sockets[agent.id]

    def opened(self, agent: Agent, conversation_id: int) -> None:
        """The agent has the conversation on the screen: tell everybody who has."""
        self._presence.enter(conversation_id, Person(agent.name, agent.id))
        self._tell(conversation_id)

    def left(self, agent: Agent, conversation_id: int) -> None:
        """The agent has it on one screen less."""
        if self._presence.leave(conversation_id, Person(agent.name, agent.id)):
            self._tell(conversation_id)

    def _tell(self, conversation_id: int) -> None:
        here = [{"id": one.id, "name": one.name} for one in self._presence.here(conversation_id)]
        body = {"kind": "presence", "conversation": conversation_id, "agents": here}
        topic, key = topic_of(conversation_id), f"presence:{conversation_id}"
        self._hub.publish([LiveEvent(topic, msgspec.json.encode(body), key)])


def live_desks(context: Context) -> LiveDesks:
    """The open desks of this process."""
    found: LiveDesks = context.doing.setdefault("live_desks", LiveDesks(context.hub))
    return found


def own_topics(agent: Agent) -> frozenset[str]:
    """What every desk of the agent follows: the merchant's list, and whether they are let in."""
    return frozenset({f"desk:{agent.merchant_id}", f"agent:{agent.id}"})


def topic_of(conversation_id: int) -> str:
    """Everything of one conversation."""
    return f"conversation:{conversation_id}"
