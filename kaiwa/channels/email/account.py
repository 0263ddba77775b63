"""What a merchant's mailbox needs, read from its credentials: servers, log-ins, addresses."""

import re
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.email.headers import is_address
from kaiwa.vocabulary.errors import Refused

Security: TypeAlias = Literal["tls", "starttls", "plain"]

_SERVER: Final = re.compile(
    r"(?:(smtps?|imaps?)://)?([A-Za-z0-9._-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(\d{1,5}))?/?"
)
_PORTS: Final = {"smtp": (587, 465), "imap": (993, 993)}


class Server(msgspec.Struct, frozen=True):
    """Where and how a server is spoken to."""

    host: str
    port: int
    security: Security


class Mailbox(msgspec.Struct, frozen=True):
    """A merchant's mailbox."""

    address: str
    sender_name: str
    user: str
    password: str
    smtp: Server
    imap: Server | None
    folder: str
    done_folder: str
    host: str
    plus: bool

    @property
    def domain(self) -> str:
        """The address's part behind the @."""
        return self.address.rpartition("@")[2]

    def tagged(self, key: str) -> str:
        """The address to which answers to and bounces of one message come."""
        name, _, domain = self.address.rpartition("@")
        return f"{name}+kaiwa.{key}@{domain}" if self.plus else self.address


def mailbox(account: Account) -> Mailbox:
    """The mailbox; `Refused` says which credential is wrong."""
    given = {name: value.strip() for name, value in account.credentials.items()}
    address = given.get("address", "").lower()
    if not is_address(address) or not address.isascii():
        raise _wrong(f"{address!r} is not an e-mail address.")
    imap = given.get("imap_server", "")
    return Mailbox(
        address=address,
        sender_name=" ".join(given.get("sender_name", "").split())[:100],
        user=given.get("user") or address,
        password=given.get("password", ""),
        smtp=server("smtp", given.get("smtp_server", "")),
        imap=server("imap", imap) if imap else None,
        folder=given.get("folder") or "INBOX",
        done_folder=given.get("done_folder", ""),
        host=given.get("receiving_host", ""),
        plus=given.get("plus_address", "").lower() in ("yes", "true", "1", "on"),
    )


def poll_minutes(account: Account) -> int:
    """Minutes between two looks at the mailbox, at least one and at most a day."""
    told = account.credentials.get("poll_minutes", "").strip()
    return min(max(int(told), 1), 1_440) if told.isascii() and told.isdecimal() else 1


def server(kind: Literal["smtp", "imap"], text: str) -> Server:
    """A server as it was typed. Without a scheme it is encrypted: by its port, at once or soon."""
    found = _SERVER.fullmatch(text)
    if found is None or (found[1] and not found[1].startswith(kind)):
        raise _wrong(f"{text!r} is not a server. Write HOST or HOST:PORT.")
    scheme, host = found[1], found[2].strip("[]")
    usual, tls = _PORTS[kind]
    default = {None: usual, f"{kind}s": tls, kind: 25 if kind == "smtp" else 143}[scheme]
    port = int(found[3]) if found[3] else default
    if not 0 < port < 65_536:
        raise _wrong(f"{port} is not a port.")
    if scheme is not None:
        return Server(host, port, "tls" if scheme.endswith("s") else "plain")
    return Server(host, port, "tls" if port == tls else "starttls")


def _wrong(why: str) -> Refused:
    return Refused(why, reason="credentials")
