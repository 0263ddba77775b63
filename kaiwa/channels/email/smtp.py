"""One mail over one SMTP connection, and what the server's answers mean to us.

The standard library's client, step by step instead of `sendmail`: only so is it known whether the
server may have taken the mail when the line goes dead. Blocking; `send` runs it in a thread.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kaiwa.channels.email.account import Mailbox
from kaiwa.engines.certificates import trusted
from kaiwa.engines.network import open_network
from kaiwa.vocabulary.errors import Refused, Unreachable

TIMEOUT_S: Final = 20.0
_BUSY_S: Final = 60.0
_NO_USER: Final = re.compile(
    r"\b5\.1\.(1|2|3|6|10)\b|\b5\.2\.1\b|user (is )?unknown|unknown user|no such (user|mailbox)"
    r"|(mailbox|recipient|address|account).{0,30}(unavailable|not found|does not exist|disabled"
    r"|rejected|unknown)|does not exist",
    re.IGNORECASE,
)
_POLICY: Final = re.compile(r"\b5\.7\.\d")
_QUOTA: Final = re.compile(
    r"\b[45]\.7\.(0|1|28)\b.*(limit|quota|rate)|(daily|hourly|sending).{0,20}(limit|quota)",
    re.IGNORECASE,
)
_LINE_ENDS: Final = re.compile(rb"\r\n|\r|\n")
_DOT: Final = re.compile(rb"(?m)^\.")


class _Guarded(smtplib.SMTP):
    """The library's client, which connects to no address inside our own network."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return open_network().connected(host, port, timeout)


class _GuardedTls(smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = open_network().connected(host, port, timeout)
        return self.context.wrap_socket(line, server_hostname=host)


@contextmanager
def connected(box: Mailbox) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted as configured and logged in; `Refused` or `Unreachable`."""
    try:
        line = _open(box)
    except smtplib.SMTPException as error:
        raise _trouble(error) from error
    except (OSError, ValueError) as error:
        raise _unreachable(box, error) from error
    try:
        yield line
    finally:
        _leave(line)


def deliver(box: Mailbox, to: str, mail: bytes, key: str) -> None:
    """Hand one mail over; returns once the server has said that it took it."""
    with connected(box) as line:
        size = int(line.esmtp_features.get("size") or 0)
        if 0 < size < len(mail):
            raise Refused(f"The server takes mails up to {size} bytes.", reason="invalid")
        _before_data(line, box, (to, len(mail), key))
        _hand_over(line, mail)


def _open(box: Mailbox) -> smtplib.SMTP:
    at, safe = box.smtp, trusted()
    line: smtplib.SMTP
    if at.security == "tls":
        line = _GuardedTls(at.host, at.port, timeout=TIMEOUT_S, context=safe)
    else:
        line = _Guarded(at.host, at.port, timeout=TIMEOUT_S)
    try:
        line.ehlo_or_helo_if_needed()
        if at.security == "starttls":
            line.starttls(context=safe)
            line.ehlo()
        if box.password:
            line.login(box.user, box.password)
    except BaseException:
        line.close()
        raise
    return line


def _leave(line: smtplib.SMTP) -> None:
    try:
        if line.sock is not None:
            line.sock.settimeout(2.0)
            line.docmd("QUIT")
    except (smtplib.SMTPException, OSError):
        pass
    finally:
        line.close()


def _before_data(line: smtplib.SMTP, box: Mailbox, what: tuple[str, int, str]) -> None:
    """Sender and recipient; nothing of the mail is there yet, so every failure may be repeated."""
    to, size, key = what
    options = []
    if "size" in line.esmtp_features:
        options.append(f"SIZE={size}")
    if "dsn" in line.esmtp_features:
        options.append(f"ENVID=kaiwa.{key}")
    foreign = not to.isascii()
    if foreign and "smtputf8" not in line.esmtp_features:
        raise Refused(f"The server cannot write to {to}: no SMTPUTF8.", reason="invalid")
    try:
        if foreign:
            line.command_encoding = "utf-8"
            options.append("SMTPUTF8")
        _allowed(line.mail(box.tagged(key), options))
        _need(line.rcpt(to))
        _need(line.docmd("DATA"), 354)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise Unreachable(f"The mail server hung up: {error}") from error
    except smtplib.SMTPException as error:
        raise _trouble(error) from error


def _hand_over(line: smtplib.SMTP, mail: bytes) -> None:
    """The mail, then its end mark. From the mark on nobody knows what happened to it."""
    body = _DOT.sub(b"..", _LINE_ENDS.sub(b"\r\n", mail))
    if not body.endswith(b"\r\n"):
        body += b"\r\n"
    try:
        line.send(body)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"The mail server hung up before the mail was whole: {error}") from error
    try:
        line.send(b".\r\n")
        answer = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(
            f"The mail server did not say whether it took the mail: {error}", maybe_done=True
        ) from error
    _need(answer)


def _allowed(answer: tuple[int, bytes]) -> None:
    """The answer to who sends: a no is about the account, not about who gets the mail."""
    try:
        _need(answer)
    except Refused as refusal:
        if refusal.detail.get("reason") == "quota":
            raise
        raise Refused(
            f"The mail server does not let this account send: {refusal.message}",
            reason="credentials",
        ) from refusal


def _need(answer: tuple[int, bytes], wanted: int = 250) -> None:
    code, words = answer
    if code == wanted or (wanted == 250 and code in (251, 252)):
        return
    raise meaning(code, words.decode("utf-8", "replace"))


def meaning(code: int, words: str) -> Refused | Unreachable:
    """The error a reply means: 4xx is for later, 5xx for good."""
    said = f"{code} {' '.join(words.split())}"[:300]
    if code in (421, 450, 451, 452, 454) or 400 <= code < 500:
        return Unreachable(f"The mail server asks to wait: {said}", retry_after_s=_BUSY_S)
    if code in (530, 534, 535, 538):
        return Refused(f"The mail server does not know user and password: {said}",
                       reason="credentials", fault="login", told=said)  # fmt: skip
    if _QUOTA.search(said):
        return Refused(f"The mail server takes no more mail today: {said}", reason="quota")
    if code in (550, 551, 553) and _NO_USER.search(said) and not _POLICY.search(said):
        return Refused(f"There is no such mailbox: {said}", reason="blocked")
    if 500 <= code < 600:
        return Refused(f"The mail server refused the mail: {said}", reason="invalid")
    return Unreachable(f"The mail server answered oddly: {said}", retry_after_s=_BUSY_S)


def _trouble(error: smtplib.SMTPException) -> Refused | Unreachable:
    match error:
        case smtplib.SMTPResponseException():
            words = error.smtp_error
            told = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            refused = isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500
            # Whichever of its ways to log in was tried last, and how it put its no.
            return meaning(535 if refused else error.smtp_code, told)
        case smtplib.SMTPServerDisconnected():
            return Unreachable(f"The mail server hung up: {error}")
        case smtplib.SMTPNotSupportedError():
            return Refused(
                f"The mail server offers no log-in or no encryption: {error}", reason="credentials"
            )
        case _:
            return Unreachable(f"The mail server could not be spoken to: {error}")


def _unreachable(box: Mailbox, error: Exception) -> Refused | Unreachable:
    where = f"{box.smtp.host}:{box.smtp.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused(f"The certificate of {where} is not valid: {error.verify_message}",
                       reason="credentials", fault="certificate",
                       told=error.verify_message)  # fmt: skip
    told = str(error) or type(error).__name__
    return Unreachable(f"{where} cannot be reached: {told}", fault="away", told=told)
