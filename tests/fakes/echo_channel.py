"""A strict channel in memory: it keeps what it accepted and refuses what a provider would refuse.

Two operations, as LINE has them: `reply` needs a token that works once and for a while; `push`
takes a retry key, and the same key again is answered like the first time without sending. What is
wrong on our side (another text under a known key, a route that was closed) fails the test.
"""

import itertools
import uuid
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.channels import (
    Ability,
    Account,
    CredentialField,
    Profile,
    RawRequest,
    Rendered,
    Route,
    SendOutcome,
    Standing,
    Verdict,
    Wire,
)
from kaiwa.channels.core_only import CoreOnly
from kaiwa.engines.clock import SetClock
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import InboundEvent, ReplyHandle, Unheard
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Degradation, ImageBlock, Reply, TextBlock, plain
from kaiwa.vocabulary.template import Template, TemplateUse, read_as

TOKEN_LIFE = timedelta(seconds=60)
PUSHED_AT_ONCE = 1

Mood: TypeAlias = (
    Literal["well", "down", "accepts_silently", "loses_silently", "dies_before", "dies_after"]
    | Literal["blocked", "quota", "credentials", "window_closed", "invalid", "odd"]
    | tuple[Literal["busy", "takes"], float]
)


class Killed(BaseException):
    """The process ends here."""


class Taken(msgspec.Struct, frozen=True):
    """What the provider accepted: a person really received this."""

    operation: str
    to: str
    texts: tuple[str, ...]
    external_id: str


class Call(msgspec.Struct, frozen=True):
    """What was asked of the provider, accepted or not."""

    operation: str
    texts: tuple[str, ...]
    retry_key: str


class EchoChannel(CoreOnly):
    """See `Channel`. `moods` says how the next calls go; when it is empty all is well."""

    name = "Echo"
    credential_fields = (CredentialField("secret", "Secret"),)
    address_kind = "echo_user"

    def __init__(self, clock: SetClock, kind: str = "echo", *, keys: bool = True) -> None:
        self.kind = kind
        self.abilities = frozenset({Ability.LINK} | ({Ability.IDEMPOTENT_PUSH} if keys else set()))
        self.moods: deque[Mood] = deque()
        self.accepted: list[Taken] = []
        self.calls: list[Call] = []
        self.quota: int | None = None
        self._clock = clock
        self._handles: dict[str, ReplyHandle] = {}
        self._owners: dict[str, str] = {}
        self._spent: set[str] = set()
        self._by_key: dict[str, Taken] = {}
        self._numbers = itertools.count(1)

    def handle(self, sender: str, life: timedelta = TOKEN_LIFE) -> ReplyHandle:
        """A right to answer `sender` once, as the provider gives it with an event."""
        until = self._clock.now() + life
        token = f"token-{self.kind}-{uuid.uuid4()}"
        handle = ReplyHandle(token, until, certain_until=until)
        self._handles[handle.token], self._owners[handle.token] = handle, sender
        return handle

    def spend(self, handle: ReplyHandle) -> None:
        """Somebody else answered with this token."""
        self._spent.add(handle.token)

    def received(self, to: str) -> list[str]:
        """Everything a person was sent, in order."""
        return [text for taken in self.accepted if taken.to == to for text in taken.texts]

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        return Verdict()

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        return [(body, self.parse_one(body, received_at))]

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """The event as it was encoded."""
        try:
            return msgspec.json.decode(raw, type=InboundEvent)
        except msgspec.DecodeError:
            return InboundEvent(raw.hex(), Unheard("not an event"))

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """A live reply token first, then push while there is quota; nothing to who blocked."""
        if standing.blocked_at is not None:
            return []
        to = standing.address.value
        live = [handle for handle in standing.handles if handle.expires_at > now]
        routes = [Route("reply", to, handle=live[0], expires_at=live[0].expires_at)] if live else []
        if standing.quota_left != 0:
            routes.append(Route("push", to, cost="metered"))
        return routes

    def fill(self, template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
        """Where a test says that there are templates."""
        told = dict(values)
        return TemplateUse(
            inbox_id=inbox_id, name=template.name, language=template.language,
            category=template.category, values=told, text=read_as(template, told),
        )  # fmt: skip

    def render(self, reply: Reply, route: Route) -> Rendered:
        """One text a block; a reply carries `max_messages`, a push one at a time."""
        texts = [plain((block,)) for block in reply.blocks]
        lost = tuple(
            Degradation("image", "text", "the picture")
            for block in reply.blocks
            if isinstance(block, ImageBlock)
        )
        first: list[Wire] = []
        if route.handle is not None:
            most = route.handle.max_messages
            body: dict[str, object] = {
                "token": route.handle.token,
                "to": route.to,
                "texts": texts[:most],
            }
            first, texts = [Wire("reply", body)], texts[most:]
        rest = [Wire("push", {"to": route.to, "texts": [text]}) for text in texts]
        return Rendered((*first, *rest), lost)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """As the next mood has it."""
        texts = tuple(str(text) for text in as_list(wire.body["texts"]))
        assert texts, "an empty message was sent"
        self.calls.append(Call(wire.operation, texts, retry_key))
        mood = self.moods.popleft() if self.moods else "well"
        self._before(mood)
        if account.credentials.get("secret") != "right":
            raise Refused("The secret is wrong.", reason="credentials")
        operation = {"reply": self._reply, "push": self._push}[wire.operation]
        outcome = operation(wire, texts, retry_key)
        if mood == "accepts_silently":
            raise Unreachable("No whole answer came.", maybe_done=True)
        if mood == "dies_after":
            raise Killed
        return outcome

    def _before(self, mood: Mood) -> None:
        match mood:
            case "down":
                raise Unreachable("Could not connect.")
            case "loses_silently":
                raise Unreachable("No whole answer came.", maybe_done=True)
            case "dies_before":
                raise Killed
            case ("takes", seconds):
                self._clock.move(seconds)
            case ("busy", seconds):
                raise Unreachable("Too many requests.", retry_after_s=seconds)
            case "odd":
                raise RuntimeError("the adapter did not expect this")
            case "blocked" | "quota" | "credentials" | "window_closed" | "invalid":
                raise Refused(f"The provider says {mood}.", reason=mood)
            case _:
                pass

    def _reply(self, wire: Wire, texts: tuple[str, ...], retry_key: str) -> SendOutcome:
        token = str(wire.body["token"])
        handle = self._handles[token]
        assert self._owners[token] == wire.body["to"], "a token answers its owner only"
        assert len(texts) <= handle.max_messages, "more messages than a reply takes"
        if token in self._spent or handle.expires_at <= self._clock.now():
            raise Refused("Invalid reply token.", reason="spent_handle")
        self._spent.add(token)
        return SendOutcome((self._take(wire, texts).external_id,))

    def _push(self, wire: Wire, texts: tuple[str, ...], retry_key: str) -> SendOutcome:
        assert len(texts) <= PUSHED_AT_ONCE, "more messages than a push takes"
        keyed = Ability.IDEMPOTENT_PUSH in self.abilities
        known = self._by_key.get(retry_key) if keyed else None
        if known is not None:
            assert (known.to, known.texts) == (wire.body["to"], texts), "a key stands for one call"
            return SendOutcome((known.external_id,), already=True)
        if self.quota == 0:
            raise Refused("The monthly limit is reached.", reason="quota")
        self.quota = None if self.quota is None else self.quota - 1
        uuid.UUID(retry_key)
        taken = self._by_key[retry_key] = self._take(wire, texts)
        return SendOutcome((taken.external_id,))

    def _take(self, wire: Wire, texts: tuple[str, ...]) -> Taken:
        number = f"{self.kind}-{next(self._numbers)}-{uuid.uuid4().hex[:8]}"
        taken = Taken(wire.operation, str(wire.body["to"]), texts, number)
        self.accepted.append(taken)
        return taken

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        raise Refused("There are no media here.", reason="invalid")

    async def profile(self, sender: str, account: Account, http: Http) -> Profile:
        return Profile()

    async def typing(self, to: str, account: Account, http: Http) -> None:
        return

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        return

    async def quota_left(self, account: Account, http: Http) -> int | None:
        return self.quota

    async def health(self, account: Account, http: Http) -> list[str]:
        return []

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        return f"https://{self.kind}.example/{ref}"


def as_list(value: object) -> list[Any]:
    """A list out of decoded JSON."""
    assert isinstance(value, list)
    return value


def texts(*words: str) -> Reply:
    """A reply of plain sentences."""
    return Reply(tuple(TextBlock(text=word) for word in words))
