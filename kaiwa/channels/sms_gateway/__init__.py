"""SMS by any HTTP gateway: what it is sent is a template, what it sends is signed by HMAC.

For domestic aggregators and carriers, whose APIs are all alike and never the same.
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
from kaiwa.channels.sms_gateway import api, health, parse, signature
from kaiwa.channels.sms_gateway.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.reply import Reply


class GatewayChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "sms_gateway"
    name = "SMS (HTTP gateway)"
    address_kind = PHONE
    abilities = frozenset({Ability.HEALTH, Ability.SHORT_LINKS})
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """HMAC-SHA256 over the raw bytes."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """Every message and receipt of the call."""
        return parse.parse(body)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One message or receipt from its bytes."""
        return parse.parse_one(raw)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Metered, until the customer wrote STOP."""
        return routes.routes(standing)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """As few messages as can be, and the losses."""
        texts, losses = render(reply)
        wires = tuple(Wire(api.MESSAGE, {"to": route.to, "text": text}) for text in texts)
        return Rendered(wires, tuple(losses), sum(map(segments, texts)))

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; the key is its reference."""
        return await api.send(wire, account, http, retry_key)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)


CHANNEL = GatewayChannel()
