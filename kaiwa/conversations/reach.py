"""Reach: at which addresses a customer can be written to now, at what cost, and else why not.

The desk's menu shows it and the router chooses by it, so that both mean the same. It takes one
query a table, however many addresses there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.channels import Ability, Channel, Route, Standing, channel
from kaiwa.conversations.standing import standings
from kaiwa.customers.consent import ConsentState, consents
from kaiwa.customers.identity import Identity, identities
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox, inboxes
from kaiwa.merchants.metered_use import Quota, quotas
from kaiwa.merchants.template import approved_counts
from kaiwa.vocabulary.errors import NotFound

Closed: TypeAlias = Literal["blocked", "quota", "window_closed", "inbox_off"]


class Reach(msgspec.Struct, frozen=True):
    """One address: the best route to it now, or why there is none (`closed`).

    `ended_at` says when the window was closed. `quota` is set where something is paid for.
    `carries` says whether a conversation of this customer may be taken there. `templates` is how
    many approved templates may be sent there now, also where nothing else may.
    """

    identity: Identity
    consent: ConsentState
    route: Route | None = None
    closed: Closed | None = None
    ended_at: datetime | None = None
    quota: Quota | None = None
    templates: int = 0

    @property
    def carries(self) -> bool:
        """Whether it is sure enough that this address is the customer's."""
        return self.identity.permits("carry")


def reach(
    session: Session,
    merchant_id: int,
    customer_id: int,
    now: datetime,
    first: int | None = None,
    by_person: bool = False,
) -> list[Reach]:
    """Every address of the customer, best first.

    Open before closed; of the open ones identity `first`, which was spoken on last, then those that
    cost nothing, then those the customer used last. Where an agent speaks (`by_person`), some
    channels allow more.
    """
    own = identities(session, merchant_id, customer_id)
    boxes = {box.id: box for box in inboxes(session, merchant_id) if box.is_on}
    served = [one for one in own if one.inbox_id in boxes and _known(one.channel) is not None]
    stands = standings(session, served, boxes, by_person=by_person)
    agreed = consents(session, merchant_id, customer_id)
    found = [Reach(one, agreed.of(one.id), closed="inbox_off") for one in own if one not in served]
    found += [
        _reach(one, agreed.of(one.id), stand, now)
        for one, stand in zip(served, stands, strict=True)
    ]
    found = _with_templates(session, merchant_id, found)
    found = _with_quotas(found, _months(session, merchant_id, found, boxes, now))
    places = {one.id: place for place, one in enumerate(own)}
    return sorted(found, key=lambda one: _rank(one, first, places[one.identity.id]))


def _known(kind: str) -> Channel | None:
    try:
        return channel(kind)
    except NotFound:
        return None


def _reach(one: Identity, consent: ConsentState, stand: Standing, now: datetime) -> Reach:
    routes = channel(one.channel).routes(stand, now)
    if routes:
        return Reach(one, consent, routes[0])
    closed, ended_at = _why(channel(one.channel), stand, now)
    return Reach(one, consent, closed=closed, ended_at=ended_at)


def _why(kind: Channel, stand: Standing, now: datetime) -> tuple[Closed, datetime | None]:
    """Take one obstacle away and see whether it was the one; the channel itself knows."""
    if stand.blocked_at is not None:
        return "blocked", None
    if stand.quota_left == 0:
        paid_up = msgspec.structs.replace(stand, quota_left=None)
        if kind.routes(paid_up, now):
            return "quota", None
    if stand.last_inbound_at is None:
        return "window_closed", None
    then = kind.routes(msgspec.structs.replace(stand, handles=()), stand.last_inbound_at)
    ends = [route.expires_at for route in then if route.expires_at is not None]
    return "window_closed", max(ends, default=None)


def _months(
    session: Session,
    merchant_id: int,
    found: Sequence[Reach],
    boxes: Mapping[int, Inbox],
    now: datetime,
) -> dict[int, Quota]:
    # A free way ends with its token: what the next message costs is worth knowing before.
    paid = {
        one.identity.inbox_id
        for one in found
        if (one.route is not None and one.route.cost != "free")
        or (box := boxes.get(one.identity.inbox_id)) is not None
        and box.quota_left is not None
    }
    return quotas(session, merchant_id, [boxes[one] for one in sorted(paid)], now) if paid else {}


def _with_templates(session: Session, merchant_id: int, found: list[Reach]) -> list[Reach]:
    """How many approved templates may go to each; a channel without any is not asked."""
    have = [
        one
        for one in found
        if one.closed in (None, "window_closed") and _takes_templates(one.identity.channel)
    ]
    if not have:
        return found
    counts = approved_counts(session, merchant_id)
    open_to = {one.identity.id: counts.get(one.identity.inbox_id, 0) for one in have}
    return [
        msgspec.structs.replace(one, templates=open_to.get(one.identity.id, 0)) for one in found
    ]


def _takes_templates(kind: str) -> bool:
    known = _known(kind)
    return known is not None and Ability.TEMPLATES in known.abilities


def _with_quotas(found: list[Reach], months: Mapping[int, Quota]) -> list[Reach]:
    return [msgspec.structs.replace(one, quota=months.get(one.identity.inbox_id)) for one in found]


def _rank(one: Reach, first: int | None, place: int) -> tuple[bool, bool, bool, int]:
    route = one.route
    metered = route is None or route.cost != "free"
    return (route is None, one.identity.id != first, metered, place)
