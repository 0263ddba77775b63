"""What is wrong with a mailbox, in sentences; their keys are what translations go by."""

import asyncio
from functools import partial
from typing import Final

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.email.account import Mailbox, mailbox
from kaiwa.channels.email.imap import mailbox_open
from kaiwa.channels.email.sending import in_thread
from kaiwa.channels.email.smtp import connected
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "wrong": "Something of the account cannot be right: {why}",
    "no_way_in": "No mail comes in: give an IMAP server, or a webhook secret and a webhook.",
    "sending_login": "Sending does not work: {host} does not know user and password. Where the"
    " log-in has a second factor it takes an app password. It says: {why}",
    "sending_certificate": "Sending does not work: the certificate of {host} is not valid ({why})."
    " Write the server's name as the provider does.",
    "sending_away": "Sending does not work: {host} cannot be reached ({why}). Check name and port,"
    " and whether a firewall is between.",
    "sending": "Sending does not work. {why}",
    "receiving_login": "Receiving does not work: {host} does not know user and password. Where the"
    " log-in has a second factor it takes an app password. It says: {why}",
    "receiving_certificate": "Receiving does not work: the certificate of {host} is not valid"
    " ({why}). Write the server's name as the provider does.",
    "receiving_away": "Receiving does not work: {host} cannot be reached ({why}). Check name and"
    " port, and whether a firewall is between.",
    "receiving_folder": "Receiving does not work: there is no mailbox {folder} at {host}. Write its"
    " name as the server does. It says: {why}",
    "receiving": "Receiving does not work. {why}",
    "plain": "{host} is spoken to without encryption: passwords and mails can be read on the way.",
    "public": "Mail in the name of {domain} cannot be signed by you: use an address of your own"
    " domain.",
}
# Their owners publish rules by which mail that others send in their name is thrown away.
_PUBLIC: Final = frozenset(
    "gmail.com googlemail.com yahoo.com yahoo.co.jp ymail.ne.jp outlook.com outlook.jp hotmail.com"
    " hotmail.co.jp live.jp icloud.com me.com aol.com docomo.ne.jp ezweb.ne.jp au.com"
    " softbank.ne.jp i.softbank.jp".split()
)


async def health(account: Account) -> list[str]:
    """Sentences saying what is wrong; empty when well. Both log-ins are tried."""
    try:
        box = mailbox(account)
    except Refused as error:
        return [SENTENCES["wrong"].format(why=error.message)]
    sending, receiving = await asyncio.gather(
        in_thread(partial(_sending, box)), in_thread(partial(_receiving, box))
    )
    return [*_configured(account, box), *sending, *receiving]


def _configured(account: Account, box: Mailbox) -> list[str]:
    found = []
    if box.imap is None and not account.credentials.get("webhook_secret", "").strip():
        found.append(SENTENCES["no_way_in"])
    for at in (box.smtp, box.imap):
        if at is not None and at.security == "plain" and not _is_here(at.host):
            found.append(SENTENCES["plain"].format(host=at.host))
    if box.domain in _PUBLIC and not box.smtp.host.endswith(_own_servers(box.domain)):
        found.append(SENTENCES["public"].format(domain=box.domain))
    return found


def _own_servers(domain: str) -> tuple[str, ...]:
    """Ends of the names of servers that may send for a public domain."""
    microsoft = ("outlook.com", "office365.com", "hotmail.com")
    own = {"gmail.com": ("gmail.com", "google.com"), "yahoo.co.jp": ("yahoo.co.jp",)}
    if domain in ("outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.jp"):
        return microsoft
    return own.get(domain, (domain,))


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _sending(box: Mailbox) -> list[str]:
    try:
        with connected(box):
            return []
    except (Refused, Unreachable) as error:
        return [_not_working("sending", error, box.smtp.host, box.folder)]


def _receiving(box: Mailbox) -> list[str]:
    if box.imap is None:
        return []
    try:
        with mailbox_open(box, readonly=True):
            return []
    except (Refused, Unreachable) as error:
        return [_not_working("receiving", error, box.imap.host, box.folder)]


def _not_working(what: str, error: Refused | Unreachable, host: str, folder: str) -> str:
    """By what is known of the fault; else in the words of who found it."""
    key = f"{what}_{error.detail.get('fault', '')}"
    if key not in SENTENCES:
        return SENTENCES[what].format(why=error.message)
    why = clause(str(error.detail.get("told", "")))
    return SENTENCES[key].format(host=host, folder=folder, why=why)
