"""SMS by any HTTP gateway: what it is sent is a template, what it sends is signed by HMAC.

For domestic aggregators and carriers, whose APIs are all alike and never the same.
"""

from datetime import datetime

from kaiwa.channels.contract import (
    Ability,
    Account,
    RawRequest,
    SendOutcome,
    Verdict,
    Wire,
)
from kaiwa.channels.sms.channel import SmsChannel
from kaiwa.channels.sms_gateway import api, health, parse, signature
from kaiwa.channels.sms_gateway.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent


class GatewayChannel(SmsChannel):
    """The contract's promises, kept by the modules beside this file."""

    kind = "sms_gateway"
    name = "SMS (HTTP gateway)"
    abilities = frozenset({Ability.HEALTH, Ability.SHORT_LINKS, Ability.LINK})
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

    def wire(self, to: str, text: str) -> Wire:
        """What the template is filled with."""
        return Wire(api.MESSAGE, {"to": to, "text": text})

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; the key is its reference."""
        return await api.send(wire, account, http, retry_key)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)


CHANNEL = GatewayChannel()
