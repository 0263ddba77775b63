"""The shop's rule of who must have a second factor."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import change_settings, merchant
from kaiwa.merchants.second_factor import second_factor
from kaiwa.vocabulary.errors import Conflict, NotAllowed


def require_factor(session: Session, by: Agent, wanted: bool, now: datetime) -> None:
    """Owners and admins need a second factor from now on, or need none.

    Owners only: `NotAllowed`. `Conflict` for an owner who has none: nobody shuts themselves out.
    """
    if by.role != "owner":
        raise NotAllowed("Only an owner of the shop decides about owners.", reason="owners")
    if wanted and second_factor(session, by.merchant_id, by.id) is None:
        raise Conflict("Turn your own second factor on first.", reason="factor_first")
    session.one(
        f"SELECT id FROM merchant WHERE id = :merchant_id{session.lock}",
        merchant_id=by.merchant_id,
    )
    shop = merchant(session, by.merchant_id)
    if shop.settings.leads_need_factor == wanted:
        return
    settings = msgspec.structs.replace(shop.settings, leads_need_factor=wanted)
    change_settings(session, by.merchant_id, settings)
    line = Deed(
        f"agent:{by.id}", "changed_factor_rule", f"merchant:{shop.id}", {"leads_need": wanted}
    )
    write_down(session, by.merchant_id, line, now)
