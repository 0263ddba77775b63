"""How the desk's list and its conversation page look on the wire."""

from typing import TypedDict

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.label import labels_of
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.mention import has_waiting
from kaiwa.conversations.reach import Reach
from kaiwa.conversations.search import Hit
from kaiwa.desk.counts import Counts
from kaiwa.desk.queue import Listed
from kaiwa.desk.view import ConversationView
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.merchants.agent import agents
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.metered_use import Quota
from kaiwa.merchants.team import team_names
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.customer_shape import (
    AddressShape,
    CustomerShape,
    PastShape,
    QuotaShape,
    RouteShape,
)
from kaiwa.web.desk_door import Desk
from kaiwa.web.message_shape import DeskMessageShape
from kaiwa.web.relay import visitor_shape
from kaiwa.web.row_shape import HappeningShape, NoteShape, RowShape, ShopperShape
from kaiwa.web.shapes import Names, Shaper, happening_shape, note_shape, optional


class ListShape(TypedDict):
    """A page of the list; `next` is where the page after it begins."""

    conversations: list[RowShape]
    next: str | None
    counts: Counts
    cursor: str


class ConversationShape(TypedDict):
    """A conversation with everything around it; `mentioned`: a note names who asks, unseen yet."""

    conversation: RowShape
    customer: CustomerShape
    messages: list[DeskMessageShape]
    notes: list[NoteShape]
    happenings: list[HappeningShape]
    routes: list[RouteShape]
    has_earlier: bool
    mentioned: bool
    cursor: str


class HitShape(TypedDict):
    """A found message."""

    conversation: int
    message: int
    seq: int
    customer: ShopperShape
    channel: str
    text: str
    occurred_at: str


def list_shape(
    session: Session, desk: Desk, found: Listed, counts: Counts, cursor: str
) -> ListShape:
    """A page of the list."""
    shop = merchant(session, desk.merchant_id)
    bot = shop.settings.bot_name or shop.name
    known = {agent.id: agent.name for agent in agents(session, desk.merchant_id)}
    links = FileLinks(desk.context.secrets)
    teams = team_names(session, desk.merchant_id)
    labels = labels_of(session, desk.merchant_id, [conv.id for conv in found.conversations])

    def row(conv: Conversation) -> RowShape:
        names = Names(found.names.get(conv.customer_id), bot, shop.name, known, teams)
        return Shaper(names, links, desk.now).row(conv, labels.get(conv.id, []))

    return {
        "conversations": [row(conv) for conv in found.conversations],
        "next": found.next,
        "counts": counts,
        "cursor": cursor,
    }


def page_shape(
    session: Session, desk: Desk, page: ConversationView, cursor: str
) -> ConversationShape:
    """A conversation with everything around it."""
    view = desk.view(session)
    shaper = view.shaper(page.customer.id)
    language = desk.agent.language
    return {
        "conversation": view.row(page.conversation),
        "customer": {
            "id": page.customer.id,
            "name": page.customer.name,
            "language": page.customer.language or page.conversation.language,
            "addresses": [_address(one) for one in page.addresses],
            **visitor_shape(session, desk.merchant_id, page.customer.id),
            "past": [_past(conv) for conv in page.past],
            "ratings": [
                {"conversation": one.conversation_id, "score": one.score, "words": one.words}
                for one in page.ratings
                if one.score is not None
            ],
        },
        "messages": [shaper.desk_message(m, view.channel(m.inbox_id)) for m in page.messages],
        "notes": [note_shape(note) for note in page.notes],
        "happenings": [happening_shape(line) for line in page.happenings],
        "routes": [_way(one, page.conversation, language) for one in page.addresses],
        "has_earlier": page.has_earlier,
        "mentioned": has_waiting(session, desk.merchant_id, (desk.agent.id, page.conversation.id)),
        "cursor": cursor,
    }


def hit_shape(hit: Hit) -> HitShape:
    """A found message."""
    return {
        "conversation": hit.conversation_id,
        "message": hit.message_id,
        "seq": hit.seq,
        "customer": {"id": hit.customer_id, "name": hit.customer_name},
        "channel": hit.channel,
        "text": hit.text,
        "occurred_at": iso(hit.occurred_at),
    }


def _address(found: Reach) -> AddressShape:
    one = found.identity
    return {
        "id": one.id,
        "channel": one.channel,
        "kind": one.kind,
        "label": one.label or one.value,
        "grade": one.grade,
        "blocked_at": optional(one.blocked_at),
        "advertising": found.consent,
    }


def _past(conv: Conversation) -> PastShape:
    return {
        "id": conv.id,
        "opened_at": iso(conv.opened_at),
        "closed_at": optional(conv.closed_at),
        "preview": conv.preview,
    }


def _way(found: Reach, conv: Conversation, language: Language) -> RouteShape:
    one, route = found.identity, found.route
    return {
        "identity": one.id,
        "channel": one.channel,
        "label": one.label or one.value,
        "open": route is not None,
        "kind": one.kind if route is None else route.kind,
        "cost": "metered" if route is not None and route.cost == "metered" else "free",
        "expires_at": optional(found.ended_at if route is None else route.expires_at),
        "closed": found.closed,
        "reason": None if found.closed is None else say(f"web.route.{found.closed}", language),
        "held": one.id == conv.identity_id,
        "carries": found.carries,
        "templates": found.templates,
        "quota": None if found.quota is None else _quota(found.quota),
    }


def _quota(quota: Quota) -> QuotaShape:
    return {
        "left": quota.left,
        "used": quota.used,
        "forecast": quota.forecast,
        "runs_out_at": optional(quota.runs_out_at),
    }
