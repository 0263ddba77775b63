"""Messenger: the chat of a Facebook Page. What it shares with Instagram is in `meta`."""

from kaiwa.channels.contract import CredentialField
from kaiwa.channels.meta.channel import SECRET, TOKEN, VERIFY, MetaChannel
from kaiwa.channels.meta.surface import MESSENGER


class MessengerChannel(MetaChannel):
    """A Page and its access token."""

    kind, name, address_kind = MESSENGER.kind, MESSENGER.name, MESSENGER.address_kind
    surface = MESSENGER
    credential_fields = (
        TOKEN,
        SECRET,
        VERIFY,
        CredentialField("page_id", "Page ID", secret=False),
        CredentialField("app_id", "App ID", secret=False),
        CredentialField(
            "username", "User name of the Page, for m.me", secret=False, required=False
        ),
    )


CHANNEL = MessengerChannel()
