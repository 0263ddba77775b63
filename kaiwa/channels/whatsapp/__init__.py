"""WhatsApp Cloud API: answers within a day of what the customer wrote, each paid for.

`webhook`, `batch`, `content` and `parse` read what Meta tells, `render` and its helpers write what
WhatsApp shows, `api` calls it. Every number of the platform is in `limits`. Written by the Graph
API 26.0 (2026-11). `templates` lists what Meta has approved, `filling` sends it.
"""

from collections.abc import Mapping
from datetime import datetime

from kaiwa.channels.contract import (
    Ability,
    Account,
    RawRequest,
    Rendered,
    Route,
    SendOutcome,
    Standing,
    Verdict,
    Wire,
)
from kaiwa.channels.core_only import CoreOnly
from kaiwa.channels.whatsapp import (
    api,
    chat_link,
    filling,
    flows,
    health,
    parse,
    published,
    render,
    routes,
    signature,
    templates,
)
from kaiwa.channels.whatsapp.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Flow, Form, Reply
from kaiwa.vocabulary.template import Template, TemplateUse


class WhatsAppChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "whatsapp"
    name = "WhatsApp"
    address_kind = parse.USER
    # Its typing sign is no ability of its own: Meta shows it with a read mark only.
    abilities = frozenset(
        {
            *(Ability.MEDIA, Ability.MARK_READ, Ability.HEALTH, Ability.CONNECT, Ability.LINK),
            *(Ability.TEMPLATES, Ability.CATALOGUE, Ability.FLOWS),
        }
    )
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The signature over the raw bytes by any of the app's secrets, or Meta's challenge."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """Every message and receipt of a batch."""
        return parse.parse(body)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One message or receipt from its bytes."""
        return parse.parse_one(raw)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Metered, for 24 hours after the customer wrote, and by a template at any time."""
        return routes.routes(standing, now)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """As few messages as can be, and the losses."""
        return render.render(reply, route)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; WhatsApp has no use for the key."""
        return await api.send(wire, account, http)

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """What a user sent, by the media's id."""
        return await api.media(reference, account, http)

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """The blue ticks and the typing sign."""
        await api.mark_read(token, account, http)

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Subscribes the app and sets the number's webhook."""
        await api.connect(url, account, http)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)

    async def templates(self, account: Account, http: Http) -> list[Template]:
        """What Meta has, approved or not."""
        return await templates.templates(account, http)

    def fill(self, template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
        """A template ready to be sent."""
        return filling.fill(template, values, inbox_id)

    def flow_of(self, form: Form) -> dict[str, object]:
        """The form in Meta's language of flows."""
        return flows.described(form)

    async def require_flow(self, flow: Flow, account: Account, http: Http) -> None:
        """Asks Meta what the flow is like."""
        await published.require(flow, account, http)

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """The chat with a greeting written that brings `ref`; the customer has to send it."""
        return chat_link.link(account, ref, language)


CHANNEL = WhatsAppChannel()
