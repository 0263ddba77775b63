"""Getting in by a one-time link, and another password for oneself."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, Response, Router, post
from litestar.params import JSONBody

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import Agent, agent_for_log_in, hash_of
from kaiwa.merchants.agent_link import set_password, use_link, whose_link
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.second_factor import use_code
from kaiwa.vocabulary.errors import NotAllowed, NotAuthentic
from kaiwa.web.auth import (
    PRIVATE,
    Code,
    Entered,
    agents_only,
    checked_apart,
    context_of,
    entered,
    own_password,
    spend_code,
    spend_try,
)
from kaiwa.web.errors import refusals
from kaiwa.web.origin import from_elsewhere

Asking = Request[Any, Any, Any]
Secret = Annotated[str, msgspec.Meta(max_length=200)]
Password = Annotated[str, msgspec.Meta(max_length=1000)]
# Whoever guesses links is counted by where they come from, as whoever guesses passwords.
_LINKS = "a link"


class Link(msgspec.Struct, frozen=True):
    """The secret of a link."""

    token: Secret


class Joining(msgspec.Struct, frozen=True):
    """A link's secret and the password its holder wants."""

    token: Secret
    password: Password
    code: Code = ""


class PasswordChange(msgspec.Struct, frozen=True):
    """The password there is, and the one there shall be."""

    old: Password
    new: Password


class Invitation(TypedDict):
    """Whom a link lets in, and where."""

    name: str
    email: str
    shop: str


@post("/login/link", status_code=200, responses=refusals(400, 404, 429, 503))
async def look_at_link(request: Asking, data: JSONBody[Link]) -> Invitation:
    """Whom the link lets in; nothing is used up."""
    context = context_of(request)
    now = context.clock.now()
    await spend_try(request, f"{_LINKS}:{data.token}")

    def look(session: Session) -> Invitation:
        whom = whose_link(session, data.token, now)
        shop = merchant(session, whom.merchant_id)
        return {"name": whom.name, "email": whom.email, "shop": shop.name}

    return await context.db.read(look)


@post("/login/join", status_code=200, responses=refusals(400, 401, 403, 404, 429, 503))
async def join(request: Asking, data: JSONBody[Joining]) -> Response[Entered]:
    """Set the password and begin a session; the link is dead afterwards."""
    context = context_of(request)
    if from_elsewhere(request, context.public_url):
        raise NotAllowed("This page is not the desk's.", reason="csrf")
    await spend_try(request, f"{_LINKS}:{data.token}")
    now = context.clock.now()
    whom = await context.db.read(lambda s: whose_link(s, data.token, now))
    await spend_code(request, whom, data.code)
    hashed = await checked_apart(hash_of, data.password)

    def whose(session: Session) -> Agent:
        # Who made the link is not let past the second factor of whom it is for.
        use_code(session, whom, data.code, context.secrets, now)
        return use_link(session, data.token, hashed, now)

    return await entered(request, whose, "joined")


@post("/password", status_code=200, guards=[agents_only], responses=refusals(400, 401, 403, 429))
async def other_password(request: Asking, data: JSONBody[PasswordChange]) -> Response[Entered]:
    """Change one's own password; every other session of the agent ends, this one is a new one."""
    account = await own_password(request, data.old)
    agent = account[0]
    hashed = await checked_apart(hash_of, data.new)

    def change(session: Session) -> Agent:
        if agent_for_log_in(session, agent.email) != account:
            raise NotAuthentic("The account has changed meanwhile. Log in again.")
        set_password(session, agent, hashed)
        return agent

    return await entered(request, change, "changed_password")


ROUTES = [
    Router(
        "/api/auth",
        route_handlers=[look_at_link, join, other_password],
        cache_control=PRIVATE,
        tags=["desk"],
        request_max_body_size=20_000,
    )
]
