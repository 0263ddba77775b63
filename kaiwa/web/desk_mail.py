"""An agent's own choice of being mailed what waits while they are away."""

from typing import Annotated, Any, TypedDict

import msgspec
from litestar import Request, get, put
from litestar.params import JSONBody

from kaiwa.desk.mail_choice import BOUNDS_M, MailChoice, choose_mail, mail_choice
from kaiwa.desk.mailing import can_mail
from kaiwa.engines.db import Session
from kaiwa.web.desk_door import Desk
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
Minutes = Annotated[int, msgspec.Meta(ge=BOUNDS_M[0], le=BOUNDS_M[1])]


class Wished(msgspec.Struct, frozen=True):
    """What has waited so long is mailed, at most one mail in so many minutes."""

    after_minutes: Minutes = 15
    every_minutes: Minutes = 60


class MailBody(msgspec.Struct, frozen=True):
    """The choice; None for no mail."""

    choice: Wished | None


class MailShape(TypedDict):
    """The choice, whether a mail can be sent at all, and where it would go."""

    choice: MailChoice | None
    possible: bool
    address: str


@get("/mail", responses=refusals(401, 403, 503))
async def own_mail(request: Asking) -> MailShape:
    """One's own choice, and whether there is anything to send a mail through."""
    desk = await Desk.of(request)
    return await desk.read(lambda s: _shape(s, desk))


@put("/mail", responses=refusals(400, 401, 403, 413, 503))
async def choose(request: Asking, data: JSONBody[MailBody]) -> MailShape:
    """Be mailed from now on what waits while one is away, or not."""
    desk = await Desk.of(request)
    wish = data.choice
    wanted = None if wish is None else MailChoice(wish.after_minutes, wish.every_minutes)

    def keep(session: Session) -> MailShape:
        choose_mail(session, desk.merchant_id, desk.agent.id, wanted, desk.now)
        return _shape(session, desk)

    return await desk.context.db.write(keep)


def _shape(session: Session, desk: Desk) -> MailShape:
    found = mail_choice(session, desk.merchant_id, desk.agent.id)
    return {
        "choice": None if found is None else found.choice,
        "possible": can_mail(session, desk.merchant_id, desk.context.mail_server),
        "address": desk.agent.email,
    }


HANDLERS = [own_mail, choose]
