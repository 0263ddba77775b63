"""One's own second factor: set up with an app, asked for at log-in, turned off."""

from typing import Annotated, Any, TypedDict

import msgspec
import segno
from litestar import Request, Router, get, post
from litestar.params import JSONBody

from kaiwa.engines.db import Session
from kaiwa.merchants.agent_session import end_others
from kaiwa.merchants.second_factor import (
    begin_factor,
    other_recovery_codes,
    second_factor,
    turn_off,
    turn_on,
)
from kaiwa.vocabulary.time import iso
from kaiwa.web.auth import (
    COOKIE,
    PRIVATE,
    Code,
    agents_only,
    context_of,
    own_password,
    signed_in,
    spend_code,
)
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_ACT = refusals(400, 401, 403, 409, 429, 503)


class OwnPassword(msgspec.Struct, frozen=True):
    """The password of who asks."""

    password: Annotated[str, msgspec.Meta(max_length=1000)]


class Shown(msgspec.Struct, frozen=True):
    """A code that the app shows."""

    code: Code


class FactorShape(TypedDict):
    """A second factor that is on, and how many recovery codes are left."""

    on_since: str
    recovery_left: int


class OwnFactor(TypedDict):
    """One's own second factor, if it is on."""

    second_factor: FactorShape | None


class FactorOffer(TypedDict):
    """A secret for an app: in letters, as an address, as a picture (SVG)."""

    secret: str
    address: str
    qr: str


class FactorCodes(OwnFactor):
    """The recovery codes, shown this once."""

    recovery_codes: list[str]


@get("", responses=refusals(401, 503))
async def own_factor(request: Asking) -> OwnFactor:
    """Whether it is on, since when, and how many recovery codes are left."""
    context, agent = context_of(request), (await signed_in(request)).agent
    return {
        "second_factor": await context.db.read(lambda s: _shape(s, agent.merchant_id, agent.id))
    }


@post("/begin", status_code=200, responses=_ACT)
async def begin(request: Asking, data: JSONBody[OwnPassword]) -> FactorOffer:
    """A fresh secret for an app, in letters and as a QR code; nothing is asked for yet."""
    context = context_of(request)
    agent, _ = await own_password(request, data.password)
    now = context.clock.now()
    offer = await context.db.write(lambda s: begin_factor(s, agent, context.secrets, now))
    picture = segno.make(offer.address, error="m").svg_inline(scale=4, border=4)
    return {"secret": offer.secret, "address": offer.address, "qr": picture}


@post("/on", status_code=200, responses=_ACT)
async def on(request: Asking, data: JSONBody[Shown]) -> FactorCodes:
    """Turn it on with a code the app shows; the recovery codes, this once. Other sessions end."""
    context, agent = context_of(request), (await signed_in(request)).agent
    await spend_code(request, agent, data.code)
    now, token = context.clock.now(), request.cookies[COOKIE]

    def work(session: Session) -> FactorCodes:
        codes = turn_on(session, agent, data.code, context.secrets, now)
        end_others(session, agent, token)
        shape = _shape(session, agent.merchant_id, agent.id)
        return {"second_factor": shape, "recovery_codes": list(codes)}

    return await context.db.write(work)


@post("/off", status_code=200, responses=_ACT)
async def off(request: Asking, data: JSONBody[OwnPassword]) -> OwnFactor:
    """Turn it off with the password; the recovery codes are dead."""
    context = context_of(request)
    agent, _ = await own_password(request, data.password)
    now = context.clock.now()
    await context.db.write(lambda s: turn_off(s, agent, f"agent:{agent.id}", now))
    return {"second_factor": None}


@post("/recovery-codes", status_code=200, responses=_ACT)
async def recovery_codes(request: Asking, data: JSONBody[OwnPassword]) -> FactorCodes:
    """Fresh recovery codes, shown this once; the ones before are dead."""
    context = context_of(request)
    agent, _ = await own_password(request, data.password)
    now = context.clock.now()

    def work(session: Session) -> FactorCodes:
        codes = other_recovery_codes(session, agent, context.secrets, now)
        shape = _shape(session, agent.merchant_id, agent.id)
        return {"second_factor": shape, "recovery_codes": list(codes)}

    return await context.db.write(work)


def _shape(session: Session, merchant_id: int, agent_id: int) -> FactorShape | None:
    found = second_factor(session, merchant_id, agent_id)
    if found is None:
        return None
    return {"on_since": iso(found.on_since), "recovery_left": found.recovery_left}


ROUTES = [
    Router(
        "/api/auth/second-factor",
        route_handlers=[own_factor, begin, on, off, recovery_codes],
        guards=[agents_only],
        cache_control=PRIVATE,
        tags=["desk"],
        request_max_body_size=20_000,
    )
]
