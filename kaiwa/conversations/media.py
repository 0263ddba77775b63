"""Files in conversations: taken in only when their bytes are what their type says."""

import re
import secrets
import unicodedata
from datetime import datetime
from pathlib import PurePath
from typing import Final

from kaiwa.engines.db import Session
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.errors import Invalid, NotFound, TooLarge

LARGEST_FILE_BYTES: Final = 20_000_000

_SIGNS: Final[dict[str, tuple[bytes, ...]]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
    "video/mp4": (b"\x00\x00\x00",),
    "audio/mp4": (b"\x00\x00\x00",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "audio/ogg": (b"OggS",),
    "audio/webm": (b"\x1aE\xdf\xa3",),
    "video/webm": (b"\x1aE\xdf\xa3",),
}
_SAME: Final = {"audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4", "image/jpg": "image/jpeg"}

FILE_TYPES: Final = tuple(_SIGNS)
SHOWN_INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def checked(name: str, declared: str, body: bytes) -> tuple[str, str]:
    """The safe name and true type of an upload; `TooLarge`, or `Invalid` with what to do."""
    if len(body) > LARGEST_FILE_BYTES:
        raise TooLarge(f"A file may have at most {LARGEST_FILE_BYTES // 1_000_000} MB.")
    kind = declared.partition(";")[0].strip().lower()
    kind = _SAME.get(kind, kind)
    if kind not in _SIGNS:
        raise Invalid(
            "Send a picture (PNG, JPEG, GIF, WebP), a PDF, MP4, MP3, Ogg or WebM file.",
            reason="file",
        )
    if not _looks_like(kind, body):
        raise Invalid(
            "The file is not what its type says. It may be damaged or renamed.", reason="damaged"
        )
    return safe_name(name, kind), kind


def kind_of(file_type: str) -> str:
    """The block that shows a file of this type: image, video, audio or file."""
    family = file_type.partition("/")[0]
    return family if family in ("image", "video", "audio") else "file"


def safe_name(name: str, kind: str) -> str:
    """A file name without paths, control and direction characters, with the type's ending."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem = PurePath(plain).stem.strip(". ")[:80] or "file"
    ending = {"jpeg": "jpg", "mpeg": "mp3"}.get(kind.partition("/")[2], kind.partition("/")[2])
    return f"{stem}.{re.sub(r'[^a-z0-9]', '', ending)}"


def new_key(merchant_id: int) -> str:
    """A key for the file store that nobody can guess."""
    return f"m{merchant_id}/{secrets.token_hex(16)}"


def keep_file(session: Session, merchant_id: int, kept: File, owner: str, now: datetime) -> None:
    """Record a kept file; `owner` says who brought it ("visitor:…", "agent:3", "message:9")."""
    session.run(
        """INSERT INTO file (key, merchant_id, name, type, size_bytes, owner, created_at)
        VALUES (:key, :merchant_id, :name, :type, :size, :owner, :now)""",
        key=kept.key,
        merchant_id=merchant_id,
        name=kept.name,
        type=kept.type,
        size=kept.size_bytes,
        owner=owner,
        now=now,
    )


def kept_file(session: Session, merchant_id: int, key: str, owner: str | None = None) -> File:
    """A kept file of the merchant, brought by `owner` when one is named; `NotFound`."""
    row = session.one(
        """SELECT key, name, type, size_bytes, owner FROM file
        WHERE key = :key AND merchant_id = :merchant_id""",
        key=key,
        merchant_id=merchant_id,
    )
    if row is None or (owner is not None and row[4] != owner):
        raise NotFound("There is no such file.")
    return File(*row[:4])


def _looks_like(kind: str, body: bytes) -> bool:
    if kind in ("video/mp4", "audio/mp4"):
        return body[4:8] == b"ftyp"
    if kind == "image/webp":
        return body[:4] == b"RIFF" and body[8:12] == b"WEBP"
    return body.startswith(_SIGNS[kind])
