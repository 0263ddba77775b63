"""What is known of addresses when ways to them are sought."""

from collections.abc import Mapping, Sequence

import msgspec

from kaiwa.channels import Ability, Standing, channel
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.content import Content
from kaiwa.vocabulary.event import ReplyHandle, Said
from kaiwa.vocabulary.time import from_micros, optional_micros

_MOST_HANDLES = 5
# A mail with all its files is eleven messages.
_MOST_SAID = 12
_CONTENT = msgspec.json.Decoder(Content)


def standing(session: Session, where: Identity, box: Inbox, *, by_person: bool = False) -> Standing:
    """What is known of one address, for an agent if `by_person`."""
    return standings(session, [where], {box.id: box}, by_person=by_person)[0]


def standings(
    session: Session,
    places: Sequence[Identity],
    boxes: Mapping[int, Inbox],
    *,
    by_person: bool = False,
) -> list[Standing]:
    """What is known of these addresses of one customer, in their order, by one query a table."""
    handles = _handles(session, places)
    threaded = [one for one in places if Ability.THREADS in channel(one.channel).abilities]
    said = _said_lately(session, threaded)
    return [
        Standing(
            address=one.address,
            last_inbound_at=one.last_inbound_at,
            blocked_at=one.blocked_at,
            handles=tuple(handles.get(one.id, ())),
            quota_left=boxes[one.inbox_id].quota_left,
            said=tuple(said.get(one.id, ())),
            by_person=by_person,
        )
        for one in places
    ]


def _handles(session: Session, places: Sequence[Identity]) -> dict[int, list[ReplyHandle]]:
    if not places:
        return {}
    marks = ", ".join(f":id{n}" for n in range(len(places)))
    rows = session.all(
        f"""SELECT identity_id, token, expires_at, max_messages, certain_until FROM (
          SELECT id, identity_id, token, expires_at, max_messages, certain_until,
            row_number() OVER (PARTITION BY identity_id ORDER BY id DESC) AS place
          FROM reply_handle WHERE +merchant_id = :merchant_id AND spent_by IS NULL
          AND identity_id IN ({marks})) newest
        WHERE place <= :most ORDER BY id DESC""",
        merchant_id=places[0].merchant_id,
        most=_MOST_HANDLES,
        **{f"id{n}": one.id for n, one in enumerate(places)},
    )
    found: dict[int, list[ReplyHandle]] = {}
    for identity_id, token, expires_at, most, certain in rows:
        handle = ReplyHandle(token, from_micros(expires_at), most, optional_micros(certain))
        found.setdefault(identity_id, []).append(handle)
    return found


def _said_lately(session: Session, places: Sequence[Identity]) -> dict[int, list[Said]]:
    """What the person wrote from each in their newest conversation, newest first."""
    if not places:
        return {}
    marks = ", ".join(f":id{n}" for n in range(len(places)))
    rows = session.all(
        f"""SELECT identity_id, body, external_id FROM (
          SELECT seq, identity_id, body, external_id,
            row_number() OVER (PARTITION BY identity_id ORDER BY seq DESC) AS place
          FROM message WHERE conversation_id = (SELECT max(id) FROM conversation
            WHERE customer_id = :customer AND merchant_id = :merchant_id)
          AND merchant_id = :merchant_id AND direction = 'in' AND external_id IS NOT NULL
          AND identity_id IN ({marks})) newest
        WHERE place <= :most ORDER BY seq DESC""",
        customer=places[0].customer_id,
        merchant_id=places[0].merchant_id,
        most=_MOST_SAID,
        **{f"id{n}": one.id for n, one in enumerate(places)},
    )
    found: dict[int, list[Said]] = {}
    for identity_id, body, external_id in rows:
        found.setdefault(identity_id, []).append(Said(_CONTENT.decode(body), external_id))
    return found
