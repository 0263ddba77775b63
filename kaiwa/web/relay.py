"""From what was committed to what browsers see: nudges in, live events out.

Nudges carry ids; the rows are read once per burst, only for topics somebody listens to, and become
one event per topic. Topics: `desk:M` rows of a merchant, `conversation:C` everything of one for the
desk, `identity:I` and `customer:C` what a shopper may see.
"""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec
import structlog

from kaiwa.conversations.conversation import Conversation, newest_of
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.label import labels_of
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.message import Message, messages_by_id
from kaiwa.conversations.note import notes
from kaiwa.conversations.so_far import KIND as SO_FAR
from kaiwa.conversations.visit import cart_seen, pages_seen
from kaiwa.customers.absorbed import keeper_ids
from kaiwa.customers.customer import customer
from kaiwa.customers.identity import identity, identity_ids
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.live import LiveEvent
from kaiwa.merchants.agent import agents
from kaiwa.merchants.attendance import attendance
from kaiwa.merchants.inbox import inbox_channels
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.team import team_names
from kaiwa.orders.cart_record import cart_row
from kaiwa.orders.checkout_record import checkout_row
from kaiwa.vocabulary.errors import NotFound, Unreachable
from kaiwa.vocabulary.event import CartItem
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import iso
from kaiwa.web.boards import boards, topic_of_board
from kaiwa.web.context import Context
from kaiwa.web.customer_shape import SeenItemShape, VisitorShape
from kaiwa.web.row_shape import NoteShape, RowShape
from kaiwa.web.shapes import Json, Names, Shaper, happening_shape, note_shape
from kaiwa.web.so_far import so_far_events
from kaiwa.web.wait import wait_shape

log = structlog.get_logger()

PAUSE_S = 0.05
MOST_NUDGES = 500
# Who follows these has to come back and ask anew whether, and as whom, they are let in.
_CUT_OFF = ("customer", "agent")
# The worker and the finder hear of these by themselves.
_UNWATCHED = ("job", "catalog")


class Relay:
    """Turns nudges into events, at once after a pause. `take` is called on the event loop."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._links = FileLinks(context.secrets)
        self._waiting: dict[Nudge, None] = {}
        self._task: asyncio.Task[None] | None = None

    def take(self, nudges: Iterable[Nudge]) -> None:
        """Plan to tell whoever listens."""
        hub = self._context.hub
        if hub.idle:
            return
        for nudge in nudges:
            if nudge.kind == SO_FAR:
                # It carries its words, and who reads them should not wait for rows.
                hub.publish(so_far_events(nudge, hub.listened))
            elif nudge.kind not in _UNWATCHED:
                self._waiting[nudge] = None
        if self._waiting and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._relay())

    async def _relay(self) -> None:
        while self._waiting:
            burst = list(islice(self._waiting, MOST_NUDGES))
            for nudge in burst:
                del self._waiting[nudge]
            try:
                events = await self._context.db.read(lambda s, b=burst: self._events(s, b))  # type: ignore[misc]
            except Unreachable as error:
                log.warning("live_restarts", reason=error.message)
                self._context.hub.restart()
                return
            hub = self._context.hub
            for nudge in burst:
                if nudge.kind in _CUT_OFF:
                    hub.end_topic(f"{nudge.kind}:{nudge.ref}")
            hub.publish(event for event in events if hub.listened(event.topic))
            # What changes several times in a moment is read once.
            await asyncio.sleep(0 if self._waiting and len(burst) == MOST_NUDGES else PAUSE_S)

    def _events(self, session: Session, burst: Sequence[Nudge]) -> list[LiveEvent]:
        events: list[LiveEvent] = []
        for merchant_id in dict.fromkeys(nudge.merchant_id for nudge in burst):
            mine = [nudge for nudge in burst if nudge.merchant_id == merchant_id]
            view = View(session, merchant_id, self._context, self._links)
            messages = messages_by_id(
                session, merchant_id, [n.ref for n in mine if n.kind == "message"]
            )
            for found in sorted(messages, key=lambda m: (m.conversation_id, m.seq)):
                events += view.message_events(found)
            for nudge in mine:
                events += view.events(nudge)
        return events


class View:
    """What one burst shows of one merchant: every row is read once."""

    def __init__(
        self, session: Session, merchant_id: int, context: Context, links: FileLinks
    ) -> None:
        self._session = session
        self._merchant = merchant(session, merchant_id)
        self._context = context
        self._known = context.hub.known
        self._links = links
        self._agents = {agent.id: agent.name for agent in agents(session, merchant_id)}
        self._teams = team_names(session, merchant_id)
        self._channels = inbox_channels(session, merchant_id)
        self._conversations: dict[int, Conversation] = {}
        self._shapers: dict[int, Shaper] = {}

    def channel(self, inbox_id: int) -> str:
        """The channel of an inbox, also of one that is switched off."""
        return self._channels.get(inbox_id, "unknown")

    def conversation(self, conversation_id: int) -> Conversation:
        """A conversation of the merchant."""
        if conversation_id not in self._conversations:
            found = conversation_of(self._session, self._merchant.id, conversation_id)
            self._conversations[conversation_id] = found
        return self._conversations[conversation_id]

    def shaper(self, customer_id: int) -> Shaper:
        """Shapes what belongs to a customer."""
        if customer_id not in self._shapers:
            person = customer(self._session, self._merchant.id, customer_id)
            bot = self._merchant.settings.bot_name or self._merchant.name
            names = Names(person.name, bot, self._merchant.name, self._agents, self._teams)
            self._shapers[customer_id] = Shaper(names, self._links, self._context.clock.now())
        return self._shapers[customer_id]

    def row(self, conv: Conversation) -> RowShape:
        """A row of the desk's list."""
        own = labels_of(self._session, self._merchant.id, [conv.id]).get(conv.id, [])
        return self.shaper(conv.customer_id).row(conv, own)

    def shopper_conversation(self, conv: Conversation) -> Json:
        """A conversation as the shopper may see it, and how long a person takes."""
        wait = wait_shape(self._session, self._merchant, conv, self._context.clock.now())
        return {**self.shaper(conv.customer_id).shopper_conversation(conv), "wait": wait}

    def message_events(self, found: Message) -> list[LiveEvent]:
        """A message as the desk and its shopper see it."""
        conv = self.conversation(found.conversation_id)
        seen = f"conversation:{conv.id}"
        own = [f"identity:{found.identity_id}", f"customer:{conv.customer_id}"]
        own = [topic for topic in own if self._known(topic)]
        if own[-1:] == [f"customer:{conv.customer_id}"] and not self._surely_theirs(found, conv):
            own.pop()
        if not own and not self._known(seen):
            return []
        shaper, channel = self.shaper(conv.customer_id), self.channel(found.inbox_id)
        desk = {"kind": "message", "message": shaper.desk_message(found, channel)}
        key = f"message:{found.id}"
        events = [LiveEvent(seen, _json(desk), key)]
        if own:
            body = _json({"kind": "message", "message": shaper.message(found, channel)})
            events += [LiveEvent(topic, body, key) for topic in own]
        return events

    def _surely_theirs(self, found: Message, conv: Conversation) -> bool:
        """Whether it was said at an address that is known to be the customer's own."""
        where = identity(self._session, conv.merchant_id, found.identity_id)
        return where.customer_id == conv.customer_id and where.permits("carry")

    def events(self, nudge: Nudge) -> list[LiveEvent]:
        """What a nudge that is not a message means to those who watch."""
        try:
            match nudge.kind:
                case "conversation":
                    return self._conversation_events(self.conversation(nudge.conversation_id))
                case "note" | "happening":
                    return self._line_events(nudge)
                case "visit":
                    return self._visit_events(nudge.ref)
                case "cart":
                    return self._cart_events(nudge.ref)
                case "checkout":
                    return self._checkout_events(nudge.ref)
                case "typing":
                    return self._typing_events(nudge)
                case "attendance":
                    return self._attendance_events(nudge)
                case "first_reply":
                    now = self._context.clock.now()
                    return boards(self._context).first_reply(self._session, self._merchant.id, now)
                case _:
                    return []
        except NotFound:
            return []

    def _conversation_events(self, conv: Conversation) -> list[LiveEvent]:
        desk, key = f"desk:{conv.merchant_id}", f"row:{conv.id}"
        own = identity_ids(self._session, conv.merchant_id, conv.customer_id)
        topics = [f"identity:{one}" for one in own] + [f"customer:{conv.customer_id}"]
        topics = [topic for topic in topics if self._known(topic)]
        events = []
        if self._known(topic_of_board(conv.merchant_id)):
            events += boards(self._context).conversation_changed(conv)
        else:
            boards(self._context).forget(conv.merchant_id)
        if self._known(desk):
            row = {"kind": "row", "conversation": self.row(conv)}
            events.append(LiveEvent(desk, _json(row), key))
        if topics:
            shape = self.shopper_conversation(conv)
            seen = _json({"kind": "conversation", "conversation": shape})
            events += [LiveEvent(topic, seen, key) for topic in topics]
        return events

    def _line_events(self, nudge: Nudge) -> list[LiveEvent]:
        where = (self._session, nudge.merchant_id, nudge.conversation_id, nudge.ref)
        topic = f"conversation:{nudge.conversation_id}"
        about = {"kind": nudge.kind, "conversation": nudge.conversation_id}
        if nudge.kind == "happening":
            lines = [happening_shape(one) for one in happenings(*where)]
            return [LiveEvent(topic, _json({**about, "happening": one})) for one in lines]
        written = [note_shape(one) for one in notes(*where)]
        events = [LiveEvent(topic, _json({**about, "note": one})) for one in written]
        return events + _told_of_notes(nudge, written)

    def _attendance_events(self, nudge: Nudge) -> list[LiveEvent]:
        now, shop_id = self._context.clock.now(), self._merchant.id
        known = attendance(self._session, shop_id, nudge.ref)
        status = "offline" if known is None else known.present(now)
        told = {"kind": "attendance", "agent": nudge.ref, "status": status}
        own = LiveEvent(f"desk:{shop_id}", _json(told), f"attendance:{nudge.ref}")
        return [
            own,
            *boards(self._context).attendance_changed(self._session, shop_id, nudge.ref, now),
        ]

    def _visit_events(self, customer_id: int) -> list[LiveEvent]:
        conv = newest_of(self._session, self._merchant.id, customer_id)
        if conv is None:
            return []
        visitor = visitor_shape(self._session, self._merchant.id, customer_id)
        body = _json({"kind": "visitor", "conversation": conv.id, **visitor})
        return [LiveEvent(f"conversation:{conv.id}", body, f"visitor:{conv.id}")]

    def _cart_events(self, cart_id: int) -> list[LiveEvent]:
        """The shopper's cart is another one now; what is in it is asked for by who shows it."""
        found = cart_row(self._session, self._merchant.id, cart_id)
        return self._to_shopper(found.customer_id, {"kind": "cart"}, "cart")

    def _checkout_events(self, checkout_id: int) -> list[LiveEvent]:
        """A checkout of the shopper stands otherwise now; what it holds is asked for."""
        found = checkout_row(self._session, self._merchant.id, checkout_id)
        told: Json = {"kind": "checkout", "checkout": found.id, "version": found.version}
        return self._to_shopper(found.customer_id, told, f"checkout:{found.id}")

    def _to_shopper(self, customer_id: int | None, told: Json, key: str) -> list[LiveEvent]:
        if customer_id is None:
            return []
        shop_id = self._merchant.id
        # Filled before the shopper signed in, it is the cart of whom the visitor turned out to be.
        whose = keeper_ids(self._session, shop_id, customer_id)
        own = [one for who in whose for one in identity_ids(self._session, shop_id, who)]
        topics = [f"identity:{one}" for one in own] + [f"customer:{one}" for one in whose]
        body = _json(told)
        return [LiveEvent(topic, body, key) for topic in topics if self._known(topic)]

    def _typing_events(self, nudge: Nudge) -> list[LiveEvent]:
        sender, _, name = nudge.note.partition(" ")
        conv = self.conversation(nudge.conversation_id)
        said: Json = {"kind": "typing", "sender": sender, "name": name}
        desk = LiveEvent(
            f"conversation:{conv.id}", _json({**said, "conversation": conv.id}), f"typing:{sender}"
        )
        if sender == "customer":
            return [desk]
        topics = [f"customer:{conv.customer_id}", f"identity:{conv.identity_id}"]
        return [desk, *(LiveEvent(topic, _json(said), "typing") for topic in topics)]


def visitor_shape(session: Session, merchant_id: int, customer_id: int) -> VisitorShape:
    """What the customer looks at and has in the cart."""
    cart = cart_seen(session, merchant_id, customer_id)
    pages = pages_seen(session, merchant_id, customer_id)
    items = [] if cart is None else [_item(item) for item in cart.cart.items]
    return {
        "pages": [{"url": p.url, "title": p.title, "at": iso(p.at)} for p in pages],
        "cart": None if cart is None else {"items": items, "at": iso(cart.at)},
    }


def _item(item: CartItem) -> SeenItemShape:
    price = None
    if item.amount_minor is not None and item.currency:
        price = Money(item.amount_minor, item.currency)
    return {"sku": item.sku, "title": item.title, "quantity": item.quantity, "price": price}


def _told_of_notes(nudge: Nudge, shapes: list[NoteShape]) -> list[LiveEvent]:
    """Whom notes were whispered to, and whom they name, hear of it wherever they are."""
    found: list[LiveEvent] = []
    for shape in shapes:
        whispered = [("whisper", shape["to"])] if shape["to"] else []
        for kind, whom in [*whispered, *(("mention", one) for one in shape["mentions"])]:
            told = {"kind": kind, "conversation": nudge.conversation_id, "note": shape}
            found.append(LiveEvent(f"agent:{whom['id']}", _json(told)))
    return found


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)
