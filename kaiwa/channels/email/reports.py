"""What mail systems tell of our own messages: bounces (RFC 3464), complaints (RFC 5965). Total."""

import re
from typing import Final

from kaiwa.channels.email.automatic import OURS, answered, from_robot, ours_in
from kaiwa.channels.email.headers import Mail, raw_values, readable
from kaiwa.channels.email.mime import Leaf, inside, leaves, parameter, taken
from kaiwa.channels.email.opening import opened, type_of
from kaiwa.vocabulary.event import Complained, Delivered, Failed, Heard, Ignored

_STATUS: Final = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY: Final = re.compile(r"(?<![\d.])([45])\d\d[ -](?!\d)")
_LONGEST_REASON: Final = 300


def told(mail: Mail) -> Heard | None:
    """What a report says; None when the mail is none."""
    kind = parameter(mail, "report-type").lower() if type_of(mail) == "multipart/report" else ""
    if kind == "feedback-report":
        return _complaint(mail)
    if kind == "delivery-status":
        return _delivery(mail)
    nobody = raw_values(mail, "return-path")[:1] == ["<>"]
    return _in_words(mail, certain=from_robot(mail)) if nobody or from_robot(mail) else None


def _complaint(mail: Mail) -> Heard:
    about = _about(mail)
    return Ignored("complaint") if about is None else Complained(about)


def _delivery(mail: Mail) -> Heard:
    """The worst that is said of any recipient; we write to one at a time."""
    about = _about(mail)
    said = _statuses(mail)
    actions = [one.get("action", "").lower() for one in said]
    if about is None:
        return Ignored("report")
    if "failed" in actions:
        return _failed(about, said[actions.index("failed")])
    if "delivered" in actions:
        return Delivered(about)
    # Delayed, relayed, expanded: it is still on its way.
    return Ignored("delayed" if "delayed" in actions else "report")


def _failed(about: str, said: dict[str, str]) -> Failed:
    status = said.get("status", "").strip()
    words = said.get("diagnostic-code", "").partition(";")[2] or said.get("diagnostic-code", "")
    reason = " ".join(f"{status} {words.strip()}".split()) or "The mail came back."
    return Failed(about, reason[:_LONGEST_REASON], permanent=not status.startswith("4"))


def _statuses(mail: Mail) -> list[dict[str, str]]:
    """The fields of each recipient."""
    found = []
    for part in inside(mail):
        if type_of(part) in ("message/delivery-status", "message/global-delivery-status"):
            blocks = inside(part)
            for block in blocks[:50]:
                fields = {
                    name.lower(): readable(str(text)[:1_000]) for name, text in block.raw_items()
                }
                found.append(fields)
    return [one for one in found if "action" in one or "status" in one]


def _about(mail: Mail) -> str | None:
    """The message of ours that is reported on: by the mail that came back, or by the way it took.

    The part that came back is searched first: the report's own words may quote an older one.
    """
    parts = [leaf for leaf in leaves(mail) if _came_back(leaf)]
    for leaf in parts:
        returned = opened(leaf.body)
        for name, text in returned.raw_items():
            if name.lower() == "message-id" and (found := OURS.search(str(text))):
                return found[0]
    return answered(mail) or next((one for leaf in parts if (one := _named(leaf))), None)


def _came_back(leaf: Leaf) -> bool:
    return leaf.type in ("message/rfc822", "message/global", "text/rfc822-headers")


def _named(leaf: Leaf) -> str | None:
    return ours_in(leaf.body[:50_000].decode("utf-8", "replace"))


def _in_words(mail: Mail, *, certain: bool) -> Heard | None:
    """Bounces that keep to no standard: our id somewhere in them, and a status or a reply code.

    None when it is not `certain` that a mail system speaks and nothing is said of a mail of ours.
    """
    text = taken(mail).text[:50_000]
    files = " ".join(
        leaf.body[:20_000].decode("utf-8", "replace") for leaf in leaves(mail) if _came_back(leaf)
    )
    about = ours_in(text) or ours_in(files) or answered(mail)
    if about is None or not (certain or any(map(_code, text.split("\n")))):
        return Ignored("report") if certain else None
    lines = [line.strip() for line in text.split("\n") if _code(line)]
    reason = lines[0] if lines else "The mail came back."
    return Failed(about, reason[:_LONGEST_REASON], permanent=not lines or _code(lines[0]) != "4")


def _code(line: str) -> str | None:
    found = _STATUS.search(line) or _REPLY.search(line)
    return found[1] if found and found[1] != "2" else None
