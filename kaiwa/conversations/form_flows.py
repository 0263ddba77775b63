"""Which flow a form goes out as, and how it is said which."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.channels import Ability, channel
from kaiwa.conversations.form import ShopForm, form
from kaiwa.conversations.form_flow import MOST_FLOWS, FormFlow, digest
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inbox
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Flow


def flow_for(asked: ShopForm, inbox_id: int, language: Language) -> Flow | None:
    """The flow that asks the same there; None when there is none, or the form has changed."""
    for one in asked.flows:
        if (one.inbox, one.language) == (inbox_id, language) and fits(asked, one):
            return Flow(one.inbox, one.flow_id, one.screen)
    return None


def fits(asked: ShopForm, flow: FormFlow) -> bool:
    """Whether the form still asks what it asked when the flow was connected."""
    return flow.asks == digest(asked.fields(flow.language))


def new_flows(asked: ShopForm, wanted: Sequence[FormFlow]) -> list[FormFlow]:
    """Those of them that are not connected yet: the provider has to be asked for these."""
    known = {_name(one) for one in asked.flows}
    return [one for one in wanted if _name(one) not in known]


def connect_flows(
    session: Session, merchant_id: int, form_id: int, wanted: Sequence[FormFlow], now: datetime
) -> ShopForm:
    """These flows are the form's from now on, and no others.

    One that was connected before stays bound to what the form asked then: a published flow does
    not change, another one takes its place. `Invalid` for two of one inbox and language, and for
    an inbox whose channel knows no flows.
    """
    found = form(session, merchant_id, form_id)
    places = {(one.inbox, one.language) for one in wanted}
    if len(places) < len(wanted) or len(wanted) > MOST_FLOWS:
        raise Invalid("An inbox has one flow of a form in a language.", reason="flow_twice")
    for inbox_id, _ in places:
        if Ability.FLOWS not in channel(inbox(session, merchant_id, inbox_id).channel).abilities:
            raise Invalid("This inbox's channel knows no flows.", reason="no_flows")
    before = {_name(one): one.asks for one in found.flows}
    flows = [
        msgspec.structs.replace(
            one, asks=before.get(_name(one)) or digest(found.fields(one.language))
        )
        for one in wanted
    ]
    session.run(
        """UPDATE form SET flows = :flows, changed_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        flows=msgspec.json.encode(flows).decode(),
        now=now,
        merchant_id=merchant_id,
        id=form_id,
    )
    return form(session, merchant_id, form_id)


def _name(one: FormFlow) -> tuple[int, Language, str, str]:
    return one.inbox, one.language, one.flow_id, one.screen
