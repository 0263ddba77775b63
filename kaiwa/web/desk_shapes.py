"""How the desk's list and its conversation page look on the wire."""

import msgspec

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.label import labels_of
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.search import Hit
from kaiwa.customers.consent import ConsentState
from kaiwa.customers.identity import Identity
from kaiwa.desk.counts import Counts
from kaiwa.desk.queue import Listed
from kaiwa.desk.view import ConversationView, Way
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.merchants.agent import agents
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.team import team_names
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import Desk
from kaiwa.web.relay import visitor_shape
from kaiwa.web.shapes import Json, Names, Shaper, happening_shape, note_shape, optional


def list_shape(session: Session, desk: Desk, found: Listed, counts: Counts) -> Json:
    """A page of the list."""
    shop = merchant(session, desk.merchant_id)
    bot = shop.settings.bot_name or shop.name
    known = {agent.id: agent.name for agent in agents(session, desk.merchant_id)}
    links = FileLinks(desk.context.secrets)
    teams = team_names(session, desk.merchant_id)
    labels = labels_of(session, desk.merchant_id, [conv.id for conv in found.conversations])

    def row(conv: Conversation) -> Json:
        names = Names(found.names.get(conv.customer_id), bot, shop.name, known, teams)
        return Shaper(names, links, desk.now).row(conv, labels.get(conv.id, []))

    return {
        "conversations": [row(conv) for conv in found.conversations],
        "next": found.next,
        "counts": msgspec.to_builtins(counts),
    }


def page_shape(session: Session, desk: Desk, page: ConversationView) -> Json:
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
            "addresses": [_address(*one) for one in page.addresses],
            **visitor_shape(session, desk.merchant_id, page.customer.id),
            "past": [_past(conv) for conv in page.past],
            "ratings": [
                {"conversation": one.conversation_id, "score": one.score, "words": one.words}
                for one in page.ratings
            ],
        },
        "messages": [shaper.desk_message(m, view.channel(m.inbox_id)) for m in page.messages],
        "notes": [note_shape(note) for note in page.notes],
        "happenings": [happening_shape(line) for line in page.happenings],
        "routes": [_way(way, language) for way in page.ways],
        "has_earlier": page.has_earlier,
    }


def hit_shape(hit: Hit) -> Json:
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


def _address(one: Identity, advertising: ConsentState) -> Json:
    return {
        "id": one.id,
        "channel": one.channel,
        "kind": one.kind,
        "label": one.label or one.value,
        "grade": one.grade,
        "blocked_at": optional(one.blocked_at),
        "advertising": advertising,
    }


def _past(conv: Conversation) -> Json:
    return {
        "id": conv.id,
        "opened_at": iso(conv.opened_at),
        "closed_at": optional(conv.closed_at),
        "preview": conv.preview,
    }


def _way(way: Way, language: Language) -> Json:
    return {
        "identity": way.identity.id,
        "channel": way.identity.channel,
        "label": way.identity.label or way.identity.value,
        "open": way.closed is None,
        "kind": way.kind,
        "cost": way.cost,
        "expires_at": optional(way.expires_at),
        "reason": None if way.closed is None else say(f"web.route.{way.closed}", language),
    }
