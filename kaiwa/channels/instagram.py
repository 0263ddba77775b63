"""Instagram: the messages of a professional account. What it shares with Messenger is in `meta`.

With a Page ID the account is reached through the Facebook Page it is linked to; without one it has
logged in by Instagram itself.
"""

from kaiwa.channels.contract import CredentialField
from kaiwa.channels.meta.channel import SECRET, TOKEN, VERIFY, MetaChannel
from kaiwa.channels.meta.surface import INSTAGRAM


class InstagramChannel(MetaChannel):
    """A professional account, through its Page or by itself."""

    kind, name, address_kind = INSTAGRAM.kind, INSTAGRAM.name, INSTAGRAM.address_kind
    surface = INSTAGRAM
    credential_fields = (
        TOKEN,
        SECRET,
        VERIFY,
        CredentialField("instagram_id", "Instagram account ID", secret=False),
        CredentialField("page_id", "ID of the linked Page", secret=False, required=False),
        CredentialField("app_id", "App ID", secret=False, required=False),
        CredentialField("username", "Instagram user name, for ig.me", secret=False, required=False),
    )


CHANNEL = InstagramChannel()
