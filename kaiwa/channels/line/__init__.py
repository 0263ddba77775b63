"""LINE: replies are free for a minute after a webhook, pushes are metered.

`webhook`/`parse` read what LINE tells, `render` and its helpers write what LINE shows, `api`
calls it. Every number of the platform is in `limits`.
"""

from collections.abc import Mapping
from datetime import datetime

from kaiwa.channels.contract import (
    Ability,
    Account,
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
from kaiwa.channels.line import (
    account_link,
    api,
    chat_link,
    health,
    parse,
    render,
    routes,
    signature,
)
from kaiwa.channels.line.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply


class LineChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "line"
    name = "LINE"
    address_kind = "line_user"
    abilities = frozenset(
        {
            Ability.IDEMPOTENT_PUSH,
            Ability.MEDIA,
            Ability.PROFILE,
            Ability.TYPING,
            Ability.MARK_READ,
            Ability.QUOTA,
            Ability.HEALTH,
            Ability.CONNECT,
            Ability.LINK,
            Ability.ACCOUNT_LINK,
        }
    )
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The signature over the raw bytes, by any of the account's secrets."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """Every event with its bytes; the console's empty test call has none."""
        return parse.parse(body, received_at)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One event from its bytes."""
        return parse.parse_one(raw, received_at)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Free reply first, metered push after it."""
        return routes.routes(standing, now)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """Calls of at most five messages, and the losses."""
        return render.render(reply, route)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One reply or push."""
        return await api.send(wire, account, http, retry_key=retry_key)

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """What a user sent, by the message's id."""
        return await api.media(reference, account, http)

    async def profile(self, sender: str, account: Account, http: Http) -> Profile:
        """The user's name, language and picture."""
        return await api.profile(sender, account, http)

    async def typing(self, to: str, account: Account, http: Http) -> None:
        """LINE's loading animation."""
        await api.typing(to, account, http)

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """By the token that came with the message."""
        await api.mark_read(token, account, http)

    async def quota_left(self, account: Account, http: Http) -> int | None:
        """Pushes left this month."""
        return await api.quota_left(account, http)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http)

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Set the webhook URL; “Use webhook” is switched on in the console only."""
        await api.connect(url, account, http)

    async def account_link(
        self, to: str, nonce: str, account: Account, http: Http, came: Mapping[str, str]
    ) -> str:
        """LINE's own page, which asks the user and then calls our webhook."""
        return await account_link.account_link((to, nonce), account, http)

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """The chat with a greeting written that brings `ref`; the user has to send it."""
        return chat_link.link(account, ref, language)


CHANNEL = LineChannel()
