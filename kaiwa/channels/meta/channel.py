"""The contract's promises, kept for either face by the modules beside this file."""

from datetime import datetime

from kaiwa.channels.contract import (
    Ability,
    Account,
    CredentialField,
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
from kaiwa.channels.meta import api, fetching, health, links, parse, render, routes, signature
from kaiwa.channels.meta.surface import Surface
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply


class MetaChannel(CoreOnly):
    """One face of the platform; `surface` says which."""

    kind: str
    name: str
    address_kind: str
    surface: Surface
    credential_fields: tuple[CredentialField, ...]
    abilities = frozenset(
        {Ability.MEDIA, Ability.PROFILE, Ability.TYPING, Ability.MARK_READ}
        | {Ability.HEALTH, Ability.CONNECT, Ability.LINK}
    )

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """The signature over the raw bytes by any of the app's secrets, or Meta's challenge."""
        return signature.verify(request, account, self.surface)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """Everything a batch tells."""
        return parse.parse(body, self.address_kind)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One event from its bytes."""
        return parse.parse_one(raw, self.address_kind)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Free for a day after the customer wrote, and for a person for a week."""
        return routes.routes(standing, now, self.kind)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """The messages and the losses."""
        return render.render(reply, route, self.surface)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """One message, marked with the key where its echo repeats it."""
        return await api.send(wire, account, http, self.surface, retry_key)

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """What a customer sent, from Meta's hosts only."""
        return await fetching.media(reference, account, http)

    async def profile(self, sender: str, account: Account, http: Http) -> Profile:
        """Name and picture."""
        return await api.profile(sender, account, http, self.surface)

    async def typing(self, to: str, account: Account, http: Http) -> None:
        """“… is typing”, until the next message."""
        await api.act(to, "typing_on", account, http)

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """“Seen”, under all that the person wrote."""
        await api.act(token, "mark_seen", account, http)

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Sets the webhook, subscribes the app, gives Messenger its first button."""
        await api.connect(url, account, http, self.surface)

    async def health(self, account: Account, http: Http) -> list[str]:
        """What is wrong, in sentences."""
        return await health.health(account, http, self.surface)

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """`m.me` or `ig.me`."""
        return links.chat_link(self.surface, account, ref)
