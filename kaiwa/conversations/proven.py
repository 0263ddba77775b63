"""Senders that anybody can write: what is known of them, and what the bot may do for them.

A channel that cannot vouch for its senders says with each message whether this one is proven. What
is not never moves the bot for a customer that is surely known: a person decides.
"""

from datetime import datetime

from kaiwa.customers.grade import VERIFIED, Grade
from kaiwa.customers.identity import Evidence, Identity, identities, identity_ids, relink
from kaiwa.engines.db import Session
from kaiwa.vocabulary.event import InboundEvent


def weigh(session: Session, identity: Identity, event: InboundEvent, now: datetime) -> None:
    """Note the evidence of this message, when it is more than there was."""
    if event.proof is None or identity.grade not in ("first_seen", "claimed"):
        return
    own = identity_ids(session, identity.merchant_id, identity.customer_id)
    if identity.grade == "claimed" and len(own) > 1:
        # It is proven who writes. That they are this customer is only claimed all the same.
        return
    grade: Grade = "proven" if event.proof.ok else "claimed"
    if grade != identity.grade:
        evidence = Evidence(grade, event.proof.words, f"channel:{identity.channel}")
        relink(session, identity, identity.customer_id, evidence, now)


def bot_may_act(session: Session, identity: Identity, event: InboundEvent) -> bool:
    """Whether the sender is proven, or nothing surely known hangs on who it is."""
    if event.proof is None or event.proof.ok:
        return True
    known = identities(session, identity.merchant_id, identity.customer_id)
    return not any(one.grade in VERIFIED for one in known)
