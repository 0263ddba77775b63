"""Channels translate: one file (or folder) per channel, found by walking this folder.

A channel verifies, parses, says which routes are open, renders and sends. Everything but
`send` and the other `async` abilities is pure; nothing here knows the database.
`Channel` is the contract; `tests/every/` runs it on every channel that is found.
"""

from kaiwa.channels.contract import (
    Ability,
    Account,
    Channel,
    CredentialField,
    Guide,
    Profile,
    Pulled,
    RawRequest,
    Rendered,
    Route,
    SendOutcome,
    Standing,
    Thread,
    Told,
    Trouble,
    Verdict,
    Wire,
)
from kaiwa.channels.registry import channel, channels

__all__ = [
    "Ability",
    "Account",
    "Channel",
    "CredentialField",
    "Guide",
    "Profile",
    "Pulled",
    "RawRequest",
    "Rendered",
    "Route",
    "SendOutcome",
    "Standing",
    "Thread",
    "Told",
    "Trouble",
    "Verdict",
    "Wire",
    "channel",
    "channels",
]
