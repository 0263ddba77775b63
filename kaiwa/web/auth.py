"""Log-in: who an agent is at every door of the desk.

A cookie says who it is; a CSRF token, carried by every write, says that the page is ours.
"""

import asyncio
import hashlib
import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Annotated, Any, Final, TypedDict, TypeVar

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import CacheControlHeader, Cookie
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from kaiwa.desk.being_there import leave
from kaiwa.engines.db import Session
from kaiwa.engines.queue.rate import Limit, give_back, take
from kaiwa.merchants.agent import Agent, agent_for_log_in, password_fits
from kaiwa.merchants.agent_session import LIFE, SignedIn, sign_in, sign_out
from kaiwa.merchants.agent_session import signed_in as signed_in_by
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.merchants.role import Role
from kaiwa.merchants.second_factor import use_code
from kaiwa.vocabulary.errors import Invalid, NotAllowed, NotAuthentic, TooMany
from kaiwa.vocabulary.language import Language
from kaiwa.web.context import Context
from kaiwa.web.errors import refusals
from kaiwa.web.origin import from_elsewhere, is_secure
from kaiwa.web.reader import Connection, set_language

T = TypeVar("T")

COOKIE: Final = "kaiwa_session"
CSRF_HEADER: Final = "x-csrf-token"
PRIVATE: Final = CacheControlHeader(no_store=True)

_WINDOW_S = timedelta(minutes=15).total_seconds()
BY_EMAIL: Final = Limit(10 / _WINDOW_S, 10)
# A whole office may sit behind one address.
BY_ADDRESS: Final = Limit(50 / _WINDOW_S, 50)
# Whoever guesses codes has the password already: a day of guessing finds one in 2,000 accounts.
BY_CODE: Final = Limit(6 / timedelta(hours=1).total_seconds(), 6)
# Each check takes 64 MB and all of a core: two at a time, whoever knocks.
_CHECKERS: Final = ThreadPoolExecutor(2, thread_name_prefix="kaiwa-password")
_SAFE = {"GET", "HEAD", "OPTIONS"}


Code = Annotated[str, msgspec.Meta(max_length=100)]


class LogIn(msgspec.Struct, frozen=True):
    """Who wants to come in."""

    email: Annotated[str, msgspec.Meta(max_length=254)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]
    code: Code = ""


class OwnShop(TypedDict):
    """The shop an agent works for."""

    id: int
    name: str
    currency: str
    timezone: str


class OwnAgent(TypedDict):
    """Who is logged in."""

    id: int
    name: str
    email: str
    role: Role
    language: Language
    merchant: OwnShop


class Entered(TypedDict):
    """Who is logged in, what every write must carry, and whether a second factor is lacking."""

    agent: OwnAgent
    csrf: str
    lacks_factor: bool


def context_of(connection: Connection) -> Context:
    """The context the app was built with."""
    context: Context = connection.app.state["context"]
    return context


async def signed_in(connection: Connection) -> SignedIn:
    """Who is logged in; `NotAuthentic`. Asked once per request."""
    state = connection.scope.setdefault("state", {})
    found = state.get("signed_in")
    if isinstance(found, SignedIn):
        return found
    context = context_of(connection)
    token = connection.cookies.get(COOKIE)
    if not token or len(token) > 200:
        raise NotAuthentic("You are not logged in, or your session has ended.")
    now = context.clock.now()
    signed = await context.db.read(lambda s: signed_in_by(s, token, now))
    state["signed_in"] = signed
    set_language(connection, signed.agent.language)
    return signed


async def with_factor(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: who must have a second factor has it on."""
    if (await signed_in(connection)).lacks_factor:
        raise NotAllowed("Set up your second factor first.", reason="second_factor")


async def agents_only(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: an agent is logged in, and what writes comes from our own page."""
    signed = await signed_in(connection)
    if connection.scope.get("method") in _SAFE:
        return
    if from_elsewhere(connection, context_of(connection).public_url):
        raise NotAllowed("This page is not the desk's.", reason="csrf")
    signed.require_csrf(connection.headers.get(CSRF_HEADER))


@post("/login", status_code=200, responses=refusals(400, 401, 403, 429, 503))
async def log_in(request: Request[Any, Any, Any], data: JSONBody[LogIn]) -> Response[Entered]:
    """Begin a session: the agent and the token every write must carry, with a cookie."""
    context = context_of(request)
    if from_elsewhere(request, context.public_url):
        raise NotAllowed("This page is not the desk's.", reason="csrf")
    await spend_try(request, data.email)
    account = await context.db.read(lambda s: _account(s, data.email))
    checking = checked_apart(password_fits, data.password, None if account is None else account[1])
    if not await checking or account is None:
        raise NotAuthentic("The e-mail address or the password is not right.", reason="log_in")
    agent = account[0]
    await spend_code(request, agent, data.code)

    def whose(session: Session) -> Agent:
        use_code(session, agent, data.code, context.secrets, context.clock.now())
        was_no_guess(session, _tries(request, data.email), context)
        if data.code:
            was_no_guess(session, [_codes(agent)], context)
        return agent

    return await entered(request, whose, "logged_in")


def checked_apart(work: Callable[..., T], *given: Any) -> Awaitable[T]:
    """Do what takes a core and much memory where only a few such things are done at once."""
    return asyncio.get_running_loop().run_in_executor(_CHECKERS, work, *given)


async def entered(
    request: Request[Any, Any, Any], whose: Callable[[Session], Agent], deed: str
) -> Response[Entered]:
    """Begin a session for whom `whose` finds in the same transaction; the answer."""
    context = context_of(request)

    def begin(session: Session) -> tuple[str, SignedIn, Merchant]:
        agent = whose(session)
        _write_down(session, agent, deed, context)
        entry = sign_in(session, agent, context.clock.now())
        return *entry, merchant(session, agent.merchant_id)

    token, signed, shop = await context.db.write(begin)
    set_language(request, signed.agent.language)
    return Response(_answer(signed, shop), cookies=[_cookie(request, token, LIFE)])


@get("/me", guards=[agents_only], responses=refusals(401, 503))
async def me(request: Request[Any, Any, Any]) -> Entered:
    """Who is logged in."""
    signed = await signed_in(request)
    shop = await context_of(request).db.read(lambda s: merchant(s, signed.agent.merchant_id))
    return _answer(signed, shop)


@post(
    "/logout",
    status_code=204,
    guards=[agents_only],
    responses={204: ResponseSpec(None, description="out"), **refusals(401, 403, 503)},
)
async def log_out(request: Request[Any, Any, Any]) -> Response[None]:
    """End the session."""
    context, signed = context_of(request), await signed_in(request)
    token = request.cookies[COOKIE]

    def end(session: Session) -> None:
        sign_out(session, token)
        leave(session, signed.agent.merchant_id, signed.agent.id, context.clock.now())
        _write_down(session, signed.agent, "logged_out", context)

    await context.db.write(end)
    context.hub.end_topic(f"agent:{signed.agent.id}")
    return Response(None, cookies=[_cookie(request, "", timedelta(0))])


ROUTES = [
    Router(
        "/api/auth",
        route_handlers=[log_in, me, log_out],
        cache_control=PRIVATE,
        tags=["desk"],
        request_max_body_size=20_000,
    )
]


async def spend_try(request: Request[Any, Any, Any], email: str) -> None:
    """Count a try to get in, by where it comes from and as whom; `TooMany`."""
    context = context_of(request)
    counted, now = _tries(request, email), context.clock.now()
    waits = await context.db.write(lambda s: [take(s, key, limit, now) for key, limit in counted])
    if max(waits) > 0:
        raise TooMany("Too many tries. Wait a little.", retry_after_s=max(waits))


async def spend_code(request: Request[Any, Any, Any], whom: Agent, code: str) -> None:
    """Count a try to guess somebody's code; `TooMany`."""
    if not code:
        return
    context = context_of(request)
    (key, limit), now = _codes(whom), context.clock.now()
    wait_s = await context.db.write(lambda s: take(s, key, limit, now))
    if wait_s > 0:
        raise TooMany("Too many tries. Wait a little.", retry_after_s=wait_s)


def was_no_guess(session: Session, counted: Iterable[tuple[str, Limit]], context: Context) -> None:
    """Whoever was right may try as often as before: only wrong tries use a limit up."""
    for key, limit in counted:
        give_back(session, key, limit, context.clock.now())


async def own_password(request: Request[Any, Any, Any], given: str) -> tuple[Agent, str]:
    """Who is logged in and what is kept of their password, which this is; `Invalid`, `TooMany`."""
    context, agent = context_of(request), (await signed_in(request)).agent
    await spend_try(request, agent.email)
    account = await context.db.read(lambda s: agent_for_log_in(s, agent.email))
    fits = await checked_apart(password_fits, given, None if account is None else account[1])
    if account is None or not fits:
        raise Invalid("The password of until now is not right.", reason="old_password")
    counted = _tries(request, agent.email)
    await context.db.write(lambda s: was_no_guess(s, counted, context))
    return account


def _tries(request: Request[Any, Any, Any], email: str) -> list[tuple[str, Limit]]:
    return [
        ("log_in:from:" + _client(request), BY_ADDRESS),
        ("log_in:as:" + _key(email), BY_EMAIL),
    ]


def _codes(whom: Agent) -> tuple[str, Limit]:
    return f"log_in:code:{whom.id}", BY_CODE


def _account(session: Session, email: str) -> tuple[Agent, str] | None:
    # No account has such an address, and no database takes it.
    return None if "\0" in email else agent_for_log_in(session, email)


def _client(request: Request[Any, Any, Any]) -> str:
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _key(host)
    if isinstance(address, ipaddress.IPv6Address):
        # One customer of a provider has a whole /64.
        return _key(str(ipaddress.ip_network((address, 64), strict=False)))
    return _key(host)


def _key(text: str) -> str:
    # Limits are kept longer than anybody needs to know whose they are.
    return hashlib.sha256(text.strip().lower().encode("utf-8", "replace")).hexdigest()[:32]


def _write_down(session: Session, agent: Agent, action: str, context: Context) -> None:
    who = f"agent:{agent.id}"
    write_down(session, agent.merchant_id, Deed(who, action, who), context.clock.now())


def _cookie(request: Request[Any, Any, Any], token: str, life: timedelta) -> Cookie:
    return Cookie(
        COOKIE,
        value=token,
        path="/",
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_secure(request, context_of(request).public_url),
    )


def _answer(signed: SignedIn, shop: Merchant) -> Entered:
    agent = signed.agent
    return {
        "agent": {
            "id": agent.id,
            "name": agent.name,
            "email": agent.email,
            "role": agent.role,
            "language": agent.language,
            "merchant": {
                "id": shop.id,
                "name": shop.name,
                "currency": shop.currency,
                "timezone": shop.timezone,
            },
        },
        "csrf": signed.csrf,
        "lacks_factor": signed.lacks_factor,
    }
