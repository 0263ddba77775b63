"""E-mail: in by IMAP or webhook, out by SMTP; a mail's thread stays one thread.

`parse` and its helpers read mail, `render` and `composing` write it, `smtp` and `imap` speak with
servers. Every number is in `limits`.
"""

from datetime import datetime

from kaiwa.channels.contract import (
    Ability,
    Account,
    Pulled,
    RawRequest,
    Rendered,
    Route,
    SendOutcome,
    Standing,
    Verdict,
    Wire,
)
from kaiwa.channels.core_only import CoreOnly
from kaiwa.channels.email import (
    chat_link,
    health,
    parse,
    pulling,
    render,
    routes,
    sending,
    signature,
)
from kaiwa.channels.email.guide import FIELDS, GUIDE
from kaiwa.engines.http import Http
from kaiwa.vocabulary.event import InboundEvent
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply


class EmailChannel(CoreOnly):
    """The contract's promises, kept by the modules beside this file."""

    kind = "email"
    name = "E-mail"
    address_kind = parse.ADDRESS
    abilities = frozenset(
        {
            Ability.PULL,
            Ability.ENCLOSES,
            Ability.THREADS,
            Ability.OWN_PROTOCOL,
            Ability.HEALTH,
            Ability.ONE_CLICK,
            Ability.LINK,
        }
    )
    credential_fields = FIELDS
    guide = GUIDE

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """A mail that somebody posts, with the webhook secret."""
        return signature.verify(request, account)

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """A mail is its words and its files, or a report on a mail of ours."""
        return parse.parse(body, received_at)

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """One of these from its bytes."""
        return parse.parse_one(raw, received_at)

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """At any time, to everybody who is not blocked."""
        return routes.routes(standing)

    def render(self, reply: Reply, route: Route) -> Rendered:
        """One mail, and the losses."""
        return render.render(reply, route)

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """By SMTP; the key becomes the Message-ID."""
        return await sending.send(wire, account, http, retry_key=retry_key)

    async def pull(self, mark: str, account: Account, now: datetime) -> Pulled:
        """By IMAP, from the mark on."""
        return await pulling.pull(mark, account, now)

    async def kept(self, receipt: str, account: Account) -> None:
        """Read, or moved."""
        await pulling.kept(receipt, account)

    def enclosed(self, raw: bytes) -> tuple[bytes, str]:
        """A file of a mail."""
        return parse.enclosed(raw)

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """`mailto:` and the shop's address."""
        return chat_link.link(account, ref, language)

    async def health(self, account: Account, http: Http) -> list[str]:
        """Both log-ins, tried."""
        return await health.health(account)


CHANNEL = EmailChannel()
