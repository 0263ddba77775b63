"""Telegram: free in both directions, once the customer has begun.

`webhook`/`parse` read what Telegram tells, `render` and its helpers write what it shows, `api`
calls it. Every number of the platform is in `limits`. Written by the Bot API 10.1 (2026-06).
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
from kaiwa.channels.telegram import api, chat_link, health, parse, render, signature
from kaiwa.channels.telegram.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply


class TelegramChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "telegram"
    name = "Telegram"
    address_kind = parse.USER
    abilities = frozenset(
        {
            Ability.MEDIA,
            Ability.TYPING,
            Ability.MARK_READ,
            Ability.HEALTH,
            Ability.CONNECT,
            Ability.LINK,
        }
    )
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The secret that the webhook was set with."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """A call is one update."""
        return parse.parse(body)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One update from its bytes."""
        return parse.parse_one(raw)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Free and at any time, to everybody who began and did not block the bot."""
        return [] if standing.blocked_at else [Route("message", standing.address.value)]

    def render(self, reply: Reply, route: Route) -> Rendered:
        """A call for each message, and the losses."""
        return render.render(reply, route)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message; Telegram has no use for the key."""
        return await api.send(wire, account, http)

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """What a user sent, by the file's id."""
        return await api.media(reference, account, http)

    async def typing(self, to: str, account: Account, http: Http) -> None:
        """Telegram's chat action."""
        await api.typing(to, account, http)

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """Ends the spinner of a pressed button."""
        await api.mark_read(token, account, http)

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Sets the webhook."""
        await api.connect(url, account, http)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """The bot with `ref` as its start parameter."""
        return chat_link.link(account, ref)


CHANNEL = TelegramChannel()
