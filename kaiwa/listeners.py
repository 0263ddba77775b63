"""Who hears what: every fact and the work it causes, in the transaction in which it became true."""

from kaiwa.conversations.fact import (
    Announce,
    CartSeen,
    CustomerFollowed,
    Fact,
    HandoffRequested,
    MessageReceived,
)
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue


def announcer(clock: Clock) -> Announce:
    """The function that facts are told to."""

    def announce(session: Session, fact: Fact) -> None:
        now = clock.now()
        match fact:
            case MessageReceived(merchant_id, conversation_id, message_id):
                job = NewJob(
                    "bot",
                    "turn",
                    payload=f"{merchant_id} {conversation_id} {message_id}",
                    key=f"turn:{message_id}",
                    lane=f"turn:{conversation_id}",
                )
                enqueue(session, job, now)
            case CustomerFollowed(merchant_id, identity_id):
                job = NewJob("bot", "greet", payload=f"{merchant_id} {identity_id}")
                enqueue(session, job, now)
            case HandoffRequested() | CartSeen():
                # The desk sees both live; nobody else listens yet.
                return

    return announce
