"""What every channel promises, as types."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from kaiwa.engines.http import Http
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.event import InboundEvent, ReplyHandle, Said
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Degradation, Flow, Form, Reply
from kaiwa.vocabulary.template import Category, Template, TemplateUse


class RawRequest(msgspec.Struct, frozen=True):
    """A webhook call as it came in: bytes untouched, header names in lower case.

    `url` is the whole address as the outside knows it, query included.
    """

    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    query: Mapping[str, str] = {}
    url: str = ""


class Told(msgspec.Struct, frozen=True):
    """A sentence for merchants in each language of the desk."""

    ja: str
    en: str


class CredentialField(msgspec.Struct, frozen=True):
    """One credential `channel add` asks for; `secret` ones are never shown again.

    The desk shows `title` in place of the label, and `where` it is found at the provider. One that
    is `made_up` is the merchant's own choice: the desk offers a random one.
    """

    name: str
    label: str
    secret: bool = True
    required: bool = True
    shortest: int = 1
    title: Told | None = None
    where: Told | None = None
    made_up: bool = False


class Trouble(msgspec.Struct, frozen=True):
    """A sentence of `health`: `said.en` is exactly what it says, with `{places}` for what varies.

    One that does not stop is settled later, by connecting or by waiting: an inbox is saved with it.
    """

    said: Told
    stops: bool = True


class Guide(msgspec.Struct, frozen=True):
    """How a merchant sets an inbox up, as the desk shows it.

    `before` are steps at the provider until the credentials are at hand, `webhook` says where our
    address goes, `after` what is left to do then. `troubles` are the sentences of `health`.
    """

    before: tuple[Told, ...] = ()
    webhook: Told | None = None
    after: tuple[Told, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class Account(msgspec.Struct, frozen=True):
    """A merchant's account on a channel, unsealed: what verify and send need.

    `inbox_id` is 0 while credentials are tried and no inbox is kept that could have an address.
    """

    inbox_id: int
    credentials: Mapping[str, str]
    api_base: str | None = None
    settings: Mapping[str, str] = {}


class Verdict(msgspec.Struct, frozen=True):
    """An authentic call. `answer` is set when the call itself is to be answered (a challenge).

    `body` is what `parse` gets instead of the call's own: what of a shared call is about this
    account, or the call with what headers and account add to it.
    """

    answer: bytes | None = None
    content_type: str = "text/plain"
    body: bytes | None = None


class Standing(msgspec.Struct, frozen=True):
    """What is known of an address when a route to it is sought.

    `handles` are unspent reply handles, newest first; `quota_left` is None when unknown. `said` is
    what came from there lately, newest first, where the channel has `Ability.THREADS`. `by_person`
    says that an agent speaks: some channels leave people more time than machines. `template` is the
    category of what is to be sent when it is an approved template.
    """

    address: Address
    last_inbound_at: datetime | None = None
    blocked_at: datetime | None = None
    handles: tuple[ReplyHandle, ...] = ()
    quota_left: int | None = None
    by_person: bool = False
    said: tuple[Said, ...] = ()
    template: Category | None = None


class Thread(msgspec.Struct, frozen=True):
    """The talk a message goes on with, where a channel has several with one person.

    `ids` are the channel's ids of the messages before it, oldest first.
    """

    subject: str = ""
    ids: tuple[str, ...] = ()


class Route(msgspec.Struct, frozen=True):
    """A legal way to an address now. `cost` is "free" or "metered".

    `cost_class` is by which of the provider's prices, where it has several. `opt_out` is our page
    on which advertising to the address ends, for channels with `Ability.ONE_CLICK`. `catalogue` is
    what the provider calls the shop's products, for channels with `Ability.CATALOGUE`.
    """

    kind: str
    to: str
    cost: str = "free"
    handle: ReplyHandle | None = None
    expires_at: datetime | None = None
    thread: Thread | None = None
    cost_class: str = ""
    opt_out: str = ""
    catalogue: str = ""


class Wire(msgspec.Struct, frozen=True):
    """One call to the provider: `body` is JSON for `operation`, complete but for authentication.

    `otherwise` says the same without what the provider keeps itself (its catalogue), for when it
    refuses the call with the reason "not_there".
    """

    operation: str
    body: dict[str, object]
    otherwise: "Rendered | None" = None


class Rendered(msgspec.Struct, frozen=True):
    """A reply in the channel's own words and what was lost on the way. One or more calls.

    `parts` is what is paid for, where the length counts (`Ability.SHORT_LINKS`).
    """

    wires: tuple[Wire, ...]
    degradations: tuple[Degradation, ...] = ()
    parts: int = 0


class SendOutcome(msgspec.Struct, frozen=True):
    """The provider's yes. `external_ids` are its ids of our messages, in order.

    A no is an error: `Unreachable` (try again; `maybe_done` when the call may have worked),
    `Refused` with `detail["reason"]` one of "blocked", "quota", "window_closed", "spent_handle",
    "credentials", "invalid", "no_consent" (they want no advertising), "template" (it is not
    approved any more), "not_there" (the provider does not have what the call shows).
    """

    external_ids: tuple[str, ...] = ()
    already: bool = False


class Pulled(msgspec.Struct, frozen=True):
    """What was fetched from a provider that does not call: bodies as `parse` gets them.

    `mark` is where to go on once they are kept; `receipt` is what `kept` is told then. `more` says
    that there was more than was taken.
    """

    bodies: tuple[bytes, ...]
    mark: str
    receipt: str = ""
    more: bool = False


class Profile(msgspec.Struct, frozen=True):
    """What the provider tells about a person."""

    name: str | None = None
    language: str | None = None
    picture_url: str | None = None


class Ability(StrEnum):
    """What a channel may do beyond the contract's core; callers ask before they call.

    `OWN_PROTOCOL`: its provider speaks no HTTP, so `send` and the others leave `http` alone.
    `CATALOGUE`: the credential `catalog_id` names the shop's products there, by their SKUs.
    `SO_FAR`: the first sentences of an answer can be shown there, and be replaced by the whole.
    """

    IDEMPOTENT_PUSH = "idempotent_push"
    MEDIA = "media"
    PROFILE = "profile"
    TYPING = "typing"
    MARK_READ = "mark_read"
    QUOTA = "quota"
    HEALTH = "health"
    CONNECT = "connect"
    LINK = "link"
    CARRIED_BY_US = "carried_by_us"
    PULL = "pull"
    ENCLOSES = "encloses"
    THREADS = "threads"
    OWN_PROTOCOL = "own_protocol"
    TEMPLATES = "templates"
    ACCOUNT_LINK = "account_link"
    ONE_CLICK = "one_click"
    SHORT_LINKS = "short_links"
    CATALOGUE = "catalogue"
    SO_FAR = "so_far"
    FLOWS = "flows"


class Channel(Protocol):
    """A translator between one outside platform and our words."""

    kind: str
    name: str
    abilities: frozenset[Ability]
    credential_fields: tuple[CredentialField, ...]
    address_kind: str
    guide: Guide

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """Check the sender over the raw bytes, before any parsing; raise `NotAuthentic`."""

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """Every event of the body with its own raw bytes, in order. Total: never raises.

        Each pair can be parsed again by `parse_one(raw)`; unknown events come as `Unheard`.
        """

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """Read one event's raw bytes as `parse` returned them. Total: never raises."""

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """The legal routes to the address now, best first; empty when nothing may be sent."""

    def render(self, reply: Reply, route: Route) -> Rendered:
        """The reply within every limit of the channel, with the losses declared. Pure."""

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One call. The same `retry_key` is given again when the same wire is tried again."""

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """`Ability.MEDIA`: the bytes and content type of what a customer sent."""

    async def profile(self, sender: str, account: Account, http: Http) -> Profile:
        """`Ability.PROFILE`: the person's name, language and picture."""

    async def typing(self, to: str, account: Account, http: Http) -> None:
        """`Ability.TYPING`: show that an answer is being written."""

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """`Ability.MARK_READ`: tell the customer that the message was read."""

    async def quota_left(self, account: Account, http: Http) -> int | None:
        """`Ability.QUOTA`: metered messages left this month; None when there is no limit."""

    async def health(self, account: Account, http: Http) -> list[str]:
        """`Ability.HEALTH`: sentences saying what is wrong with the account; empty when well."""

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """`Ability.CONNECT`: tell the provider that `url` is where its webhook calls go."""

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """`Ability.LINK`: the address that opens a chat with the account and brings `ref` along.

        Whoever follows it is heard with `InboundEvent.referral.ref`, or with words that bring it
        (`ref_in_words`) after a greeting in `language`, the shop's. `Refused` when the channel
        cannot carry `ref`, or the account lacks what the address is made of.
        """

    async def templates(self, account: Account, http: Http) -> list[Template]:
        """`Ability.TEMPLATES`: every template of the account, whatever its state."""

    def fill(self, template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
        """`Ability.TEMPLATES`: the template, its blanks filled; `Invalid` names what is wrong."""

    async def account_link(
        self, to: str, nonce: str, account: Account, http: Http, came: Mapping[str, str]
    ) -> str:
        """`Ability.ACCOUNT_LINK`: where the browser of person `to` goes to link their account.

        `came` is with what the provider opened our page. `Refused` when it did not and had to.
        The provider asks them, and tells us `nonce` back as `Linked` if it is really theirs.
        """

    def flow_of(self, form: Form) -> dict[str, object]:
        """`Ability.FLOWS`: the form as the provider wants it told, to be published there."""

    async def require_flow(self, flow: Flow, account: Account, http: Http) -> None:
        """`Ability.FLOWS`: `Invalid` unless the provider has this flow and it is published.

        A form that carries such a flow is sent as it. Its answer is heard as a `Postback` whose
        payload is `FORM_FILLED` and the number of the asking, with a value for each field.
        """

    async def pull(self, mark: str, account: Account, now: datetime) -> Pulled:
        """`Ability.PULL`: what came since `mark` (empty the first time), a batch at most."""

    async def kept(self, receipt: str, account: Account) -> None:
        """`Ability.PULL`: everything of that batch is durable; tell the provider if it cares."""

    def enclosed(self, raw: bytes) -> tuple[bytes, str]:
        """`Ability.ENCLOSES`: bytes and type of the file that this event's raw bytes carry."""
