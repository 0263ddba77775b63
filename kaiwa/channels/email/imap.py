"""What came into a mailbox since the last look: by UID, of as many folders as there are: one.

The mark is what makes it durable: UIDVALIDITY and the last UID taken. Where the server has numbered
anew, the last days are looked through once more; what was taken before is known by its Message-ID.
Blocking; `pull` and `kept` run it in a thread.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from kaiwa.channels.contract import Pulled
from kaiwa.channels.email.account import Mailbox, Server
from kaiwa.channels.email.envelope import Envelope, sealed
from kaiwa.channels.email.limits import most
from kaiwa.engines.certificates import trusted
from kaiwa.engines.network import open_network
from kaiwa.vocabulary.errors import Refused, Unreachable

TIMEOUT_S: Final = 20.0
# How far back the first look goes, and one after the server has numbered its mails anew.
_FIRST: Final = timedelta(days=1)
_AGAIN: Final = timedelta(days=3)
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_UID: Final = re.compile(rb"\bUID (\d+)")
# A mail of hundreds of parts in one line is the standard library's limit, not ours.
imaplib._MAXLINE = max(imaplib._MAXLINE, 10_000_000)  # type: ignore[attr-defined]


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the last look ended: everything up to `uid` is taken.

    `since` is set while a look by days is not at its end yet: the first one, or one after the
    server has numbered its mails anew (`seen_too`). `at` is when the last whole look was.
    """

    validity: int = 0
    uid: int = 0
    at: datetime | None = None
    since: datetime | None = None
    seen_too: bool = False


class Receipt(msgspec.Struct, frozen=True):
    """The mails that are durable now."""

    validity: int
    uids: tuple[int, ...]


class _Guarded(imaplib.IMAP4):
    """The library's client, which connects to no address inside our own network."""

    def _create_socket(self, timeout: float) -> socket.socket:
        return open_network().connected(self.host, self.port, timeout)


class _GuardedTls(imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""

    def _create_socket(self, timeout: float) -> socket.socket:
        line = open_network().connected(self.host, self.port, timeout)
        safe: ssl.SSLContext = self.ssl_context
        return safe.wrap_socket(line, server_hostname=self.host)


class _Answered(Exception):
    """The server said no to one command; the connection lives."""


def pulled(box: Mailbox, mark: str, now: datetime) -> Pulled:
    """The next mails in the order of their UIDs. `Refused` or `Unreachable`."""
    with mailbox_open(box, readonly=True) as (line, validity):
        before = _begun(read_mark(mark), validity, now)
        next_uid = _number(line, "UIDNEXT")
        found = _new(line, before)
        sizes = _sizes(line, found[: most("batch")])
        bodies: list[bytes] = []
        taken: list[int] = []
        room = most("batch_bytes")
        for uid in found[: most("batch")]:
            if taken and sizes.get(uid, 0) > room:
                break
            bodies.append(_fetched(line, uid, sizes.get(uid, 0), (box, validity)))
            room -= len(bodies[-1])
            taken.append(uid)
    more = len(taken) < len(found)
    if more:
        after = msgspec.structs.replace(before, uid=taken[-1])
    else:
        # What was there before the first look, and is not taken, stays untaken.
        after = Mark(validity, max([before.uid, next_uid - 1, *taken]), now)
    return Pulled(
        tuple(bodies),
        msgspec.json.encode(after).decode(),
        msgspec.json.encode(Receipt(validity, tuple(taken))).decode(),
        more=more,
    )


def settled(box: Mailbox, receipt: str) -> None:
    """Mark the mails as read, and move them if the merchant wants that."""
    told = msgspec.json.decode(receipt, type=Receipt)
    if not told.uids:
        return
    with mailbox_open(box, readonly=False) as (line, validity):
        if validity != told.validity:
            return
        uids = ",".join(map(str, told.uids))
        _asked(line, "STORE", uids, "+FLAGS.SILENT", "(\\Seen)")
        if box.done_folder:
            _moved(line, uids, box.done_folder)


@contextmanager
def mailbox_open(box: Mailbox, *, readonly: bool) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The folder, selected, with its UIDVALIDITY; `Refused` or `Unreachable`."""
    if box.imap is None:
        raise Refused("There is no server for receiving.", reason="credentials")
    try:
        with _logged_in(box, box.imap) as line:
            yield line, _selected(line, box.folder, readonly=readonly)
    except ssl.SSLCertVerificationError as error:
        raise Refused(
            f"The certificate of {box.imap.host} is not valid: {error.verify_message}",
            reason="credentials",
            fault="certificate",
            told=error.verify_message,
        ) from error
    except _Answered as error:
        raise Unreachable(f"The mailbox could not be read: {error}") from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        where = f"{box.imap.host}:{box.imap.port}"
        told = str(error) or type(error).__name__
        raise Unreachable(f"{where} cannot be reached: {told}", fault="away", told=told) from error


@contextmanager
def _logged_in(box: Mailbox, at: Server) -> Iterator[imaplib.IMAP4]:
    safe = trusted()
    line: imaplib.IMAP4
    if at.security == "tls":
        line = _GuardedTls(at.host, at.port, ssl_context=safe, timeout=TIMEOUT_S)
    else:
        line = _Guarded(at.host, at.port, timeout=TIMEOUT_S)
    try:
        if at.security == "starttls":
            line.starttls(safe)
        _log_in(line, box)
        yield line
    finally:
        _leave(line)


def _log_in(line: imaplib.IMAP4, box: Mailbox) -> None:
    try:
        line.login(box.user, box.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        words = str(error)
        if "UNAVAILABLE" in words or "INUSE" in words or "LIMIT" in words:
            raise Unreachable(f"The mail server asks to wait: {words}") from error
        raise Refused(
            f"The mail server does not know user and password: {words}",
            reason="credentials",
            fault="login",
            told=words,
        ) from error


def _leave(line: imaplib.IMAP4) -> None:
    try:
        line.sock.settimeout(2.0)
        line.logout()
    except (imaplib.IMAP4.error, OSError):
        pass


def _selected(line: imaplib.IMAP4, folder: str, *, readonly: bool) -> int:
    quoted = '"' + _utf7(folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
    status, words = line.select(quoted, readonly=readonly)
    if status != "OK":
        told = (words[0] or b"").decode("utf-8", "replace")
        raise Refused(
            f"There is no mailbox {folder!r}: {told}",
            reason="credentials",
            fault="folder",
            told=told,
        )
    return _number(line, "UIDVALIDITY") or 1


def _number(line: imaplib.IMAP4, name: str) -> int:
    """What the server said of the folder when it was selected; 0 when it said nothing."""
    _, told = line.response(name)
    number = (told or [None])[0]
    return int(number) if isinstance(number, bytes) and number.isdigit() else 0


def _begun(mark: Mark, validity: int, now: datetime) -> Mark:
    """Where this look begins: where the last ended, unless that means nothing any more."""
    if mark.validity == validity:
        return mark
    if mark.at is None and mark.since is None:
        return Mark(validity, since=now - _FIRST)
    return Mark(validity, at=mark.at, since=(mark.at or now) - _AGAIN, seen_too=True)


def _new(line: imaplib.IMAP4, before: Mark) -> list[int]:
    """The UIDs that were not taken, lowest first."""
    if before.since is None:
        found = _searched(line, "UID", f"{before.uid + 1}:*")
    else:
        unseen = () if before.seen_too else ("UNSEEN",)
        found = _searched(line, *unseen, "SINCE", _day(before.since))
    # `n:*` names the last mail even when its number is lower.
    return [uid for uid in found if uid > before.uid]


def _searched(line: imaplib.IMAP4, *what: str) -> list[int]:
    answer = _asked(line, "SEARCH", *what)
    numbers = b" ".join(one for one in answer if isinstance(one, bytes)).split()
    return sorted({int(one) for one in numbers if one.isdigit()})


def _sizes(line: imaplib.IMAP4, uids: list[int]) -> dict[int, int]:
    if not uids:
        return {}
    found: dict[int, int] = {}
    for one in _asked(line, "FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)"):
        told = one if isinstance(one, bytes) else b" ".join(one)
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid and size:
            found[int(uid[1])] = int(size[1])
    return found


def _fetched(line: imaplib.IMAP4, uid: int, size: int, where: tuple[Mailbox, int]) -> bytes:
    """One mail, or its beginning when it is too large; one that cannot be had is called lost."""
    box, validity = where
    part = f"<0.{most('begin_of_too_large')}>" if size > most("mail_in") else ""
    try:
        answer = _asked(line, "FETCH", str(uid), f"(UID BODY.PEEK[]{part})")
    except _Answered as error:
        return _lost(box, validity, uid, str(error))
    bodies = [one[1] for one in answer if isinstance(one, tuple) and len(one) > 1]
    if not bodies:
        return _lost(box, validity, uid, "the server has nothing under this number")
    return sealed(Envelope(host=box.host), bodies[0])


def _lost(box: Mailbox, validity: int, uid: int, why: str) -> bytes:
    own_id = f"imap:{validity}:{uid}"
    return sealed(Envelope(own_id, box.host, "lost", why=why[:300]), b"")


def _moved(line: imaplib.IMAP4, uids: str, folder: str) -> None:
    quoted = '"' + _utf7(folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if "MOVE" in line.capabilities:
        _asked(line, "MOVE", uids, quoted)
        return
    _asked(line, "COPY", uids, quoted)
    _asked(line, "STORE", uids, "+FLAGS.SILENT", "(\\Deleted)")
    if "UIDPLUS" in line.capabilities:
        _asked(line, "EXPUNGE", uids)


def _asked(line: imaplib.IMAP4, command: str, *arguments: str) -> list[Any]:
    """A UID command's answer; a no is `_Answered`."""
    try:
        status, answer = line.uid(command, *arguments)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise _Answered(f"{command}: {error}") from error
    if status != "OK":
        told = answer[0] if answer and isinstance(answer[0], bytes) else b""
        raise _Answered(f"{command}: {told.decode('utf-8', 'replace')}")
    return [one for one in answer or [] if one is not None]


def read_mark(mark: str) -> Mark:
    """The mark as it was kept; an unreadable one is none."""
    try:
        return msgspec.json.decode(mark, type=Mark) if mark else Mark()
    except msgspec.DecodeError:
        return Mark()


def _day(at: datetime) -> str:
    # `%b` would be in the language of the machine.
    return f"{at.day}-{_MONTHS[at.month - 1]}-{at.year}"


def _utf7(folder: str) -> str:
    """The name as IMAP writes it (RFC 3501 5.1.3)."""
    made, foreign = [], ""
    for one in [*folder, ""]:
        if one and not (" " <= one <= "~"):
            foreign += one
            continue
        if foreign:
            packed = foreign.encode("utf-7").decode().strip("+-")
            made.append(f"&{packed.replace('/', ',')}-")
            foreign = ""
        made.append("&-" if one == "&" else one)
    return "".join(made)
