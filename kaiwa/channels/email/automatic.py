"""Mail that no person wrote to us, or that must not be answered by a machine.

RFC 3834 and what programs do instead. What it says: nobody reads an auto-reply to an auto-reply.
"""

import re
from email.message import Message
from typing import Final

from kaiwa.channels.email.headers import ids, people, raw_values, value
from kaiwa.channels.email.mime import parameter, type_of

# Our own messages, wherever they are quoted, bounced or come back.
OURS: Final = re.compile(
    r"<kaiwa\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([^<>\s@]{1,255})>"
)
_PLUS: Final = re.compile(
    r"\+kaiwa\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@(.+)"
)
_ROBOTS: Final = re.compile(r"(mailer-daemon|postmaster|mail-daemon|mailerdaemon)([+.-].*)?@.*")
_AWAY: Final = re.compile(
    r"^\s*(re:\s*)?(\[?(auto(matic)?[- ]?(reply|response|answer)|out of (the )?office|ooo\b"
    r"|on vacation|away from (my )?(mail|desk|office))|abwesenheit"
    r"|[\[【(（<＜]?\s*(自動(返信|応答|送信|配信)|不在(通知|連絡|のお知らせ|メール|です)?|休暇中|外出中)\s*[\]】)）>＞:：]"
    r"|自動(返信|応答)|不在(通知|連絡|のお知らせ|のため)|休暇(中|のお知らせ|のため))",
    re.IGNORECASE,
)


def no_person(mail: Message) -> str | None:
    """Why the mail has no effect: "own", "receipt", "auto_reply" or "bulk"; None when it has."""
    if any(OURS.fullmatch(one) for one in ids(mail, "message-id")):
        return "own"
    if type_of(mail) == "multipart/report" and _report(mail) == "disposition-notification":
        return "receipt"
    if _answers_by_itself(mail):
        return "auto_reply"
    return "bulk" if _word(mail, "precedence") in ("bulk", "junk") else None


def from_robot(mail: Message) -> bool:
    """Whether a mail system speaks: no sender to answer to, or a daemon's name."""
    path = raw_values(mail, "return-path")
    senders = people(mail, "from")
    return bool(
        (path and path[0].replace(" ", "") == "<>" and not _answers_by_itself(mail))
        or any(_ROBOTS.fullmatch(one.address) for one in senders)
    )


def leave_unanswered(mail: Message) -> bool:
    """Whether a person may have written it, but no machine should answer: lists, suppressed."""
    suppressed = _word(mail, "x-auto-response-suppress") not in ("", "none")
    listed = bool(raw_values(mail, "list-id") or raw_values(mail, "list-unsubscribe"))
    return suppressed or listed or _word(mail, "precedence") == "list"


def ours_in(text: str) -> str | None:
    """The first id of a message of ours in a text."""
    found = OURS.search(text)
    return found[0] if found else None


def answered(mail: Message) -> str | None:
    """The message of ours that the mail answers: by its ids, else by the address it came to."""
    for name in ("in-reply-to", "references"):
        named = [one for one in ids(mail, name) if OURS.fullmatch(one)]
        if named:
            return named[-1]
    for name in ("delivered-to", "x-original-to", "to", "cc"):
        for one in people(mail, name):
            if found := _PLUS.search(one.address):
                return f"<kaiwa.{found[1]}@{found[2]}>"
    return None


def _answers_by_itself(mail: Message) -> bool:
    # `auto-submitted: no` is what people's programs write; Google's lists write nothing.
    if _word(mail, "auto-submitted") not in ("", "no"):
        return True
    marked = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation", "x-mail-autoreply")
    if any(raw_values(mail, name) for name in marked):
        return True
    if _word(mail, "precedence") in ("auto_reply", "auto-reply"):
        return True
    return bool(_AWAY.match(value(mail, "subject")))


def _report(mail: Message) -> str:
    return parameter(mail, "report-type").lower()


def _word(mail: Message, name: str) -> str:
    found = raw_values(mail, name)
    return re.split(r"[;,(\s]", found[0].strip().lower(), maxsplit=1)[0] if found else ""
