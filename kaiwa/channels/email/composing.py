"""A wire as the bytes of a mail: seven bits, short lines, the same headers in the same order.

What signs mail on its way (DKIM) finds nothing that a relay would have to change.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

import msgspec

from kaiwa.channels.contract import Wire
from kaiwa.channels.email.account import Mailbox
from kaiwa.channels.email.automatic import OURS
from kaiwa.channels.email.charset import clean
from kaiwa.channels.email.headers import is_address
from kaiwa.channels.email.page import SHOP
from kaiwa.channels.email.render import MAIL
from kaiwa.vocabulary.errors import Refused

_URL: Final = re.compile(r"https?://[!-;=?-~]{1,900}")
_ID_CHARACTERS: Final = frozenset(map(chr, range(0x21, 0x7F))) - set('<>()[]\\,;:"')


class FileSent(msgspec.Struct, frozen=True):
    """A kept file that goes with the mail, and where its bytes are."""

    url: str
    name: str
    type: str = "application/octet-stream"


class Letter(msgspec.Struct, frozen=True):
    """The body of a wire."""

    to: str
    subject: str
    text: str
    html: str
    references: tuple[str, ...] = ()
    files: tuple[FileSent, ...] = ()
    opt_out: str = ""


def letter_of(wire: Wire) -> Letter:
    """The wire as it is typed; `Refused` when it is not mail."""
    if wire.operation != MAIL:
        raise Refused(f"Mail has no operation {wire.operation!r}.", reason="invalid")
    try:
        letter = msgspec.convert(wire.body, Letter)
    except msgspec.ValidationError as error:
        raise Refused(f"The mail is not whole: {error}", reason="invalid") from error
    if not is_address(letter.to):
        raise Refused(f"{letter.to!r} is not an address.", reason="invalid")
    return letter


def message_id(key: str, box: Mailbox) -> str:
    """The id of a message of ours: of the same message the same, however often it is tried."""
    return f"<kaiwa.{key}@{box.domain}>"


def composed(
    letter: Letter, box: Mailbox, key: str, at: datetime, files: list[tuple[FileSent, bytes]]
) -> bytes:
    """The mail's bytes, with CRLF line ends."""
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["Date"] = format_datetime(at)
    mail["From"] = _address(box.sender_name, box.address)
    mail["To"] = _address("", letter.to)
    if box.plus:
        mail["Reply-To"] = _address(box.sender_name, box.tagged(key))
    mail["Subject"] = _line(letter.subject)
    mail["Message-ID"] = message_id(key, box)
    known = [one for one in letter.references if _fits(one)]
    if known:
        mail["In-Reply-To"] = known[-1]
        mail["References"] = " ".join(known)
    if letter.opt_out:
        _ways_out(mail, letter.opt_out, box.tagged(key))
    # An absent agent's program should not answer the shop, and the shop then its program.
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    us = box.tagged(key)
    mail.set_content(_lines(letter.text), cte=_encoding(letter.text))
    html = letter.html.replace(SHOP, us)
    mail.add_alternative(_lines(html), subtype="html", cte="quoted-printable")
    for file, body in files:
        kind, _, sub = file.type.partition("/")
        mail.add_attachment(
            body, maintype=kind, subtype=sub or "octet-stream", filename=_line(file.name)
        )
    _bound(mail, key)
    return mail.as_bytes()


def is_ours(text: str) -> bool:
    """Whether this is the id of a message of ours."""
    return bool(OURS.fullmatch(text))


def _ways_out(mail: EmailMessage, url: str, us: str) -> None:
    """RFC 8058: a page that ends advertising when it is posted to, and our address beside it."""
    if not _URL.fullmatch(url):
        raise Refused("The page for opting out is no address.", reason="invalid")
    mail["List-Unsubscribe"] = f"<{url}>, <mailto:{us}?subject=unsubscribe>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode()
        return Address(_line(name), local, domain)
    except (ValueError, UnicodeError, IndexError) as error:
        raise Refused(f"{address!r} is not an address.", reason="invalid") from error


def _line(text: str) -> str:
    """Without line ends: what is said in a header must not begin another one."""
    return " ".join(clean(text).split())


def _lines(text: str) -> str:
    return clean(text).rstrip("\n") + "\n"


def _encoding(text: str) -> str:
    """Words in Latin letters stay readable in the raw mail, others take the least room."""
    foreign = sum(not one.isascii() for one in text)
    return "base64" if foreign * 4 > len(text) else "quoted-printable"


def _fits(one: str) -> bool:
    return one[:1] == "<" and one[-1:] == ">" and set(one[1:-1]) <= _ID_CHARACTERS


def _bound(mail: EmailMessage, key: str) -> None:
    """Boundaries of the message's own key: the same mail is the same bytes."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_kaiwa_{key}_{number}")
