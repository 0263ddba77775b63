"""A strict IMAP server with one folder or more: enough of RFC 3501 for who reads mail, and no more.

It wants commands in their state, quoted folder names and a log-in; folders opened with EXAMINE
cannot be changed. `renumber` gives every mail another number, as after a restore. Mails that are
named in `broken` cannot be fetched; `drops_after` hangs up in the middle of the n-th fetch.
"""

import re
import socketserver
import threading
from datetime import UTC, datetime
from typing import Any

import msgspec

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DATE = "%d-%b-%Y"


class Kept(msgspec.Struct):
    """A mail in a folder."""

    uid: int
    body: bytes
    at: datetime
    flags: set[str]


class Folder:
    """One mailbox."""

    def __init__(self) -> None:
        self.validity = 1
        self.next_uid = 1
        self.mails: list[Kept] = []

    def put(self, body: bytes, at: datetime, *flags: str) -> int:
        """A mail arrives; its UID."""
        self.mails.append(Kept(self.next_uid, body, at, set(flags)))
        self.next_uid += 1
        return self.next_uid - 1

    def renumber(self) -> None:
        """All numbers change."""
        self.validity += 1
        for number, mail in enumerate(self.mails, 1):
            mail.uid = number
        self.next_uid = len(self.mails) + 1


class MailboxServer:
    """The server; use it as a context manager."""

    def __init__(self, user: str = "shop@shop.example", password: str = "s3cret") -> None:
        self.user, self.password = user, password
        self.folders: dict[str, Folder] = {"INBOX": Folder()}
        self.broken: set[int] = set()
        self.drops_after: int | None = None
        self.commands: list[str] = []
        self.capabilities = "IMAP4rev1 MOVE UIDPLUS"
        keeper = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    _Talk(keeper, self.rfile, self.wfile).run()
                except OSError:
                    return

        self._server = _Server(("127.0.0.1", 0), Handler)

    @property
    def inbox(self) -> Folder:
        """The folder everybody has."""
        return self.folders["INBOX"]

    @property
    def address(self) -> str:
        """Where it listens, without encryption."""
        return f"imap://127.0.0.1:{self._server.server_address[1]}"

    def arrive(self, *mails: str, at: datetime, flags: tuple[str, ...] = ()) -> None:
        """Mails come in, with the line ends they have on the way."""
        for mail in mails:
            self.inbox.put(mail.replace("\n", "\r\n").encode(), at, *flags)

    def __enter__(self) -> "MailboxServer":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


class _Talk:
    """One connection."""

    def __init__(self, keeper: MailboxServer, lines: Any, out: Any) -> None:
        self._keeper, self._lines, self._out = keeper, lines, out
        self._known = False
        self._open: Folder | None = None
        self._readonly = True

    def run(self) -> None:
        self._say(f"* OK [CAPABILITY {self._keeper.capabilities}] ready")
        while line := self._lines.readline():
            tag, _, rest = line.decode("ascii").rstrip("\r\n").partition(" ")
            self._keeper.commands.append(rest if not rest.startswith("LOGIN") else "LOGIN")
            verb, _, rest = rest.partition(" ")
            answer = self._obey(verb.upper(), rest)
            if answer is None:
                return
            self._say(f"{tag} {answer}")
            if verb.upper() == "LOGOUT":
                return

    def _obey(self, verb: str, rest: str) -> str | None:
        if verb in ("CAPABILITY", "NOOP", "LOGOUT"):
            return self._plain(verb)
        if verb == "LOGIN":
            return self._log_in(rest)
        if not self._known:
            return "BAD log in first"
        if verb in ("SELECT", "EXAMINE"):
            return self._select(rest, readonly=verb == "EXAMINE")
        if verb != "UID" or self._open is None:
            return "BAD not here"
        command, _, rest = rest.partition(" ")
        match command.upper():
            case "SEARCH":
                return self._search(self._open, rest)
            case "FETCH":
                return self._fetch(self._open, rest)
            case _ if self._readonly:
                return "NO [READ-ONLY] nothing can be changed"
            case "STORE":
                return self._store(self._open, rest)
            case "MOVE" | "COPY":
                return self._move(self._open, rest, away=command.upper() == "MOVE")
            case "EXPUNGE":
                self._open.mails = [m for m in self._open.mails if "\\Deleted" not in m.flags]
                return "OK expunged"
        return "BAD what?"

    def _plain(self, verb: str) -> str:
        if verb == "CAPABILITY":
            self._say(f"* CAPABILITY {self._keeper.capabilities}")
        if verb == "LOGOUT":
            self._say("* BYE")
        return "OK done"

    def _log_in(self, rest: str) -> str:
        user, _, password = rest.partition(" ")
        given = (user.strip('"'), password.strip('"'))
        self._known = given == (self._keeper.user, self._keeper.password)
        return "OK in" if self._known else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def _select(self, rest: str, *, readonly: bool) -> str:
        name = _QUOTED.fullmatch(rest.strip())
        folder = self._keeper.folders.get(name[1]) if name else None
        if name is None:
            return "BAD a folder is quoted"
        if folder is None:
            return "NO [NONEXISTENT] no such mailbox"
        self._open, self._readonly = folder, readonly
        self._say(f"* {len(folder.mails)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {folder.validity}]")
        self._say(f"* OK [UIDNEXT {folder.next_uid}]")
        return "OK [READ-ONLY] open" if readonly else "OK [READ-WRITE] open"

    def _search(self, folder: Folder, rest: str) -> str:
        found = list(folder.mails)
        words = rest.split()
        while words:
            word = words.pop(0)
            if word == "UNSEEN":
                found = [mail for mail in found if "\\Seen" not in mail.flags]
            elif word == "SINCE":
                day = datetime.strptime(words.pop(0), _DATE).replace(tzinfo=UTC)
                found = [mail for mail in found if mail.at >= day]
            elif word == "UID":
                found = _ranged(found, words.pop(0))
            else:
                return "BAD what is searched?"
        self._say("* SEARCH " + " ".join(str(mail.uid) for mail in found))
        return "OK searched"

    def _fetch(self, folder: Folder, rest: str) -> str | None:
        uids, _, items = rest.partition(" ")
        for at, mail in enumerate(folder.mails, 1):
            if mail.uid not in {int(one) for one in uids.split(",")}:
                continue
            if "RFC822.SIZE" in items:
                self._say(f"* {at} FETCH (UID {mail.uid} RFC822.SIZE {len(mail.body)})")
                continue
            assert "BODY.PEEK[]" in items, "reading must not mark as read"
            if mail.uid in self._keeper.broken:
                return "NO [SERVERBUG] this mail cannot be read"
            if not self._send(at, mail, items):
                return None
        return "OK fetched"

    def _send(self, at: int, mail: Kept, items: str) -> bool:
        part = re.search(r"<0\.(\d+)>", items)
        body = mail.body[: int(part[1])] if part else mail.body
        name = "BODY[]<0>" if part else "BODY[]"
        head = f"* {at} FETCH (UID {mail.uid} {name} {{{len(body)}}}\r\n".encode()
        if self._keeper.drops_after is not None:
            self._keeper.drops_after -= 1
            if self._keeper.drops_after < 0:
                self._out.write(head + body[: len(body) // 2])
                self._out.flush()
                return False
        self._out.write(head + body + b")\r\n")
        self._out.flush()
        return True

    def _store(self, folder: Folder, rest: str) -> str:
        uids, _, flags = rest.partition(" ")
        for mail in folder.mails:
            if str(mail.uid) in uids.split(","):
                mail.flags |= set(re.findall(r"\\\w+", flags))
        return "OK stored"

    def _move(self, folder: Folder, rest: str, *, away: bool) -> str:
        uids, _, name = rest.partition(" ")
        quoted = _QUOTED.fullmatch(name)
        target = self._keeper.folders.get(quoted[1]) if quoted else None
        if target is None:
            return "NO [TRYCREATE] no such mailbox"
        chosen = [mail for mail in folder.mails if str(mail.uid) in uids.split(",")]
        for mail in chosen:
            target.put(mail.body, mail.at, *mail.flags)
        if away:
            folder.mails = [mail for mail in folder.mails if mail not in chosen]
        return "OK moved"

    def _say(self, words: str) -> None:
        self._out.write(words.encode() + b"\r\n")
        self._out.flush()


def _ranged(mails: list[Kept], what: str) -> list[Kept]:
    """`n:*` has the last mail in it even when its number is lower than n."""
    first = int(what.partition(":")[0])
    last = max((mail.uid for mail in mails), default=0)
    low, high = min(first, last), max(first, last)
    return [mail for mail in mails if low <= mail.uid <= high]
