"""Messenger: the chat of a Facebook Page. What it shares with Instagram is in `meta`."""

from kaiwa.channels.meta.channel import MetaChannel
from kaiwa.channels.meta.messenger_guide import FIELDS, GUIDE
from kaiwa.channels.meta.surface import MESSENGER


class MessengerChannel(MetaChannel):
    """A Page and its access token."""

    kind, name, address_kind = MESSENGER.kind, MESSENGER.name, MESSENGER.address_kind
    surface = MESSENGER
    credential_fields = FIELDS
    guide = GUIDE


CHANNEL = MessengerChannel()
