"""Messenger: the chat of a Facebook Page. What it shares with Instagram is in `meta`."""

from collections.abc import Mapping

from kaiwa.channels.contract import Ability, Account
from kaiwa.channels.meta import account_link
from kaiwa.channels.meta.channel import MetaChannel
from kaiwa.channels.meta.messenger_guide import FIELDS, GUIDE
from kaiwa.channels.meta.surface import MESSENGER
from kaiwa.engines.http import Http


class MessengerChannel(MetaChannel):
    """A Page and its access token."""

    kind, name, address_kind = MESSENGER.kind, MESSENGER.name, MESSENGER.address_kind
    surface = MESSENGER
    abilities = MetaChannel.abilities | {Ability.ACCOUNT_LINK}
    credential_fields = FIELDS
    guide = GUIDE

    async def account_link(
        self, to: str, nonce: str, account: Account, http: Http, came: Mapping[str, str]
    ) -> str:
        """Back to Facebook, which tells us the nonce if the person and their button are theirs."""
        return account_link.back(nonce, came)


CHANNEL = MessengerChannel()
