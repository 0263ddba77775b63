"""SMS by Vonage: sent by its Messages API, heard from it or from its older SMS API.

Its calls are proved by a signed token (Messages API) or a `sig` among the fields (SMS API).
"""

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
from kaiwa.channels.sms import routes
from kaiwa.channels.sms.numbers import PHONE
from kaiwa.channels.sms.render import render
from kaiwa.channels.sms.segments import segments
from kaiwa.channels.sms_vonage import api, health, parse, signature
from kaiwa.channels.sms_vonage.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.reply import Reply


class VonageChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "sms_vonage"
    name = "SMS (Vonage)"
    address_kind = PHONE
    abilities = frozenset({Ability.HEALTH, Ability.SHORT_LINKS})
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The token and its hash of the body, or the `sig` of the fields."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """A call is one message or one receipt."""
        return [(body, parse.parse_one(body))]

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One message or receipt from its bytes."""
        return parse.parse_one(raw)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Metered, until the customer wrote STOP."""
        return routes.routes(standing)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """As few messages as can be, and the losses."""
        texts, losses = render(reply)
        wires = (Wire(api.MESSAGE, api.body(route.to, text)) for text in texts)
        return Rendered(tuple(wires), tuple(losses), sum(map(segments, texts)))

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; the key comes back with its receipts, and keeps nothing from doubling."""
        return await api.send(wire, account, http, retry_key)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)


CHANNEL = VonageChannel()
