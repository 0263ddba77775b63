"""Mail that no person wrote to us, or that must not be answered by a machine.

RFC 3834 and what programs do instead. What it says: nobody reads an auto-reply to an auto-reply.
"""

import re
from typing import Final

from kaiwa.channels.email.headers import Mail, ids, people, raw_values, value
from kaiwa.channels.email.mime import parameter
from kaiwa.channels.email.opening import type_of

# Our own messages, wherever they are quoted, bounced or come back.
OURS: Final = re.compile(
    r"<kaiwa\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([A-Za-z0-9.-]{1,253})>"
)
_PLUS: Final = re.compile(
    r"\+kaiwa\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([A-Za-z0-9.-]{1,253})"
)
_ROBOTS: Final = re.compile(r"(mailer-daemon|postmaster|mail-daemon|mailerdaemon)([+.-].*)?@.*")
# A customer may well write of an automatic mail or of a parcel's absence notice: the subject must
# be the program's own.
_AWAY: Final = re.compile(
    r"^\s*(re:\s*)?("
    r"\[?(auto(matic)?[- ]?(reply|response|answer)|out of (the )?office|ooo)\]?\s*([:：-]|$)"
    r"|out of (the )?office (auto)?-?reply|on vacation$|abwesenheitsnotiz"
    r"|[\[【(（<＜]\s*(自動(返信|応答|送信|配信)|不在のお知らせ|休暇中|外出中)\s*[\]】)）>＞]"
    r"|自動(返信|応答)(メール)?\s*([:：]|$)"
    r"|(不在|休暇|休業)の(お知らせ|ため不在)\s*([:：]|$))",
    re.IGNORECASE,
)


def no_person(mail: Mail) -> str | None:
    """Why the mail has no effect: "own", "receipt" or "auto_reply"; None when it has."""
    if any(OURS.fullmatch(one) for one in ids(mail, "message-id")):
        return "own"
    if type_of(mail) == "multipart/report" and _report(mail) == "disposition-notification":
        return "receipt"
    return "auto_reply" if _answers_by_itself(mail) else None


def from_robot(mail: Mail) -> bool:
    """Whether a mail system speaks, by the name it calls itself."""
    return any(_ROBOTS.fullmatch(one.address) for one in people(mail, "from"))


def leave_unanswered(mail: Mail) -> bool:
    """Whether a person may have written it, but no machine should answer it.

    Lists, bulk, forms that programs send, programs that ask for silence. What may be a customer's
    word is never thrown away for such a mark.
    """
    suppressed = _word(mail, "x-auto-response-suppress") not in ("", "none")
    suppressed = suppressed or _word(mail, "auto-submitted") not in ("", "no")
    listed = bool(raw_values(mail, "list-id") or raw_values(mail, "list-unsubscribe"))
    path = raw_values(mail, "return-path")
    nobody = bool(path) and path[0].replace(" ", "") == "<>"
    return suppressed or listed or nobody or _word(mail, "precedence") in ("list", "bulk", "junk")


def ours_in(text: str) -> str | None:
    """The first id of a message of ours in a text."""
    found = OURS.search(text)
    return found[0] if found else None


def answered(mail: Mail) -> str | None:
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


def _answers_by_itself(mail: Mail) -> bool:
    submitted = _word(mail, "auto-submitted")
    if submitted == "auto-replied" or (submitted not in ("", "no") and _is_answer(mail)):
        return True
    marked = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation", "x-mail-autoreply")
    if any(raw_values(mail, name) for name in marked):
        return True
    if _word(mail, "precedence") in ("auto_reply", "auto-reply"):
        return True
    if _word(mail, "precedence") in ("bulk", "junk") and _is_answer(mail):
        return True
    return bool(_AWAY.match(value(mail, "subject")))


def _is_answer(mail: Mail) -> bool:
    return bool(ids(mail, "in-reply-to")) or answered(mail) is not None


def _report(mail: Mail) -> str:
    return parameter(mail, "report-type").lower()


def _word(mail: Mail, name: str) -> str:
    found = raw_values(mail, name)
    return re.split(r"[;,(\s]", found[0].strip().lower(), maxsplit=1)[0] if found else ""
