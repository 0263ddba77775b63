"""SMS by Vonage: sent by its Messages API, heard from it or from its older SMS API.

Its calls are proved by a signed token (Messages API) or a `sig` among the fields (SMS API).
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
from kaiwa.channels.sms_vonage import api, health, parse, signature
from kaiwa.channels.sms_vonage.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent


class VonageChannel(SmsChannel):
    """The contract's promises, kept by the modules beside this file."""

    kind = "sms_vonage"
    name = "SMS (Vonage)"
    abilities = frozenset({Ability.HEALTH, Ability.SHORT_LINKS, Ability.LINK})
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

    def wire(self, to: str, text: str) -> Wire:
        """The message but for its sender."""
        return Wire(api.MESSAGE, api.body(to, text))

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; the key comes back with its receipts, and keeps nothing from doubling."""
        return await api.send(wire, account, http, retry_key)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)


CHANNEL = VonageChannel()
