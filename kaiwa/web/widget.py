"""`/api/widget/{inbox key}/…`: what the chat on the shop's pages calls.

The session is asked for by the shop's page, so its origin is checked; everything after it carries
the visitor's token.
"""

from typing import Annotated, Final, TypeAlias, TypeVar
from urllib.parse import parse_qs

import msgspec

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.media import (
    FILE_TYPES,
    LARGEST_FILE_BYTES,
    checked,
    keep_file,
    new_key,
)
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.paying import Paying
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.errors import Invalid, KaiwaError, NotAuthentic, NotFound, TooMany
from kaiwa.vocabulary.language import Language, is_language
from kaiwa.web.asgi import (
    Receive,
    Scope,
    Send,
    answer_error,
    answer_with,
    headers_of,
    read_body,
)
from kaiwa.web.checkout_shape import PanelCheckout
from kaiwa.web.context import Context
from kaiwa.web.openings import Openings
from kaiwa.web.places import Door, Places
from kaiwa.web.reader import preferred
from kaiwa.web.relay import View
from kaiwa.web.saying import Saying, take
from kaiwa.web.shapes import Json, Shaper
from kaiwa.web.throttle import PER_ADDRESS, Throttle
from kaiwa.web.visitor import Came, Visitor, Visitors, bearer, require_origin
from kaiwa.web.widget_checkout import LARGEST_STEP_BYTES, WidgetCheckout
from kaiwa.web.widget_doors import is_door
from kaiwa.web.widget_errors import sentence_of
from kaiwa.web.widget_forms import LARGEST_FORM_BYTES, take_form
from kaiwa.web.widget_shop import Asked, WidgetShop

LARGEST_JSON_BYTES = 64_000
LARGEST_PRESS_BYTES = 4_000
T = TypeVar("T")
# Who asks for money, and whom to tell what became of an order.
Selling: TypeAlias = tuple[Paying, AnnounceOrders]

PAGE = 50
LONGEST_WAIT_S = 25.0
_PER_VISITOR: Final = Limit(per_s=5, burst=40)


class SessionAsked(msgspec.Struct, frozen=True):
    """What the launcher knows when it asks for a session.

    `ref` is of the link they came by, and `key` the browser's own word for that arrival: the same
    again, because no answer came, is the same visitor.
    """

    token: str | None = None
    identity: str | None = None
    language: str | None = None
    ref: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    key: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{16,64}$")] | None = None

    @property
    def came(self) -> Came | None:
        """By a link, or not."""
        return Came(self.ref, self.key) if self.ref else None


class Widget:
    """An ASGI app for the widget's HTTP calls."""

    def __init__(
        self, context: Context, places: Places, openings: Openings, selling: Selling
    ) -> None:
        paying, announce = selling
        self._context = context
        self._shop = WidgetShop(context, announce)
        self._checkout = WidgetCheckout(context, announce, paying)
        self._places = places
        self._visitors = Visitors(context)
        self._links = FileLinks(context.secrets)
        self._openings = openings
        self._visitors_throttle = Throttle(_PER_VISITOR)
        self._strangers_throttle = Throttle(PER_ADDRESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Dispatch one call; the session's answers are readable by the shop's page."""
        headers = headers_of(scope)
        key, _, what = scope["path"].removeprefix("/api/widget/").partition("/")
        cors = _cors(headers) if what == "session" else {}
        try:
            if scope["method"] == "OPTIONS":
                await answer_with(send, 204, b"", cors)
                return
            status, shape = await self._call((scope, receive), (key, what), headers)
            body = msgspec.json.encode(shape)
            await answer_with(send, status, body, {**_JSON, **cors})
        except KaiwaError as error:
            error.message = sentence_of(error, _language(headers, scope))
            await _answer_error(send, error, cors)

    async def _call(
        self, request: tuple[Scope, Receive], target: tuple[str, str], headers: dict[str, str]
    ) -> tuple[int, Json | PanelCheckout]:
        (scope, receive), (key, what) = request, target
        door = await self._places.door(key, "web_chat")
        query = {k: v[-1] for k, v in parse_qs(scope["query_string"].decode("latin-1")).items()}
        self._spare(door, scope, headers)
        if not is_door(scope["method"], what):
            raise NotFound("There is no such call.")
        match scope["method"], what:
            case "POST", "session":
                return 200, await self._session(door, scope, receive, headers)
            case "POST", "messages":
                return 202, await self._say(door, scope, receive, headers)
            case "POST", "files":
                return 201, await self._upload(door, (scope, receive), headers, query)
            case "GET", "history":
                return 200, await self._history(self._holder(door, headers), query)
            case "GET", "product":
                return 200, await self._shop.product(self._holder(door, headers), query)
            case "GET", "cart":
                return 200, await self._shop.cart(self._holder(door, headers), query)
            case "POST", "forms":
                visitor = self._holder(door, headers)
                body = await read_body(scope, receive, LARGEST_FORM_BYTES)
                return 200, await take_form(self._context, visitor, body)
            case "POST", "wishes" | "cart/put" | "cart/change" | "cart/codes" | "cart/buy":
                visitor = self._holder(door, headers)
                body = await read_body(scope, receive, LARGEST_PRESS_BYTES)
                return 200, await self._shop.change(
                    what, self._asked(visitor, body, scope, headers)
                )
            case "GET", "checkout":
                visitor = self._holder(door, headers)
                asked = self._asked(visitor, b"", scope, headers)
                return 200, await self._checkout.look(asked, query)
            case "GET", "checkout/places":
                self._holder(door, headers)
                return 200, await self._checkout.places(query)
            case "POST", _ if what.startswith("checkout/"):
                visitor = self._holder(door, headers)
                body = await read_body(scope, receive, LARGEST_STEP_BYTES)
                asked = self._asked(visitor, body, scope, headers)
                return 200, await self._checkout.change(what, asked)
            case "GET", "messages":
                return 200, await self._messages(self._holder(door, headers), query)
            case "GET", "events":
                return 200, await self._events(self._holder(door, headers), query)
            case _:
                raise NotFound("There is no such call.")

    def _holder(self, door: Door, headers: dict[str, str]) -> Visitor:
        return self._visitors.holder(door, bearer(headers))

    def _spare(self, door: Door, scope: Scope, headers: dict[str, str]) -> None:
        """Hold back a visitor who is too fast, else the address the call comes from.

        Only a token that we signed counts for itself: made up ones would be a new sender each.
        """
        try:
            wait_s = self._visitors_throttle.take(self._holder(door, headers).token.visitor)
        except NotAuthentic:
            wait_s = self._strangers_throttle.take(str((scope.get("client") or ["?"])[0]))
        if wait_s > 0:
            raise TooMany("Too many messages at once. Wait a moment.", retry_after_s=wait_s)

    async def _session(
        self, door: Door, scope: Scope, receive: Receive, headers: dict[str, str]
    ) -> Json:
        require_origin(door, headers.get("origin"), self._own(scope, headers))
        asked = await _decoded(scope, receive, SessionAsked)
        visitor = await self._visitors.enter(door, asked.token, asked.identity, asked.came)
        await self._visitors.arrived(visitor, asked.came)
        shop = door.place.merchant
        spoken = shop.settings.looks.languages
        language = shop.language if shop.language in spoken else spoken[0]
        if is_language(asked.language) and asked.language in spoken:
            language = asked.language
        known = await self._context.db.read(visitor.identity)
        # From before the state is read, so that nothing falls between the state and the stream.
        cursor = self._context.hub.touch(visitor.topics(known))
        seen = await self._context.db.read(lambda s: self._look(s, visitor))
        opening = await self._openings.of(shop, language)
        return {
            "token": self._visitors.sign(visitor),
            "visitor": visitor.token.visitor,
            "signed_in": visitor.token.member is not None,
            "language": language,
            "shop": {
                "name": shop.name,
                "bot_name": shop.settings.bot_name or shop.name,
                "accent": shop.settings.accent,
                "looks": msgspec.to_builtins(shop.settings.looks),
                **opening,
            },
            "conversation": seen,
            "has_earlier": await self._context.db.read(visitor.has_past),
            "cursor": cursor,
            "file_limit_bytes": LARGEST_FILE_BYTES,
            "file_types": list(FILE_TYPES),
        }

    def _look(self, session: Session, visitor: Visitor) -> Json | None:
        conv = visitor.conversation(session)
        if conv is None:
            return None
        found = visitor.messages(session, after=None, before=2**31 - 1, limit=PAGE)
        view, shaper = self._view(session, conv)
        shape = view.shopper_conversation(conv)
        shape["messages"] = [shaper.message(m, view.channel(m.inbox_id)) for m in found]
        return shape

    def _view(self, session: Session, conv: Conversation) -> tuple[View, Shaper]:
        view = View(session, conv.merchant_id, self._context, self._links)
        return view, view.shaper(conv.customer_id)

    async def _say(
        self, door: Door, scope: Scope, receive: Receive, headers: dict[str, str]
    ) -> Json:
        visitor = self._holder(door, headers)
        said = await _decoded(scope, receive, Saying)
        await take(self._context, visitor, said)
        return {"client_id": said.client_id}

    def _asked(self, visitor: Visitor, body: bytes, scope: Scope, headers: dict[str, str]) -> Asked:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        language = self._shop.language(visitor, {name: last[-1] for name, last in query.items()})
        return Asked(visitor, language, body, self._own(scope, headers))

    def _own(self, scope: Scope, headers: dict[str, str]) -> str:
        """Our own address, as browsers know it."""
        return self._context.public_url or f"{scope['scheme']}://{headers.get('host', '')}"

    async def _upload(
        self,
        door: Door,
        call: tuple[Scope, Receive],
        headers: dict[str, str],
        query: dict[str, str],
    ) -> Json:
        visitor = self._holder(door, headers)
        body = await read_body(*call, LARGEST_FILE_BYTES)
        name, kind = checked(query.get("name", ""), headers.get("content-type", ""), body)
        merchant_id, now = door.place.merchant.id, self._context.clock.now()
        kept = File(new_key(merchant_id), name, kind, len(body))
        self._context.files.put(kept.key, body)
        await self._context.db.write(lambda s: keep_file(s, merchant_id, kept, visitor.owner, now))
        url = self._links.url(merchant_id, kept.key, now)
        return {"file": kept.key, "url": url, **_about(kept)}

    async def _messages(self, visitor: Visitor, query: dict[str, str]) -> Json:
        after = _number(query, "after_seq")
        before = _number(query, "before_seq") or 2**31 - 1
        limit = min(200, max(1, _number(query, "limit") or (200 if after is not None else PAGE)))

        def page(session: Session) -> Json:
            conv = visitor.conversation(session)
            if conv is None:
                return {"conversation": None, "messages": []}
            found = visitor.messages(session, after=after, before=before, limit=limit)
            view, shaper = self._view(session, conv)
            return {
                "conversation": view.shopper_conversation(conv),
                "messages": [shaper.message(m, view.channel(m.inbox_id)) for m in found],
            }

        return await self._context.db.read(page)

    async def _history(self, visitor: Visitor, query: dict[str, str]) -> Json:
        """What was said before a place, earlier conversations included."""
        place = (_number(query, "conversation") or 0, _number(query, "before_seq") or 0)
        limit = min(200, max(1, _number(query, "limit") or PAGE))

        def page(session: Session) -> Json:
            found, more = visitor.earlier(session, place, limit)
            if not found:
                return {"messages": [], "has_earlier": False}
            known = visitor.identity(session)
            assert known is not None
            view = View(session, known.merchant_id, self._context, self._links)
            shaper = view.shaper(known.customer_id)
            shapes = [shaper.message(m, view.channel(m.inbox_id)) for m in found]
            return {"messages": shapes, "has_earlier": more}

        return await self._context.db.read(page)

    async def _events(self, visitor: Visitor, query: dict[str, str]) -> Json:
        # A newcomer becomes known here, or it would not hear of its own first words.
        known = await self._visitors.known(visitor)
        topics, hub = frozenset(visitor.topics(known)), self._context.hub
        cursor = query.get("cursor") or hub.touch(topics)
        wait_s = min(LONGEST_WAIT_S, float(_number(query, "wait_s") or 0))
        if hub.since(topics, cursor) is not None:
            await hub.wait(topics, cursor, wait_s)
        missed = hub.since(topics, cursor)
        if missed is None:
            return {"type": "refetch", "cursor": hub.touch(topics)}
        shape: Json = msgspec.json.decode(hub.frame(missed))
        return shape


_JSON = {"content-type": "application/json", "cache-control": "no-store"}


def _cors(headers: dict[str, str]) -> dict[str, str]:
    origin = headers.get("origin")
    if origin is None:
        return {}
    # Anybody may ask; whether they get a session is decided by the inbox's origins.
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-headers": "content-type",
        "access-control-allow-methods": "POST",
        "access-control-max-age": "600",
        "vary": "origin",
    }


def _language(headers: dict[str, str], scope: Scope) -> Language:
    """The language the chat was asked in, else the browser's."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return asked if is_language(asked) else preferred(headers.get("accept-language", ""))


async def _answer_error(send: Send, error: KaiwaError, cors: dict[str, str]) -> None:
    async def with_cors(part: dict[str, object]) -> None:
        if part["type"] == "http.response.start":
            extra = [(k.encode(), v.encode("latin-1")) for k, v in cors.items()]
            part["headers"] = [*part["headers"], *extra]  # type: ignore[misc]
        await send(part)

    await answer_error(with_cors, error)  # type: ignore[arg-type]


async def _decoded(scope: Scope, receive: Receive, kind: type[T]) -> T:
    body = await read_body(scope, receive, LARGEST_JSON_BYTES)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The body cannot be read: {error}") from error


def _number(query: dict[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Invalid(f"{name} must be a whole number.")
    return int(text)


def _about(kept: File) -> Json:
    return {"name": kept.name, "type": kept.type, "size_bytes": kept.size_bytes}
