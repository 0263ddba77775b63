"""Mail to our words. Total: whatever the bytes are, nothing is raised or lost.

A mail becomes what its sender wrote and one event for each file; a report of a mail system becomes
what it says of our message. Redelivered, it has the same ids: they are its Message-ID's.
"""

import re
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.channels.email.automatic import answered, leave_unanswered, no_person
from kaiwa.channels.email.envelope import Enclosure, Envelope, From, digest, sealed, unsealed
from kaiwa.channels.email.headers import Mail, Person, ids, people, raw_values, sent_at, value
from kaiwa.channels.email.limits import most
from kaiwa.channels.email.mime import Taken, taken
from kaiwa.channels.email.opening import opened, type_of
from kaiwa.channels.email.opting_out import opts_out
from kaiwa.channels.email.proof import proof_of
from kaiwa.channels.email.quoting import written
from kaiwa.channels.email.reports import told
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import InboundEvent, Sender

ADDRESS: Final = "email"
_HEAD: Final = re.compile(rb"\r?\n[ \t]*\r?\n")
_KINDS: Final = frozenset({"image", "video", "audio"})
_Parsed = list[tuple[bytes, InboundEvent]]


class _Letter(msgspec.Struct, frozen=True):
    """A mail, opened: its parts, its subject, and what its writer wrote this time."""

    mail: Mail
    taken: Taken
    subject: str
    own: str
    asks_for_silence: bool


def parse(body: bytes, received_at: datetime) -> _Parsed:
    """Every event of a mail, the mail itself first, then its files and what it asks besides."""
    envelope, raw = unsealed(body)
    if envelope.kind != "mail":
        return [(body, parse_one(body, received_at))]
    mail = _letter(raw)
    known = msgspec.structs.replace(envelope, id=_id(mail.mail, raw))
    kept = _lean(mail, raw)
    first = sealed(known, kept)
    event = _read(known, mail, received_at) if kept is raw else parse_one(first, received_at)
    rest = _besides(mail, known, event) if isinstance(event.heard, heard.Said) else []
    return [(first, event), *((one, parse_one(one, received_at)) for one in rest)]


def parse_one(raw: bytes, received_at: datetime) -> InboundEvent:
    """One event from its bytes."""
    envelope, body = unsealed(raw)
    if envelope.kind == "mail":
        return _mail(envelope, body, received_at)
    own_id = f"{envelope.id}#{envelope.number or envelope.kind}"
    sender = envelope.sender
    if not envelope.id or len(own_id) > most("message_id") + 100 or "\0" in own_id:
        return InboundEvent(digest(raw), heard.Unheard("malformed"))
    if envelope.kind == "lost" or sender is None:
        return InboundEvent(own_id, heard.Unheard("not fetched"))
    if envelope.kind == "opt_out":
        return _event(own_id, heard.Declined(), sender)
    return _event(own_id, _file(envelope, own_id), sender, answerable=envelope.answerable)


def enclosed(raw: bytes) -> tuple[bytes, str]:
    """Bytes and declared type of the file that an event's raw bytes carry."""
    envelope, body = unsealed(raw)
    kind = envelope.enclosure.type if envelope.enclosure else "application/octet-stream"
    return body, kind


def readable_id(external_id: str) -> str:
    """The Message-ID of which an event's id was made, in its angle brackets."""
    return external_id.partition("#")[0].replace("%2F", "/").replace("%23", "#").replace("%25", "%")


def _id(mail: Mail, raw: bytes) -> str:
    """The mail's Message-ID without what means something in our ids; else a digest of it."""
    own = ids(mail, "message-id")
    if not own:
        return digest(raw)
    return own[0].replace("%", "%25").replace("#", "%23").replace("/", "%2F")


def _mail(envelope: Envelope, raw: bytes, received_at: datetime) -> InboundEvent:
    mail = _letter(raw)
    own_id = envelope.id or _id(mail.mail, raw)
    if len(own_id) > 3 * most("message_id") or "\0" in own_id:
        own_id = digest(raw)
    known = msgspec.structs.replace(envelope, id=own_id)
    return _read(known, mail, received_at)


def _letter(raw: bytes) -> _Letter:
    mail = opened(raw)
    found = taken(mail)
    subject, own = value(mail, "subject"), written(found.text)
    return _Letter(mail, found, subject, own, opts_out(own, subject))


def _read(known: Envelope, letter: _Letter, received_at: datetime) -> InboundEvent:
    """What the mail itself says: of a mail of ours, or its writer's words."""
    own_id, mail, found = known.id, letter.mail, letter.taken
    at = sent_at(mail, received_at)
    automatic = no_person(mail)
    report = told(mail) if automatic in (None, "auto_reply") else None
    if report is not None:
        return InboundEvent(own_id, report, occurred_at=at)
    if automatic is not None:
        return InboundEvent(own_id, heard.Ignored(automatic), occurred_at=at)
    writer = _writer(mail)
    if writer is None:
        return InboundEvent(own_id, heard.Unheard("no sender"))
    hears = heard.Said(_words(letter), own_id, answered(mail))
    sender = From(writer.address, writer.name, proof_of(mail, writer.address, known.host), at)
    # Of a mail that only carries files, the first of them is what the bot hears.
    silent = not found.text.strip() and bool(found.files)
    quiet = leave_unanswered(mail) or silent or letter.asks_for_silence
    return _event(own_id, hears, sender, answerable=not quiet)


def _event(
    own_id: str, hears: heard.Heard, sender: From, *, answerable: bool = False
) -> InboundEvent:
    return InboundEvent(
        own_id,
        hears,
        sender=Sender(ADDRESS, sender.address),
        occurred_at=sender.at,
        answerable=answerable,
        name=sender.name or None,
        proof=sender.proof,
    )


def _writer(mail: Mail) -> Person | None:
    """Who is to be answered: the one address of Reply-To, else the first of From.

    Words and answers always belong to the same address: who writes in another's name gets nothing,
    and who asks for answers elsewhere is taken for who is there. A list asks for answers to itself.
    """
    writers = people(mail, "from")
    asked = people(mail, "reply-to")
    if len(asked) == 1 and not raw_values(mail, "list-id"):
        called = asked[0].name or (writers[0].name if writers else "")
        return Person(called, asked[0].address)
    return writers[0] if writers else None


def _words(letter: _Letter) -> said.Text:
    """What was written this time; a mail that begins a talk says its subject too."""
    mail, own = letter.mail, letter.own
    subject = letter.subject[:500]
    original = letter.taken.text.strip()
    answers = bool(raw_values(mail, "in-reply-to") or raw_values(mail, "references"))
    text = (
        own
        if answers or not own or own.startswith(subject.strip())
        else f"{subject}\n\n{own}".strip()
    )
    text = (text or subject)[: most("text")]
    before = ids(mail, "references") or ids(mail, "in-reply-to")
    whole = said.Letter(
        subject=subject,
        original="" if original in (own, text) else original,
        references=before[-most("references") + 1 :],
    )
    return said.Text(text, whole)


def _besides(letter: _Letter, known: Envelope, event: InboundEvent) -> list[bytes]:
    """The files of a mail, and its wish to be left alone."""
    assert event.sender is not None
    mail, found = letter.mail, letter.taken
    sender = From(event.sender.value, event.name or "", event.proof, event.occurred_at)
    made = []
    for number, leaf in enumerate(found.files[: most("files")], 1):
        lost = "The file is too large." if len(leaf.body) > most("file") else ""
        enclosure = Enclosure(leaf.name or leaf.type.replace("/", "."), leaf.type, lost)
        about = Envelope(known.id, "", "file", number, sender, enclosure)
        if number == 1 and not found.text.strip() and not leave_unanswered(mail):
            about = msgspec.structs.replace(about, answerable=True)
        made.append(sealed(about, b"" if lost else leaf.body))
    if left := found.files[most("files") :]:
        names = ", ".join(leaf.name or leaf.type for leaf in left)[:200]
        lost = f"More than {most('files')} files: {names}"
        enclosure = Enclosure(names, "application/octet-stream", lost)
        number = most("files") + 1
        made.append(sealed(Envelope(known.id, "", "file", number, sender, enclosure), b""))
    if letter.asks_for_silence:
        made.append(sealed(Envelope(known.id, "", "opt_out", sender=sender), b""))
    return made


def _file(envelope: Envelope, own_id: str) -> heard.Said:
    enclosure = envelope.enclosure or Enclosure("file", "application/octet-stream")
    family = enclosure.type.partition("/")[0]
    source = None if enclosure.lost else said.MediaSource(own_id, name=enclosure.name)
    media = said.Media(
        family if family in _KINDS else "file", source=source, lost=enclosure.lost or None
    )
    return heard.Said(media, own_id)


def _lean(letter: _Letter, raw: bytes) -> bytes:
    """The mail as it is kept: whole, or without its files, which are events of their own."""
    if len(raw) <= most("kept_whole"):
        return raw
    if type_of(letter.mail) == "multipart/report":
        return raw[: most("kept_whole")]
    end = _HEAD.search(raw)
    head = raw[: end.start()] if end else raw[: most("header")]
    lines = re.split(rb"\r?\n(?![ \t])", head[: most("kept_whole")])
    kept = [one for one in lines if not re.match(rb"(?i)content-|mime-version", one)]
    words = letter.taken.text.encode()
    plain = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    return b"\r\n".join([*kept, plain, b"", words])
