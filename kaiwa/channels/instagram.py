"""Instagram: the messages of a professional account. What it shares with Messenger is in `meta`.

With a Page ID the account is reached through the Facebook Page it is linked to; without one it has
logged in by Instagram itself.
"""

from kaiwa.channels.meta.channel import MetaChannel
from kaiwa.channels.meta.instagram_guide import FIELDS, GUIDE
from kaiwa.channels.meta.surface import INSTAGRAM


class InstagramChannel(MetaChannel):
    """A professional account, through its Page or by itself."""

    kind, name, address_kind = INSTAGRAM.kind, INSTAGRAM.name, INSTAGRAM.address_kind
    surface = INSTAGRAM
    credential_fields = FIELDS
    guide = GUIDE


CHANNEL = InstagramChannel()
