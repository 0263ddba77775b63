"""In what the two faces differ: names, what Meta calls them, and what they can show."""

from typing import Final

import msgspec

from kaiwa.channels.contract import Account


class Surface(msgspec.Struct, frozen=True):
    """One face of the platform.

    `told` is the `object` of its webhook calls and `fields` what has to be subscribed to, `needs`
    the permissions of its token. `own` names the credential with the id of the account itself.
    `marks` says whether a message may carry words of ours that its echo repeats, `calls` whether a
    button may dial a number, `asks_anywhere` whether quick replies may hang on more than a text,
    `links` whether it links accounts with the shop's.
    """

    kind: str
    name: str
    address_kind: str
    told: str
    own: str
    fields: tuple[str, ...]
    needs: tuple[str, ...]
    marks: bool
    calls: bool
    asks_anywhere: bool
    links: bool


MESSENGER: Final = Surface(
    kind="messenger",
    name="Messenger",
    address_kind="messenger_user",
    told="page",
    own="page_id",
    fields=(
        *("messages", "messaging_postbacks", "messaging_optins", "messaging_referrals"),
        *("messaging_account_linking", "message_deliveries", "message_reads", "message_echoes"),
        *("message_reactions", "message_edits", "messaging_handovers", "standby"),
    ),
    needs=("pages_messaging", "pages_manage_metadata"),
    marks=True,
    calls=True,
    asks_anywhere=True,
    links=True,
)
INSTAGRAM: Final = Surface(
    kind="instagram",
    name="Instagram",
    address_kind="instagram_user",
    told="instagram",
    own="instagram_id",
    fields=(
        *("messages", "messaging_postbacks", "messaging_optins", "messaging_referral"),
        *("messaging_seen", "message_reactions", "messaging_handover", "standby"),
    ),
    needs=("instagram_manage_messages", "pages_manage_metadata"),
    marks=False,
    calls=False,
    asks_anywhere=False,
    links=False,
)


def credential(account: Account, name: str) -> str:
    """A credential without the spaces around it; empty when there is none."""
    return account.credentials.get(name, "").strip()


def secrets_of(account: Account, name: str) -> list[str]:
    """Several may be valid while one is exchanged for another; a comma stands between them."""
    given = account.credentials.get(name, "").split(",")
    return [secret.strip() for secret in given if secret.strip()]
