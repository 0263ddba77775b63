"""What every SMS provider's channel is, whatever its API is called."""

from datetime import datetime

from kaiwa.channels.contract import Account, Rendered, Route, Standing, Wire
from kaiwa.channels.core_only import CoreOnly
from kaiwa.channels.sms import chat_link, routes
from kaiwa.channels.sms.numbers import PHONE
from kaiwa.channels.sms.render import render
from kaiwa.channels.sms.segments import segments
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply


class SmsChannel(CoreOnly):
    """To phone numbers, metered, and everything in words; a provider adds how it is spoken to."""

    address_kind = PHONE

    def wire(self, to: str, text: str) -> Wire:
        """One message as the provider wants it."""
        raise NotImplementedError

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Metered, until the customer wrote STOP."""
        return routes.routes(standing)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """As few messages as can be, the losses, and how many are paid for."""
        texts, losses = render(reply)
        wires = tuple(self.wire(route.to, text) for text in texts)
        return Rendered(wires, tuple(losses), sum(map(segments, texts)))

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """`sms:` and the number."""
        return chat_link.link(account, ref, language)
