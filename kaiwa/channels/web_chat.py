"""The shop's own chat: the reference channel, carried by ourselves, without limits to render to.

A visitor is anonymous and holds a token we signed. A customer who is logged in to the shop brings a
JWT that the merchant signed with the inbox's identity secret (HS256, `sub` is the merchant's id of
the customer, `exp` is required, `name` is welcome).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import jwt
import msgspec

from kaiwa.channels.contract import (
    Ability,
    Account,
    CredentialField,
    RawRequest,
    Rendered,
    Route,
    SendOutcome,
    Standing,
    Told,
    Verdict,
    Wire,
)
from kaiwa.channels.core_only import CoreOnly
from kaiwa.channels.ref_in_words import require_ref
from kaiwa.engines.http import Http
from kaiwa.vocabulary.content import Content, Media, Postback, Text
from kaiwa.vocabulary.errors import Invalid, NotAuthentic, Refused
from kaiwa.vocabulary.event import InboundEvent, Said, Sender, Unheard
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Reply

TOKEN_LIFE = timedelta(hours=12)
IDENTITY_RENEWABLE = timedelta(days=7)
TOKEN_RENEWABLE = timedelta(days=400)
_CLIENT_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
# What the page's address has behind # to open the chat; the launcher looks for it.
_OPENS = "kaiwa"
_PAGE = re.compile(r"https?://[A-Za-z0-9\[][!-~]{1,1500}")
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")
_VISITOR = re.compile(r"v-[0-9a-f]{32}")


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a visitor, as the door wrote it down after checking it."""

    client_id: str
    visitor: str
    content: Content
    at: datetime
    language: str | None = None
    name: str | None = None


class VisitorToken(msgspec.Struct, frozen=True):
    """What a token says: the visitor and, when signed in, the merchant's id of the customer."""

    visitor: str
    member: str | None = None
    name: str | None = None


class Vouched(msgspec.Struct, frozen=True):
    """Whom the shop's log-in vouches for: its own id of the customer, and what else it says.

    `email` only where the shop says that it is verified: who merely typed it in, owns no orders.
    """

    member: str
    name: str | None = None
    email: str | None = None


class WebChat(CoreOnly):
    """See `Channel`. It has no webhook: browsers come in by the widget's own door."""

    kind = "web_chat"
    name = "Web chat"
    abilities = frozenset({Ability.CARRIED_BY_US, Ability.LINK, Ability.SO_FAR})
    credential_fields = (
        CredentialField(
            "identity_secret",
            "Identity secret (32 characters or more)",
            required=False,
            shortest=32,
            title=Told("会員確認の鍵", "Identity secret"),
            where=Told(
                "会員ログインがあるお店だけ：32文字以上。ログイン中の方の証明に署名するのに使います。",
                "Only for shops with accounts: 32 characters or more, to sign who is logged in.",
            ),
            made_up=True,
        ),
        CredentialField(
            "page_url",
            "Page of the shop with the chat on it, for links into the chat",
            secret=False,
            required=False,
            title=Told("チャットのあるページ", "Page with the chat on it"),
            where=Told(
                "チャットを置いたお店のページのアドレス（https://…）。チャットへのリンクと"
                "QRコードが、このページで開きます。",
                "The address (https://…) of a page of your shop with the chat on it: links and QR "
                "codes into the chat open it.",
            ),
        ),
    )
    address_kind = "visitor"

    def verify(self, request: RawRequest, account: Account) -> Verdict:
        """Refuses every webhook call: nobody but the widget's door speaks for visitors."""
        raise NotAuthentic("The web chat takes no webhooks.")

    def parse(self, body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
        """One frame per body."""
        return [(body, self.parse_one(body, received_at))]

    def parse_one(self, raw: bytes, received_at: datetime) -> InboundEvent:
        """Read a frame back; anything else is `Unheard`."""
        try:
            frame = _FRAMES.decode(raw)
            _check(frame)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Invalid):
            digest = hashlib.sha256(raw).hexdigest()
            return InboundEvent(f"sha256:{digest}", Unheard("not a frame"), occurred_at=received_at)
        external_id = f"{frame.visitor}/{frame.client_id}"
        return InboundEvent(
            external_id=external_id,
            heard=Said(frame.content, external_id),
            sender=Sender("visitor", frame.visitor),
            occurred_at=frame.at,
            language=frame.language,
            name=frame.name,
        )

    def routes(self, standing: Standing, now: datetime) -> list[Route]:
        """Open to everybody who is not blocked: the thread itself is the way."""
        blocked = standing.blocked_at is not None
        return [] if blocked else [Route("live", standing.address.value)]

    def render(self, reply: Reply, route: Route) -> Rendered:
        """Everything is native; nothing is lost."""
        body: dict[str, Any] = msgspec.to_builtins(reply)
        return Rendered((Wire("thread", body),))

    async def send(
        self, wire: Wire, account: Account, http: Http, *, retry_key: str
    ) -> SendOutcome:
        """In the thread it is already with the customer: there is nothing left to do."""
        return SendOutcome()

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """The shop's page with the chat; the part behind # is read there and sent to nobody else.

        A shopper who comes by it is heard of before they write: the chat says so when it opens.
        """
        page = account.credentials.get("page_url", "").strip().partition("#")[0]
        if not _PAGE.fullmatch(page):
            raise Refused("Links to the chat need the page it is on.", reason="credentials")
        if not ref:
            return f"{page}#{_OPENS}"
        require_ref(ref)
        return f"{page}#{_OPENS}={ref}"


CHANNEL = WebChat()
_FRAMES = msgspec.json.Decoder(Frame)


def new_visitor() -> str:
    """A visitor nobody has seen before."""
    return f"v-{secrets.token_hex(16)}"


def same_visitor(key: bytes, said: str) -> str:
    """A visitor whose name follows from what only its browser and we can say."""
    return f"v-{hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:32]}"


def raw_frame(frame: Frame) -> bytes:
    """The frame as it is kept until it is taken in."""
    return msgspec.json.encode(frame)


def check_client_id(client_id: str) -> None:
    """`Invalid` unless a browser may call its message so."""
    if not _CLIENT_ID.fullmatch(client_id):
        raise Invalid("client_id must be 1 to 64 letters, digits, dots, colons, dashes.")


def _check(frame: Frame) -> None:
    check_client_id(frame.client_id)
    if not _VISITOR.fullmatch(frame.visitor):
        raise Invalid("This is not a visitor.")


def content_of(text: str, payload: str | None, media: Media | None) -> Content:
    """What a visitor's message becomes: a file, a pressed button or words."""
    if media is not None:
        return media
    return Postback(text, payload) if payload is not None else Text(text)


def make_token(key: bytes, inbox_key: str, token: VisitorToken, now: datetime) -> str:
    """A signed token for one inbox."""
    claims = {"v": token.visitor, "aud": inbox_key, "exp": now + TOKEN_LIFE}
    if token.member is not None:
        claims |= {"m": token.member}
    if token.name is not None:
        claims |= {"n": token.name}
    return jwt.encode(claims, key, algorithm="HS256")


def read_token(
    key: bytes, inbox_key: str, text: str, now: datetime, use: Literal["act", "renew"] = "act"
) -> VisitorToken:
    """Who holds the token; `NotAuthentic` when it is forged, another inbox's or has run out.

    To renew, a token may have run out up to 400 days ago.
    """
    claims = _claims(text, key, audience=inbox_key)
    grace = TOKEN_RENEWABLE if use == "renew" else timedelta(0)
    if now.timestamp() > claims["exp"] + grace.total_seconds():
        raise NotAuthentic("Your session has ended. Open the chat again.")
    visitor, member, name = claims.get("v"), claims.get("m"), claims.get("n")
    if not isinstance(visitor, str) or not _VISITOR.fullmatch(visitor):
        raise NotAuthentic("This is not a visitor's token.")
    return VisitorToken(visitor, _text(member), _text(name))


def read_identity(
    secret: str, text: str, now: datetime, use: Literal["act", "renew"] = "act"
) -> Vouched:
    """Who the signed-in customer is; `NotAuthentic` when nobody vouches.

    Only HS256 is taken, whatever the token's header says. To renew, for who was signed in by it,
    it may have run out a week ago: a page that stays open has no newer one.
    """
    claims = _claims(text, secret.encode(), audience=None)
    subject = claims.get("sub")
    if isinstance(subject, int) and not isinstance(subject, bool):
        subject = str(subject)
    if not isinstance(subject, str) or not 0 < len(subject) <= 200:
        raise NotAuthentic("The identity token names no customer (sub).")
    grace = IDENTITY_RENEWABLE if use == "renew" else timedelta(0)
    if now.timestamp() > claims["exp"] + grace.total_seconds():
        raise NotAuthentic("The identity token has run out. Sign a new one.")
    email = _email(claims.get("email")) if claims.get("email_verified") is True else None
    return Vouched(subject, _text(claims.get("name")), email)


# A shopper's token comes with every message: its signature is checked once, its age every time.
@lru_cache(maxsize=10_000)
def _claims(text: str, key: bytes, *, audience: str | None) -> Mapping[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            text,
            key,
            algorithms=["HS256"],
            audience=audience,
            options={
                "require": ["exp"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_sub": False,
                "verify_aud": audience is not None,
            },
        )
    except (jwt.InvalidTokenError, ValueError) as error:
        raise NotAuthentic("This token was not signed by us.") from error
    if not isinstance(claims.get("exp"), int | float):
        raise NotAuthentic("The token does not say until when it is valid.")
    return MappingProxyType(claims)


def _email(value: object) -> str | None:
    text = value.strip().casefold() if isinstance(value, str) else ""
    return text if _EMAIL.fullmatch(text) and len(text) <= 254 else None


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) and value.strip() else None
