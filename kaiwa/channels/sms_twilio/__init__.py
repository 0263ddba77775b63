"""SMS by Twilio: both directions, pictures in, receipts and opt-outs by Twilio's own numbers.

Its calls are signed over the public address, so the server must know what it is called outside.
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
from kaiwa.channels.sms_twilio import api, health, parse, signature
from kaiwa.channels.sms_twilio.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent


class TwilioChannel(SmsChannel):
    """The contract's promises, kept by the modules beside this file."""

    kind = "sms_twilio"
    name = "SMS (Twilio)"
    abilities = frozenset(
        {Ability.MEDIA, Ability.HEALTH, Ability.CONNECT, Ability.SHORT_LINKS, Ability.LINK}
    )
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The signature over the public address and the form, or the body's hash."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """A message with each of its pictures, or a receipt."""
        return parse.parse(body)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One message, picture or receipt from its bytes."""
        return parse.parse_one(raw)

    def wire(self, to: str, text: str) -> Wire:
        """The fields of a message but for its sender."""
        return Wire(api.MESSAGE, {"To": to, "Body": text})

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; Twilio has no use for the key."""
        return await api.send(wire, account, http)

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """A picture a customer sent."""
        return await api.media(reference, account, http)

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Sets where the number, or the Messaging Service, sends what it hears."""
        await api.connect(url, account, http)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)


CHANNEL = TwilioChannel()
