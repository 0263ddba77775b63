"""Who a widget speaks for: an anonymous visitor or a customer the merchant vouched for."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.channels.web_chat import (
    VisitorToken,
    Vouched,
    make_token,
    new_visitor,
    read_identity,
    read_token,
    same_visitor,
)
from kaiwa.conversations.chat_link import arrive, is_open_to, is_token
from kaiwa.conversations.conversation import Conversation, all_of, newest_of
from kaiwa.conversations.message import Message, messages_after, messages_before
from kaiwa.conversations.signing_in import signed_in_identity, visitor_identity
from kaiwa.customers.identity import Identity, at_address, identities
from kaiwa.engines.db import Session
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import NotAllowed, NotAuthentic
from kaiwa.web.context import Context
from kaiwa.web.places import Door


class Visitor(msgspec.Struct, frozen=True):
    """The holder of a valid token at a door."""

    door: Door
    token: VisitorToken

    @property
    def owner(self) -> str:
        """Who uploads belong to."""
        return f"visitor:{self.token.visitor}"

    def identity(self, session: Session) -> Identity | None:
        """The visitor's address, or None before it has said anything."""
        box = self.door.place.inbox
        return at_address(session, box.merchant_id, Address(box.id, "visitor", self.token.visitor))

    def topics(self, known: Identity | None) -> list[str]:
        """The live topics of what this visitor may see."""
        if known is None:
            return []
        signed_in = self.token.member is not None
        return [f"customer:{known.customer_id}" if signed_in else f"identity:{known.id}"]

    def conversation(self, session: Session) -> Conversation | None:
        """The conversation to show: the open one, else the last one."""
        known = self.identity(session)
        if known is None:
            return None
        return newest_of(session, known.merchant_id, known.customer_id)

    def visible(self, session: Session, found: Sequence[Message]) -> list[Message]:
        """What of these messages this visitor may read: its own, or all of a signed-in customer.

        Addresses that were taken away from the customer again take their messages with them. What
        was said at an address that is only claimed is not shown: it may be somebody else's.
        """
        known = self.identity(session)
        if known is None:
            return []
        own = self.own(session, known)
        return [message for message in found if message.identity_id in own]

    def own(self, session: Session, known: Identity) -> set[int]:
        """The addresses whose messages this visitor, at that address, may read."""
        if self.token.member is None:
            return {known.id}
        every = identities(session, known.merchant_id, known.customer_id)
        return {known.id} | {one.id for one in every if one.permits("carry")}

    def messages(
        self, session: Session, *, after: int | None, before: int, limit: int
    ) -> list[Message]:
        """A page of the conversation: after a seq, else the last ones before a seq."""
        conv = self.conversation(session)
        if conv is None:
            return []
        shown: list[Message] = []
        # What this visitor may not read must not make a page look like the last one.
        while len(shown) < limit:
            where = (session, conv.merchant_id, conv.id)
            if after is not None:
                found = messages_after(*where, after, limit)
                shown += self.visible(session, found)
                after = found[-1].seq if found else after
            else:
                found = messages_before(*where, before, limit)
                shown = self.visible(session, found) + shown
                before = found[0].seq if found else before
            if len(found) < limit:
                break
        return shown[:limit] if after is not None else shown[-limit:]

    def earlier(
        self, session: Session, place: tuple[int, int], limit: int
    ) -> tuple[list[Message], bool]:
        """The last messages before a place (conversation, seq), through earlier conversations.

        Oldest first, and whether there is anything before them.
        """
        known = self.identity(session)
        if known is None:
            return [], False
        shown: list[Message] = []
        for conv in all_of(session, known.merchant_id, known.customer_id):
            if conv.id > place[0]:
                continue
            before = place[1] if conv.id == place[0] else conv.last_seq + 1
            while len(shown) <= limit:
                where = (session, conv.merchant_id, conv.id)
                found = messages_before(*where, before, limit)
                shown = self.visible(session, found) + shown
                if len(found) < limit:
                    break
                before = found[0].seq
            if len(shown) > limit:
                break
        return shown[-limit:], len(shown) > limit

    def has_past(self, session: Session) -> bool:
        """Whether the one to show was not the first conversation."""
        conv = self.conversation(session)
        if conv is None:
            return False
        return bool(self.earlier(session, (conv.id, 0), 1)[0])


class Came(msgspec.Struct, frozen=True):
    """By which link into the chat somebody comes, and what only their browser knows of it."""

    ref: str
    key: str | None


class Visitors:
    """Lets visitors in."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def key(self, door: Door) -> bytes:
        """The key that signs the tokens of one inbox."""
        return self._context.secrets.derived(f"visitor:{door.place.inbox.key}")

    def holder(self, door: Door, token: str) -> Visitor:
        """Whose token this is; `NotAuthentic`."""
        now = self._context.clock.now()
        return Visitor(door, read_token(self.key(door), door.place.inbox.key, token, now))

    async def enter(
        self, door: Door, token: str | None, identity: str | None, came: Came | None = None
    ) -> Visitor:
        """The visitor for a page load: the one of the token, a signed-in customer, or a new one.

        Who came by a link and asks again because no answer reached them is the one they were. A
        browser whose shopper has logged out, or in as somebody else, becomes a new visitor:
        nobody reads what was said in another's name.
        """
        before = self._renewable(door, token)
        if identity is None:
            if before and before.member is None and not await self._of_another(door, before, None):
                return Visitor(door, before)
            return Visitor(door, VisitorToken(await self._stranger(door, came)))
        secret = door.account.credentials.get("identity_secret")
        if not secret:
            raise NotAllowed("This inbox has no identity secret: set one to sign customers in.")
        now = self._context.clock.now()
        who = _vouched(secret, identity, before, now)
        keep = before is not None and before.member in (None, who.member)
        if keep and before and await self._of_another(door, before, who.member):
            keep = False
        visitor = before.visitor if keep and before else await self._stranger(door, came)
        inbox = door.place.inbox
        await self._context.db.write(lambda s: signed_in_identity(s, inbox, visitor, who, now))
        return Visitor(door, VisitorToken(visitor, who.member, who.name))

    async def known(self, visitor: Visitor) -> Identity:
        """The visitor's address, known from now on."""
        found = await self._context.db.read(visitor.identity)
        if found is not None:
            return found
        inbox, now = visitor.door.place.inbox, self._context.clock.now()
        name = visitor.token.visitor
        return await self._context.db.write(lambda s: visitor_identity(s, inbox, name, now))

    async def _of_another(self, door: Door, token: VisitorToken, member: str | None) -> bool:
        """Whether somebody else was signed in here, and the browser kept an older token."""
        box = door.place.inbox

        def look(session: Session) -> bool:
            where = Address(box.id, "visitor", token.visitor)
            known = at_address(session, box.merchant_id, where)
            if known is None or known.grade != "signed_in":
                return False
            if member is None:
                return True
            who = at_address(session, box.merchant_id, Address(box.id, "member", member))
            return who is None or who.customer_id != known.customer_id

        return await self._context.db.read(look)

    async def _stranger(self, door: Door, came: Came | None) -> str:
        """The name of somebody without a token: a new one, but for the call that is asked again."""
        if came is None or came.key is None or not is_token(came.ref):
            return new_visitor()
        inbox, now = door.place.inbox, self._context.clock.now()
        secret = self._context.secrets.derived(f"arrival:{inbox.key}")
        name = same_visitor(secret, f"{came.ref} {came.key}")
        ours = await self._context.db.read(lambda s: is_open_to(s, inbox, came.ref, name, now))
        return name if ours else new_visitor()

    async def arrived(self, visitor: Visitor, came: Came | None) -> None:
        """The visitor came by a link into the chat: they are the person it was made for.

        One that has been used, is too old or another inbox's changes nothing.
        """
        if came is None or not is_token(came.ref):
            return
        inbox, now = visitor.door.place.inbox, self._context.clock.now()

        def arrive_here(session: Session) -> None:
            here = visitor_identity(session, inbox, visitor.token.visitor, now)
            arrive(session, here, came.ref, now)

        await self._context.db.write(arrive_here)

    def sign(self, visitor: Visitor) -> str:
        """A fresh token."""
        door, now = visitor.door, self._context.clock.now()
        return make_token(self.key(door), door.place.inbox.key, visitor.token, now)

    def _renewable(self, door: Door, token: str | None) -> VisitorToken | None:
        if token is None:
            return None
        now = self._context.clock.now()
        return read_token(self.key(door), door.place.inbox.key, token, now, "renew")


def _vouched(secret: str, identity: str, before: VisitorToken | None, now: datetime) -> Vouched:
    """Whom the shop vouches for; who was signed in as that stays it while the page is open."""
    if before is not None and before.member is not None:
        who = read_identity(secret, identity, now, "renew")
        if who.member == before.member:
            return who
    return read_identity(secret, identity, now)


def require_origin(door: Door, origin: str | None, own: str) -> None:
    """`NotAllowed` unless the page may carry this inbox's widget.

    A page of our own always may; a call without an `Origin` is no browser's page and is not stopped
    by a check that it could forge.
    """
    allowed = door.place.inbox.settings.origins
    if origin is None or origin == own or "*" in allowed or origin in allowed:
        return
    raise NotAllowed("This page may not show this chat. Add its address to the inbox's origins.")


def bearer(headers: dict[str, str]) -> str:
    """The token of an `Authorization: Bearer` header; `NotAuthentic`."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthentic("This call needs a visitor's token.")
    return token
