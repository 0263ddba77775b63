"""Whether Meta has a flow, and lets it be sent."""

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.whatsapp.api import call
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Invalid, Refused
from kaiwa.vocabulary.reply import Flow


class _Flow(msgspec.Struct, frozen=True):
    status: str = ""


async def require(flow: Flow, account: Account, http: Http) -> None:
    """`Invalid` unless Meta has the flow and it is published."""
    try:
        found = await call(account, http, "GET", f"{flow.id}?fields=status", _Flow)
    except Refused as error:
        if error.detail.get("reason") == "credentials":
            raise
        raise Invalid("WhatsApp has no flow with this ID.", reason="flow_gone") from error
    if found.status != "PUBLISHED":
        raise Invalid("This flow is not published.", reason="flow_draft")
