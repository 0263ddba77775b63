"""A strict mail server for sending: one thread, a real socket, no mercy.

It takes commands in their order only, needs a log-in before mail, refuses lines over the limits,
bare line feeds and dots that were not doubled as an RFC 5321 server would, and keeps what it took.
`mood` says how it treats who connects.
"""

import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.channels import Account

Mood: TypeAlias = Literal[
    "well", "wrong_key", "too_fast", "busy", "silent_before", "silent_after", "drops_in_data",
    "refuses_sender", "unknown_user", "no_such_domain", "spam", "daily_limit", "too_large",
]  # fmt: skip
_PATH = re.compile(r"<([^<>\s]{1,254})>(.*)$")


class Taken(msgspec.Struct, frozen=True):
    """A mail that was accepted: its envelope and its bytes as the recipient gets them."""

    sender: str
    to: str
    mail: bytes
    options: str = ""


class MailExchange:
    """The server; use it as a context manager."""

    def __init__(
        self, mood: Mood = "well", *, user: str = "", password: str = "s3cret",
        certificate: tuple[str, str] | None = None, at_once: bool = False, port: int = 0,
        features: tuple[str, ...] = ("SIZE 26214400", "DSN", "8BITMIME"),
        keep: Callable[[Taken], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self.mood: Mood = mood
        self.keep = keep
        self.user, self.password = user, password
        self.features = features
        self.taken: list[Taken] = []
        self.quarrels: list[str] = []
        self.logins = 0
        self._context = _context(certificate)
        self.at_once = at_once
        exchange = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with _quietly():
                    _Talk(exchange, self.request, exchange._context).run()

        self._server = _Server(("127.0.0.1", port), Handler)

    @property
    def address(self) -> str:
        """Where it listens, without encryption."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """Its port."""
        return int(self._server.server_address[1])

    def __enter__(self) -> "MailExchange":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        assert not self.quarrels, self.quarrels

    @staticmethod
    @contextmanager
    def in_mood(mood: Mood, account: Account) -> Iterator[Account]:
        """The account, with a server of that mood behind it."""
        with MailExchange(mood) as exchange:
            given = {**account.credentials, "smtp_server": exchange.address}
            yield msgspec.structs.replace(account, credentials=given)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


@contextmanager
def _quietly() -> Iterator[None]:
    try:
        yield
    except (OSError, ssl.SSLError):
        return


def _context(certificate: tuple[str, str] | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


class _Talk:
    """One connection."""

    def __init__(self, exchange: MailExchange, line: Any, context: ssl.SSLContext | None) -> None:
        self._exchange, self._context = exchange, context
        self._secure = context is not None and exchange.at_once
        self._line = (
            context.wrap_socket(line, server_side=True) if self._secure and context else line
        )
        self._file = self._line.makefile("rb")
        self._known = self._greeted = False
        self._sender: tuple[str, str] | None = None
        self._to: str | None = None

    def run(self) -> None:
        if self._exchange.mood == "too_fast":
            self._say("421 4.7.0 Too many connections")
            return
        self._say("220 mx.test ESMTP")
        while line := self._file.readline(4_097):
            command = line.rstrip(b"\r\n").decode("utf-8")
            if not line.endswith(b"\n") and len(line) < 4_097:
                return  # whoever spoke died in the middle of it
            if not line.endswith(b"\r\n") or len(line) > 512:
                self._exchange.quarrels.append(f"a command that is none: {line[:60]!r}")
            verb, _, rest = command.partition(" ")
            if verb.upper() == "QUIT":
                self._say("221 Bye")
                return
            if self._obey(verb.upper(), rest):
                return

    def _obey(self, verb: str, rest: str) -> bool:
        """Whether the connection is over."""
        match verb:
            case "EHLO" | "HELO":
                self._greeted = True
                self._features()
            case "STARTTLS":
                self._start_tls()
            case "AUTH":
                self._log_in(rest)
            case "MAIL":
                return self._mail(rest)
            case "RCPT":
                self._rcpt(rest)
            case "DATA":
                return self._data()
            case "RSET" | "NOOP":
                self._say("250 OK")
            case _:
                self._say("500 5.5.1 What?")
        return False

    def _features(self) -> None:
        told = ["mx.test", *self._exchange.features, "AUTH PLAIN LOGIN"]
        if self._context is not None and not self._secure:
            told = ["mx.test", *self._exchange.features, "STARTTLS"]
        for one in told[:-1]:
            self._say(f"250-{one}")
        self._say(f"250 {told[-1]}")

    def _start_tls(self) -> None:
        assert self._context is not None
        self._say("220 Go ahead")
        self._line = self._context.wrap_socket(self._line, server_side=True)
        self._file = self._line.makefile("rb")
        self._secure = True

    def _log_in(self, rest: str) -> None:
        how, _, told = rest.partition(" ")
        if how.upper() != "PLAIN":
            self._say("504 5.5.4 PLAIN only")
            return
        _, user, password = base64.b64decode(told).decode().split("\0")
        fits = password == self._exchange.password and self._exchange.user in ("", user)
        if self._exchange.mood == "wrong_key" or not fits:
            self._say("535 5.7.8 Authentication credentials invalid")
            return
        self._known = True
        self._exchange.logins += 1
        self._say("235 2.7.0 Accepted")

    def _mail(self, rest: str) -> bool:
        if not self._known:
            self._say("530 5.7.0 Authentication required")
            return False
        if self._exchange.mood == "silent_before":
            return True
        found = _PATH.match(rest.partition(":")[2].strip())
        if self._exchange.mood == "refuses_sender" or found is None:
            self._say("553 5.7.1 Sender address rejected: not owned by user")
            return False
        if self._exchange.mood == "daily_limit":
            self._say("550 5.4.5 Daily user sending limit exceeded")
            return False
        for option in found[2].split():
            name = option.partition("=")[0]
            wanted = "DSN" if name == "ENVID" else name
            if not any(one.startswith(wanted) for one in self._exchange.features):
                self._exchange.quarrels.append(f"an option nobody offered: {option}")
        self._sender = (found[1], found[2].strip())
        self._say("250 2.1.0 OK")
        return False

    def _rcpt(self, rest: str) -> None:
        found = _PATH.match(rest.partition(":")[2].strip())
        if self._sender is None or found is None:
            self._say("503 5.5.1 MAIL first")
            return
        replies: dict[str, str] = {
            "unknown_user": "550 5.1.1 <x>: Recipient address rejected: User unknown",
            "no_such_domain": "550 5.1.2 Bad destination system address",
            "busy": "450 4.2.0 Greylisted, come back later",
        }
        if self._exchange.mood in replies:
            self._say(replies[self._exchange.mood])
            return
        self._to = found[1]
        self._say("250 2.1.5 OK")

    def _data(self) -> bool:
        if self._sender is None or self._to is None:
            self._say("503 5.5.1 RCPT first")
            return False
        self._say("354 End with a dot")
        if self._exchange.mood == "drops_in_data":
            self._line.recv(100)
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            return True
        mail = self._read_mail()
        if mail is None or self._exchange.mood == "silent_after":
            return True
        replies: dict[str, str] = {
            "spam": "554 5.7.1 Message rejected as spam",
            "too_large": "552 5.3.4 Message too big",
        }
        if self._exchange.mood in replies:
            self._say(replies[self._exchange.mood])
            return False
        sender, options = self._sender
        taken = Taken(sender, self._to, mail, options)
        self._exchange.taken.append(taken)
        self._exchange.keep(taken)
        self._sender = self._to = None
        self._say("250 2.0.0 Queued")
        return False

    def _read_mail(self) -> bytes | None:
        """None of a mail whose end never came."""
        lines = []
        while (line := self._file.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return None
            if not line.endswith(b"\r\n") or b"\r" in line[:-2] or b"\0" in line:
                self._exchange.quarrels.append(f"a bare line end: {line[:60]!r}")
            if len(line) > 1_000:
                self._exchange.quarrels.append(f"a line of {len(line)} bytes")
            if line.startswith(b".") and not line.startswith(b".."):
                self._exchange.quarrels.append(f"a dot that was not doubled: {line[:60]!r}")
            if max(line) > 0x7F:
                self._exchange.quarrels.append("eight bits")
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self._line.sendall(words.encode() + b"\r\n")
